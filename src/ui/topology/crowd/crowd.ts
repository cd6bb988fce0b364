// A crowd: more Pods than boxes of their own can show. A canvas under the graph paints it, level by level; this is what
// there is to paint, in pixels at 100 %.

import type { ElementId } from '../../../sim/index.ts';
import type { Box, Polyline } from '../geometry.ts';

/**
 * - `group`: the system Pods of a namespace, in one box.
 * - `not-ready`: a broken outline at every level.
 * - `object`: an EndpointSlice, a Deployment.
 */
export type CellLook = 'ready' | 'not-ready' | 'terminating' | 'group' | 'object' | TileLook;

/** What has a tile of its own beside the nodes: a size of its own, so that its name shows when Pods are dashes. */
export type TileLook = 'service' | 'laptop' | 'internet' | 'router' | 'lan';

/** A Pod or a Service among many. */
export interface CrowdCell {
  readonly id: ElementId;
  readonly box: Box;
  readonly look: CellLook;
  readonly name: string;
  /** The second line: an address, or why there is none. */
  readonly detail: string;
}

/**
 * What stands over the Pods of a band: one object, or all of a kind in one chip with a size of its own, so that it can be
 * read when Pods are dashes.
 */
export interface Head {
  readonly box: Box;
  /** Its kind as kubectl abbreviates it, or how many of them; then its name, then a fact: what has room is written. */
  readonly texts: readonly string[];
  /** Whom it stands for, each with its part of the box. */
  readonly cells: readonly CrowdCell[];
}

/** A box with cells: a node, the Services, what is outside, Pods of no node, what stands behind a Service. */
export interface Holder {
  readonly id: ElementId;
  readonly kind: 'node' | 'services' | 'outside' | 'network' | 'unscheduled' | 'band';
  readonly box: Box;
  /** How much room its title has over the cells. */
  readonly header: number;
  readonly title: string;
  /** What stands opposite the title: `12 Pods`. */
  readonly note: string;
  /** What it says under its title where that is all that it shows, and there is no room for the note. */
  readonly count: string;
  readonly state: 'ready' | 'not-ready';
  /** How many cells it has room for. */
  readonly capacity: number;
  readonly cells: readonly CrowdCell[];
  /** What stands over the cells of a band. */
  readonly heads: readonly Head[];
  /** The part that is filled where cells are too small to be seen; undefined: all of it. */
  readonly ground: Box | undefined;
  /** The bridge of a node. */
  readonly bar: Box | undefined;
}

/** Some twenty nodes with one name. */
export interface Zone {
  readonly id: string;
  readonly box: Box;
  /** How much room its title has at the top. */
  readonly header: number;
  /** Its title, and shorter ones. */
  readonly names: readonly string[];
  readonly note: string;
}

/** How a Pod looks among many. */
export function podLook({ terminating, ready }: { readonly terminating: boolean; readonly ready: boolean }): CellLook {
  return terminating ? 'terminating' : ready ? 'ready' : 'not-ready';
}

export interface Crowd {
  /** How many Pods each node box has room for: it grows by steps for all at once, and never shrinks. */
  readonly capacity: number;
  readonly zones: readonly Zone[];
  readonly holders: readonly Holder[];
  /** Cables between nodes. */
  readonly lines: readonly Polyline[];
}

/** The element at a point: the cell, else the holder if it is an element; undefined: nothing to pick. */
export function hitTest({ holders }: Crowd, x: number, y: number): CrowdCell | Holder | undefined {
  // Holders do not overlap, and there are few; only the cells of one are looked at.
  const holder = holders.find(({ box }) => isIn(box, x, y));
  const isHit = ({ box }: CrowdCell): boolean => isIn(box, x, y);
  const cell = holder?.heads.flatMap(head => head.cells).find(isHit) ?? holder?.cells.find(isHit);
  if (cell !== undefined) return cell;
  return holder?.kind === 'node' ? holder : undefined;
}

function isIn(box: Box, x: number, y: number): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
