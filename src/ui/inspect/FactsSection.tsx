import type { ElementId } from '../../sim/index.ts';
import styles from './InspectPanel.module.css';
import type { SectionOf } from './sectionOf.ts';
import { ToTerminal } from './ToTerminal.tsx';
import { INSPECT_WORDS } from './words.ts';

/** Facts as a table; a value that is an element leads to it, another object to the command that shows it. */
export function FactsSection({
  section,
  isKnown,
  onFollow,
}: {
  readonly section: SectionOf<'facts'>;
  /** Whether the lab still has an element. */
  readonly isKnown: (element: ElementId) => boolean;
  readonly onFollow: (element: ElementId) => void;
}) {
  if (section.rows.length === 0) return <p className={styles.nothing}>{INSPECT_WORDS.noFacts}</p>;
  return (
    <div className={styles.facts}>
      <table className={styles.table} aria-label={section.title}>
        <tbody>
          {section.rows.map(({ name, value, element, command }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and rows have no state of their own.
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>
                {element !== undefined && isKnown(element) ? (
                  <button type="button" className={styles.link} onClick={() => onFollow(element)}>
                    {value}
                  </button>
                ) : (
                  <span className={styles.fact}>
                    {value}
                    {command !== undefined && <ToTerminal command={command} />}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
