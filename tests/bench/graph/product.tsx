// The page itself, with a lab that only tells of a cluster: nothing in the page knows that it is measured. It is moved by
// the mouse, and what it paints is seen at the canvas that it paints on.

import { createRoot } from 'react-dom/client';
import type { LabClient, LabUpdate } from '../../../src/client/port.ts';
import type { LabElement } from '../../../src/sim/index.ts';
import { createAppStores } from '../../../src/store/appStores.ts';
import { memoryStorage } from '../../../src/store/storage.ts';
import { App } from '../../../src/ui/App.tsx';
import '../../../src/ui/fonts.css';
import '../../../src/ui/tokens.css';
import '../../../src/ui/base.css';
import { StoresContext } from '../../../src/ui/StoresContext.ts';
import { flySwarm } from '../../../src/ui/topology/swarm/flySwarm.ts';
import { type Cluster, elementsOf, podElement } from './cluster.ts';
import { offer, panStep } from './runner.ts';

let tell: (update: LabUpdate) => void = () => undefined;
const ANSWERS: Readonly<Record<string, unknown>> = {
  open: { kind: 'opened', name: 'bench' },
  prompt: 'laptop',
  validate: [],
  check: [],
};
const client = new Proxy({} as LabClient, {
  get(_, name: string) {
    if (name === 'onUpdate')
      return (listener: typeof tell) => {
        tell = listener;
        return () => undefined;
      };
    return async () => ANSWERS[name];
  },
});

const stores = createAppStores({
  client,
  sandbox: { kind: 'own', load: async () => '' },
  course: { modules: [], loadLesson: async () => undefined },
  storage: memoryStorage(),
});
void stores.enterSandbox();
const root = document.createElement('div');
root.id = 'root';
document.body.append(root);
createRoot(root).render(
  <StoresContext value={stores}>
    <App />
  </StoresContext>,
);
// Somebody is here: what is fetched at the first sign of that is there before anything is measured.
setTimeout(() => dispatchEvent(new PointerEvent('pointermove')), 100);

const update = (fresh: boolean, upserts: readonly LabElement[]): LabUpdate => ({
  fresh,
  upserts,
  removals: [],
  events: [],
  exchanges: [],
  clock: { now: 0, running: false },
  history: { changes: 0 },
});

/** Called when the page paints. */
let onPaint: () => void = () => undefined;
const { clearRect } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.clearRect = function (...box) {
  if (this.canvas instanceof HTMLCanvasElement && this.canvas.dataset.testid === 'crowd') queueMicrotask(onPaint);
  clearRect.apply(this, box);
};

/** Tells the page, and waits until it has painted. */
function told(news: LabUpdate): Promise<void> {
  return new Promise(resolve => {
    onPaint = resolve;
    tell(news);
  });
}

let cluster: Cluster | undefined;
const at = { x: 0, y: 0 };
const mouse = (kind: string, target: EventTarget): boolean =>
  target.dispatchEvent(
    new MouseEvent(kind, { clientX: at.x, clientY: at.y, button: 0, buttons: 1, bubbles: true, cancelable: true }),
  );

function graph(): HTMLElement {
  const found = document.querySelector<HTMLElement>('[data-testid=graph]');
  if (found === null) throw new Error('the page has no graph');
  return found;
}

offer({
  async draw(wanted) {
    cluster = wanted;
    await told(update(true, elementsOf(wanted)));
  },
  pan(count) {
    if (count === 0) {
      const { left, top, width, height } = graph().getBoundingClientRect();
      Object.assign(at, { x: left + width / 2, y: top + height / 2 });
      const target = document.elementFromPoint(at.x, at.y);
      if (target === null) throw new Error('the graph is not in sight');
      mouse('mousedown', target);
      // The first pixels only tell a drag from a click.
      at.x += 12;
      mouse('mousemove', window);
    }
    at.x += panStep(count);
    mouse('mousemove', window);
  },
  add(round) {
    const nodes = cluster?.nodes ?? [];
    const pods = Array.from({ length: 100 }, (_, i) =>
      podElement(`more-${round}-${i}`, nodes[(round * 100 + i) % nodes.length]?.id ?? '', 20_000 + i),
    );
    return told(update(false, pods));
  },
  packets: { start: startPackets },
});

/** Longer than it is measured: all hundred move all the time. */
const FLIGHT_MS = 12_000;

/** Packets as the page moves those of a repeated question, over all of the graph. */
function startPackets(): void {
  const layer = document.querySelector<HTMLElement>('[data-testid=packets]');
  if (layer === null) throw new Error('the graph has no layer for packets');
  const world = new DOMMatrix(getComputedStyle(layer).transform);
  const { m41: left, m42: top } = new DOMMatrix(layer.parentElement?.style.transform ?? '');
  const onGraph = (x: number, y: number) => ({ x: (x - left) / world.a, y: (y - top) / world.a });
  const { width, height } = graph().getBoundingClientRect();
  const flights = Array.from({ length: 100 }, (_, i) => {
    const [x, y, to] = [(width * (i + 1)) / 102, 20, (width * (101 - i)) / 102];
    const line = [onGraph(x, y), onGraph(x, height / 2), onGraph(to, height / 2), onGraph(to, height - 20)];
    return { direction: i % 2 === 0 ? 'request' : 'reply', line, startsAt: 0, takes: FLIGHT_MS } as const;
  });
  flySwarm(layer, flights, 1, () => undefined);
}
