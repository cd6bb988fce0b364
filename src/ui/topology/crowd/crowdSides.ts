// What stands beside the nodes of a crowd: at the left what is outside, the router and the Services, above them the Pods of
// no node. Each grows away from everything else.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import { type Box, bottomOf, boundsOf, rightOf } from '../geometry.ts';
import type { HostPlace, NetworkLayout, PodPlace } from '../layout.ts';
import { drawnServices, isOnLan, ofKind, type PodPart } from '../networkParts.ts';
import { SIZE } from '../networkPlaces.ts';
import { gridFor } from '../slots.ts';
import * as SCENE_WORDS from '../words.ts';
import { type CrowdCell, type Holder, podLook } from './crowd.ts';
import { CROWD_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

/** The places of a holder with who is in them. */
export type Slots = readonly (ElementId | undefined)[];

/** The middle of the LAN; everything of the cluster is right of it. */
export const TRUNK = -36;
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

/** What is outside, and the router under it, at the left of the LAN. */
export function placeLeft(elements: Elements): {
  readonly outside: NetworkLayout['outside'];
  readonly router: NetworkLayout['router'];
  readonly box: Box;
  readonly bottom: number;
} {
  const hosts = ofKind(elements, 'outside');
  const router = ofKind(elements, 'router')[0];
  const { width, gap, header, host } = SIZE.outside;
  const right = TRUNK - gap;
  const frame: Box = {
    x: right - width,
    y: 0,
    width,
    height: hosts.length === 0 ? 0 : header + hosts.length * host + 12,
  };
  const routerBox: Box | undefined = router && {
    x: right - SIZE.router.width,
    y: bottomOf(frame) + (hosts.length === 0 ? 0 : 24),
    ...SIZE.router,
  };
  const lane = right - 16;
  const places = hosts.map((element, i): HostPlace => {
    const box = { x: frame.x + 8, y: header + i * host, width: width - 40, height: host - 8 };
    const y = box.y + box.height / 2;
    const start = { x: rightOf(box), y };
    if (isOnLan(element) || routerBox === undefined)
      return { id: element.id, box, to: 'lan', wire: [start, { x: TRUNK, y }] };
    return { id: element.id, box, to: 'router', wire: [start, { x: lane, y }, { x: lane, y: routerBox.y }] };
  });
  const routerY = routerBox === undefined ? 0 : routerBox.y + routerBox.height / 2;
  const box = boundsOf([frame, ...(routerBox === undefined ? [] : [routerBox])]);
  return {
    outside: hosts.length === 0 ? undefined : { frame, hosts: new Map(places.map(place => [place.id, place])) },
    router:
      router === undefined || routerBox === undefined
        ? undefined
        : {
            id: router.id,
            box: routerBox,
            uplink: [
              { x: rightOf(routerBox), y: routerY },
              { x: TRUNK, y: routerY },
            ],
          },
    box,
    bottom: bottomOf(box),
  };
}

type Keep = (key: string, members: readonly ElementId[]) => Slots;

/** Services under what is outside, in a grid that grows down and to the left. */
export function placeServices(
  elements: Elements,
  keep: Keep,
  top: number,
): { readonly holder: Holder; readonly boxes: ReadonlyMap<ElementId, Box> } | undefined {
  const services = drawnServices(elements, NONE);
  if (services.length === 0) return undefined;
  const own = keep(SERVICES, services.map(idOf));
  const grid = gridFor(own.length, 1);
  const { width, height, gap } = SIZE.service;
  const right = TRUNK - SIZE.outside.gap;
  const y = top + 40;
  const boxes = new Map<ElementId, Box>();
  const cells: CrowdCell[] = [];
  for (const [slot, id] of own.entries()) {
    const service = id === undefined ? undefined : elements.get(id);
    const cell = grid.cells[slot];
    if (service?.kind !== 'service' || cell === undefined) continue;
    const box = {
      x: right - FRAME.pad - width - cell.column * (width + gap),
      y: y + FRAME.header + cell.row * (height + gap),
      width,
      height,
    };
    boxes.set(service.id, box);
    cells.push({ id: service.id, box, look: 'service', name: service.name, detail: service.clusterIP });
  }
  const size = gridSize(grid, SIZE.service, gap, gap);
  const holder: Holder = {
    id: 'frame/services',
    kind: 'services',
    box: { x: right - size.width, y, ...size },
    header: FRAME.header,
    title: CROWD_WORDS.services,
    note: String(services.length),
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    bar: undefined,
  };
  return { holder, boxes };
}

/** Pods of no node above the nodes, in a grid that grows up and to the right. */
export function placeUnscheduled(
  parts: readonly PodPart[],
  keep: Keep,
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
      labels: 'hidden',
    });
  }
  const size = gridSize(grid, SIZE.pod, gap, rowGap);
  const holder: Holder = {
    id: 'frame/unscheduled',
    kind: 'unscheduled',
    box: { x: 0, y: bottom - size.height, ...size },
    header: FRAME.header,
    title: CROWD_WORDS.unscheduled,
    note: SCENE_WORDS.pods(parts.reduce((sum, part) => sum + part.pods.length, 0)),
    state: 'ready',
    capacity: grid.cells.length,
    cells,
    bar: undefined,
  };
  return { holder, places };
}

/** A frame around a grid of boxes. */
function gridSize(
  { rows, columns }: { readonly rows: number; readonly columns: number },
  cell: { readonly width: number; readonly height: number },
  gap: number,
  rowGap: number,
): { readonly width: number; readonly height: number } {
  return {
    width: columns * (cell.width + gap) - gap + 2 * FRAME.pad,
    height: rows * (cell.height + rowGap) - rowGap + FRAME.header + FRAME.pad,
  };
}
