import type { Core } from 'cytoscape';
import { useEffect, useState } from 'react';
import type { Box } from '../topology/geometry.ts';
import { sizeOf, viewOf } from './moveView.ts';
import { isInSight, shareInSight } from './viewMoves.ts';

/**
 * Whether a part of the graph is out of sight, now and whenever the view moves.
 * @param enough when so much of it shows, from 0 to 1, it is not
 */
export function useOutOfSight(cy: Core, bounds: Box, enough = 1): boolean {
  const [isOut, setOut] = useState(false);
  useEffect(() => {
    const look = (): void => {
      const [view, size] = [viewOf(cy), sizeOf(cy)];
      const isEnough = isInSight(bounds, view, size) || shareInSight(bounds, view, size) >= enough;
      setOut(bounds.width > 0 && !isEnough);
    };
    look();
    cy.on('viewport resize', look);
    return () => {
      cy.off('viewport resize', look);
    };
  }, [cy, bounds, enough]);
  return isOut;
}
