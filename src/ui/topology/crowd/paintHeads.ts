// The chips over the Pods of a band: a kind, a name and a fact, as much as has room.

import { type Brush, onScreen } from './brush.ts';
import type { CrowdCell, Head } from './crowd.ts';

/** The height of the text, in pixels: it grows with the chip. */
const TEXT = { least: 11, most: 15, share: 0.5 } as const;
/** Lower chips have no text. */
const LEAST_HEIGHT = 12;
/** From its edge to the text, and between two texts. */
const INSET = 6;
/** A part of a shared chip that is at least so wide is a chip itself. */
const NAMED_FROM = 96;

type Chip = Pick<Head, 'box' | 'texts'>;

export function paintHeads(brush: Brush, heads: readonly Head[]): void {
  for (const chip of heads.flatMap(head => chipsOf(brush, head))) paintChip(brush, chip);
}

/** Each for itself where it can be read, else one for all of its kind. */
function chipsOf(brush: Brush, { box, texts, cells }: Head): readonly Chip[] {
  const [first] = cells;
  if (cells.length < 2 || first === undefined) return [{ box, texts }];
  const part = onScreen(brush, first.box);
  const isNamed = part.width >= NAMED_FROM && part.height >= LEAST_HEIGHT + 2;
  return isNamed ? cells.map(chipOf) : [{ box, texts }];
}

/** Its kind is the first of its id; the look of its own is that of a chip. */
function chipOf({ id, box, name, detail }: CrowdCell): Chip {
  return { box, texts: [id.slice(0, id.indexOf('/')), name, detail] };
}

function paintChip(brush: Brush, chip: Chip): void {
  const { context, colour, fonts } = brush;
  const { x, y, width, height } = onScreen(brush, chip.box);
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, Math.max(1, width - 1), Math.max(1, height - 1), Math.min(4, height / 4));
  context.fillStyle = colour.surface;
  context.fill();
  context.strokeStyle = colour.edge;
  context.lineWidth = 1;
  context.stroke();
  if (height < LEAST_HEIGHT) return;
  const size = Math.max(TEXT.least, Math.min(TEXT.most, height * TEXT.share));
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  let left = x + INSET;
  for (const [i, text] of chip.texts.entries()) {
    const isName = i === 1 || chip.texts.length === 1;
    context.font = `${isName ? 600 : 400} ${size}px ${i === 2 ? fonts.mono : fonts.sans}`;
    const needed = context.measureText(text).width;
    if (left + needed > x + width - INSET) return;
    context.fillStyle = isName ? colour.ink : colour['ink-2'];
    context.fillText(text, left, y + height / 2 + 0.5);
    left += needed + INSET;
  }
}
