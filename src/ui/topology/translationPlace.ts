// Where the text of a translation stands in its node: its kind in the first row, which the packet's chip shares, and
// below it the old address and the new one. Pure.

import type { Box, Point } from './geometry.ts';
import type { NetworkLayout } from './layout.ts';
import { widthOf } from './sceneParts.tsx';
import type { TranslationMark } from './traceOverlay.ts';

/** Rows from the top of the text: the middle of the first, where the chip stands, and the base lines of all others. */
export const TRANSLATION_ROWS = { chip: 4, name: 11, first: 28, next: 15 } as const;

/** From the middle of a route disc to what stands beside it. */
const DISC_ROOM = 20;
/** Between the name of the translation, the chip and the disc. */
const CHIP_GAP = 8;

export interface TranslationText {
  readonly box: Box;
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Where the name of its kind ends. */
  readonly nameEnd: number;
}

export function translationText(mark: TranslationMark, layout: NetworkLayout): TranslationText {
  const { at } = mark;
  const node = layout.nodes.get(mark.node);
  const bar = node?.bridge?.box;
  // It ends before the route disc: a long address gives its port a line of its own.
  const room = node === undefined ? Number.POSITIVE_INFINITY : node.disc.x - DISC_ROOM - node.box.x - 14;
  const before = linesIn(mark.before, room);
  const after = linesIn(`→ ${mark.after}`, room);
  const lines = [...before, ...after];
  const width = Math.max(...lines.map(text => widthOf(text, 'mono', 11))) + 6;
  const height = TRANSLATION_ROWS.first - 11 + TRANSLATION_ROWS.next * lines.length;
  const x = node === undefined ? at.x : Math.min(node.box.x + 14, node.disc.x - DISC_ROOM - width);
  const above = node?.facing === 'up';
  const y = bar === undefined ? at.y + 20 : above ? bar.y - height - 6 : bar.y + bar.height + 10;
  return { box: { x, y, width, height }, before, after, nameEnd: x + widthOf(mark.kind, 'sans', 12.5) };
}

/** Where a chip rests whose middle would be over the text: in its first row, between the name and the disc. */
export function chipBeside({ box, nameEnd }: TranslationText, at: Point, half: number, disc: Point | undefined): Point {
  const right = disc === undefined ? Number.POSITIVE_INFINITY : disc.x - DISC_ROOM - half;
  return {
    x: Math.max(nameEnd + CHIP_GAP + half, Math.min(at.x, right)),
    y: box.y + TRANSLATION_ROWS.chip,
  };
}

/** An address with its port on one line, or the port under it where there is too little room. */
function linesIn(text: string, room: number): readonly string[] {
  const [address = '', port] = text.split(/(?=:\d+$)/);
  return port === undefined || widthOf(text, 'mono', 11) <= room ? [text] : [address, `  ${port}`];
}
