// A crowd on its canvas: zones, cables, nodes, what stands in them, and what is marked among it.

import type { ElementId } from '../../../sim/index.ts';
import type { Box, Polyline } from '../geometry.ts';
import { shortName } from '../shortName.ts';
import { type Brush, isSeen, lettersIn, onScreen, pointOnScreen } from './brush.ts';
import type { CellLevel } from './cellLevel.ts';
import type { Crowd, CrowdCell, Holder, Zone } from './crowd.ts';
import { isBeside, paintCells, type SeenCells, seenCells } from './paintCells.ts';
import { paintHeads } from './paintHeads.ts';
import { type CrowdMark, paintMark, paintMarkName } from './paintMarks.ts';
import { paintTiles } from './paintTiles.ts';
import { countText, tileTexts } from './tileTexts.ts';
import { zoneTitle } from './zoneTitle.ts';

/** What is painted. */
export interface CrowdPicture {
  readonly crowd: Crowd;
  readonly marks: readonly CrowdMark[];
  /** What a filter hides: it is there, but pale. */
  readonly pale: ReadonlySet<ElementId>;
  /** From a selected Service to the nodes that have its endpoints. */
  readonly links: readonly Polyline[];
}

/** Levels with how much of each shows; two while one takes over from the other. */
export type ShownLevels = readonly (readonly [level: CellLevel, alpha: number])[];

/** Below this zoom cables stay behind what they join. */
const FAINT_CABLES = 0.3;

export function paintCrowd(brush: Brush, picture: CrowdPicture, levels: ShownLevels): void {
  const { context, colour } = brush;
  const { crowd, marks, links, pale } = picture;
  for (const zone of crowd.zones) if (isSeen(brush, zone.box)) paintZone(brush, zone);
  context.globalAlpha = brush.view.zoom < FAINT_CABLES ? 0.5 : 1;
  paintLines(brush, crowd.lines, colour.edge, Math.max(1, 1.5 * brush.view.zoom));
  context.globalAlpha = 1;
  const holders = crowd.holders.filter(holder => isSeen(brush, holder.box));
  const parts: readonly Part[] = (pale.size === 0 ? [false] : [true, false]).map(isPale => ({
    strength: isPale ? PALE : 1,
    holders: holders.filter(({ id }) => pale.has(id) === isPale),
    cells: seenCells(brush, holders, ({ id }) => pale.has(id) === isPale),
    tiles: holders.filter(isBeside).flatMap(({ cells }) => cells.filter(({ id }) => pale.has(id) === isPale)),
  }));
  paintParts(brush, parts, levels);
  paintLines(brush, links, colour.ink, 1.5);
  for (const mark of marks) if (isSeen(brush, mark.box)) paintMark(brush, mark);
  for (const mark of marks) if (isSeen(brush, mark.box)) paintMarkName(brush, mark);
}

/** No text is smaller than this, in pixels. */
const LEAST_TEXT = 11;

/** How much shows of what a filter hides. */
const PALE = 0.3;

/** Whether its title has room over the cells also where those are too small to be seen. */
function hasOwnTitle({ view }: Brush, holder: Holder): boolean {
  return isBeside(holder) || (holder.kind === 'band' && holder.header * view.zoom >= LEAST_TEXT);
}

interface Part {
  readonly strength: number;
  readonly holders: readonly Holder[];
  readonly cells: SeenCells;
  readonly tiles: readonly CrowdCell[];
}

/** All boxes before anything in them: what is pale may hold what is not, and the other way round. */
function paintParts(brush: Brush, parts: readonly Part[], levels: ShownLevels): void {
  const { context } = brush;
  for (const { strength, holders } of parts) {
    context.globalAlpha = strength;
    paintHolders(brush, holders);
  }
  for (const [level, alpha] of levels)
    for (const { strength, holders, cells } of parts) {
      context.globalAlpha = alpha * strength;
      if (level === 'heat') for (const holder of holders) if (!isBeside(holder)) paintHeat(brush, holder);
      paintCells(brush, cells, level);
    }
  const hasTitles = !levels.some(([level]) => level === 'heat');
  for (const { strength, holders, tiles } of parts) {
    context.globalAlpha = strength;
    paintTiles(brush, tiles);
    for (const holder of holders) {
      if (hasTitles || hasOwnTitle(brush, holder)) paintTitle(brush, holder);
      paintHeads(brush, holder.heads);
    }
  }
  context.globalAlpha = 1;
}

function paintZone(brush: Brush, zone: Zone): void {
  const { context, colour, fonts } = brush;
  const { x, y, width, height } = onScreen(brush, zone.box);
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, Math.min(8, height / 20));
  context.strokeStyle = colour.line;
  context.lineWidth = 1.5;
  context.stroke();
  const inset = Math.max(5, 28 * brush.view.zoom);
  const title = zoneTitle(zone, brush.view.zoom, (text, size) => {
    context.font = `600 ${size}px ${fonts.sans}`;
    return context.measureText(text).width + 2 * inset;
  });
  if (title === undefined) return;
  const row = { x: x + inset, y, width: width - 2 * inset, height: zone.header * brush.view.zoom };
  paintEnds(brush, row, title.size, title.text, zone.note);
}

/** A text at the left, and one at the right if there is room for both. */
function paintEnds({ context, colour, fonts }: Brush, row: Box, size: number, left: string, right: string): void {
  const y = row.y + row.height / 2 + 0.5;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = colour.ink;
  context.font = `600 ${size}px ${fonts.sans}`;
  context.fillText(left, row.x, y);
  const used = context.measureText(left).width + 12;
  context.font = `400 ${size * 0.92}px ${fonts.sans}`;
  if (context.measureText(right).width > row.width - used) return;
  context.fillStyle = colour['ink-3'];
  context.textAlign = 'right';
  context.fillText(right, row.x + row.width, y);
}

function paintLines(brush: Brush, lines: readonly Polyline[], colour: string, width: number): void {
  if (lines.length === 0) return;
  const { context } = brush;
  context.beginPath();
  for (const line of lines)
    for (const [i, point] of line.entries()) {
      const { x, y } = pointOnScreen(brush, point);
      if (i === 0) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function paintHolders(brush: Brush, holders: readonly Holder[]): void {
  const { context, colour, view } = brush;
  const around = (list: readonly Holder[]): void => {
    context.beginPath();
    for (const { box } of list) {
      const { x, y, width, height } = onScreen(brush, box);
      context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, Math.max(2, 8 * view.zoom));
    }
  };
  const nodes = holders.filter(holder => holder.kind === 'node');
  const well = holders.filter(({ kind, state }) => (kind === 'node' || kind === 'band') && state === 'ready');
  context.lineWidth = Math.max(1, 1.25 * view.zoom);
  context.fillStyle = colour.surface;
  context.strokeStyle = colour.edge;
  around(well);
  context.fill();
  context.stroke();
  context.setLineDash([2, 3]);
  around(holders.filter(({ kind }) => kind === 'services' || kind === 'unscheduled' || kind === 'outside'));
  context.stroke();
  context.setLineDash([5, 3]);
  context.strokeStyle = colour.pending;
  context.lineWidth = Math.max(1.5, 1.25 * view.zoom);
  around(nodes.filter(node => node.state === 'not-ready'));
  context.fill();
  context.stroke();
  context.setLineDash([]);
  paintBars(brush, nodes);
}

/** Bridges, where they are more than a line. */
function paintBars(brush: Brush, nodes: readonly Holder[]): void {
  const { context, colour } = brush;
  context.beginPath();
  for (const { bar } of nodes) {
    if (bar === undefined) continue;
    const { x, y, width, height } = onScreen(brush, bar);
    if (height < 3) continue;
    context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, height / 6);
  }
  context.fillStyle = colour.sunken;
  context.fill();
  context.strokeStyle = colour.edge;
  context.lineWidth = 1;
  context.stroke();
}

/** The room for a title under the bridge of a node, in pixels of the scene. */
const FOOT = 78;

/** Over the cells, or where that is too low, under the bridge of a node: there it may cover the bridge. */
function paintTitle(brush: Brush, { box, kind, header, title, note }: Holder): void {
  const { context, colour, view } = brush;
  const { x, y, width, height } = onScreen(brush, box);
  const size = Math.max(LEAST_TEXT, Math.min(18, header * 0.33 * view.zoom));
  const inset = Math.max(4, 14 * view.zoom);
  const row = { x: x + inset, width: width - 2 * inset };
  const name = shortName(title, Math.max(4, lettersIn(row.width, size)));
  if (header * view.zoom >= size) {
    paintEnds(brush, { ...row, y, height: header * view.zoom }, size, name, note);
    return;
  }
  if (kind !== 'node') return;
  const foot = Math.max(FOOT * view.zoom, size + 1);
  if (foot > FOOT * view.zoom) {
    context.fillStyle = colour.surface;
    context.fillRect(x + 1.5, y + height - foot, width - 3, foot - 1.5);
  }
  paintEnds(brush, { ...row, y: y + height - foot, height: foot }, size, name, note);
}

/** What is filled is at least so wide and high, in pixels: one Pod beside ten thousand is there, too. */
const LEAST_HEAT = 3;

/** How full it is, and whether something in it is not ready: by a broken circle, not by colour. */
function paintHeat(brush: Brush, holder: Holder): void {
  const { context, colour } = brush;
  const { cells, capacity } = holder;
  const { x, y, width, height } = onScreen(brush, holder.ground ?? holder.box);
  const alpha = context.globalAlpha;
  context.fillStyle = colour.edge;
  context.globalAlpha = alpha * (cells.length === 0 ? 0 : 0.12 + 0.5 * Math.min(1, cells.length / capacity));
  const inset = holder.ground === undefined ? 2 : 0;
  const seen = (length: number): number => Math.max(LEAST_HEAT, length - 2 * inset);
  context.fillRect(x + inset, y + inset, seen(width), seen(height));
  context.globalAlpha = alpha;
  const unready = cells.some(cell => cell.look === 'not-ready');
  if (unready && height > 10) paintPending(brush, x + width - 8, y + 8);
  const { sans } = brush.fonts;
  const widthOf = (text: string, size: number): number => {
    context.font = `600 ${size}px ${sans}`;
    return context.measureText(text).width;
  };
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const texts = hasOwnTitle(brush, holder)
    ? countText(holder.count, { width, height }, widthOf)
    : tileTexts(holder, { width, height }, widthOf);
  for (const { text, size, weight, down } of texts) {
    context.font = `${weight} ${size}px ${sans}`;
    context.fillStyle = colour.ink;
    context.fillText(text, x + width / 2, y + height / 2 + down);
  }
}

function paintPending({ context, colour }: Brush, x: number, y: number): void {
  context.beginPath();
  context.arc(x, y, 4, 0, 2 * Math.PI);
  context.fillStyle = colour.surface;
  context.fill();
  context.setLineDash([3, 2]);
  context.strokeStyle = colour.ink;
  context.lineWidth = 1.5;
  context.stroke();
  context.setLineDash([]);
}
