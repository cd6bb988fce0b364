// Who is who in a lab: the names of namespaces and the owners of addresses, for sentences and for the graph.

import type { ApiClient } from '../api/client.ts';
import { pods } from '../api/kinds/pod.ts';
import { services } from '../api/kinds/service.ts';
import type { LabConfig } from '../labConfig.ts';
import type { World } from '../linux/world.ts';
import type { Ip } from '../net/address.ts';
import { LAN } from '../surroundings.ts';
import { elementOfNetns } from './buildElements.ts';
import type { HopView } from './exchange.ts';
import type { Directory } from './exchangeView.ts';

export function labDirectory(api: ApiClient, world: World, config: LabConfig): Directory {
  let owners: Map<Ip, string> | undefined;
  const nameOf = (netns: string): string => {
    if (netns.startsWith('pod:')) return netns.split(':')[2] ?? netns;
    return netns === LAN ? 'LAN' : netns;
  };
  return {
    host: netns => (netns === LAN ? 'the LAN' : nameOf(netns)),
    isSwitch: netns => netns === LAN,
    owner(address) {
      owners ??= ownersOf(api, world, nameOf);
      return owners.get(address);
    },
    element(netns) {
      const id = elementOfNetns(netns, config);
      const kind = id.slice(0, id.indexOf('/')) as HopView['kind'];
      return { id, kind, name: nameOf(netns) };
    },
  };
}

/** Addresses that packets can meet: those of interfaces, of Pods and of Services. */
function ownersOf(api: ApiClient, world: World, nameOf: (netns: string) => string): Map<Ip, string> {
  const owners = new Map<Ip, string>();
  for (const service of api.list(services)) {
    const address = service.spec.clusterIP;
    if (address !== undefined) owners.set(address as Ip, `Service ${service.metadata.name}`);
  }
  for (const pod of api.list(pods))
    if (pod.status?.podIP !== undefined && pod.spec.hostNetwork !== true)
      owners.set(pod.status.podIP as Ip, pod.metadata.name);
  for (const netns of world.namespaces.values()) {
    for (const device of netns.config.interfaces) {
      if (device.kind === 'loopback') continue;
      for (const { address } of device.addresses) owners.set(address, nameOf(netns.name));
    }
  }
  return owners;
}
