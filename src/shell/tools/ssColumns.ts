// The columns of ss: as narrow as their content into a pipe, spread over the whole screen on a terminal.
//
// Read:    iproute2 6.1 misc/ss.c, `render_calc_width`, `render`.

interface Column {
  readonly header: string;
  /** What parts it from the column before. */
  readonly delimiter: string;
  readonly align: 'left' | 'right';
}

const COLUMNS: readonly Column[] = [
  { header: 'Netid', delimiter: '', align: 'left' },
  { header: 'State', delimiter: ' ', align: 'left' },
  { header: 'Recv-Q', delimiter: ' ', align: 'left' },
  { header: 'Send-Q', delimiter: ' ', align: 'left' },
  { header: 'Local Address:', delimiter: ' ', align: 'right' },
  { header: 'Port', delimiter: '', align: 'left' },
  { header: 'Peer Address:', delimiter: ' ', align: 'right' },
  { header: 'Port', delimiter: '', align: 'left' },
  { header: 'Process', delimiter: '', align: 'left' },
];

/** The cells of a socket, in the order of the columns. */
export type SocketRow = readonly [
  netid: string,
  state: string,
  receive: string,
  send: string,
  localAddress: string,
  localPort: string,
  peerAddress: string,
  peerPort: string,
  process: string,
];

/**
 * @param hidden columns that are left out
 * @param screen the width of the terminal; undefined into a pipe
 */
export function columnsText(
  rows: readonly SocketRow[],
  hidden: readonly 'Netid'[],
  headers: 'shown' | 'hidden',
  screen: number | undefined,
): string {
  const lines = [...(headers === 'shown' ? [COLUMNS.map(column => column.header)] : []), ...rows];
  // The last cell of all is not measured: ss measures a cell when it goes on to the next one.
  const isMeasured = (line: number, column: number): boolean =>
    rows.length === 0 || line < lines.length - 1 || column < COLUMNS.length - 1;
  const lengths = (column: number): readonly number[] =>
    lines.flatMap((cells, line) => (isMeasured(line, column) ? [(cells[column] ?? '').length] : []));
  const widths = COLUMNS.map(({ header }, i) =>
    hidden.some(name => name === header) ? 0 : Math.max(0, ...lengths(i)),
  );
  const first = widths.findIndex(width => width > 0);
  const natural = widths.map((width, i) =>
    width > 0 && i !== first ? width + (COLUMNS[i]?.delimiter.length ?? 0) : width,
  );
  const { spread, breaks } =
    screen === undefined ? { spread: natural, breaks: new Set<number>() } : spreadOver(natural, screen);
  return lines.map(cells => `${lineText(cells, spread, breaks)}\n`).join('');
}

/** Gives the columns of each screen line what room is left; `breaks` are the columns that end a screen line. */
function spreadOver(
  natural: readonly number[],
  screen: number,
): { readonly spread: readonly number[]; readonly breaks: ReadonlySet<number> } {
  const spread = natural.map(width => Math.min(width, screen));
  const breaks = new Set<number>();
  let lineStart = -1;
  let used = 0;
  let count = 0;
  for (let i = 0; i < spread.length; i++) {
    const width = spread[i] ?? 0;
    if (width === 0) continue;
    count++;
    used += width;
    const isLast = spread.slice(i + 1).every(other => other === 0);
    if (!isLast && used < screen) continue;
    let end = i;
    if (used > screen && count > 1) {
      used -= width;
      count--;
      end = i - 1;
    }
    const room = Math.max(0, screen - used);
    let extra = room % count;
    for (let k = end; k > lineStart; k--) {
      if (spread[k] === 0) continue;
      spread[k] = (spread[k] ?? 0) + Math.floor(room / count) + (extra > 0 ? 1 : 0);
      if (extra > 0) extra--;
    }
    breaks.add(end);
    lineStart = end;
    used = 0;
    count = 0;
    i = end;
  }
  return { spread, breaks };
}

function lineText(cells: readonly string[], widths: readonly number[], breaks: ReadonlySet<number>): string {
  let line = '';
  let started = false;
  COLUMNS.forEach(({ delimiter, align }, i) => {
    const width = widths[i] ?? 0;
    if (width === 0) return;
    const cell = cells[i] ?? '';
    const lead = started ? delimiter : '';
    const room = Math.max(0, width - lead.length);
    line += lead + (align === 'right' ? cell.padStart(room) : cell.padEnd(room));
    started = !breaks.has(i);
  });
  return line;
}
