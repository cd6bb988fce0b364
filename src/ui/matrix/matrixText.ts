// A matrix as text, to paste into a terminal, a ticket or a sheet.

import { answerWord, type MatrixColumn, type MatrixRun } from '../../store/matrixStore.ts';
import { portWord, verdictWord } from './words.ts';

function tableOf({ plan, answers }: MatrixRun): readonly (readonly string[])[] {
  const head = ['', ...plan.columns.map(columnName)];
  const rows = plan.rows.map(row => {
    const given = answers.get(row.element) ?? [];
    return [
      row.name,
      ...plan.columns.map((_, i) => (given[i] === undefined ? '-' : verdictWord(answerWord(given[i])))),
    ];
  });
  return [head, ...rows];
}

export const columnName = (column: MatrixColumn): string => `${column.end.name} ${portWord(column)}`;

/** Columns under each other, two spaces apart. */
export function matrixText(run: MatrixRun): string {
  const table = tableOf(run);
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map(row => row[i]?.length ?? 0)));
  return table
    .map(row =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** RFC 4180, with a line for each cell: a sheet can sort and pivot it. */
export function matrixCsv({ plan, answers }: MatrixRun): string {
  const lines = plan.rows.flatMap(row =>
    (answers.get(row.element) ?? []).flatMap((answer, i) => {
      const column = plan.columns[i];
      if (column === undefined) return [];
      const outcome = answer.kind === 'answered' ? answer.outcome : answer.because;
      return [[row.element, column.end.element, portWord(column), answerWord(answer), outcome]];
    }),
  );
  return [['from', 'to', 'port', 'verdict', 'outcome'], ...lines].map(line => line.map(quoted).join(',')).join('\r\n');
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
