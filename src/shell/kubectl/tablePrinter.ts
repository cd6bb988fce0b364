// The Tables of the API server as `kubectl get` prints them.
//
// Read:    k8s.io/cli-runtime pkg/printers/tableprinter.go; kubectl pkg/cmd/get.

import { humanDuration, type Json, parseTimestamp, type VirtualMs } from '../../sim/index.ts';
import { listAt, numberAt, objectAt, textAt } from './fields.ts';
import type { TabAligner } from './tabwriter.ts';

export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly headers: 'shown' | 'hidden';
  /** Put before each name: `pod`; absent: nothing. */
  readonly kindPrefix?: string;
  readonly labelColumns: readonly string[];
  readonly showLabels: boolean;
  /** What happened to the row's object: a column of its own, for `--output-watch-events`. */
  readonly event?: string;
}

/** The text of a Table, a line a row; nothing for a Table without rows. @param align how wide columns have become */
export function tableText(table: Json, options: TableOptions, align: TabAligner): string {
  const columns = listAt(table, 'columnDefinitions').map((column, index) => ({
    index,
    name: textAt(column, 'name'),
    isName: textAt(column, 'format') === 'name',
    priority: numberAt(column, 'priority') ?? 0,
  }));
  const shown = columns.filter(column => options.wide || column.priority === 0);
  const rows = listAt(table, 'rows');
  if (rows.length === 0) return '';
  const lines: string[] = [];
  if (options.headers === 'shown') {
    lines.push(
      [
        ...(options.event === undefined ? [] : ['EVENT']),
        ...(options.withNamespace ? ['NAMESPACE'] : []),
        ...shown.map(column => column.name.toUpperCase()),
        ...options.labelColumns.map(key => (key.split('/').at(-1) ?? key).toUpperCase()),
        ...(options.showLabels ? ['LABELS'] : []),
      ].join('\t'),
    );
  }
  for (const row of rows) {
    const cells = listAt(row, 'cells');
    const labels = objectAt(row, 'object', 'metadata', 'labels');
    lines.push(
      [
        ...(options.event === undefined ? [] : [options.event]),
        ...(options.withNamespace ? [textAt(row, 'object', 'metadata', 'namespace')] : []),
        ...shown.map(column => {
          const cell = cellText(cells[column.index]);
          return column.isName && options.kindPrefix !== undefined ? `${options.kindPrefix}/${cell}` : cell;
        }),
        ...options.labelColumns.map(key => textAt(labels, key)),
        ...(options.showLabels ? [labelsText(labels)] : []),
      ].join('\t'),
    );
  }
  return `${align(lines.join('\n'))}\n`;
}

/** The first line only, and nothing that would move the cursor. */
function cellText(cell: Json | undefined): string {
  const text = cell === undefined || cell === null ? '' : String(cell);
  const end = text.search(/[\n\r\f]/);
  return (end < 0 ? text : `${text.slice(0, end)}...`).replaceAll('\u001b', '^[');
}

/** `app=web,tier=front`, or `<none>`. */
export function labelsText(labels: Json): string {
  const entries = Object.entries(objectAt(labels)).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${String(value)}`).join(',');
}

/** A Table of objects that the server sent as they are: kubectl knows their names and ages only. */
export function plainTable(objects: readonly Json[], now: VirtualMs): Json {
  return {
    columnDefinitions: [
      { name: 'Name', format: 'name' },
      { name: 'Age', format: '' },
    ],
    rows: objects.map(object => {
      const created = parseTimestamp(textAt(object, 'metadata', 'creationTimestamp'));
      const age = created === undefined ? '<unknown>' : humanDuration((now - created) / 1000);
      return { cells: [textAt(object, 'metadata', 'name'), age], object };
    }),
  };
}
