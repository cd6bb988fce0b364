// What the two forms of the Objects level share: sizes, what stands together, and what joins it.

import type { ElementId } from '../../sim/index.ts';
import type { ElementOf } from './networkParts.ts';

/** Something that an arrow or a line leads from and to. */
export interface ObjectLink {
  readonly id: string;
  readonly from: ElementId;
  readonly to: ElementId;
  /**
   * - `slice`: a Service and its EndpointSlice.
   * - `endpoint`, `unready-endpoint`: an EndpointSlice and a Pod in it.
   * - `owner`: a Pod and what made it.
   */
  readonly kind: 'slice' | 'endpoint' | 'unready-endpoint' | 'owner';
}

/** Sizes at 100 %. */
export const OBJECT_SIZE = {
  loose: { width: 216, height: 72 },
  /** As high as a Pod that nobody selects, so that the way between them is straight. */
  service: { width: 236, height: 72 },
  slice: { width: 236, height: 58, line: 18 },
  pod: { width: 236, height: 76 },
  workload: { width: 76, height: 80 },
  gap: 16,
  column: 60,
  band: 28,
  frame: { header: 36, pad: 14, gap: 24 },
} as const;

/** The most addresses that a slice shows; the rest is a count. */
export const SLICE_LINES = 4;

/** A Service with its slices and Pods, or a workload with its Pods. */
export interface Band {
  readonly id: string;
  readonly services: readonly ElementOf<'service'>[];
  readonly slices: readonly ElementOf<'slice'>[];
  readonly pods: readonly ElementOf<'pod'>[];
  readonly workloads: readonly ElementOf<'deployment'>[];
}
