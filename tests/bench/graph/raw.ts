// Canvas 2D as plain as can be: everything is drawn again for every frame, or with `?cull` only what is in sight. With
// `?packets` a hundred packets move on a second canvas over it, which is cleared for every frame.

import type { Cluster, Thing } from './cluster.ts';
import { emptyBox, emptyCanvas, offer, panStep } from './runner.ts';

const culls = new URLSearchParams(location.search).has('cull');
const box = emptyBox();
const context = emptyCanvas(box);
const packets = emptyCanvas(box);
const [width, height] = [box.clientWidth, box.clientHeight];
let cluster: Cluster | undefined;
let added: Thing[] = [];
const view = { zoom: 1, x: 0, y: 0 };
const HALF = 14;

function isOut(x: number, y: number, radius: number): boolean {
  if (!culls) return false;
  const [left, top] = [x * view.zoom + view.x, y * view.zoom + view.y];
  const reach = radius * view.zoom;
  return left + reach < 0 || left - reach > width || top + reach < 0 || top - reach > height;
}

function draw(): void {
  if (cluster === undefined) return;
  const { nodes, pods, services, links } = cluster;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, width, height);
  context.setTransform(view.zoom, 0, 0, view.zoom, view.x, view.y);
  context.fillStyle = '#e5e7eb';
  for (const node of nodes)
    if (!isOut(node.x + node.width / 2, node.y + node.height / 2, 150))
      context.fillRect(node.x, node.y, node.width, node.height);
  context.strokeStyle = '#9ca3af';
  context.beginPath();
  for (const { from, to } of links) {
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
  }
  context.stroke();
  context.fillStyle = '#3b82f6';
  for (const list of [pods, added])
    for (const { x, y } of list) if (!isOut(x, y, HALF)) context.fillRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF);
  context.fillStyle = '#10b981';
  for (const { x, y } of services) {
    if (isOut(x, y, HALF)) continue;
    context.beginPath();
    context.arc(x, y, HALF, 0, 2 * Math.PI);
    context.fill();
  }
  if (view.zoom < 0.8) return;
  context.fillStyle = '#000';
  context.font = '8px sans-serif';
  for (const { id, x, y } of pods) if (!isOut(x, y, HALF)) context.fillText(id, x - 10, y + 20);
}

offer({
  draw(wanted) {
    cluster = wanted;
    view.zoom = Math.min(width / wanted.width, height / (wanted.bottom - wanted.top)) * 0.95;
    view.x = 0;
    view.y = -wanted.top * view.zoom;
    draw();
  },
  pan(count) {
    view.x += panStep(count);
    draw();
  },
  add(round) {
    added = [...added, ...Array.from({ length: 100 }, (_, i) => ({ id: `${round}-${i}`, x: i * 3, y: 40 + round }))];
    draw();
  },
  packets: {
    start: () => undefined,
    step(time) {
      packets.setTransform(1, 0, 0, 1, 0, 0);
      packets.clearRect(0, 0, width, height);
      packets.setTransform(view.zoom, 0, 0, view.zoom, view.x, view.y);
      packets.fillStyle = 'red';
      packets.beginPath();
      const share = (time % 1000) / 1000;
      for (const { from, to } of cluster?.links.slice(0, 100) ?? []) {
        const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
        packets.moveTo(x + 5 / view.zoom, y);
        packets.arc(x, y, 5 / view.zoom, 0, 2 * Math.PI);
      }
      packets.fill();
    },
  },
});
