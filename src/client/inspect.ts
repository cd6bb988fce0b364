// What the inspector shows: facts with links, and the texts that the tools print.

import type { ElementId, InterfaceElement, LabElement } from '../sim/index.ts';
import { type LabSession, MAIN_SEAT } from './labSession.ts';
import type { Inspection, InspectionSection } from './port.ts';

type Row = Extract<InspectionSection, { readonly kind: 'facts' }>['rows'][number];

export async function inspect(session: LabSession, id: ElementId): Promise<Inspection | undefined> {
  const [owner = '', device] = id.split('#');
  const element = session.lab.elements().get(owner);
  if (element === undefined) return undefined;
  const command = async (title: string, line: string): Promise<InspectionSection> => ({
    kind: 'text',
    title,
    command: line,
    text: await session.seat(MAIN_SEAT).print(line),
  });
  if (device !== undefined) return inspectInterface(element, device, runnerOf(element, session), command);
  const isRecorded = session.lab.kind === 'recorded';
  const rows = isRecorded ? recordedFacts(element) : factsOf(element);
  const sections: InspectionSection[] = [{ kind: 'facts', title: 'Summary', rows }];
  const run = runnerOf(element, session);
  for (const [title, line] of isRecorded ? linuxCommands(run ?? '') : commandsFor(element, run))
    sections.push(await command(title, line));
  return {
    element: owner,
    title: element.name,
    subtitle: isRecorded ? recordedSubtitle(element) : subtitleOf(element),
    sections,
  };
}

async function inspectInterface(
  owner: LabElement,
  device: string,
  run: string | undefined,
  command: (title: string, line: string) => Promise<InspectionSection>,
): Promise<Inspection | undefined> {
  const found = 'interfaces' in owner ? owner.interfaces.find(other => other.name === device) : undefined;
  if (found === undefined) return undefined;
  const rows: Row[] = [
    { name: 'Kind', value: found.kind },
    { name: 'MAC', value: found.mac },
    { name: 'MTU', value: String(found.mtu) },
    { name: 'State', value: found.up ? (found.carrier ? 'up' : 'up, no carrier') : 'down' },
    ...found.addresses.map((value): Row => ({ name: 'Address', value })),
    ...(found.master === undefined
      ? []
      : [{ name: 'Port of', value: found.master, element: `${owner.id}#${found.master}` }]),
    ...(found.peer === undefined ? [] : [{ name: 'Other end', value: found.peer, element: found.peer }]),
    { name: 'On', value: owner.name, element: owner.id },
  ];
  const sections: InspectionSection[] = [{ kind: 'facts', title: 'Interface', rows }];
  if (run !== undefined) sections.push(await command('Addresses', `${run}ip addr show dev ${device}`));
  return { element: `${owner.id}#${device}`, title: device, subtitle: `${found.kind} on ${owner.name}`, sections };
}

/** What stands before a Linux tool to run it there; undefined where there is no shell. */
function runnerOf(element: LabElement, { lab }: LabSession): string | undefined {
  if (lab.kind === 'recorded') return `ssh ${element.name} `;
  switch (element.kind) {
    case 'node':
    case 'router':
      return `ssh ${element.name} `;
    case 'pod':
      return `kubectl exec ${element.name}${inNamespace(element.namespace)} -- `;
    case 'outside':
      return '';
    default:
      return undefined;
  }
}

const inNamespace = (namespace: string): string => (namespace === 'default' ? '' : ` -n ${namespace}`);

type TitledCommand = readonly [string, string];

function linuxCommands(run: string): readonly TitledCommand[] {
  return [...tableCommands(run), ['iptables', `${run}iptables-save`]];
}

const tableCommands = (run: string): readonly TitledCommand[] => [
  ['Addresses', `${run}ip addr`],
  ['Routes', `${run}ip route`],
  ['Neighbours', `${run}ip neigh`],
];

function commandsFor(element: LabElement, run = ''): readonly TitledCommand[] {
  const linux = tableCommands(run);
  switch (element.kind) {
    case 'node':
      return [...linuxCommands(run), ['Object', `kubectl describe node ${element.name}`]];
    case 'router':
      return linux;
    case 'pod': {
      const object = [
        ['Object', `kubectl describe pod ${element.name}${inNamespace(element.namespace)}`],
        ['YAML', `kubectl get pod ${element.name}${inNamespace(element.namespace)} -o yaml`],
      ] as const;
      return element.address === undefined ? object : [...linux, ...object];
    }
    case 'service': {
      const where = inNamespace(element.namespace);
      return [
        ['Object', `kubectl describe service ${element.name}${where}`],
        ['Endpoints', `kubectl get endpointslices -l kubernetes.io/service-name=${element.name}${where}`],
        ['YAML', `kubectl get service ${element.name}${where} -o yaml`],
      ];
    }
    case 'slice':
    case 'deployment':
    case 'replicaset': {
      const kind = element.kind === 'slice' ? 'endpointslice' : element.kind;
      const where = inNamespace(element.namespace);
      return [
        ['Object', `kubectl describe ${kind} ${element.name}${where}`],
        ['YAML', `kubectl get ${kind} ${element.name}${where} -o yaml`],
      ];
    }
    case 'namespace':
      return [['Object', `kubectl describe namespace ${element.name}`]];
    case 'outside':
    case 'lan':
      return [];
  }
}

function subtitleOf(element: LabElement): string {
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
function recordedSubtitle(element: LabElement): string {
  if (element.kind === 'node') return 'Node, recorded';
  return element.kind === 'pod' ? `Pod on ${element.node ?? 'no node'}, recorded` : subtitleOf(element);
}

function recordedFacts(element: LabElement): readonly Row[] {
  if (element.kind !== 'node' && element.kind !== 'pod') return factsOf(element);
  const node = element.kind === 'pod' ? element.node : undefined;
  return [
    ...(element.address === undefined ? [] : [{ name: 'Address', value: element.address }]),
    ...(node === undefined ? [] : [{ name: 'Node', value: node, element: `node/${node}` }]),
    ...interfaceRows(element.id, element.interfaces),
  ];
}

function factsOf(element: LabElement): readonly Row[] {
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
