// Columns as Go's text/tabwriter aligns them: cells end with a tab, and consecutive lines that have a cell share its width.
//
// Read:    pkg.go.dev/text/tabwriter.

export interface TabStyle {
  /** The narrowest column, with its padding. */
  readonly minWidth: number;
  /** Spaces after the widest cell. */
  readonly padding: number;
}

/** How `kubectl get` aligns. Source: k8s.io/cli-runtime pkg/printers/tabwriter.go. */
export const TABLE_STYLE: TabStyle = { minWidth: 6, padding: 3 };
/** How `kubectl describe` aligns. Source: kubectl pkg/describe/describe.go, `tabbedString`. */
export const DESCRIBE_STYLE: TabStyle = { minWidth: 0, padding: 2 };

/** Aligns text whose cells end with tabs; the last cell of a line has no width. */
export function alignTabs(text: string, style: TabStyle): string {
  const lines = text.split('\n').map(line => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  alignColumn(lines, widths, 0, lines.length, 0, style);
  return lines
    .map((cells, i) =>
      cells.map((cell, k) => (k === cells.length - 1 ? cell : cell.padEnd(widths[i]?.[k] ?? 0))).join(''),
    )
    .join('\n');
}

/** Gives each block of lines that have a cell in this column its width, then does the same for the next column. */
function alignColumn(
  lines: readonly (readonly string[])[],
  widths: number[][],
  from: number,
  to: number,
  column: number,
  style: TabStyle,
): void {
  let start = from;
  while (start < to) {
    if (!hasCell(lines[start], column)) {
      start++;
      continue;
    }
    let end = start;
    let widest = 0;
    for (; end < to && hasCell(lines[end], column); end++) widest = Math.max(widest, lines[end]?.[column]?.length ?? 0);
    // A column of nothing but empty cells has no width. Source: text/tabwriter, `format`, DiscardEmptyColumns is off but
    // an empty cell still gets its padding.
    const width = Math.max(style.minWidth, widest + style.padding);
    for (let i = start; i < end; i++) {
      const row = widths[i];
      if (row !== undefined) row[column] = width;
    }
    alignColumn(lines, widths, start, end, column + 1, style);
    start = end;
  }
}

/** The last text of a line is no cell: no tab ends it. */
function hasCell(cells: readonly string[] | undefined, column: number): boolean {
  return cells !== undefined && column < cells.length - 1;
}
