// column -t: lines as a table.
//
// Read:    column(1) of util-linux 2.38.

import type { Command } from '../command.ts';
import { parseOptions } from '../tools/flags.ts';
import { asText, linesOf, readSources, refuseOption } from './input.ts';

export const column: Command = {
  name: 'column',
  at: ['host'],
  summary: 'line up columns: column -t',
  run(words, context) {
    const parsed = parseOptions(words, { '-t': 'flag', '--table': 'flag', '-s': 'value', '-o': 'value' });
    if (parsed.kind !== 'parsed') return refuseOption('column', parsed, context);
    const { sources, failed } = readSources('column', parsed.rest, context);
    const lines = sources.flatMap(source => linesOf(source.text)).filter(line => line.trim() !== '');
    if (!parsed.flags.has('-t') && !parsed.flags.has('--table')) {
      context.output.write('out', asText(lines));
      return failed === 'some' ? 1 : 0;
    }
    const separators = parsed.values.get('-s');
    const rows = lines.map(line =>
      separators === undefined ? line.split(/\s+/).filter(cell => cell !== '') : split(line, separators),
    );
    const widths: number[] = [];
    for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
    const between = parsed.values.get('-o') ?? '  ';
    const table = rows.map(row =>
      widths.map((width, i) => (i === widths.length - 1 ? (row[i] ?? '') : (row[i] ?? '').padEnd(width))).join(between),
    );
    context.output.write('out', asText(table));
    return failed === 'some' ? 1 : 0;
  },
};

/** Every one of the characters separates. */
function split(line: string, separators: string): readonly string[] {
  const cells = [''];
  for (const char of line) {
    if (separators.includes(char)) cells.push('');
    else cells[cells.length - 1] += char;
  }
  return cells;
}
