// The EndpointSlice mirroring controller: Endpoints that somebody wrote for a Service without a selector, as slices.
//
// Omits:   IPv6; more than a thousand addresses (the rest is left out, as upstream does).
// Read:    kubernetes pkg/controller/endpointslicemirroring/endpointslicemirroring_controller.go, utils.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import {
  type Endpoint,
  type EndpointSlice,
  endpointSlices,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
} from '../api/kinds/endpointSlice.ts';
import { type Endpoints, type EndpointsAddress, endpoints } from '../api/kinds/endpoints.ts';
import { services } from '../api/kinds/service.ts';
import { parseKey } from '../api/objects.ts';
import { familyOf, ip, isIp } from '../net/address.ts';
import { type EndpointGroup, packSlices } from './endpointSlicePacking.ts';
import { controllerReference } from './ownership.ts';

const NAME = 'endpointslicemirroring-controller';
const MANAGED_BY = 'endpointslicemirroring-controller.k8s.io';
const SKIP_LABEL = 'endpointslice.kubernetes.io/skip-mirror';
/** Source: kube-controller-manager `--mirroring-max-endpoints-per-subset`. */
const MOST_ADDRESSES = 1000;

export function endpointSliceMirroringController(): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(endpoints),
      ofKind(services),
      ofKind(endpointSlices, ({ object }) => {
        const name = object.metadata.labels?.[SERVICE_NAME_LABEL];
        return name === undefined || !isOurs(object) ? [] : [`${object.metadata.namespace}/${name}`];
      }),
    ],
    reconcile(api, key) {
      const object = api.get(endpoints, parseKey(key));
      const service = api.get(services, parseKey(key));
      const isMirrored = object !== undefined && object.metadata.labels?.[SKIP_LABEL] !== 'true';
      const { namespace = '', name } = parseKey(key);
      const labels = { matchLabels: { [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MANAGED_BY } };
      const own = api.list(endpointSlices, { namespace, selector: labels });
      if (isMirrored && service !== undefined && service.spec.selector === undefined) mirror(api, object, own);
      else for (const slice of own) api.delete(endpointSlices, slice.metadata);
    },
  };
}

function isOurs({ metadata }: EndpointSlice): boolean {
  return metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY;
}

function mirror(api: ApiClient, object: Endpoints, own: readonly EndpointSlice[]): void {
  const { name, namespace, labels: given } = object.metadata;
  const labels = { ...given, [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MANAGED_BY };
  const changes = packSlices(own, groupsOf(object), labels);
  for (const { ports, endpoints: list } of changes.create) {
    // Where nothing is written, nothing is mirrored.
    if (list.length === 0) continue;
    api.create(endpointSlices, {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${name}-`,
        ...(namespace !== undefined && { namespace }),
        labels,
        ownerReferences: [controllerReference(object)],
      },
      addressType: 'IPv4',
      endpoints: list,
      ports,
    });
  }
  for (const slice of changes.update) api.update(endpointSlices, slice);
  for (const slice of changes.remove) api.delete(endpointSlices, slice.metadata);
}

function groupsOf({ subsets = [] }: Endpoints): readonly EndpointGroup[] {
  return subsets.map(({ addresses = [], notReadyAddresses = [], ports = [] }) => ({
    ports: ports.map(({ name = '', port, protocol = 'TCP', appProtocol }) => ({
      name,
      port,
      protocol,
      ...(appProtocol !== undefined && { appProtocol }),
    })),
    endpoints: [
      ...addresses.map(address => endpointOf(address, true)),
      ...notReadyAddresses.map(address => endpointOf(address, false)),
    ]
      .filter(({ addresses: [address = ''] }) => isIp(address) && familyOf(ip(address)) === 'IPv4')
      .slice(0, MOST_ADDRESSES),
  }));
}

function endpointOf({ ip: address, hostname, nodeName, targetRef }: EndpointsAddress, ready: boolean): Endpoint {
  return {
    addresses: [address],
    conditions: { ready },
    ...(hostname !== undefined && { hostname }),
    ...(nodeName !== undefined && { nodeName }),
    ...(targetRef !== undefined && { targetRef }),
  };
}
