// What must be found among many: a frame that is never too small, and a name.

import type { Box } from '../geometry.ts';
import { shortName } from '../shortName.ts';
import { type Brush, MARGIN, onScreen } from './brush.ts';

/** Something among the many that must be found at every zoom. */
export interface CrowdMark {
  readonly box: Box;
  /** `hovered`: the pointer is on it. */
  readonly kind: 'selected' | 'traced' | 'candidate' | 'hovered';
  /** Stands beside it where it cannot be read in it. */
  readonly name: string | undefined;
}

/** Never smaller than this on the screen. */
const LEAST_MARK = 10;

export function paintMark(brush: Brush, { box, kind }: CrowdMark): void {
  const { context, colour } = brush;
  const own = onScreen(brush, box);
  const width = Math.max(own.width, LEAST_MARK);
  const height = Math.max(own.height, LEAST_MARK);
  const x = own.x + (own.width - width) / 2;
  const y = own.y + (own.height - height) / 2;
  const radius = Math.min(8 * brush.view.zoom + 1, 8);
  context.beginPath();
  context.roundRect(x - 1, y - 1, width + 2, height + 2, radius);
  if (kind === 'selected' && own.height < 24) {
    context.fillStyle = colour.marker;
    context.fill();
  }
  if (kind === 'candidate') context.setLineDash([4, 3]);
  context.strokeStyle = kind === 'traced' ? colour.request : colour.ink;
  context.lineWidth = kind === 'hovered' ? 1.5 : 2;
  context.stroke();
  context.setLineDash([]);
}

/** A lower box has no name that can be read in it. */
const NAMED_FROM = 24;
const PLATE = { height: 18, inset: 5, gap: 5, foot: 3, letters: 24 } as const;

/**
 * What is selected or traced has its name at every zoom: on a plate over it, at the upper border of the view under
 * it.
 */
export function paintMarkName(brush: Brush, { box, kind, name }: CrowdMark): void {
  const { context, colour, fonts, seen, view } = brush;
  const own = onScreen(brush, box);
  if (name === undefined || kind === 'candidate' || own.height >= NAMED_FROM) return;
  const text = shortName(name, PLATE.letters);
  context.font = `600 11.5px ${fonts.sans}`;
  const width = context.measureText(text).width + 2 * PLATE.inset;
  // At the box's right: over its left may stand the name of its node.
  const foot = own.x + own.width - Math.min(own.width / 2, PLATE.foot);
  const end = seen.width * view.zoom - MARGIN;
  const x = Math.max(MARGIN, Math.min(end - width, foot - PLATE.foot));
  const away = Math.max(own.height, LEAST_MARK) / 2 + PLATE.gap;
  const level = own.y + own.height / 2;
  const isOver = level - away - PLATE.height >= MARGIN;
  const y = isOver ? level - away - PLATE.height : level + away;
  // A stem says whose name it is.
  context.beginPath();
  context.moveTo(foot, isOver ? y + PLATE.height : y);
  context.lineTo(foot, level + (isOver ? -1 : 1) * (away - PLATE.gap));
  context.strokeStyle = kind === 'traced' ? colour.request : colour.ink;
  context.lineWidth = 2;
  context.stroke();
  context.beginPath();
  context.roundRect(x, y, width, PLATE.height, 3);
  context.fillStyle = colour.surface;
  context.fill();
  context.strokeStyle = kind === 'traced' ? colour.request : colour.ink;
  context.lineWidth = 1;
  context.stroke();
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.fillStyle = colour.ink;
  context.fillText(text, x + PLATE.inset, y + PLATE.height / 2 + 0.5);
}
