// The canvas of a crowd and when it is painted. It is larger than the view: while the graph is moved, what was painted is
// moved, and only beyond its edge, at another zoom or for another picture is it painted again.

import { type Palette, readPalette } from '../style.ts';
import type { Viewport } from '../viewport.ts';
import { type Brush, MARGIN } from './brush.ts';
import { type CellLevel, cellLevel } from './cellLevel.ts';
import { type CrowdPicture, paintCrowd, type ShownLevels } from './paintCrowd.ts';

/** One level takes over from another within this, in milliseconds. */
const FADE_MS = 120;
/** A canvas knows no CSS lengths: cells are this high at 100 %. */
const CELL_HEIGHT = 48;
const MOST_PIXEL_RATIO = 2;

export interface CrowdCanvas {
  /** What to paint from now on. */
  show(picture: CrowdPicture): void;
  /** Where the graph is now. */
  follow(view: Viewport): void;
  /** The theme changed. */
  recolour(): void;
  resize(width: number, height: number): void;
  stop(): void;
}

export function createCrowdCanvas(canvas: HTMLCanvasElement): CrowdCanvas {
  const context = canvas.getContext('2d');
  const size = { width: 0, height: 0 };
  let look = readLook(canvas);
  let picture: CrowdPicture | undefined;
  let view: Viewport = { zoom: 1, x: 0, y: 0 };
  /** What the canvas has on it. */
  let painted: Viewport | undefined;
  let level: CellLevel | undefined;
  let leaving: { readonly level: CellLevel; readonly since: number } | undefined;
  let frame: number | undefined;

  const levels = (now: number): ShownLevels => {
    const next = cellLevel(CELL_HEIGHT * view.zoom, level);
    if (next !== level) {
      const isSudden = level === undefined || matchMedia('(prefers-reduced-motion: reduce)').matches;
      leaving = level === undefined || isSudden ? undefined : { level, since: now };
      level = next;
    }
    const share = leaving === undefined ? 1 : Math.min(1, (now - leaving.since) / FADE_MS);
    if (leaving === undefined || share === 1) {
      leaving = undefined;
      return [[next, 1]];
    }
    return [
      [leaving.level, 1 - share],
      [next, share],
    ];
  };

  const paint = (now: number): void => {
    if (context === null || picture === undefined) return;
    const shift = { x: view.x + MARGIN, y: view.y + MARGIN, zoom: view.zoom };
    const ratio = Math.min(MOST_PIXEL_RATIO, devicePixelRatio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    const brush: Brush = {
      context,
      ...look,
      view: shift,
      seen: {
        x: -shift.x / shift.zoom,
        y: -shift.y / shift.zoom,
        width: size.width / shift.zoom,
        height: size.height / shift.zoom,
      },
    };
    paintCrowd(brush, picture, levels(now));
    painted = view;
    canvas.style.transform = 'none';
  };

  const isWithin = (by: Viewport): boolean =>
    by.zoom === view.zoom && Math.abs(view.x - by.x) <= MARGIN && Math.abs(view.y - by.y) <= MARGIN;

  const draw = (now: number): void => {
    frame = undefined;
    if (painted !== undefined && leaving === undefined && isWithin(painted))
      canvas.style.transform = `translate(${view.x - painted.x}px, ${view.y - painted.y}px)`;
    else paint(now);
    if (leaving !== undefined) plan();
  };
  const plan = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  const repaint = (): void => {
    painted = undefined;
    plan();
  };

  return {
    show(next) {
      picture = next;
      // At once, so that the canvas shows the same lab as what lies over it.
      if (size.width > 0) paint(performance.now());
      if (leaving !== undefined) plan();
    },
    follow(next) {
      view = next;
      plan();
    },
    recolour() {
      look = readLook(canvas);
      repaint();
    },
    resize(width, height) {
      const ratio = Math.min(MOST_PIXEL_RATIO, devicePixelRatio);
      size.width = width + 2 * MARGIN;
      size.height = height + 2 * MARGIN;
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
      canvas.style.width = `${size.width}px`;
      canvas.style.height = `${size.height}px`;
      canvas.style.left = `${-MARGIN}px`;
      canvas.style.top = `${-MARGIN}px`;
      // Setting the size emptied it: it is filled before it is shown.
      paint(performance.now());
    },
    stop() {
      if (frame !== undefined) cancelAnimationFrame(frame);
    },
  };
}

function readLook(canvas: HTMLCanvasElement): {
  readonly colour: Palette;
  readonly fonts: { readonly sans: string; readonly mono: string };
} {
  const style = getComputedStyle(canvas);
  const font = (token: string): string => style.getPropertyValue(token).trim();
  return { colour: readPalette(canvas), fonts: { sans: font('--sans'), mono: font('--mono') } };
}
