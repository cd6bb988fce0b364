import { classNames } from '../common/classNames.ts';
import styles from './HeaderTable.module.css';
import type { HeaderLine } from './headerDiff.ts';
import tables from './Tables.module.css';
import { Value } from './Value.tsx';
import { WideTable } from './WideTable.tsx';
import { TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.headers;

/** Header fields before and after, a line each. */
export function HeaderTable({
  lines,
  ends,
}: {
  readonly lines: readonly HeaderLine[];
  /** What "before" and "after" are here. */
  readonly ends: readonly [string, string];
}) {
  return (
    <WideTable name={TRACE_WORDS.headers.scope}>
      <table className={classNames(tables.table, styles.table)}>
        <thead>
          <tr>
            <th scope="col">{WORDS.field}</th>
            <th scope="col">{ends[0]}</th>
            <th scope="col">{ends[1]}</th>
            <th scope="col">
              <span className="visually-hidden">{WORDS.why}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(line => (
            <Line key={line.key} line={line} />
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

/** Longer values than a MAC address are broken, or the reason beside them would be out of sight. */
const LONG = 18;

function Line({ line }: { readonly line: HeaderLine }) {
  const { change } = line;
  const valueClass = (text: string | undefined): string =>
    classNames(tables.mono, (text?.length ?? 0) > LONG ? styles.long : styles.value);
  return (
    <tr className={classNames(change === 'same' && styles.same, line.madeHere && styles.madeHere)}>
      <th scope="row">{line.label}</th>
      <td className={valueClass(line.before)}>
        <Value text={line.before} look={change === 'same' ? 'plain' : 'old'} />
      </td>
      <td className={valueClass(line.after)}>
        <Value text={line.after} look={change === 'same' ? 'plain' : 'new'} />
      </td>
      <td className={styles.why}>
        {change !== 'same' && <strong>{change}</strong>}
        {change !== 'same' && line.reason !== undefined && ' · '}
        {line.reason}
        {line.madeHere && <span className="visually-hidden">{WORDS.atThisStep}</span>}
      </td>
    </tr>
  );
}
