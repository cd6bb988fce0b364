// Columns as Go's text/tabwriter aligns them: cells end with a tab, and consecutive lines that have a cell share its width.
//
// Read:    pkg.go.dev/text/tabwriter; github.com/liggitt/tabwriter, which remembers widths from one text to the next.

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

/** Aligns one text after the other. */
export type TabAligner = (text: string) => string;

/** Columns never get narrower than in the texts before: `kubectl get -w` prints rows as they come. */
export function growingColumns(style: TabStyle): TabAligner {
  const least: number[] = [];
  return text => aligned(text, style, least);
}

/** Aligns text whose cells end with tabs; the last cell of a line has no width. */
export function alignTabs(text: string, style: TabStyle): string {
  return aligned(text, style, []);
}

/** @param least how wide columns are at least; grows */
function aligned(text: string, style: TabStyle, least: number[]): string {
  const lines = text.split('\n').map(line => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  const widest: number[] = [];
  alignColumn({ lines, widths, style, least, widest }, 0, lines.length, 0);
  widest.forEach((width, column) => {
    least[column] = Math.max(least[column] ?? 0, width);
  });
  return lines
    .map((cells, i) =>
      cells.map((cell, k) => (k === cells.length - 1 ? cell : padded(cell, widths[i]?.[k] ?? 0))).join(''),
    )
    .join('\n');
}

interface Alignment {
  readonly lines: readonly (readonly string[])[];
  readonly widths: number[][];
  readonly style: TabStyle;
  readonly least: readonly number[];
  /** The widest that each column has become in this text. */
  readonly widest: number[];
}

/** Gives each block of lines that have a cell in this column its width, then does the same for the next column. */
function alignColumn(alignment: Alignment, from: number, to: number, column: number): void {
  const { lines, widths, style, least, widest } = alignment;
  let start = from;
  while (start < to) {
    if (!hasCell(lines[start], column)) {
      start++;
      continue;
    }
    let end = start;
    let longest = 0;
    for (; end < to && hasCell(lines[end], column); end++)
      longest = Math.max(longest, letters(lines[end]?.[column] ?? ''));
    // A column of nothing but empty cells has no width. Source: text/tabwriter, `format`, DiscardEmptyColumns is off but
    // an empty cell still gets its padding.
    const width = Math.max(style.minWidth, longest + style.padding, least[column] ?? 0);
    widest[column] = Math.max(widest[column] ?? 0, width);
    for (let i = start; i < end; i++) {
      const row = widths[i];
      if (row !== undefined) row[column] = width;
    }
    alignColumn(alignment, start, end, column + 1);
    start = end;
  }
}

/** The last text of a line is no cell: no tab ends it. */
function hasCell(cells: readonly string[] | undefined, column: number): boolean {
  return cells !== undefined && column < cells.length - 1;
}

/** Go counts code points. */
function letters(text: string): number {
  return [...text].length;
}

function padded(text: string, width: number): string {
  return `${text}${' '.repeat(Math.max(0, width - letters(text)))}`;
}
