// What the driver (tests/bench/graph.mjs) asks of each page that draws the cluster.

import { type Cluster, clusterOf } from './cluster.ts';

export interface GraphPage {
  /** Draws the cluster, all of it in sight. */
  draw(cluster: Cluster): Promise<void> | void;
  /** Moves the graph by 6 pixels, to and fro: called before each frame. */
  pan(frame: number): void;
  /** A hundred Pods more. */
  add(round: number): Promise<void> | void;
  /** A hundred packets on their ways: all that is to be done for them at once, or before each frame. */
  readonly packets?: { start(): void; step?(time: number): void };
}

export const frame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve));

/** By how much the graph is moved at a frame. */
export const panStep = (count: number): number => (count % 60 < 30 ? 6 : -6);

interface Bench {
  /** Milliseconds until two frames after it was drawn. */
  first(pods: number): Promise<number>;
  add(round: number): Promise<number>;
  /** Pans for so long; the number of frames. */
  pan(milliseconds: number): Promise<number>;
  /** Lets packets fly for so long, and fly on; a page that does nothing for a frame is not asked to. */
  packets(milliseconds: number): Promise<void>;
}

declare global {
  var bench: Bench | undefined;
}

export function offer(page: GraphPage): void {
  const timed = async (act: () => Promise<void> | void): Promise<number> => {
    await frame();
    const started = performance.now();
    await act();
    await frame();
    await frame();
    return performance.now() - started;
  };
  const frames = async (milliseconds: number, step: (count: number, time: number) => void): Promise<number> => {
    const started = await frame();
    let count = 0;
    for (let now = started; now - started < milliseconds; count++) {
      step(count, now);
      now = await frame();
    }
    return count;
  };
  let state: 'before' | 'flying' = 'before';
  globalThis.bench = {
    first: pods => {
      const cluster = clusterOf(pods);
      return timed(() => page.draw(cluster));
    },
    add: round => timed(() => page.add(round)),
    pan: milliseconds => frames(milliseconds, count => page.pan(count)),
    async packets(milliseconds) {
      const { start, step } = page.packets ?? {};
      if (state === 'before') start?.();
      state = 'flying';
      if (step === undefined) await new Promise(resolve => setTimeout(resolve, milliseconds));
      else await frames(milliseconds, (_, time) => step(time));
    },
  };
}

/** The size that peers draw in: that of the product's graph, as the address says it. */
export function sizeOfPage(): { readonly width: number; readonly height: number } {
  const wish = new URLSearchParams(location.search);
  return { width: Number(wish.get('width') ?? 1000), height: Number(wish.get('height') ?? 500) };
}

/** An empty box of that size. */
export function emptyBox(): HTMLElement {
  const { width, height } = sizeOfPage();
  const box = document.createElement('div');
  box.style.cssText = `position:relative;width:${width}px;height:${height}px;background:#fff`;
  document.body.style.margin = '0';
  document.body.append(box);
  return box;
}

export function emptyCanvas(box: HTMLElement): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = box.clientWidth;
  canvas.height = box.clientHeight;
  canvas.style.cssText = 'position:absolute;inset:0';
  box.append(canvas);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('the browser draws no canvas');
  return context;
}
