// The differences of two texts as `diff -u` prints them.
//
// Models:  the shortest script of changes, moved down as far as it goes, with three lines of context.
// Read:    POSIX.1-2017, diff; E. W. Myers, "An O(ND) Difference Algorithm and Its Variations"; GNU diffutils,
//          analyze.c (`shift_boundaries`).

const CONTEXT = 3;

/** The hunks, each with its head; empty when the texts are the same. Texts end with a line break, or are empty. */
export function unifiedDiff(before: string, after: string): string {
  const [a, b] = [linesOf(before), linesOf(after)];
  const { gone, added } = changedLines(a, b);
  moveDown(a, gone);
  moveDown(b, added);
  return hunksOf(rowsOf(a, b, gone, added))
    .map(hunk => hunkText(hunk))
    .join('');
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Which lines of the first are not in the second, and the other way round. */
function changedLines(
  a: readonly string[],
  b: readonly string[],
): { readonly gone: boolean[]; readonly added: boolean[] } {
  const gone = a.map(() => true);
  const added = b.map(() => true);
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  const at = (diagonal: number): number => furthest.get(diagonal) ?? -1;
  for (let d = 0; d <= a.length + b.length; d++) {
    history.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) {
        walkBack(history, a.length, b.length, (i, j) => {
          gone[i] = false;
          added[j] = false;
        });
        return { gone, added };
      }
    }
  }
  return { gone, added };
}

/** Follows the path of the shortest script back, and tells which lines stay. */
function walkBack(
  history: readonly ReadonlyMap<number, number>[],
  fromX: number,
  fromY: number,
  stays: (i: number, j: number) => void,
): void {
  let [x, y] = [fromX, fromY];
  for (let d = history.length - 1; d >= 0; d--) {
    const before = history[d];
    const at = (diagonal: number): number => before?.get(diagonal) ?? -1;
    const k = x - y;
    const previous = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const [startX, startY] = d === 0 ? [0, 0] : [at(previous), at(previous) - previous];
    while (x > startX && y > startY) stays(--x, --y);
    [x, y] = [startX, startY];
  }
}

/** A run of changed lines whose first line comes again behind it can as well stand one line further down. */
function moveDown(lines: readonly string[], changed: boolean[]): void {
  let i = 0;
  while (i < lines.length) {
    if (changed[i] !== true) {
      i++;
      continue;
    }
    let [start, end] = [i, i];
    while (end < lines.length && changed[end] === true) end++;
    while (end < lines.length && lines[start] === lines[end]) {
      changed[start++] = false;
      changed[end++] = true;
      while (end < lines.length && changed[end] === true) end++;
    }
    i = end;
  }
}

interface Row {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
  /** How many lines of each text stand before it. */
  readonly before: number;
  readonly after: number;
}

function rowsOf(
  a: readonly string[],
  b: readonly string[],
  gone: readonly boolean[],
  added: readonly boolean[],
): readonly Row[] {
  const rows: Row[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && gone[i] === true) rows.push({ mark: '-', text: a[i] ?? '', before: i++, after: j });
    else if (j < b.length && added[j] === true) rows.push({ mark: '+', text: b[j] ?? '', before: i, after: j++ });
    else rows.push({ mark: ' ', text: a[i] ?? '', before: i++, after: j++ });
  }
  return rows;
}

/** Changes that are near each other stand in one hunk. */
function hunksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const hunks: (readonly Row[])[] = [];
  let open: { from: number; to: number } | undefined;
  const close = (): void => {
    if (open !== undefined) hunks.push(rows.slice(open.from, open.to));
    open = undefined;
  };
  rows.forEach(({ mark }, i) => {
    if (mark === ' ') return;
    if (open !== undefined && i - CONTEXT > open.to) close();
    open = { from: open?.from ?? Math.max(0, i - CONTEXT), to: Math.min(rows.length, i + 1 + CONTEXT) };
  });
  close();
  return hunks;
}

function hunkText(rows: readonly Row[]): string {
  const [first] = rows;
  const count = (mark: Row['mark']): number => rows.filter(row => row.mark === ' ' || row.mark === mark).length;
  const range = (start: number, length: number): string =>
    length === 1 ? String(start + 1) : `${length === 0 ? start : start + 1},${length}`;
  const head = `@@ -${range(first?.before ?? 0, count('-'))} +${range(first?.after ?? 0, count('+'))} @@\n`;
  return head + rows.map(({ mark, text }) => `${mark}${text}\n`).join('');
}
