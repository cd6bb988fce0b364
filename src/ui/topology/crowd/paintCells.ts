// Pods and Services of a crowd, level by level. All cells of one look are one path: thousands cost as much as some.

import type { Box } from '../geometry.ts';
import { shortName } from '../shortName.ts';
import { type Brush, isSeen, LETTER_WIDTH, lettersIn, onScreen } from './brush.ts';
import type { CellLevel } from './cellLevel.ts';
import type { CrowdCell, Holder } from './crowd.ts';

/** Cells that are in sight, by how they look. */
export type SeenCells = Readonly<Record<CrowdCell['look'], readonly CrowdCell[]>>;

/** Whether what a box holds has tiles of its own size; see paintTiles.ts. */
export const isBeside = ({ kind }: Holder): boolean => ['services', 'outside', 'network'].includes(kind);

export function seenCells(brush: Brush, holders: readonly Holder[], isWanted: (cell: CrowdCell) => boolean): SeenCells {
  const seen: Record<CrowdCell['look'], CrowdCell[]> = {
    ready: [],
    'not-ready': [],
    terminating: [],
    group: [],
    service: [],
    object: [],
    laptop: [],
    internet: [],
    router: [],
    lan: [],
  };
  for (const holder of holders) {
    if (isBeside(holder) || !isSeen(brush, holder.box)) continue;
    for (const cell of holder.cells) if (isSeen(brush, cell.box) && isWanted(cell)) seen[cell.look].push(cell);
  }
  return seen;
}

export function paintCells(brush: Brush, cells: SeenCells, level: CellLevel): void {
  switch (level) {
    case 'heat':
      return;
    case 'dots':
      paintDots(brush, cells);
      return;
    case 'boxes':
    case 'labels':
      paintBoxes(brush, cells, level);
  }
}

/** A dash for each; hollow and broken what is not ready, half as high a Service. */
function paintDots(brush: Brush, cells: SeenCells): void {
  const { context, colour } = brush;
  const fill = (list: readonly CrowdCell[], share: number): void => {
    context.beginPath();
    for (const { box } of list) {
      const { x, y, width, height } = onScreen(brush, box);
      context.rect(x, y + (height * (1 - share)) / 2, width, height * share);
    }
    context.fill();
  };
  context.fillStyle = colour.edge;
  context.globalAlpha *= 0.6;
  fill(cells.ready, 1);
  context.globalAlpha /= 0.6;
  context.fillStyle = colour['ink-2'];
  fill(cells.service, 0.4);
  context.strokeStyle = colour.edge;
  context.lineWidth = 1;
  outline(brush, [...cells.group, ...cells.object, ...cells.terminating], 0);
  context.stroke();
  context.strokeStyle = colour.ink;
  context.lineWidth = 1.5;
  context.setLineDash([3, 2]);
  outline(brush, cells['not-ready'], 0);
  context.stroke();
  context.setLineDash([]);
}

/** One path around all of them. */
function outline(brush: Brush, list: readonly CrowdCell[], radius: number): void {
  const { context } = brush;
  context.beginPath();
  for (const { box } of list) {
    const { x, y, width, height } = onScreen(brush, box);
    if (radius < 1) context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
    else context.roundRect(x + 0.5, y + 0.5, width - 1, height - 1, radius);
  }
}

function paintBoxes(brush: Brush, cells: SeenCells, level: 'boxes' | 'labels'): void {
  const { context, colour, view } = brush;
  const radius = 8 * view.zoom;
  const draw = (list: readonly CrowdCell[], stroke: string, dash: readonly number[], fill: string): void => {
    if (list.length === 0) return;
    outline(brush, list, radius);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = stroke;
    context.setLineDash([...dash]);
    context.stroke();
    context.setLineDash([]);
  };
  context.lineWidth = Math.max(1, 1.25 * view.zoom);
  draw(cells.ready, colour.edge, [], colour.surface);
  draw([...cells.service, ...cells.object], colour.edge, [], colour.surface);
  draw(cells.group, colour.edge, [3, 2.5], colour.canvas);
  draw(cells['not-ready'], colour.pending, [4, 3], colour.surface);
  const alpha = context.globalAlpha;
  context.globalAlpha = alpha * 0.6;
  draw(cells.terminating, colour.edge, [], colour.surface);
  context.globalAlpha = alpha;
  const pods = [...cells.ready, ...cells['not-ready'], ...cells.terminating];
  if (level === 'boxes') {
    paintCapsules(brush, pods, 'middle');
    paintKinds(brush, [...cells.service, ...cells.object]);
    return;
  }
  if (view.zoom >= ICON_FROM) paintCapsules(brush, pods, 'before');
  for (const look of ['ready', 'not-ready', 'group', 'service', 'object', 'terminating'] as const) {
    context.globalAlpha = look === 'terminating' ? alpha * 0.6 : alpha;
    for (const cell of cells[look]) paintLabel(brush, cell);
  }
  context.globalAlpha = alpha;
}

/** From this zoom there is room for the Pod's sign before its name. */
const ICON_FROM = 0.7;

/** The Pod's sign: a capsule, in the middle or before the name. */
function paintCapsules(brush: Brush, cells: readonly CrowdCell[], place: 'middle' | 'before'): void {
  const { context, colour, view } = brush;
  context.beginPath();
  for (const { box } of cells) {
    const { x, y, width, height } = onScreen(brush, box);
    const size = place === 'middle' ? height / 24 : view.zoom * 0.8;
    const middle = x + (place === 'middle' ? width / 2 : 17 * view.zoom);
    const centre = y + (place === 'middle' ? height / 2 : 16 * view.zoom);
    context.roundRect(middle - 8 * size, centre - 4 * size, 16 * size, 8 * size, 4 * size);
  }
  context.lineWidth = 1;
  context.strokeStyle = colour['ink-3'];
  context.stroke();
}

/** What is no Pod says its kind, as kubectl abbreviates it, where that can be read. */
function paintKinds(brush: Brush, cells: readonly CrowdCell[]): void {
  const { context, colour, fonts } = brush;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  context.fillStyle = colour['ink-2'];
  for (const cell of cells) {
    const { x, y, width, height } = onScreen(brush, cell.box);
    const kind = cell.id.slice(0, cell.id.indexOf('/'));
    const size = Math.min(11, height * 0.75, (width - 4) / kind.length / LETTER_WIDTH);
    if (size < LEAST_KIND) continue;
    context.font = `600 ${size}px ${fonts.sans}`;
    context.fillText(kind, x + width / 2, y + height * 0.52);
  }
}

/** Smaller letters cannot be read. */
const LEAST_KIND = 8;

/** The name, and under it the address when both fit. */
function paintLabel(brush: Brush, cell: CrowdCell): void {
  const { context, colour, fonts, view } = brush;
  const box: Box = onScreen(brush, cell.box);
  const hasDetail = box.height >= 36;
  const size = Math.max(11, 13 * view.zoom);
  const hasIcon = !['service', 'group', 'object'].includes(cell.look) && view.zoom >= ICON_FROM;
  const inset = hasIcon ? 31 * view.zoom : Math.max(5, 9 * view.zoom);
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = `600 ${size}px ${fonts.sans}`;
  context.fillStyle = cell.look === 'group' ? colour['ink-2'] : colour.ink;
  const name = shortName(cell.name, Math.max(4, lettersIn(box.width - inset - 5, size)));
  const y = box.y + box.height * (hasDetail ? 0.34 : 0.52);
  // Wide letters are set closer rather than over the edge.
  context.fillText(name, box.x + inset, y, box.width - inset - 3);
  if (cell.look === 'terminating') context.fillRect(box.x + inset, y, context.measureText(name).width, 1);
  if (!hasDetail) return;
  const small = Math.max(10.5, 11.5 * view.zoom);
  context.font = `400 ${small}px ${['group', 'object'].includes(cell.look) ? fonts.sans : fonts.mono}`;
  context.fillStyle = colour['ink-2'];
  context.fillText(cell.detail, box.x + inset, box.y + box.height * 0.72);
}
