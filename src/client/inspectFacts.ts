// What the page says of an element in a table: its facts, each with what it leads to.

import type { ElementId, InterfaceElement, LabElement } from '../sim/index.ts';
import { FACTS, RECORDED, SUBTITLES, VALUES } from './inspectWords.ts';
import type { InspectionSection } from './port.ts';

export type Row = Extract<InspectionSection, { readonly kind: 'facts' }>['rows'][number];

export function subtitleOf<Kind extends LabElement['kind']>(
  element: Extract<LabElement, { readonly kind: Kind }>,
): string {
  return SUBTITLES[element.kind](element);
}

/** In a recorded cluster all are machines: there are no objects that say more of them. */
export function recordedSubtitle(element: LabElement): string {
  if (element.kind === 'node') return RECORDED.node;
  return element.kind === 'pod' ? RECORDED.pod(element.node ?? RECORDED.noNode) : subtitleOf(element);
}

export function recordedFacts(element: LabElement): readonly Row[] {
  if (element.kind !== 'node' && element.kind !== 'pod') return factsOf(element);
  const node = element.kind === 'pod' ? element.node : undefined;
  return [
    ...(element.address === undefined ? [] : [{ name: FACTS.address, value: element.address }]),
    ...(node === undefined ? [] : [{ name: FACTS.node, value: node, element: `node/${node}` }]),
    ...interfaceRows(element.id, element.interfaces),
  ];
}

export function factsOf(element: LabElement): readonly Row[] {
  const row = (name: string, value: string | undefined, link?: ElementId): readonly Row[] =>
    value === undefined ? [] : [{ name, value, ...(link !== undefined && { element: link }) }];
  switch (element.kind) {
    case 'node':
      return [
        ...row(FACTS.address, element.address),
        ...row(FACTS.podAddresses, element.podCIDR),
        ...row(FACTS.ready, element.ready ? VALUES.yes : VALUES.no(element.notReadyReason ?? VALUES.unknown)),
        ...(element.labels === undefined ? [] : row(FACTS.labels, labelText(element.labels))),
        ...interfaceRows(element.id, element.interfaces),
      ];
    case 'pod':
      return [
        ...row(FACTS.address, element.address),
        ...row(FACTS.node, element.node, element.node === undefined ? undefined : `node/${element.node}`),
        ...namespaceRow(element),
        ...row(FACTS.status, element.status),
        ...row(FACTS.ready, element.ready ? VALUES.yes : VALUES.no(element.notReadyReason ?? VALUES.notYet)),
        ...row(FACTS.labels, labelText(element.labels)),
        ...(element.initContainers ?? []).flatMap(one => row(FACTS.initContainer, `${one.name} (${one.image})`)),
        ...element.containers.flatMap(one => row(FACTS.container, `${one.name} (${one.image})`)),
        ...ownerRow(element),
        ...interfaceRows(element.id, element.interfaces),
        ...(element.hostNetwork && element.node !== undefined
          ? row(FACTS.network, VALUES.hostNetwork(element.node), `node/${element.node}`)
          : []),
      ];
    case 'service':
      return [
        ...row(FACTS.clusterIP, element.clusterIP === 'None' ? VALUES.headless : element.clusterIP),
        ...namespaceRow(element),
        ...element.ports.flatMap(port => row(FACTS.port, portText(port))),
        ...row(FACTS.selector, element.selector === undefined ? VALUES.none : labelText(element.selector)),
      ];
    case 'slice':
      return [
        ...row(FACTS.service, nameOf(element.service), element.service),
        ...namespaceRow(element),
        ...row(FACTS.ports, element.ports.join(', ')),
      ];
    case 'deployment':
    case 'replicaset':
      return [
        ...row(FACTS.ready, VALUES.of(element.ready, element.replicas)),
        ...namespaceRow(element),
        ...ownerRow(element),
      ];
    case 'namespace':
      return [];
    case 'outside':
    case 'router':
    case 'lan':
      return [
        ...row(FACTS.address, element.address),
        ...row(FACTS.mtu, String(element.mtu)),
        ...interfaceRows(element.id, element.interfaces),
      ];
  }
}

const namespaceRow = ({ namespace }: { readonly namespace: string }): readonly Row[] => [
  { name: FACTS.namespace, value: namespace, element: `ns/${namespace}` },
];

/** The last part of an id. */
const nameOf = (id: ElementId | undefined): string | undefined => id?.slice(id.lastIndexOf('/') + 1);

/** Kinds of owners, by the word in an id. Those without an element of their own are shown by kubectl. */
const OWNER_KINDS: Readonly<Record<string, string>> = {
  rs: FACTS.replicaSet,
  deploy: FACTS.deployment,
  statefulset: FACTS.statefulSet,
  daemonset: FACTS.daemonSet,
  job: FACTS.job,
  replicationcontroller: FACTS.replicationController,
};

function ownerRow({ owner }: { readonly owner?: ElementId }): readonly Row[] {
  if (owner === undefined) return [];
  const [kind = '', namespace = '', name = ''] = owner.split('/');
  const where = namespace === 'default' ? '' : ` -n ${namespace}`;
  return [
    {
      name: FACTS.madeBy,
      value: `${OWNER_KINDS[kind] ?? kind} ${name}`,
      element: owner,
      command: `kubectl describe ${kind} ${name}${where}`,
    },
  ];
}

/** `80 → 8080/TCP, node port 30080` */
function portText(port: Extract<LabElement, { kind: 'service' }>['ports'][number]): string {
  const { name, port: number, targetPort, protocol, nodePort } = port;
  const at = nodePort === undefined ? '' : VALUES.nodePort(nodePort);
  return `${name === undefined ? '' : `${name} `}${number} → ${targetPort}/${protocol}${at}`;
}

function interfaceRows(owner: ElementId, interfaces: readonly InterfaceElement[]): readonly Row[] {
  return interfaces.map(device => ({
    name: device.name,
    value: device.addresses.length === 0 ? withoutAddress(device) : device.addresses.join(', '),
    element: `${owner}#${device.name}`,
  }));
}

/** What it is, and of a cable whose end is elsewhere: a node has one for each of its Pods. */
function withoutAddress({ kind, peer }: InterfaceElement): string {
  const other = nameOf(peer?.split('#')[0]);
  return other === undefined ? kind : VALUES.cableTo(kind, other);
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? VALUES.none : pairs.join(', ');
}
