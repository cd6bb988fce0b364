// What stands beside the nodes of a crowd: at the left, under what is outside, the Services; above the nodes the Pods of no
// node. Each grows away from everything else.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import type { Box, Point } from '../geometry.ts';
import type { PodPlace } from '../layout.ts';
import { drawnServices, type PodPart } from '../networkParts.ts';
import { SIZE } from '../networkPlaces.ts';
import { gridFor } from '../slots.ts';
import * as SCENE_WORDS from '../words.ts';
import { type CrowdCell, type Holder, podLook } from './crowd.ts';
import { HEADER, TRUNK } from './crowdOutside.ts';
import { CROWD_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

/** The places of a holder with who is in them. */
export type Slots = readonly (ElementId | undefined)[];

/** Nobody is drawn who is not drawn anyway: what is selected or traced changes no place in a crowd. */
export const NONE: ReadonlySet<ElementId> = new Set();
export const idOf = (part: { readonly id: ElementId }): ElementId => part.id;

const FRAME = { pad: 14, header: 64 } as const;
const SERVICES = 'services';
const UNSCHEDULED = 'unscheduled';

/** A Pod, or the system Pods of a namespace, as a cell. */
export function podCell(part: PodPart, box: Box): CrowdCell {
  const [pod] = part.pods;
  if (pod === undefined || part.id.startsWith('group/')) {
    const name = pod?.namespace ?? '';
    return { id: part.id, box, look: 'group', name, detail: SCENE_WORDS.pods(part.pods.length) };
  }
  const detail = pod.terminating || pod.address === undefined ? pod.status : pod.address;
  return { id: pod.id, box, look: podLook(pod), name: pod.name, detail };
}

type Keep = (key: string, members: readonly ElementId[]) => Slots;

/** Few Services are as large as what is outside; more are smaller, by steps. */
const SERVICE_STEPS: readonly (readonly [most: number, share: number])[] = [
  [2, 1],
  [8, 1 / 2],
  [32, 1 / 4],
  [Number.POSITIVE_INFINITY, 1 / 8],
];

function serviceScale(count: number, scale: number): number {
  const share = SERVICE_STEPS.find(([most]) => count <= most)?.[1] ?? 1;
  return Math.max(1, scale * share);
}

/** Services under what is outside, in a grid that grows down and to the left. */
export function placeServices(
  elements: Elements,
  keep: Keep,
  top: number,
  scale: number,
): { readonly holder: Holder; readonly boxes: ReadonlyMap<ElementId, Box> } | undefined {
  const services = drawnServices(elements, NONE);
  if (services.length === 0) return undefined;
  const own = keep(SERVICES, services.map(idOf));
  const grid = gridFor(own.length, 1);
  const grown = serviceScale(own.length, scale);
  const cellSize = { width: SIZE.service.width * grown, height: SIZE.service.height * grown };
  const { width, height } = cellSize;
  const gap = SIZE.service.gap * grown;
  const frame = { pad: FRAME.pad * grown, header: HEADER * scale };
  const right = TRUNK - SIZE.outside.gap * scale;
  const y = top + 40 * scale;
  const boxes = new Map<ElementId, Box>();
  const cells: CrowdCell[] = [];
  for (const [slot, id] of own.entries()) {
    const service = id === undefined ? undefined : elements.get(id);
    const cell = grid.cells[slot];
    if (service?.kind !== 'service' || cell === undefined) continue;
    const box = {
      x: right - frame.pad - width - cell.column * (width + gap),
      y: y + frame.header + cell.row * (height + gap),
      width,
      height,
    };
    boxes.set(service.id, box);
    cells.push({ id: service.id, box, look: 'service', name: service.name, detail: service.clusterIP });
  }
  const size = gridSize(grid, cellSize, { x: gap, y: gap }, frame);
  const holder: Holder = {
    id: 'frame/services',
    kind: 'services',
    box: { x: right - size.width, y, ...size },
    header: frame.header,
    title: CROWD_WORDS.services,
    note: String(services.length),
    count: String(services.length),
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    heads: [],
    ground: undefined,
    bar: undefined,
  };
  return { holder, boxes };
}

/** Pods of no node above the nodes, in a grid that grows up and to the right. */
export function placeUnscheduled(
  parts: readonly PodPart[],
  keep: Keep,
  scale: number,
): { readonly holder: Holder; readonly places: readonly PodPlace[] } | undefined {
  const own = keep(UNSCHEDULED, parts.map(idOf));
  if (own.length === 0) return undefined;
  const byId = new Map(parts.map(part => [part.id, part]));
  const grid = gridFor(own.length, 8);
  const { width, height, gap, rowGap } = SIZE.pod;
  const bottom = -72;
  const places: PodPlace[] = [];
  const cells: CrowdCell[] = [];
  for (const [slot, id] of own.entries()) {
    const part = id === undefined ? undefined : byId.get(id);
    const cell = grid.cells[slot];
    if (part === undefined || cell === undefined) continue;
    const box = {
      x: FRAME.pad + cell.column * (width + gap),
      y: bottom - FRAME.pad - height - cell.row * (height + rowGap),
      width,
      height,
    };
    cells.push(podCell(part, box));
    places.push({
      id: part.id,
      pods: part.pods.map(pod => pod.id),
      node: undefined,
      box,
      wire: [],
      port: undefined,
      labels: 'none',
    });
  }
  const frame = { pad: FRAME.pad, header: Math.max(FRAME.header, HEADER * scale) };
  const size = gridSize(grid, SIZE.pod, { x: gap, y: rowGap }, frame);
  const count = SCENE_WORDS.pods(parts.reduce((sum, part) => sum + part.pods.length, 0));
  const holder: Holder = {
    id: 'frame/unscheduled',
    kind: 'unscheduled',
    box: { x: 0, y: bottom - size.height, ...size },
    header: frame.header,
    title: CROWD_WORDS.unscheduled,
    note: count,
    count,
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    heads: [],
    ground: undefined,
    bar: undefined,
  };
  return { holder, places };
}

/** A frame around a grid of boxes. */
function gridSize(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  cell: { readonly width: number; readonly height: number },
  gap: Point,
  frame: { readonly pad: number; readonly header: number },
): { readonly width: number; readonly height: number } {
  return {
    width: columns * (cell.width + gap.x) - gap.x + 2 * frame.pad,
    height: rows * (cell.height + gap.y) - gap.y + frame.header + frame.pad,
  };
}
