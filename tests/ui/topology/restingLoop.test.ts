import { afterEach, describe, expect, it, vi } from 'vitest';
import { letRest, type Renderer } from '../../../src/ui/topology/createGraph/restingLoop.ts';

/** Frames come when they are asked for here. */
let planned: FrameRequestCallback[] = [];
vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => planned.push(callback));
afterEach(() => {
  planned = [];
});

/** Lets so many frames come, as far as they are asked for; how many came. */
function frames(most: number): number {
  for (let i = 0; i < most; i++) {
    const [next] = planned.splice(0, 1);
    if (next === undefined) return i;
    next(i);
  }
  return most;
}

/** A renderer as Cytoscape makes them, with a note of what was done: `tick`, or `drawn` when that was asked for. */
function rendererOf() {
  const done: string[] = [];
  let batch: 'open' | 'closed' = 'closed';
  let boxes = 1;
  const prototype = {
    redraw(this: Renderer) {
      this.requestedFrame = true;
    },
    render: () => done.push('drawn'),
  } as unknown as Renderer;
  letRest(prototype);
  const renderer: Renderer & { destroyed?: boolean } = Object.assign(Object.create(prototype), {
    cy: { batching: () => batch === 'open', elements: () => ({ empty: () => boxes === 0 }) },
    beforeRenderCallbacks: [{ fn: () => done.push('tick') }],
  });
  const setBatch = (state: typeof batch): void => {
    batch = state;
  };
  const setBoxes = (count: number): void => {
    boxes = count;
  };
  return { renderer, done, setBatch, setBoxes };
}

describe('the loop of frames of a graph', () => {
  it('asks for none before there is news', () => {
    rendererOf();
    expect(planned).toEqual([]);
  });

  it('draws once what is asked for, ticks on for a while, and then rests', () => {
    const { renderer, done } = rendererOf();
    renderer.redraw();
    expect(frames(1000)).toBe(31);
    expect(done.filter(what => what === 'drawn')).toHaveLength(1);
    expect(done.slice(0, 2)).toEqual(['tick', 'drawn']);
    expect(planned).toEqual([]);
  });

  it('clears the canvas once when nothing is left to draw, and draws again when something is', () => {
    const { renderer, done, setBoxes } = rendererOf();
    const drawnAfter = (boxes: number): number => {
      setBoxes(boxes);
      renderer.redraw();
      frames(1000);
      return done.filter(what => what === 'drawn').length;
    };
    expect([1, 0, 0, 0, 2, 0].map(drawnAfter)).toEqual([1, 2, 2, 2, 3, 4]);
  });

  it('is woken by news, and never turns twice in a frame', () => {
    const { renderer } = rendererOf();
    renderer.redraw();
    frames(1000);
    renderer.startRenderLoop?.();
    renderer.redraw();
    expect(planned).toHaveLength(1);
    expect(frames(1000)).toBeGreaterThan(0);
  });

  it('goes on while more is asked for', () => {
    const { renderer, done } = rendererOf();
    renderer.redraw();
    for (let i = 0; i < 100; i++) {
      frames(1);
      renderer.redraw();
    }
    expect(done.filter(what => what === 'drawn')).toHaveLength(100);
  });

  it('waits for the end of a batch, and draws it then', () => {
    const { renderer, done, setBatch } = rendererOf();
    setBatch('open');
    renderer.redraw();
    expect(frames(100)).toBe(100);
    expect(done).toEqual([]);
    setBatch('closed');
    frames(1);
    expect(done).toEqual(['tick', 'drawn']);
  });

  it('ends with its graph', () => {
    const { renderer, done } = rendererOf();
    renderer.redraw();
    renderer.destroyed = true;
    expect(frames(1000)).toBe(1);
    expect(done).toEqual([]);
  });
});
