// Cytoscape asks for a frame, always: its loop never ends, and while it turns the main thread is woken sixty times a
// second, even when nothing is drawn. Packets move on the compositor, and would not need the main thread at all. Here a
// renderer gets a loop that rests. What is used of it is private: renderers/base/redraw.js of Cytoscape 3.34.

/** What the loop needs of a renderer. */
export interface Renderer {
  readonly cy: { batching(): boolean; elements(): { empty(): boolean } };
  readonly destroyed?: boolean;
  readonly beforeRenderCallbacks: readonly { fn(willDraw: boolean, now: number): void }[];
  render(options: unknown): void;
  redraw(options?: unknown): void;
  /** Called with every news of the graph. */
  startRenderLoop?(): void;
  renderOptions?: unknown;
  requestedFrame?: boolean;
  /** Turns until it rests; undefined: it rests. */
  turns?: number | undefined;
  /** Nothing is on its canvas, and nothing was to be drawn on it. */
  blank?: boolean;
}

/** Turns in which nothing is drawn before it rests: caches of labels are filled in them. */
const IDLE_TURNS = 30;

/** All renderers with this prototype rest from now on when nothing is to be drawn. */
export function letRest(prototype: Renderer): void {
  const { redraw } = prototype;
  prototype.startRenderLoop = wake;
  prototype.redraw = function (options) {
    redraw.call(this, options);
    wake.call(this);
  };
}

function wake(this: Renderer): void {
  if (this.turns === undefined) requestAnimationFrame(now => turn(this, now));
  this.turns = IDLE_TURNS;
}

function turn(renderer: Renderer, now: number): void {
  if (renderer.destroyed) return;
  renderer.turns = draw(renderer, now) ? IDLE_TURNS : (renderer.turns ?? 0) - 1;
  if (renderer.turns > 0) requestAnimationFrame(next => turn(renderer, next));
  else renderer.turns = undefined;
}

/** Draws what is to be drawn; whether there was something. */
function draw(renderer: Renderer, now: number): boolean {
  if (renderer.cy.batching()) return true;
  const draws = renderer.requestedFrame === true;
  for (const { fn } of renderer.beforeRenderCallbacks) fn(draws, now);
  if (draws) {
    // Cytoscape notes how long it took, and spares its caches of labels when that was long: here it never has many boxes.
    const isEmpty = renderer.cy.elements().empty();
    // Beside a crowd's canvas often nothing is left for this one: to clear it again and again would be a frame's work.
    if (!isEmpty || renderer.blank !== true) renderer.render(renderer.renderOptions);
    renderer.blank = isEmpty;
    renderer.requestedFrame = false;
  }
  return draws;
}
