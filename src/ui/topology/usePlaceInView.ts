import type { Core } from 'cytoscape';
import { type RefObject, useLayoutEffect } from 'react';
import type { Point } from './geometry.ts';
import type { Viewport } from './viewport.ts';

/** Keeps an element of the graph's view, that stands at its top left, where `place` says: pixels of the view. */
export function usePlaceInView(
  cy: Core,
  element: RefObject<HTMLElement | null>,
  place: (view: Viewport, size: { readonly width: number; readonly height: number }) => Point,
): void {
  useLayoutEffect(() => {
    const put = (): void => {
      if (element.current === null) return;
      const { x, y } = place({ zoom: cy.zoom(), ...cy.pan() }, { width: cy.width(), height: cy.height() });
      element.current.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    };
    put();
    cy.on('viewport resize', put);
    return () => {
      cy.off('viewport resize', put);
    };
  });
}
