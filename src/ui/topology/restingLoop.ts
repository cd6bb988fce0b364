// Cytoscape asks for a frame, always: its loop never ends, and while it turns the main thread is woken sixty times a
// second, even when nothing is drawn. Packets move on the compositor, and would not need the main thread at all. Here its
// renderer gets a loop that rests. What is used of it is private: renderers/base/redraw.js of Cytoscape 3.34.

import cytoscape, { type Core } from 'cytoscape';
import { type FrameLoop, frameLoop } from './frameLoop.ts';

/** What the loop needs of a renderer. */
interface Renderer {
  readonly cy: Core & { batching(): boolean };
  readonly destroyed?: boolean;
  readonly beforeRenderCallbacks: readonly { readonly fn: (willDraw: boolean, now: number) => void }[];
  readonly render: (options: unknown) => void;
  readonly redraw: (options?: unknown) => void;
  renderOptions?: unknown;
  requestedFrame?: boolean;
  averageRedrawTime?: number;
  lastRedrawTime?: number;
  startRenderLoop(): void;
}

let state: 'as it comes' | 'resting' = 'as it comes';
const loops = new WeakMap<Renderer, FrameLoop>();

/** Every graph made from now on rests when nothing is to be drawn. */
export function restGraphs(): void {
  if (state === 'resting') return;
  state = 'resting';
  const { prototype } = cytoscape('renderer', 'canvas') as { readonly prototype: Renderer };
  const { redraw } = prototype;
  Object.assign(prototype, {
    // It is called with every news of the graph.
    startRenderLoop: wake,
    redraw(this: Renderer, options?: unknown): void {
      redraw.call(this, options);
      wake.call(this);
    },
  });
}

function wake(this: Renderer): void {
  const loop = loops.get(this) ?? frameLoop(now => turn(this, now));
  loops.set(this, loop);
  loop.wake();
}

/** One turn of the loop. */
function turn(renderer: Renderer, now: number): 'worked' | 'idle' | 'ended' {
  if (renderer.destroyed === true) return 'ended';
  if (renderer.cy.batching()) return 'worked';
  const draws = renderer.requestedFrame === true;
  for (const { fn } of renderer.beforeRenderCallbacks) fn(draws, now);
  if (!draws) return 'idle';
  const started = performance.now();
  renderer.render(renderer.renderOptions);
  // How much time its caches of labels may take is told by these.
  const took = performance.now() - started;
  renderer.lastRedrawTime = took;
  renderer.averageRedrawTime = ((renderer.averageRedrawTime ?? took) + took) / 2;
  renderer.requestedFrame = false;
  return 'worked';
}
