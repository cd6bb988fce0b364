// The elements of the page from bare kernels, and who is who among them.

import type { Netns } from '../linux/netns.ts';
import type { World } from '../linux/world.ts';
import { formatInterfaceAddress, type Ip, networkOf } from '../net/address.ts';
import { ElementMemory } from '../view/elementMemory.ts';
import type { ElementId, LabElement } from '../view/elements.ts';
import type { Directory } from '../view/exchangeView.ts';
import { interfaceElements, peerStates } from '../view/interfaceElements.ts';
import type { HostPlace } from './places.ts';

type Places = ReadonlyMap<string, HostPlace>;

/** As in the list: nodes with their Pods first, then what surrounds them. */
const ORDER: readonly HostPlace['kind'][] = ['node', 'pod', 'lan', 'router', 'outside'];

/** Makes the elements; unchanged ones are the same objects as in the last answer. */
export function elementSource(world: World, places: Places): () => ReadonlyMap<ElementId, LabElement> {
  const memory = new ElementMemory();
  const ordered = [...places.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  const elementOf = (netns: string): ElementId => places.get(netns)?.id ?? `outside/${netns}`;
  return () =>
    memory.collect(add => {
      for (const place of ordered) {
        const netns = world.find(place.host);
        const subnet = place.kind === 'lan' ? subnetOf(world, netns) : undefined;
        add(place.id, [netns?.config, subnet, ...peerStates(world, netns)], () =>
          elementFor(place, world, netns, elementOf),
        );
      }
    });
}

function elementFor(
  { kind, id, host, node }: HostPlace,
  world: World,
  netns: Netns | undefined,
  elementOf: (netns: string) => ElementId,
): LabElement {
  const interfaces = interfaceElements(world, netns, elementOf);
  const address = firstAddress(netns)?.split('/')[0];
  switch (kind) {
    case 'node':
      return {
        kind,
        id,
        name: host,
        role: 'worker',
        address: address ?? '',
        ready: true,
        interfaces,
        routeCount: netns?.config.routes.length ?? 0,
      };
    case 'pod':
      return {
        kind,
        id,
        namespace: 'default',
        name: host,
        ...(node !== undefined && { node }),
        ...(address !== undefined && { address }),
        status: 'Running',
        ready: true,
        terminating: false,
        labels: {},
        containers: [],
        hostNetwork: false,
        interfaces,
      };
    default:
      return {
        kind,
        id,
        name: host,
        address: (kind === 'lan' ? subnetOf(world, netns) : address) ?? '',
        mtu: interfaces.find(device => device.kind !== 'loopback')?.mtu ?? 1500,
        interfaces,
      };
  }
}

/** The network of what is plugged into a switch, as its first neighbour with an address says it. */
function subnetOf(world: World, netns: Netns | undefined): string | undefined {
  const [first] = (netns?.config.interfaces ?? []).flatMap(device => world.peerOf(device)?.addresses ?? []);
  return first === undefined ? undefined : networkOf(first.address, first.prefixLength);
}

/** The address of a cable's end before that of a bridge or a tunnel. */
function firstAddress(netns: Netns | undefined): string | undefined {
  const devices = (netns?.config.interfaces ?? []).filter(device => device.kind !== 'loopback');
  const own = devices.find(device => device.kind === 'veth' && device.addresses.length > 0);
  const [first] = (own ?? devices.find(device => device.addresses.length > 0))?.addresses ?? [];
  return first === undefined ? undefined : formatInterfaceAddress(first);
}

export function recordedDirectory(world: World, places: Places): Directory {
  let owners: Map<Ip, string> | undefined;
  return {
    host: netns => netns,
    isSwitch: netns => places.get(netns)?.kind === 'lan',
    owner(address) {
      owners ??= ownersOf(world);
      return owners.get(address);
    },
    element(netns) {
      const place = places.get(netns);
      return { id: place?.id ?? `outside/${netns}`, kind: place?.kind ?? 'outside', name: netns };
    },
  };
}

function ownersOf(world: World): Map<Ip, string> {
  const owners = new Map<Ip, string>();
  for (const netns of world.namespaces.values())
    for (const device of netns.config.interfaces)
      if (device.kind !== 'loopback') for (const { address } of device.addresses) owners.set(address, netns.name);
  return owners;
}
