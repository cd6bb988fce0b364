import { useEffect, useState } from 'react';
import type { InspectionSection } from '../../client/port.ts';
import type { ElementId } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import styles from './InspectPanel.module.css';

type SectionOf<K extends InspectionSection['kind']> = Extract<InspectionSection, { readonly kind: K }>;

/** How long the button says what it did, in milliseconds. */
const SAID_MS = 2000;

/** What a tool prints, unchanged, under the command that prints it. */
export function TextSection({ section }: { readonly section: SectionOf<'text'> }) {
  const { title, command, text } = section;
  return (
    <div className={styles.text}>
      <div className={styles.command}>
        <code className={styles.line}>
          <span className={styles.prompt} aria-hidden="true">
            ${' '}
          </span>
          {command}
        </code>
        <CopyButton text={text} title={`Copy the output of ${command}`} />
      </div>
      {text.trim() === '' ? (
        <p className={styles.nothing}>The command prints nothing: there is no entry.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must do so by keyboard too.
        <section className={styles.output} tabIndex={0} aria-label={title}>
          <pre className={styles.printed}>{text.replace(/\n$/, '')}</pre>
        </section>
      )}
    </div>
  );
}

function CopyButton({ text, title }: { readonly text: string; readonly title: string }) {
  const [said, setSaid] = useState<'nothing' | 'copied' | 'refused'>('nothing');
  useEffect(() => {
    if (said === 'nothing') return;
    const timer = setTimeout(() => setSaid('nothing'), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('refused');
    }
  };
  return (
    <>
      <Button look="quiet" dense icon={said === 'copied' ? 'tick' : 'copy'} title={title} onPress={() => void copy()}>
        {said === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span className={said === 'refused' ? styles.refused : 'visually-hidden'} role="status">
        {said === 'copied' && 'Copied.'}
        {said === 'refused' && 'The browser does not allow it. Select the text and copy it.'}
      </span>
    </>
  );
}

/** Facts as a table; a value that is an element leads to it. */
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
  if (section.rows.length === 0) return <p className={styles.nothing}>There is nothing of this here.</p>;
  return (
    <div className={styles.facts}>
      <table className={styles.table} aria-label={section.title}>
        <tbody>
          {section.rows.map(({ name, value, element }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat, and rows have no state of their own.
            <tr key={i}>
              <th scope="row">{name}</th>
              <td>
                {element !== undefined && isKnown(element) ? (
                  <button type="button" className={styles.link} onClick={() => onFollow(element)}>
                    {value}
                  </button>
                ) : (
                  value
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
