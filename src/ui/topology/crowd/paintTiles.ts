// What stands beside the nodes of a crowd: tiles with a size of their own, each with its sign and as much of its name and
// address as has room. They look the same at every level of the Pods.

import type { Box } from '../geometry.ts';
import { type Brush, onScreen } from './brush.ts';
import type { CrowdCell, TileLook } from './crowd.ts';
import { fittingName } from './fittingName.ts';

/** All but the LAN, which is a bar. */
type SignedLook = Exclude<TileLook, 'lan'>;

/** The signs of the look, in a square of 20 px. */
const SIGNS: Readonly<Record<SignedLook, string>> = {
  service: 'M2.5 10a2 2 0 1 0 4 0a2 2 0 1 0-4 0M6.5 10h10M9 10c2.5 0 2.5-5 5-5h2.5M9 10c2.5 0 2.5 5 5 5h2.5',
  laptop: 'M4 5a1 1 0 0 1 1-1h10a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM2 15.5h16',
  internet: 'M2.5 10a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0M2.5 10h15M10 2.5c-5 5-5 10 0 15M10 2.5c5 5 5 10 0 15',
  router: 'M2.5 10a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0M5.5 8h6M9.5 6l2 2-2 2M14.5 12h-6M10.5 10l-2 2 2 2',
};

/** Lower tiles are dashes, in pixels. */
const LEAST_HEIGHT = 13;
/** A tile at least so high has a second line. */
const TWO_LINES = 30;
/** The height of the name, in pixels: it grows with the tile. */
const NAME = { least: 11, most: 22, share: 0.28 } as const;
const LEAST_LETTERS = 4;

const isTile = (look: CrowdCell['look']): look is SignedLook => look in SIGNS;

export function paintTiles(brush: Brush, tiles: readonly CrowdCell[]): void {
  for (const cell of tiles) {
    const box = onScreen(brush, cell.box);
    if (cell.look === 'lan') paintBar(brush, box);
    else if (box.height < LEAST_HEIGHT) paintDash(brush, box);
    else paintTile(brush, cell, box);
  }
}

function paintBar({ context, colour }: Brush, { x, y, width, height }: Box): void {
  const thick = Math.max(2, width);
  context.fillStyle = thick < 4 ? colour.edge : colour.line;
  context.strokeStyle = colour.edge;
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(x + (width - thick) / 2, y, thick, height, Math.min(3, thick / 2));
  context.fill();
  if (thick >= 4) context.stroke();
}

function paintDash({ context, colour }: Brush, { x, y, width, height }: Box): void {
  context.fillStyle = colour['ink-2'];
  context.fillRect(x, y + height * 0.3, width, Math.max(1, height * 0.4));
}

function paintTile(brush: Brush, { look, name, detail }: CrowdCell, box: Box): void {
  const { context, colour, fonts, view } = brush;
  const { x, y, width, height } = box;
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, Math.min(8, height / 5));
  context.fillStyle = colour.surface;
  context.fill();
  context.strokeStyle = colour.edge;
  context.lineWidth = Math.max(1, Math.min(1.5, 1.25 * view.zoom));
  context.stroke();
  const size = Math.max(NAME.least, Math.min(NAME.most, height * NAME.share));
  const hasTwo = height >= TWO_LINES;
  const sign = Math.max(12, Math.min(28, size * 1.35));
  const inset = Math.max(3, Math.min(10, height * 0.12));
  context.font = `600 ${size}px ${fonts.sans}`;
  const afterSign = x + inset * 2 + sign;
  const end = x + width - 3;
  const fits = (from: number, text: string): boolean => from + context.measureText(text).width <= end;
  // The name is worth more than the sign.
  const hasSign = isTile(look) && (fits(afterSign, name) || !fits(x + inset, name));
  const left = hasSign ? afterSign : x + inset;
  const text = fittingName(name, LEAST_LETTERS, part => fits(left, part));
  const middle = y + height / 2;
  const upper = hasTwo ? middle - size * 0.62 : middle;
  if (isTile(look) && hasSign)
    paintSign(brush, SIGNS[look], text === undefined ? x + (width - sign) / 2 : x + inset, upper, sign);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = colour.ink;
  if (text !== undefined) context.fillText(text, left, upper + 0.5);
  if (!hasTwo) return;
  context.font = `400 ${Math.max(NAME.least, size * 0.88)}px ${fonts.mono}`;
  const start = [left, x + inset].find(from => fits(from, detail));
  if (start === undefined) return;
  context.fillStyle = colour['ink-2'];
  context.fillText(detail, start, middle + size * 0.68);
}

function paintSign({ context, colour }: Brush, path: string, x: number, middle: number, size: number): void {
  context.save();
  context.translate(x, middle - size / 2);
  context.scale(size / 20, size / 20);
  context.strokeStyle = colour['ink-2'];
  context.lineWidth = 1.5;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.stroke(new Path2D(path));
  context.restore();
}
