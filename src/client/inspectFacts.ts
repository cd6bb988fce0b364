// What the page says of an element in a table: its facts, each with what it leads to.

import type { ElementId, InterfaceElement, LabElement } from '../sim/index.ts';
import type { InspectionSection } from './port.ts';

export type Row = Extract<InspectionSection, { readonly kind: 'facts' }>['rows'][number];

export function subtitleOf(element: LabElement): string {
  switch (element.kind) {
    case 'node':
      return `Node, ${element.role}`;
    case 'pod':
      return `Pod in ${element.namespace}, ${element.status}`;
    case 'service':
      return `Service in ${element.namespace}, ${element.type}`;
    case 'slice':
      return `EndpointSlice in ${element.namespace}`;
    case 'deployment':
      return `Deployment in ${element.namespace}`;
    case 'replicaset':
      return `ReplicaSet in ${element.namespace}`;
    case 'namespace':
      return 'Namespace';
    case 'outside':
      return 'Host outside the cluster';
    case 'router':
      return 'Router';
    case 'lan':
      return 'Network between the nodes';
  }
}

/** In a recorded cluster all are machines: there are no objects that say more of them. */
export function recordedSubtitle(element: LabElement): string {
  if (element.kind === 'node') return 'Node, recorded';
  return element.kind === 'pod' ? `Pod on ${element.node ?? 'no node'}, recorded` : subtitleOf(element);
}

export function recordedFacts(element: LabElement): readonly Row[] {
  if (element.kind !== 'node' && element.kind !== 'pod') return factsOf(element);
  const node = element.kind === 'pod' ? element.node : undefined;
  return [
    ...(element.address === undefined ? [] : [{ name: 'Address', value: element.address }]),
    ...(node === undefined ? [] : [{ name: 'Node', value: node, element: `node/${node}` }]),
    ...interfaceRows(element.id, element.interfaces),
  ];
}

export function factsOf(element: LabElement): readonly Row[] {
  const row = (name: string, value: string | undefined, link?: ElementId): readonly Row[] =>
    value === undefined ? [] : [{ name, value, ...(link !== undefined && { element: link }) }];
  switch (element.kind) {
    case 'node':
      return [
        ...row('Address', element.address),
        ...row('Pod addresses', element.podCIDR),
        ...row('Ready', element.ready ? 'yes' : `no: ${element.notReadyReason ?? 'unknown'}`),
        ...interfaceRows(element.id, element.interfaces),
      ];
    case 'pod':
      return [
        ...row('Address', element.address),
        ...row('Node', element.node, element.node === undefined ? undefined : `node/${element.node}`),
        ...row('Status', element.status),
        ...row('Ready', element.ready ? 'yes' : `no: ${element.notReadyReason ?? 'not yet'}`),
        ...row('Labels', labelText(element.labels)),
        ...element.containers.flatMap(container => row('Container', `${container.name} (${container.image})`)),
        ...row('Made by', element.owner, element.owner),
        ...interfaceRows(element.id, element.interfaces),
      ];
    case 'service':
      return [
        ...row('Cluster IP', element.clusterIP),
        ...element.ports.flatMap(port => row('Port', `${port.port} → ${port.targetPort}/${port.protocol}`)),
        ...row('Selector', element.selector === undefined ? 'none' : labelText(element.selector)),
      ];
    case 'slice':
      return [
        ...row('Service', element.service, element.service),
        ...row('Ports', element.ports.join(', ')),
        ...element.endpoints.flatMap(end => row(end.ready ? 'Endpoint' : 'Endpoint, not ready', end.address, end.pod)),
      ];
    case 'deployment':
    case 'replicaset':
      return [
        ...row('Ready', `${element.ready} of ${element.replicas}`),
        ...row('Made by', element.owner, element.owner),
      ];
    case 'namespace':
      return [];
    case 'outside':
    case 'router':
    case 'lan':
      return [
        ...row('Address', element.address),
        ...row('MTU', String(element.mtu)),
        ...interfaceRows(element.id, element.interfaces),
      ];
  }
}

function interfaceRows(owner: ElementId, interfaces: readonly InterfaceElement[]): readonly Row[] {
  return interfaces.map(device => ({
    name: device.name,
    value: device.addresses.length === 0 ? device.kind : device.addresses.join(', '),
    element: `${owner}#${device.name}`,
  }));
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? 'none' : pairs.join(', ');
}
