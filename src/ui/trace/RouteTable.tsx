import type { EvidenceView } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { DECIDES } from './reveal.ts';
import tables from './Tables.module.css';
import { WideTable } from './WideTable.tsx';
import { TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.routes;

/** Every route that was a candidate, in the kernel's order, each with why. */
export function RouteTable({ evidence }: { readonly evidence: Extract<EvidenceView, { kind: 'routes' }> }) {
  return (
    <WideTable name={WORDS.columns.join(', ')}>
      <table className={tables.table}>
        <thead>
          <tr>
            {[...WORDS.columns, WORDS.fits(evidence.destination)].map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {evidence.rows.map(row => (
            <tr
              key={`${row.prefix} ${row.via} ${row.device}`}
              className={classNames(row.fit === 'wins' && tables.wins, row.fit === 'no' && tables.quiet)}
              {...(row.fit === 'wins' && DECIDES)}
            >
              <td className={tables.mono}>{row.prefix}</td>
              <td className={tables.mono}>{row.via}</td>
              <td className={tables.mono}>{row.device}</td>
              <td className={tables.why}>
                <span className={tables.whyInner}>
                  {row.fit === 'wins' && <Icon name="tick" size={16} />}
                  {row.note}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {evidence.rows.length === 0 && <p className={tables.aside}>{WORDS.none}</p>}
    </WideTable>
  );
}
