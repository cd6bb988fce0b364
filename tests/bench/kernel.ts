// How the kernels scale: with Services, with Pods, in memory; and what a fork for a probe costs.

import { WorldView } from '../../src/sim/linux/overlay.ts';
import { askRound, openLab, webPods } from './labs.ts';

/** Exchanges a second in the best of several short windows. */
function bestRate(lab: ReturnType<typeof openLab>, pods: readonly string[]): number {
  const nothing = (): void => undefined;
  for (let i = 0; i < 5; i++) askRound(lab, pods.slice(0, 100), nothing);
  let best = 0;
  for (let window = 0; window < 6; window++) {
    const started = performance.now();
    let asked = 0;
    while (performance.now() - started < 250) asked += askRound(lab, pods.slice(0, 100), nothing);
    best = Math.max(best, (asked * 1000) / (performance.now() - started));
  }
  return best;
}

export function main(): Record<string, number> {
  const heapBefore = usedHeap();
  const large = openLab({ nodes: 100, pods: 1000, services: 1000 });
  const largePods = webPods(large);
  // Some packets: the rules of a node are written when one comes by.
  askRound(large, largePods.slice(0, 20), () => undefined);
  const megabytes = (usedHeap() - heapBefore) / 1e6;
  askRound(large, largePods, () => undefined);
  const megabytesAtMost = (usedHeap() - heapBefore) / 1e6;
  const hundred = openLab({ nodes: 5, pods: 100 });
  const rate = bestRate(hundred, webPods(hundred));
  const manyServices = openLab({ nodes: 5, pods: 100, services: 1000 });
  const rateWithServices = bestRate(manyServices, webPods(manyServices));
  const ten = openLab({ nodes: 2, pods: 10, endpoints: 5 });
  const thousand = openLab({ nodes: 20, pods: 1000 });
  const rateAtTen = bestRate(ten, webPods(ten));
  const rateAtThousand = bestRate(thousand, webPods(thousand));
  return {
    withThousandServicesToWithout: rounded(rateWithServices / rate),
    timePerProbeAtThousandPodsToTen: rounded(rateAtTen / rateAtThousand),
    megabytesOfThousandPodsAndServices: Math.round(megabytes),
    megabytesWhenAllNodesWereCrossed: Math.round(megabytesAtMost),
    forkMicroseconds: rounded(forkCost(hundred)),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function usedHeap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function forkCost(lab: ReturnType<typeof openLab>): number {
  const names = [...lab.world.namespaces.keys()];
  const times = 20_000;
  const started = performance.now();
  for (let i = 0; i < times; i++) new WorldView(lab.world).get(names[i % names.length] ?? 'cp');
  return ((performance.now() - started) * 1000) / times;
}
