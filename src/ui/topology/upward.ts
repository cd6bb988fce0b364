// The line from a Service under the LAN to one of its endpoints: one run over the Service, then straight up to the Pod. It
// ends left of the Pod's interface, since the names of interfaces stand right of them.

import type { Box } from './geometry.ts';

/** The run is this far over the Service. */
export const RUN = 14;
/** Where it ends on a Pod's lower edge, from the left; style.ts says the same from the Pod's middle. */
export const END = 0.08;

/** Bends as Cytoscape takes them: how far along the straight line between the ends, and how far off it. */
export interface Bends {
  readonly weights?: string;
  readonly distances?: string;
}

export function upwardBends(service: Box, pod: Box): Bends {
  const dx = pod.x + END * pod.width - service.x - service.width / 2;
  const dy = pod.y + pod.height - service.y;
  const length = Math.hypot(dx, dy) || 1;
  const weight = (-RUN * dy) / length ** 2;
  return {
    weights: `${weight} ${weight + (dx / length) ** 2}`,
    distances: `${(-RUN * dx) / length} ${(-dx * (RUN + dy)) / length}`,
  };
}
