import type { Core } from 'cytoscape';
import { useEffect, useState } from 'react';
import type { Box } from '../topology/geometry.ts';
import { sizeOf, viewOf } from './moveView.ts';
import { isInSight } from './viewMoves.ts';

/** Whether a part of the graph is out of sight, now and whenever the view moves. */
export function useOutOfSight(cy: Core, bounds: Box): boolean {
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    const look = (): void => setOut(bounds.width > 0 && !isInSight(bounds, viewOf(cy), sizeOf(cy)));
    look();
    cy.on('viewport resize', look);
    return () => {
      cy.off('viewport resize', look);
    };
  }, [cy, bounds]);
  return isOut;
}
