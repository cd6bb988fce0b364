// What is outside of a crowd, and the router under it, at the left of the LAN. They grow with the whole: where a node is a
// tile, a host is one too, and not a dot.

import type { ElementId, LabElement } from '../../../sim/index.ts';
import { type Box, bottomOf, boundsOf, rightOf } from '../geometry.ts';
import type { HostPlace, NetworkLayout } from '../layout.ts';
import { isOnLan, ofKind } from '../networkParts.ts';
import { SIZE } from '../networkPlaces.ts';
import type { CrowdCell, Holder } from './crowd.ts';
import { CROWD_WORDS } from './words.ts';

/** The middle of the LAN; everything of the cluster is right of it. */
export const TRUNK = -36;

/** Over the hosts and over the Services, at 100 %. */
export const HEADER = 56;

export interface OutsidePlaces {
  readonly outside: NetworkLayout['outside'];
  readonly router: NetworkLayout['router'];
  /** What the canvas paints of them. */
  readonly holders: readonly Holder[];
  readonly box: Box;
}

/** @param scale how much larger than at 100 % they are */
export function placeOutside(elements: ReadonlyMap<ElementId, LabElement>, scale: number): OutsidePlaces {
  const hosts = ofKind(elements, 'outside');
  const [router] = ofKind(elements, 'router');
  const { width, gap, host } = SIZE.outside;
  const right = TRUNK - gap * scale;
  const frame: Box = {
    x: right - width * scale,
    y: 0,
    width: width * scale,
    height: hosts.length === 0 ? 0 : (HEADER + hosts.length * host + 12) * scale,
  };
  const routerBox: Box | undefined = router && {
    x: right - SIZE.router.width * scale,
    y: bottomOf(frame) + (hosts.length === 0 ? 0 : 24 * scale),
    width: SIZE.router.width * scale,
    height: SIZE.router.height * scale,
  };
  const lane = right - 16 * scale;
  const places = hosts.map((element, i): HostPlace => {
    const box = {
      x: frame.x + 8 * scale,
      y: (HEADER + i * host) * scale,
      width: (width - 40) * scale,
      height: (host - 8) * scale,
    };
    const y = box.y + box.height / 2;
    const start = { x: rightOf(box), y };
    if (isOnLan(element) || routerBox === undefined)
      return { id: element.id, box, to: 'lan', wire: [start, { x: TRUNK, y }] };
    return { id: element.id, box, to: 'router', wire: [start, { x: lane, y }, { x: lane, y: routerBox.y }] };
  });
  const routerY = routerBox === undefined ? 0 : routerBox.y + routerBox.height / 2;
  const cells = hosts.flatMap(({ id, name, address }, i): readonly CrowdCell[] => {
    const box = places[i]?.box;
    const look = name.includes('.') ? 'internet' : 'laptop';
    return box === undefined ? [] : [{ id, box, look, name, detail: address }];
  });
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
    holders: [
      ...(hosts.length === 0 ? [] : [holderOf('outside', frame, HEADER * scale, cells)]),
      ...(router === undefined || routerBox === undefined
        ? []
        : [
            networkHolder({ id: router.id, box: routerBox, look: 'router', name: router.name, detail: router.address }),
          ]),
    ],
    box: boundsOf([frame, ...(routerBox === undefined ? [] : [routerBox])]),
  };
}

/** A part of the network that stands for itself: the router, the LAN. */
export function networkHolder(cell: CrowdCell): Holder {
  return holderOf('network', cell.box, 0, [cell]);
}

function holderOf(kind: 'outside' | 'network', box: Box, header: number, cells: readonly CrowdCell[]): Holder {
  return {
    id: `frame/${kind === 'outside' ? kind : cells[0]?.id}`,
    kind,
    box,
    header,
    title: kind === 'outside' ? CROWD_WORDS.outside : '',
    note: '',
    count: '',
    state: 'ready',
    capacity: cells.length,
    cells,
    heads: [],
    ground: undefined,
    bar: undefined,
  };
}
