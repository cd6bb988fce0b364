// What the inspector shows: facts with links, answers to questions, and the texts that the tools print. Only the
// section that is open is made: it is asked for again whenever something changes.

import type { ElementId, InterfaceElement, LabElement, PodElement } from '../sim/index.ts';
import { factsOf, type Row, recordedFacts, recordedSubtitle, subtitleOf } from './inspectFacts.ts';
import { relatedRows } from './inspectRelated.ts';
import { FACTS, INTERFACE, SECTIONS } from './inspectWords.ts';
import { type LabSession, MAIN_SEAT } from './labSession.ts';
import type { Inspection, InspectionSection, ReachEnd } from './port.ts';
import { reachEnd } from './reach.ts';

/** A section that is not made yet. */
interface Section {
  readonly title: string;
  make(): Promise<InspectionSection> | InspectionSection;
}

/** @param wanted the title of the section to make; without it, or when there is none such, the first */
export async function inspect(session: LabSession, id: ElementId, wanted?: string): Promise<Inspection | undefined> {
  const [owner = '', device] = id.split('#');
  const element = session.lab.elements().get(owner);
  if (element === undefined) return undefined;
  if (device !== undefined) return inspectInterface(session, element, device, wanted);
  const isRecorded = session.lab.kind === 'recorded';
  const subtitle = isRecorded ? recordedSubtitle(element) : subtitleOf(element);
  return opened({ element: owner, title: element.name, subtitle }, sectionsOf(session, element), wanted);
}

async function opened(
  head: Pick<Inspection, 'element' | 'title' | 'subtitle'>,
  sections: readonly Section[],
  wanted: string | undefined,
): Promise<Inspection | undefined> {
  const open = sections.find(({ title }) => title === wanted) ?? sections[0];
  if (open === undefined) return undefined;
  return { ...head, sections: sections.map(({ title }) => title), open: await open.make() };
}

/** A section that shows what a command line prints. */
function printed(session: LabSession, [title, line]: TitledCommand): Section {
  return {
    title,
    make: async () => ({ kind: 'text', title, command: line, text: await session.seat(MAIN_SEAT).print(line) }),
  };
}

const table = (title: string, rows: readonly Row[]): Section => ({
  title,
  make: () => ({ kind: 'facts', title, rows }),
});

function sectionsOf(session: LabSession, element: LabElement): readonly Section[] {
  const { lab } = session;
  const run = runnerOf(element, session);
  const end = reachEnd(lab, element);
  if (lab.kind === 'recorded')
    return [
      table(SECTIONS.summary, recordedFacts(element)),
      ...reachSections(end),
      ...linuxCommands(run ?? '').map(command => printed(session, command)),
    ];
  return [
    table(SECTIONS.summary, [...factsOf(element), ...relatedRows(element, lab.elements(), end)]),
    ...(RAISE_QUESTIONS.includes(element.kind)
      ? [
          {
            title: SECTIONS.why,
            make: () => ({ kind: 'answers' as const, title: SECTIONS.why, answers: lab.why(element.id) }),
          },
        ]
      : []),
    ...reachSections(end),
    ...commandsFor(element, run).map(command => printed(session, command)),
  ];
}

/** Kinds of which the lab can answer questions. */
const RAISE_QUESTIONS: readonly LabElement['kind'][] = [
  'pod',
  'service',
  'slice',
  'deployment',
  'replicaset',
  'node',
  'namespace',
];

const reachSections = (end: ReachEnd | undefined): readonly Section[] =>
  end === undefined ? [] : [{ title: SECTIONS.reach, make: () => ({ kind: 'reach', title: SECTIONS.reach, end }) }];

async function inspectInterface(
  session: LabSession,
  owner: LabElement,
  device: string,
  wanted: string | undefined,
): Promise<Inspection | undefined> {
  const found = 'interfaces' in owner ? owner.interfaces.find(other => other.name === device) : undefined;
  if (found === undefined) return undefined;
  const run = runnerOf(owner, session);
  const sections = [
    table(SECTIONS.interface, interfaceFacts(owner, found)),
    ...(run === undefined ? [] : interfaceCommands(found, run).map(command => printed(session, command))),
  ];
  const head = {
    element: `${owner.id}#${device}`,
    title: device,
    subtitle: INTERFACE.subtitle(found.kind, owner.name),
  };
  return opened(head, sections, wanted);
}

function interfaceFacts(owner: LabElement, device: InterfaceElement): readonly Row[] {
  return [
    { name: FACTS.kind, value: device.kind },
    { name: FACTS.mac, value: device.mac },
    { name: FACTS.mtu, value: String(device.mtu) },
    { name: FACTS.state, value: device.up ? (device.carrier ? INTERFACE.up : INTERFACE.noCarrier) : INTERFACE.down },
    ...device.addresses.map((value): Row => ({ name: FACTS.address, value })),
    ...(device.master === undefined
      ? []
      : [{ name: FACTS.portOf, value: device.master, element: `${owner.id}#${device.master}` }]),
    ...(device.peer === undefined ? [] : [{ name: FACTS.otherEnd, value: device.peer, element: device.peer }]),
    { name: FACTS.on, value: owner.name, element: owner.id },
  ];
}

function interfaceCommands({ name, kind }: InterfaceElement, run: string): readonly TitledCommand[] {
  return [
    [SECTIONS.addresses, `${run}ip -d addr show dev ${name}`],
    [SECTIONS.routes, `${run}ip route show dev ${name}`],
    [SECTIONS.neighbours, `${run}ip neigh show dev ${name}`],
    ...(kind === 'bridge'
      ? [[SECTIONS.fdb, `${run}bridge fdb show br ${name}`] as const]
      : kind === 'vxlan'
        ? [[SECTIONS.fdb, `${run}bridge fdb show dev ${name}`] as const]
        : []),
  ];
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
      // The terminal stands on the last host; the others have no shell.
      return lab.hostNames().at(-1) === element.name ? '' : undefined;
    default:
      return undefined;
  }
}

const inNamespace = (namespace: string): string => (namespace === 'default' ? '' : ` -n ${namespace}`);

type TitledCommand = readonly [string, string];

const linuxCommands = (run: string): readonly TitledCommand[] => [
  ...tableCommands(run),
  [SECTIONS.rules, `${run}iptables-save`],
];

const tableCommands = (run: string): readonly TitledCommand[] => [
  [SECTIONS.addresses, `${run}ip addr`],
  [SECTIONS.routes, `${run}ip route`],
  [SECTIONS.neighbours, `${run}ip neigh`],
  [SECTIONS.listeners, `${run}ss -tuln`],
];

function commandsFor(element: LabElement, run: string | undefined): readonly TitledCommand[] {
  const tables = run === undefined ? [] : tableCommands(run);
  switch (element.kind) {
    case 'node':
      return [
        ...linuxCommands(run ?? ''),
        [SECTIONS.fdb, `${run}bridge fdb`],
        [SECTIONS.conntrack, `${run}conntrack -L`],
        [SECTIONS.nft, `${run}nft list ruleset`],
        [SECTIONS.pods, `kubectl get pods -A -o wide --field-selector spec.nodeName=${element.name}`],
        [SECTIONS.object, `kubectl describe node ${element.name}`],
        [SECTIONS.yaml, `kubectl get node ${element.name} -o yaml`],
      ];
    case 'router':
    case 'outside':
      return tables;
    case 'pod':
      return [
        ...(element.address === undefined ? [] : tables),
        ...podFlows(element),
        ...podLogs(element),
        ...objectCommands('pod', element),
      ];
    case 'service': {
      const label = `-l kubernetes.io/service-name=${element.name}${inNamespace(element.namespace)}`;
      return [[SECTIONS.endpoints, `kubectl get endpointslices ${label}`], ...objectCommands('service', element)];
    }
    case 'slice':
      return objectCommands('endpointslice', element);
    case 'deployment':
    case 'replicaset':
      return objectCommands(element.kind, element);
    case 'namespace':
      return [
        [SECTIONS.pods, `kubectl get pods -o wide -n ${element.name}`],
        [SECTIONS.policies, `kubectl describe networkpolicies -n ${element.name}`],
        [SECTIONS.object, `kubectl describe namespace ${element.name}`],
      ];
    case 'lan':
      return [];
  }
}

/** Its connections, as its node tracks them: a Pod has no rules of its own that would. */
function podFlows({ address, node }: PodElement): readonly TitledCommand[] {
  return address === undefined || node === undefined
    ? []
    : [[SECTIONS.conntrack, `ssh ${node} conntrack -L | grep -w ${address}`]];
}

/** What its containers wrote, once one has started. */
function podLogs({ name, namespace, node }: PodElement): readonly TitledCommand[] {
  const all = `kubectl logs ${name}${inNamespace(namespace)} --all-containers --prefix`;
  return node === undefined ? [] : [['Logs', all]];
}

function objectCommands(
  kind: string,
  { name, namespace }: { readonly name: string; readonly namespace: string },
): readonly TitledCommand[] {
  const where = inNamespace(namespace);
  return [
    [SECTIONS.object, `kubectl describe ${kind} ${name}${where}`],
    [SECTIONS.yaml, `kubectl get ${kind} ${name}${where} -o yaml`],
  ];
}
