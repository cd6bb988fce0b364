// The Tables of the API server as `kubectl get` prints them.
//
// Read:    k8s.io/cli-runtime pkg/printers/tableprinter.go; kubectl pkg/cmd/get.

import type { Json } from '../../sim/index.ts';
import { listAt, numberAt, objectAt, textAt } from './fields.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';

export interface TableOptions {
  readonly wide: boolean;
  readonly withNamespace: boolean;
  readonly headers: 'shown' | 'hidden';
  /** Put before each name: `pod`; absent: nothing. */
  readonly kindPrefix?: string;
  readonly labelColumns: readonly string[];
  readonly showLabels: boolean;
}

/** The text of a Table, a line a row. */
export function tableText(table: Json, options: TableOptions): string {
  const columns = listAt(table, 'columnDefinitions').map((column, index) => ({
    index,
    name: textAt(column, 'name'),
    isName: textAt(column, 'format') === 'name',
    priority: numberAt(column, 'priority') ?? 0,
  }));
  const shown = columns.filter(column => options.wide || column.priority === 0);
  const lines: string[] = [];
  if (options.headers === 'shown') {
    lines.push(
      [
        ...(options.withNamespace ? ['NAMESPACE'] : []),
        ...shown.map(column => column.name.toUpperCase()),
        ...options.labelColumns.map(key => (key.split('/').at(-1) ?? key).toUpperCase()),
        ...(options.showLabels ? ['LABELS'] : []),
      ].join('\t'),
    );
  }
  for (const row of listAt(table, 'rows')) {
    const cells = listAt(row, 'cells');
    const labels = objectAt(row, 'object', 'metadata', 'labels');
    lines.push(
      [
        ...(options.withNamespace ? [textAt(row, 'object', 'metadata', 'namespace')] : []),
        ...shown.map(column => {
          const cell = String(cells[column.index] ?? '');
          return column.isName && options.kindPrefix !== undefined ? `${options.kindPrefix}/${cell}` : cell;
        }),
        ...options.labelColumns.map(key => textAt(labels, key) || '<none>'),
        ...(options.showLabels ? [labelsText(labels)] : []),
      ].join('\t'),
    );
  }
  return lines.length === 0 ? '' : `${alignTabs(lines.join('\n'), TABLE_STYLE)}\n`;
}

/** `app=web,tier=front`, or `<none>`. */
export function labelsText(labels: Json): string {
  const entries = Object.entries(objectAt(labels)).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? '<none>' : entries.map(([key, value]) => `${key}=${String(value)}`).join(',');
}
