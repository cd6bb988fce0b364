// vis-network with positions of its own kind: no physics, straight links.

import { DataSet } from 'vis-data/peer';
import { Network } from 'vis-network/peer';
import { emptyBox, offer, panStep } from './runner.ts';

interface Mark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly shape: string;
  readonly size?: number;
  readonly label?: string;
}

const marks = new DataSet<Mark>();
let network: Network | undefined;
const view = { x: 0, y: 0, scale: 1 };

offer({
  draw({ nodes, pods, services, links }) {
    marks.add([
      ...nodes.map(({ id, x, y }) => ({ id, x, y, shape: 'box', label: id })),
      ...pods.map(({ id, x, y }) => ({ id, x, y, shape: 'square', size: 14, label: id })),
      ...services.map(({ id, x, y }) => ({ id, x, y, shape: 'dot', size: 14, label: id })),
    ]);
    const edges = new DataSet(links.map(({ id, from, to }) => ({ id, from: from.id, to: to.id })));
    network = new Network(
      emptyBox(),
      { nodes: marks, edges },
      { physics: false, edges: { smooth: false }, layout: { improvedLayout: false } },
    );
    network.fit({ animation: false });
    Object.assign(view, network.getViewPosition(), { scale: network.getScale() });
  },
  pan(count) {
    view.x += panStep(count) / view.scale;
    network?.moveTo({ position: { x: view.x, y: view.y }, scale: view.scale, animation: false });
  },
  add(round) {
    marks.add(
      Array.from({ length: 100 }, (_, i) => ({
        id: `more-${round}-${i}`,
        x: i * 3,
        y: 40 + round,
        shape: 'square',
        size: 14,
      })),
    );
  },
});
