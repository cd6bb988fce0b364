// The EndpointSlice controller: keeps the addresses of the Pods that each Service selects.
//
// Models:  readiness, serving and terminating Pods, publishNotReadyAddresses, ports by name, hostnames, zones, hints for
//          the Service's traffic distribution, slices of a hundred, the empty slice of a Service without endpoints. Services
//          without a selector are left alone.
// Omits:   hints by the annotation topology-mode, IPv6, the annotation with the time of the last change.
// Read:    kubernetes pkg/controller/endpointslice/endpointslice_controller.go; k8s.io/endpointslice reconciler.go, utils.go,
//          trafficdist/trafficdist.go.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import {
  type Endpoint,
  type EndpointPort,
  type EndpointSlice,
  endpointSlices,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
} from '../api/kinds/endpointSlice.ts';
import { nodes, ZONE_LABEL } from '../api/kinds/node.ts';
import { isPodReady, isPodTerminal, type Pod, pods } from '../api/kinds/pod.ts';
import { type Service, type ServicePortSpec, services } from '../api/kinds/service.ts';
import { keyOf, parseKey } from '../api/objects.ts';
import { matchesMap } from '../api/selectors.ts';
import { dnsSubdomain } from '../api/validation/formats.ts';
import { familyOf, ip, isIp } from '../net/address.ts';
import { type EndpointGroup, packSlices, portsKey } from './endpointSlicePacking.ts';
import { controllerReference } from './ownership.ts';

const NAME = 'endpointslice-controller';
const MANAGED_BY = 'endpointslice-controller.k8s.io';
export const HEADLESS_LABEL = 'service.kubernetes.io/headless';
const OWN_LABELS: ReadonlySet<string> = new Set([SERVICE_NAME_LABEL, MANAGED_BY_LABEL, HEADLESS_LABEL]);

export function endpointSliceController(): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(services),
      ofKind(pods, servicesOfPod),
      ofKind(endpointSlices, ({ object }) => {
        const name = object.metadata.labels?.[SERVICE_NAME_LABEL];
        return name === undefined || !isOurs(object) ? [] : [`${object.metadata.namespace}/${name}`];
      }),
      // A zone is a label of the node; its Pods' endpoints have it too.
      ofKind(nodes, ({ type, object, previous }, api) =>
        type !== 'DELETED' && previous?.metadata.labels?.[ZONE_LABEL] === object.metadata.labels?.[ZONE_LABEL]
          ? []
          : api.list(pods, { node: object.metadata.name }).flatMap(pod => matching(pod, api)),
      ),
    ],
    reconcile(api, key) {
      const service = api.get(services, parseKey(key));
      // Slices of a Service that is gone are the garbage collector's.
      if (service !== undefined && isManaged(service)) reconcile(api, service);
    },
  };
}

/** Has the Service endpoints that are found by a selector? */
export function isManaged({ spec, metadata }: Service): boolean {
  return spec.selector !== undefined && spec.type !== 'ExternalName' && metadata.deletionTimestamp === undefined;
}

function isOurs(slice: EndpointSlice): boolean {
  return slice.metadata.labels?.[MANAGED_BY_LABEL] === MANAGED_BY;
}

/** Services that select the Pod, or did before it changed; none when nothing changed that they would see. */
export function servicesOfPod({ type, object, previous }: ApiChange<Pod>, api: ApiClient): readonly string[] {
  if (previous === undefined || type === 'DELETED') return matching(object, api);
  const isRelabelled = !equalJson(previous.metadata.labels, object.metadata.labels);
  if (!isRelabelled && equalJson(seenOf(previous), seenOf(object))) return [];
  const keys = matching(object, api);
  return isRelabelled ? [...new Set([...keys, ...matching(previous, api)])] : keys;
}

/** What of a Pod its endpoint shows. */
function seenOf(pod: Pod): readonly unknown[] {
  const { deletionTimestamp } = pod.metadata;
  const { nodeName, hostname, subdomain } = pod.spec;
  return [isPodReady(pod), isPodTerminal(pod), addressesOf(pod), deletionTimestamp, nodeName, hostname, subdomain];
}

function matching(pod: Pod, api: ApiClient): readonly string[] {
  const { namespace = '', labels } = pod.metadata;
  return api.list(services, { namespace }).flatMap(service => {
    const { selector } = service.spec;
    return selector !== undefined && matchesMap(selector, labels) ? [keyOf(service)] : [];
  });
}

function reconcile(api: ApiClient, service: Service): void {
  const { namespace = '', name, uid } = service.metadata;
  const labels = { matchLabels: { [SERVICE_NAME_LABEL]: name, [MANAGED_BY_LABEL]: MANAGED_BY } };
  const existing = api.list(endpointSlices, { namespace, selector: labels });
  const own = existing.filter(slice => slice.metadata.ownerReferences?.some(owner => owner.uid === uid) ?? false);
  // Left over from an earlier Service of this name.
  for (const stray of existing) if (!own.includes(stray)) api.delete(endpointSlices, stray.metadata);
  const changes = packSlices(own, groupsFor(api, service), labelsFor(service));
  for (const group of changes.create) {
    const created = api.create(endpointSlices, sliceOf(service, group));
    if (!created.ok) complain(api, service, created.error.message);
  }
  for (const slice of changes.update) {
    const updated = api.update(endpointSlices, slice);
    if (!updated.ok) complain(api, service, updated.error.message);
  }
  for (const slice of changes.remove) api.delete(endpointSlices, slice.metadata);
}

function complain(api: ApiClient, service: Service, why: string): void {
  const message = `Error updating Endpoint Slices for Service ${keyOf(service)}: ${why}`;
  api.event(service, { type: 'Warning', reason: 'FailedToUpdateEndpointSlices', message, source: NAME });
}

/** The endpoints that the Service should have, by the ports that they listen on. */
export function groupsFor(api: ApiClient, service: Service): readonly EndpointGroup[] {
  const { namespace = '' } = service.metadata;
  const { selector = {} } = service.spec;
  const groups = new Map<string, { readonly ports: readonly EndpointPort[]; readonly endpoints: Endpoint[] }>();
  for (const pod of api.list(pods, { namespace, selector: { matchLabels: selector } })) {
    if (isPodTerminal(pod) || addressesOf(pod).length === 0) continue;
    const ports = portsFor(service, pod);
    const key = portsKey(ports);
    let group = groups.get(key);
    if (group === undefined) {
      group = { ports, endpoints: [] };
      groups.set(key, group);
    }
    group.endpoints.push(endpointOf(api, service, pod));
  }
  return [...groups.values()];
}

export function addressesOf({ status }: Pod): readonly string[] {
  const all = status?.podIPs?.map(address => address.ip) ?? (status?.podIP === undefined ? [] : [status.podIP]);
  return all.filter(address => isIp(address) && familyOf(ip(address)) === 'IPv4');
}

function portsFor({ spec }: Service, pod: Pod): readonly EndpointPort[] {
  return (spec.ports ?? []).flatMap((port): EndpointPort[] => {
    const number = targetPortOf(port, pod);
    if (number === undefined) return [];
    const { name = '', protocol = 'TCP', appProtocol } = port;
    return [{ name, port: number, protocol, ...(appProtocol !== undefined && { appProtocol }) }];
  });
}

/** A number, or the container port of that name and protocol; undefined when the Pod has none. */
export function targetPortOf({ targetPort, port, protocol }: ServicePortSpec, pod: Pod): number | undefined {
  if (typeof targetPort !== 'string') return targetPort || port;
  const sidecars = (pod.spec.initContainers ?? []).filter(container => container.restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars]) {
    const found = container.ports?.find(other => other.name === targetPort && other.protocol === protocol);
    if (found !== undefined) return found.containerPort;
  }
  return undefined;
}

function endpointOf(api: ApiClient, service: Service, pod: Pod): Endpoint {
  const { namespace, name, uid, deletionTimestamp } = pod.metadata;
  const { nodeName, hostname, subdomain } = pod.spec;
  const serving = isPodReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const ready = service.spec.publishNotReadyAddresses === true || (serving && !terminating);
  const zone = nodeName === undefined ? undefined : api.get(nodes, { name: nodeName })?.metadata.labels?.[ZONE_LABEL];
  return {
    addresses: addressesOf(pod),
    conditions: { ready, serving, terminating },
    ...(hostname !== undefined && subdomain === service.metadata.name && { hostname }),
    targetRef: { kind: 'Pod', ...(namespace !== undefined && { namespace }), name, uid },
    ...(nodeName !== undefined && { nodeName }),
    ...(zone !== undefined && zone !== '' && { zone }),
    ...(ready && hintsOf(service, zone, nodeName)),
  };
}

const NEAR: readonly (string | undefined)[] = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

/** A ready endpoint is meant for its own zone, and where the Service prefers that for its own node. */
function hintsOf({ spec, metadata }: Service, zone = '', node = ''): Pick<Endpoint, 'hints'> {
  const { trafficDistribution } = spec;
  const mode = metadata.annotations?.['service.kubernetes.io/topology-mode'];
  if (!NEAR.includes(trafficDistribution) || mode === 'Auto' || mode === 'auto') return {};
  const isForNode = node !== '' && trafficDistribution === 'PreferSameNode';
  if (zone === '' && !isForNode) return {};
  return {
    hints: {
      ...(zone !== '' && { forZones: [{ name: zone }] }),
      ...(isForNode && { forNodes: [{ name: node }] }),
    },
  };
}

/** The Service's labels, and those that tell whose slice it is. */
function labelsFor({ metadata, spec }: Service): Readonly<Record<string, string>> {
  const own = Object.entries(metadata.labels ?? {}).filter(([key]) => !OWN_LABELS.has(key));
  return {
    ...Object.fromEntries(own),
    ...(spec.clusterIP === 'None' && { [HEADLESS_LABEL]: '' }),
    [SERVICE_NAME_LABEL]: metadata.name,
    [MANAGED_BY_LABEL]: MANAGED_BY,
  };
}

function sliceOf(service: Service, { ports, endpoints }: EndpointGroup) {
  const { namespace, name } = service.metadata;
  const prefix = `${name}-`;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: dnsSubdomain(prefix, true).length === 0 ? prefix : name,
      ...(namespace !== undefined && { namespace }),
      labels: labelsFor(service),
      ownerReferences: [controllerReference(service)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  };
}
