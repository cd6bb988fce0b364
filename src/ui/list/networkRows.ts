// The Network and Packets levels as rows: each node with its Pods and, from them down to the wire, the ports of its
// bridge, the bridge, where it routes, and its interface on the LAN. Then what the graph draws under and beside the nodes.

import type { ElementId, InterfaceElement, LabElement } from '../../sim/index.ts';
import { bridgeOf, drawnServices, type ElementOf, ofKind, orderedNodes, podParts } from '../topology/networkParts.ts';
import * as SCENE_WORDS from '../topology/words.ts';
import { elementIcon, interfaceIcon, type ListRow, listRow, routesId, rulesId } from './listRow.ts';
import { endpointRows, podRow, serviceRow } from './objectRows.ts';
import { LIST_WORDS } from './words.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

/** What the rows depend on beside the elements. */
export interface RowWish {
  /** Elements that the open journey passes: they are drawn even if they belong to the system, and start open. */
  readonly traced: ReadonlySet<ElementId>;
  /** Elements that show although they belong to the system: the selected Service, candidates of a question. */
  readonly shown: ReadonlySet<ElementId>;
}

export function networkRows(elements: Elements, wish: RowWish): readonly ListRow[] {
  const drawn = new Set([...wish.traced, ...wish.shown]);
  const parts = podParts(elements, wish.traced);
  const homeless = parts.get('') ?? [];
  return [
    ...orderedNodes(elements).map(node => nodeRow(node, elements, parts.get(node.id) ?? [], wish)),
    ...homeless.flatMap(part => partRow(part, elements, wish)),
    ...drawnServices(elements, drawn).map(service =>
      serviceRow(service, {
        starts: 'closed',
        children: ofKind(elements, 'slice')
          .filter(slice => slice.service === service.id)
          .flatMap(slice => endpointRows(slice, elements)),
      }),
    ),
    ...[...ofKind(elements, 'lan'), ...ofKind(elements, 'router'), ...ofKind(elements, 'outside')].map(host =>
      surroundingRow(host, elements, wish),
    ),
  ];
}

type Part = { readonly id: ElementId; readonly pods: readonly ElementOf<'pod'>[] };

function nodeRow(node: ElementOf<'node'>, elements: Elements, parts: readonly Part[], wish: RowWish): ListRow {
  const devices = node.interfaces.filter(device => device.kind !== 'loopback');
  const bridge = bridgeOf(node);
  const isPort = (device: InterfaceElement): boolean => device.master !== undefined;
  const isUplink = (device: InterfaceElement): boolean => device.kind === 'veth' && !isPort(device);
  const rowOf = (device: InterfaceElement): ListRow => interfaceRow(node.id, device, elements);
  const pods = parts.flatMap(part => part.pods);
  const hasOwnPods = parts.some(part => !part.id.startsWith('group/'));
  return listRow({
    id: node.id,
    icon: 'node',
    label: node.name,
    detail: node.address,
    note: SCENE_WORDS.pods(pods.length),
    state: node.ready ? undefined : notReady(node.notReadyReason),
    starts: hasOwnPods || wish.traced.has(node.id) ? 'open' : 'closed',
    terms: node.podCIDR === undefined ? [] : [node.podCIDR],
    children: [
      ...parts.flatMap(part => partRow(part, elements, wish)),
      ...devices.filter(isPort).map(rowOf),
      ...devices
        .filter(device => device.kind === 'bridge')
        .sort(byName(bridge))
        .map(rowOf),
      listRow({
        id: routesId(node.id),
        icon: 'route',
        label: LIST_WORDS.routeTable,
        detail: SCENE_WORDS.routes(node.routeCount),
        target: node.id,
        standing: 'part',
        starts: 'open',
      }),
      listRow({
        id: rulesId(node.id),
        icon: 'rule',
        label: 'iptables',
        target: node.id,
        standing: 'part',
        starts: 'open',
      }),
      ...devices.filter(device => device.kind !== 'bridge' && !isPort(device) && !isUplink(device)).map(rowOf),
      ...devices.filter(isUplink).map(rowOf),
    ],
  });
}

/** The bridge that Pods are plugged into stands before any other. */
function byName(first: string | undefined): (a: InterfaceElement, b: InterfaceElement) => number {
  return (a, b) => Number(b.name === first) - Number(a.name === first);
}

/** A Pod, or the system Pods of a namespace as the graph draws them: in one box. */
function partRow(part: Part, elements: Elements, wish: RowWish): readonly ListRow[] {
  const rows = part.pods.map(pod =>
    podRow(pod, {
      starts: wish.traced.has(pod.id) ? 'open' : 'closed',
      children: interfaceRows(pod.id, pod.interfaces, elements),
    }),
  );
  const [first] = part.pods;
  if (first === undefined || !part.id.startsWith('group/')) return rows;
  return [
    listRow({
      id: part.id,
      icon: 'namespace',
      label: first.namespace,
      detail: SCENE_WORDS.pods(part.pods.length),
      starts: part.pods.some(pod => wish.shown.has(pod.id)) ? 'open' : 'closed',
      children: rows,
    }),
  ];
}

function surroundingRow(
  host: ElementOf<'lan'> | ElementOf<'router'> | ElementOf<'outside'>,
  elements: Elements,
  wish: RowWish,
): ListRow {
  return listRow({
    id: host.id,
    icon: elementIcon(host),
    label: host.name,
    detail: host.kind === 'lan' ? SCENE_WORDS.lan(host.address, host.mtu) : host.address,
    starts: wish.traced.has(host.id) ? 'open' : 'closed',
    children: interfaceRows(host.id, host.interfaces, elements),
  });
}

function interfaceRows(
  owner: ElementId,
  interfaces: readonly InterfaceElement[],
  elements: Elements,
): readonly ListRow[] {
  return interfaces.filter(device => device.kind !== 'loopback').map(device => interfaceRow(owner, device, elements));
}

function interfaceRow(owner: ElementId, device: InterfaceElement, elements: Elements): ListRow {
  return listRow({
    id: `${owner}#${device.name}`,
    icon: interfaceIcon(device),
    label: device.name,
    detail: interfaceDetail(owner, device, elements),
    terms: [...device.addresses, device.mac],
  });
}

/** A port says its bridge, a Pod's own end the other end, anything else its address. */
function interfaceDetail(owner: ElementId, device: InterfaceElement, elements: Elements): string {
  const [peer, peerDevice] = device.peer?.split('#') ?? [];
  const peerName = peer === undefined ? undefined : elements.get(peer)?.name;
  const isOnLan = owner.startsWith('lan/') && peerName !== undefined && peerDevice !== undefined;
  const place = isOnLan
    ? LIST_WORDS.cableTo(`${peerName} ${peerDevice}`)
    : device.master !== undefined
      ? LIST_WORDS.partOf(device.master)
      : owner.startsWith('pod/') && peerDevice !== undefined
        ? LIST_WORDS.cableTo(peerDevice)
        : (device.addresses[0] ?? '');
  const fault = !device.up ? LIST_WORDS.down : device.carrier ? '' : LIST_WORDS.noCarrier;
  return [place, fault].filter(text => text !== '').join(' · ');
}

function notReady(reason: string | undefined): ListRow['state'] {
  return { kind: 'pending', word: SCENE_WORDS.notReady, reason };
}
