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
import { startTravel } from '../../../src/ui/topology/packets.ts';
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
  // The page moves one packet today; a hundred are moved as it moves that one, in its layer.
  packets: { start: startPackets },
});

function startPackets(): void {
  const layer = document.querySelector('[data-testid=packets]');
  if (layer === null) throw new Error('the graph has no layer for packets');
  for (let i = 0; i < 100; i++) {
    const chip = document.createElement('div');
    chip.style.cssText = 'position:absolute;left:0;top:0;width:60px;height:60px;background:#252cce';
    layer.append(chip);
    const [from, to] = [
      { x: 100 + i * 40, y: 200 },
      { x: 2400 - i * 20, y: 1800 },
    ];
    const again = (): void => {
      startTravel(chip, { from, motion: [from, to], to, duration: 1000 }).onfinish = again;
    };
    again();
  }
}
