// A canvas to paint on in pixels of the screen, with the colours and fonts of the page.

import type { Box, Point } from '../geometry.ts';
import type { Palette } from '../style.ts';
import type { Viewport } from '../viewport.ts';

/** How far the canvas reaches beyond the view on each side, in pixels. */
export const MARGIN = 192;

export interface Brush {
  readonly context: CanvasRenderingContext2D;
  readonly colour: Palette;
  /** Font families. */
  readonly fonts: { readonly sans: string; readonly mono: string };
  readonly view: Viewport;
  /** What is painted of the scene, in its own pixels: nothing outside of this needs to be. */
  readonly seen: Box;
}

/** A box of the scene as it is on the screen. */
export function onScreen({ view }: Brush, box: Box): Box {
  return {
    x: box.x * view.zoom + view.x,
    y: box.y * view.zoom + view.y,
    width: box.width * view.zoom,
    height: box.height * view.zoom,
  };
}

export function pointOnScreen({ view }: Brush, { x, y }: Point): Point {
  return { x: x * view.zoom + view.x, y: y * view.zoom + view.y };
}

export function isSeen({ seen }: Brush, box: Box): boolean {
  return (
    box.x <= seen.x + seen.width &&
    box.x + box.width >= seen.x &&
    box.y <= seen.y + seen.height &&
    box.y + box.height >= seen.y
  );
}

/** Of a text's size, about. */
export const LETTER_WIDTH = 0.56;

/** Letters that fit, at this many pixels of text size. */
export const lettersIn = (width: number, size: number): number => Math.floor(width / (size * LETTER_WIDTH));
