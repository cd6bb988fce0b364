// Zoom and pan of the graph. What is drawn over Cytoscape's canvas follows through three custom properties.

import type { Core } from 'cytoscape';
import type { Box } from './geometry.ts';

/** The graph is never drawn larger than this by fitting it. */
const MOST_ZOOM = { wide: 1.35, tall: 1.15 } as const;

/** The event of a view that the page itself went to; a person's own are Cytoscape's. */
export const SHOWN = 'shown';

/** In pixels, on both sides together. */
const MARGIN = 20;

export interface Viewport {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

/** Where a scene is wholly in sight; a tall one fills the width and begins at the top. */
export function fitted(
  bounds: Box,
  size: { readonly width: number; readonly height: number },
  form: 'wide' | 'tall',
): Viewport {
  const zoomWithin = (margin: number): number => {
    const byWidth = (size.width - margin) / Math.max(1, bounds.width);
    const byHeight = (size.height - margin) / Math.max(1, bounds.height);
    return Math.min(MOST_ZOOM[form], form === 'tall' ? byWidth : Math.min(byWidth, byHeight));
  };
  // The margin that scenes have themselves shrinks with them.
  const zoom = zoomWithin(MARGIN * Math.max(0, 1 - zoomWithin(0)));
  const x = (size.width - bounds.width * zoom) / 2 - bounds.x * zoom;
  const free = size.height - bounds.height * zoom;
  const top = form === 'tall' ? Math.max(0, Math.min(8, free)) : free / 2;
  return { zoom, x, y: top - bounds.y * zoom };
}

export function showViewport(cy: Core, { zoom, x, y }: Viewport): void {
  cy.viewport({ zoom, pan: { x, y } });
}

/**
 * Moves the layer that lies over the graph, and writes the zoom where it is read. The layer stands on whole pixels of the
 * screen, on which texts stay sharp. A property for the pan would be found anew, and its readers laid out, in each frame.
 */
export function publishViewport(cy: Core, view: HTMLElement, layer: HTMLElement): void {
  const whole = (n: number): number => Math.round(n * devicePixelRatio) / devicePixelRatio;
  const { x, y } = cy.pan();
  layer.style.transform = `translate(${whole(x)}px, ${whole(y)}px)`;
  const zoom = String(cy.zoom());
  if (view.style.getPropertyValue('--zoom') !== zoom) view.style.setProperty('--zoom', zoom);
}
