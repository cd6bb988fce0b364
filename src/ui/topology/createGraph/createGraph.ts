// Makes the Cytoscape instance. Loaded lazily: Cytoscape is the largest part of the page.

import cytoscape, { type Core } from 'cytoscape';
import { letRest, type Renderer } from './restingLoop.ts';

letRest((cytoscape('renderer', 'canvas') as { readonly prototype: Renderer }).prototype);

/** A graph that is moved and picked on; positions are ours, so nothing can be dragged apart. */
export function createGraph(container: HTMLElement, onPick: (id: string) => void): Core {
  const cy = cytoscape({
    container,
    maxZoom: 2.5,
    boxSelectionEnabled: false,
    autoungrabify: true,
    autounselectify: true,
  });
  cy.on('tap', 'node', event => {
    const id: unknown = event.target.id();
    if (typeof id === 'string' && !id.startsWith('frame/') && !id.startsWith('ns/')) onPick(id);
  });
  cy.on('mouseover', 'node', () => {
    container.style.cursor = 'pointer';
  });
  cy.on('mouseout', 'node', () => {
    container.style.cursor = '';
  });
  return cy;
}
