// The Endpoints controller: the addresses behind each Service in one object, for clients older than EndpointSlices.
//
// Models:  addresses that are ready and that are not, ports by name, publishNotReadyAddresses, a thousand addresses at most.
// Omits:   the annotation with the time of the last change.
// Read:    kubernetes pkg/controller/endpoint/endpoints_controller.go; pkg/api/v1/endpoints/util.go, `RepackSubsets`.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { canonicalJson, equalJson } from '../api/json.ts';
import {
  type EndpointSubset,
  type Endpoints,
  type EndpointsAddress,
  type EndpointsPort,
  endpoints,
} from '../api/kinds/endpoints.ts';
import { isPodReady, isPodTerminal, type Pod, pods } from '../api/kinds/pod.ts';
import { type Service, services } from '../api/kinds/service.ts';
import { parseKey } from '../api/objects.ts';
import { addressesOf, HEADLESS_LABEL, isManaged, servicesOfPod, targetPortOf } from './endpointSlice.ts';

const NAME = 'endpoint-controller';
const MANAGED_BY_LABEL = 'endpoints.kubernetes.io/managed-by';
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
/** Source: endpoints_controller.go, `maxCapacity`. */
const MOST_ADDRESSES = 1000;

export function endpointsController(): Controller {
  return {
    name: NAME,
    watches: [ofKind(services), ofKind(pods, servicesOfPod), ofKind(endpoints)],
    reconcile(api, key) {
      const service = api.get(services, parseKey(key));
      const current = api.get(endpoints, parseKey(key));
      if (service !== undefined && isManaged(service)) write(api, service, current);
      // Those that somebody wrote by hand are not this controller's.
      else if (service === undefined && current?.metadata.labels?.[MANAGED_BY_LABEL] === NAME)
        api.delete(endpoints, current.metadata);
    },
  };
}

function write(api: ApiClient, service: Service, current: Endpoints | undefined): void {
  const { name, namespace = '' } = service.metadata;
  const { subsets, capacity } = withinCapacity(subsetsOf(api, service));
  const labels = {
    ...service.metadata.labels,
    ...(service.spec.clusterIP === 'None' && { [HEADLESS_LABEL]: '' }),
    [MANAGED_BY_LABEL]: NAME,
  };
  const { [OVER_CAPACITY]: _over, ...others } = current?.metadata.annotations ?? {};
  const annotations = { ...others, ...(capacity === 'over' && { [OVER_CAPACITY]: 'truncated' }) };
  const own = { labels, ...(Object.keys(annotations).length > 0 && { annotations }) };
  const head = { apiVersion: 'v1', kind: 'Endpoints', ...(subsets.length > 0 && { subsets }) };
  if (current === undefined) {
    api.create(endpoints, { ...head, metadata: { name, namespace, ...own } });
    return;
  }
  const { annotations: _annotations, ...kept } = current.metadata;
  const wanted: Endpoints = { ...head, metadata: { ...kept, ...own } };
  if (!equalJson(wanted, current)) api.update(endpoints, wanted);
}

/** Addresses with the same ports stand together. */
function subsetsOf(api: ApiClient, service: Service): readonly EndpointSubset[] {
  const { namespace = '' } = service.metadata;
  const { selector = {}, ports: wanted = [] } = service.spec;
  const byPorts = new Map<
    string,
    { ports: readonly EndpointsPort[]; ready: EndpointsAddress[]; others: EndpointsAddress[] }
  >();
  for (const pod of api.list(pods, { namespace, selector: { matchLabels: selector } })) {
    const [address] = addressesOf(pod);
    const isLeaving = pod.metadata.deletionTimestamp !== undefined && service.spec.publishNotReadyAddresses !== true;
    if (address === undefined || isPodTerminal(pod) || isLeaving) continue;
    const ports = portsFor(service, pod);
    if (ports.length === 0 && wanted.length > 0) continue;
    const key = canonicalJson(ports);
    const subset = byPorts.get(key) ?? { ports, ready: [], others: [] };
    byPorts.set(key, subset);
    const isReady = service.spec.publishNotReadyAddresses === true || isPodReady(pod);
    (isReady ? subset.ready : subset.others).push(addressOf(service, pod, address));
  }
  return [...byPorts.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { ports, ready, others }]) => ({
      ...(ready.length > 0 && { addresses: ready.sort(byAddress) }),
      ...(others.length > 0 && { notReadyAddresses: others.sort(byAddress) }),
      ...(ports.length > 0 && { ports }),
    }));
}

function byAddress(a: EndpointsAddress, b: EndpointsAddress): number {
  return a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0;
}

function portsFor({ spec }: Service, pod: Pod): readonly EndpointsPort[] {
  return (spec.ports ?? []).flatMap((port): EndpointsPort[] => {
    const number = targetPortOf(port, pod);
    const { name, protocol = 'TCP', appProtocol } = port;
    if (number === undefined) return [];
    return [{ ...(name && { name }), port: number, protocol, ...(appProtocol !== undefined && { appProtocol }) }];
  });
}

function addressOf(service: Service, pod: Pod, ip: string): EndpointsAddress {
  const { namespace, name, uid } = pod.metadata;
  const { nodeName, hostname, subdomain } = pod.spec;
  return {
    ip,
    ...(hostname !== undefined && subdomain === service.metadata.name && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    targetRef: { kind: 'Pod', ...(namespace !== undefined && { namespace }), name, uid },
  };
}

/** Ready addresses go before the others. */
function withinCapacity(subsets: readonly EndpointSubset[]): {
  readonly subsets: readonly EndpointSubset[];
  readonly capacity: 'within' | 'over';
} {
  const count = (which: 'addresses' | 'notReadyAddresses') =>
    subsets.reduce((sum, subset) => sum + (subset[which]?.length ?? 0), 0);
  const total = count('addresses') + count('notReadyAddresses');
  if (total <= MOST_ADDRESSES) return { subsets, capacity: 'within' };
  let room = MOST_ADDRESSES;
  const take = <T>(list: readonly T[] | undefined): readonly T[] => {
    const taken = (list ?? []).slice(0, room);
    room -= taken.length;
    return taken;
  };
  const ready = subsets.map(({ addresses }) => take(addresses));
  const others = subsets.map(({ notReadyAddresses }) => take(notReadyAddresses));
  const cut = subsets.flatMap(({ ports }, i): EndpointSubset[] => {
    const [addresses = [], notReadyAddresses = []] = [ready[i], others[i]];
    if (addresses.length + notReadyAddresses.length === 0) return [];
    return [
      {
        ...(addresses.length > 0 && { addresses }),
        ...(notReadyAddresses.length > 0 && { notReadyAddresses }),
        ...(ports !== undefined && { ports }),
      },
    ];
  });
  return { subsets: cut, capacity: 'over' };
}
