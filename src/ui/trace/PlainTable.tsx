import { classNames } from '../common/classNames.ts';
import { DECIDES } from './reveal.ts';
import tables from './Tables.module.css';
import { WideTable } from './WideTable.tsx';

/** A table of a lookup: the neighbour, the bridge's port. */
export function PlainTable({
  columns,
  rows,
}: {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly wins: boolean }[];
}) {
  return (
    <WideTable name={columns.join(', ')}>
      <table className={tables.table}>
        <thead>
          <tr>
            {columns.map(column => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={row.cells.join(' ')} className={classNames(row.wins && tables.wins)} {...(row.wins && DECIDES)}>
              {columns.map((column, i) => (
                <td key={column} className={tables.mono}>
                  {row.cells[i]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}

/** An entry as names and values. */
export function FactRows({ rows }: { readonly rows: readonly { readonly name: string; readonly value: string }[] }) {
  return (
    <table className={tables.table}>
      <tbody>
        {rows.map(row => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            <td className={tables.mono}>{row.value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
