// Cytoscape as it comes: every Pod a node in its node, every link an edge.

import cytoscape, { type Core } from 'cytoscape';
import { emptyBox, offer, panStep } from './runner.ts';

let cy: Core | undefined;

offer({
  draw({ nodes, pods, services, links }) {
    cy = cytoscape({
      container: emptyBox(),
      layout: { name: 'preset', fit: true },
      elements: [
        ...nodes.map(({ id }) => ({ data: { id } })),
        ...pods.map(({ id, node, x, y }) => ({ data: { id, parent: node }, position: { x, y } })),
        ...services.map(({ id, x, y }) => ({ data: { id }, classes: 'service', position: { x, y } })),
        ...links.map(({ id, from, to }) => ({ data: { id, source: from.id, target: to.id } })),
      ],
      style: [
        {
          selector: 'node',
          style: {
            width: 28,
            height: 28,
            shape: 'round-rectangle',
            'background-color': '#3b82f6',
            label: 'data(id)',
            'font-size': 8,
            'text-valign': 'bottom',
          },
        },
        { selector: ':parent', style: { 'background-color': '#e5e7eb', 'border-width': 1, 'text-valign': 'top' } },
        { selector: 'node.service', style: { shape: 'ellipse', 'background-color': '#10b981' } },
        { selector: 'edge', style: { width: 1, 'line-color': '#9ca3af', 'curve-style': 'bezier' } },
      ],
    });
  },
  pan(count) {
    cy?.panBy({ x: panStep(count), y: 0 });
  },
  add(round) {
    cy?.add(
      Array.from({ length: 100 }, (_, i) => ({
        data: { id: `more-${round}-${i}`, parent: 'node-1' },
        position: { x: i * 3, y: 40 + round },
      })),
    );
  },
});
