// What a tile says that stands for all that it holds: what it is, and how many. Pure.

import type { Holder } from './crowd.ts';
import { fittingName } from './fittingName.ts';

/** The height of the name, in pixels: it grows with the tile. */
const SIZE = { least: 11, most: 20, share: 0.12 } as const;
/** From the edge of a tile to its texts, on both sides together. */
const INSET = 6;
/** Fewer letters than these tell nothing of a name. */
const LEAST_LETTERS = 4;

export interface TileText {
  readonly text: string;
  /** In pixels. */
  readonly size: number;
  readonly weight: 400 | 600;
  /** Where its middle is, from the middle of the tile down. */
  readonly down: number;
}

/** On the screen, in pixels. */
interface TileSize {
  readonly width: number;
  readonly height: number;
}
type WidthOf = (text: string, size: number) => number;

/** The height of a line, of that of its text. */
const LINE = 1.15;

const textSize = ({ width, height }: TileSize): number =>
  Math.max(SIZE.least, Math.min(SIZE.most, Math.round(Math.min(width, height) * SIZE.share)));

/** The name of a tile of this size on the screen and, where there is room under it, how many it holds. */
export function tileTexts(
  { title, note, count }: Pick<Holder, 'title' | 'note' | 'count'>,
  { width, height }: TileSize,
  widthOf: WidthOf,
): readonly TileText[] {
  const size = textSize({ width, height });
  const line = size * LINE;
  const room = width - INSET;
  const fits = (text: string): boolean => widthOf(text, size) <= room;
  if (height < line + 4) return [];
  const name = fittingName(title, LEAST_LETTERS, fits);
  if (name === undefined) return [];
  const second = [note, count].find(fits);
  if (second === undefined || height < 2 * line + 2) return [{ text: name, size, weight: 600, down: 0.5 }];
  return [
    { text: name, size, weight: 600, down: -line / 2 + 0.5 },
    { text: second, size: Math.max(SIZE.least, size * 0.9), weight: 400, down: line / 2 + 0.5 },
  ];
}

/** Under a title that stands over it: only how many it holds, where there is room. */
export function countText(count: string, tile: TileSize, widthOf: WidthOf): readonly TileText[] {
  const size = textSize(tile);
  const fits = tile.height >= size * LINE + 4 && widthOf(count, size) <= tile.width - INSET;
  return fits ? [{ text: count, size, weight: 600, down: 0.5 }] : [];
}
