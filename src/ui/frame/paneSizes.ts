// How large the panes of the desktop may be, in pixels. Source: the look, section 3.

/** The least and the most of a pane, and what it has by itself. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly own: number;
}

const SIDE_WIDTH = { lesson: 392, sandbox: 440 } as const;
/** Of a very wide window, whose type is larger. */
const SIDE_PART = 0.21;
const LEAST_SIDE = 320;
/** What the graph keeps beside the widest side pane. */
const LEAST_CENTER = 560;
const LEAST_GRAPH = 280;
const LEAST_PANEL = 240;
/** The graph's part of the height by itself; in a low window it needs more to be read. */
const GRAPH_PART = { low: 0.52, high: 0.48 } as const;
const HIGH = 800;

/** The side pane of a workbench of this width. */
export function sideBounds(width: number | undefined, holds: 'lesson' | 'sandbox'): Bounds {
  const max = width === undefined ? SIDE_WIDTH[holds] : Math.max(LEAST_SIDE, width - LEAST_CENTER);
  return { min: LEAST_SIDE, max, own: Math.max(SIDE_WIDTH[holds], Math.round((width ?? 0) * SIDE_PART)) };
}

/** The graph over the panel in a workbench of this height; in one too low for both, they share it. */
export function graphBounds(height: number | undefined): Bounds {
  if (height === undefined) return { min: LEAST_GRAPH, max: LEAST_GRAPH, own: LEAST_GRAPH };
  const isLow = height < LEAST_GRAPH + LEAST_PANEL;
  const min = isLow ? Math.round(height / 3) : LEAST_GRAPH;
  const max = isLow ? Math.round((height * 2) / 3) : height - LEAST_PANEL;
  return { min, max, own: Math.round(height * GRAPH_PART[height < HIGH ? 'low' : 'high']) };
}

/** The size to show: the chosen one, else the pane's own, within its bounds. */
export function clamped(chosen: number | undefined, { min, max, own }: Bounds): number {
  return Math.max(min, Math.min(max, chosen ?? own));
}
