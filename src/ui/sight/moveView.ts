// Moves the graph's view: by an animation, or at once where less motion is asked for.

import type { Core } from 'cytoscape';
import { prefersReducedMotion } from '../topology/packets.ts';
import { SHOWN, showViewport, type Viewport } from '../topology/viewport.ts';
import type { ViewSize, ZoomRange } from './viewMoves.ts';

/** Milliseconds of a way to something; see the look, section 7. */
const TRAVEL_MS = 240;

export function viewOf(cy: Core): Viewport {
  return { zoom: cy.zoom(), ...cy.pan() };
}

export function sizeOf(cy: Core): ViewSize {
  return { width: cy.width(), height: cy.height() };
}

export function zoomRange(cy: Core): ZoomRange {
  return { min: cy.minZoom(), max: cy.maxZoom() };
}

/**
 * @param manner `travel`: the page shows something, and the way there is seen; `cut`: a person moves the view, by a key
 * that is held or on the graph in small, and must not wait
 */
export function moveView(cy: Core, to: Viewport, manner: 'travel' | 'cut'): void {
  cy.stop();
  // The graph is no longer where it was fitted to: it stays where it is from now on (topology/TopologyView.tsx).
  cy.emit(manner === 'travel' ? SHOWN : 'dragpan');
  if (manner === 'cut' || prefersReducedMotion()) {
    showViewport(cy, to);
    return;
  }
  cy.animate({ zoom: to.zoom, pan: { x: to.x, y: to.y } }, { duration: TRAVEL_MS, easing: 'ease-out-cubic' });
  // A graph at rest (topology/createGraph/restingLoop.ts) would not begin.
  cy.forceRender();
}
