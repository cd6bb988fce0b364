// Random choices as iptables-save text of one node.

import type { AddressChoice, Layout, ServiceChoice } from './labChoices.ts';
import type { ActionChoice, MatchChoice, Place, RuleChoice } from './ruleChoices.ts';

/** What rules of a node name. */
export interface Names {
  readonly layout: Layout;
  readonly addressOf: (choice: AddressChoice) => string;
  /** The Pods' range of the node of an address. */
  readonly rangeOf: (choice: AddressChoice) => string;
  /** The MAC address of the Pod, or the node, that an address is near. */
  readonly macOf: (choice: AddressChoice) => string;
  /** The node's end of the cable of a Pod that it has, or its uplink. */
  readonly portOf: (choice: AddressChoice) => string;
}

export const ALL_PODS = '10.244.0.0/16';
export const SET_NAME = 'SOME-PODS';
export const PORT_SET_NAME = 'SOME-PORTS';
const CONNECTION_MARK = '0x1/0x1';
const MARK = '0x4000/0x4000';

const CHAINS = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
} as const;
const OWN_CHAINS: Readonly<Record<string, readonly string[]>> = { filter: ['USER'], nat: ['SERVICES'] };

export interface NodeRules {
  readonly rules: readonly RuleChoice[];
  readonly services: readonly ServiceChoice[];
  readonly natOutgoing: 'yes' | 'no';
}

export function rulesText(names: Names, { rules, services, natOutgoing }: NodeRules): string {
  const usual: Readonly<Record<string, readonly string[]>> = {
    nat: [
      '-A PREROUTING -j SERVICES',
      '-A OUTPUT -j SERVICES',
      ...services.flatMap((service, i) => serviceLines(names, service, i)),
      `-A POSTROUTING -m mark --mark ${MARK} -j MASQUERADE`,
      ...(natOutgoing === 'yes' ? [`-A POSTROUTING -s ${ALL_PODS} ! -d ${ALL_PODS} -j MASQUERADE`] : []),
    ],
  };
  return (['raw', 'mangle', 'nat', 'filter'] as const)
    .map(table => {
      const drawn = (end: 'first' | 'last'): readonly string[] =>
        rules.filter(rule => rule.place.table === table && rule.end === end).map(rule => ruleLine(names, rule));
      const lines = [...drawn('first'), ...(usual[table] ?? []), ...drawn('last')];
      if (lines.length === 0) return '';
      const own = (OWN_CHAINS[table] ?? []).map(chain => `:${chain} - [0:0]`);
      const base = CHAINS[table].map(chain => `:${chain} ACCEPT [0:0]`);
      return [`*${table}`, ...base, ...own, ...lines, 'COMMIT', ''].join('\n');
    })
    .join('');
}

/** Like kube-proxy, in short: port 80 of 10.96.0.N goes to one backend. */
function serviceLines(
  { addressOf }: Names,
  { backend, port, masquerade }: ServiceChoice,
  i: number,
): readonly string[] {
  const address = addressOf(
    backend.kind === 'service' || backend.kind === 'own' ? { ...backend, kind: 'pod' } : backend,
  );
  return ['tcp', 'udp'].flatMap(protocol => {
    const head = `-A SERVICES -d ${serviceAddress(i)}/32 -p ${protocol} -m ${protocol} --dport 80`;
    const source = { none: undefined, all: '', outside: `! -s ${ALL_PODS} `, hairpin: `-s ${address}/32 ` }[masquerade];
    const marking =
      source === undefined
        ? []
        : [`${head.replace('-A SERVICES ', `-A SERVICES ${source}`)} -j MARK --set-xmark ${MARK}`];
    return [...marking, `${head} -j DNAT --to-destination ${address}:${port}`];
  });
}

export const serviceAddress = (i: number): string => `10.96.0.${10 + i}`;

function ruleLine(names: Names, { place, matches, action }: RuleChoice): string {
  const words = new Map<string, string>();
  // iptables takes each option once.
  for (const match of matches)
    if (!words.has(optionOf(match))) words.set(optionOf(match), matchText(names, place, match));
  const protocol = protocolOf(matches);
  const parts = [...words.values()].filter(word => word !== '');
  const wanted = actionText(names, place, action, protocol);
  const isOfTcp = wanted.includes('tcp-reset');
  const done = isOfTcp && protocol !== undefined && protocol !== 'tcp' ? '-j ACCEPT' : wanted;
  const needsProtocol = isOfTcp && protocol === undefined ? ['-p tcp'] : [];
  return [`-A ${place.chain}`, ...needsProtocol, ...parts, done].filter(word => word !== '').join(' ');
}

/** The protocol that the rule asks for: the first match that does. */
function protocolOf(matches: readonly MatchChoice[]): 'tcp' | 'udp' | 'icmp' | undefined {
  for (const match of matches) {
    if (match.kind === 'protocol' || match.kind === 'ports') return match.protocol;
    if (match.kind === 'icmp') return 'icmp';
  }
  return undefined;
}

function optionOf(match: MatchChoice): string {
  if (match.kind === 'ports' || match.kind === 'icmp') return 'protocol';
  return match.kind === 'device' ? `${match.kind} ${match.way}` : match.kind;
}

function matchText(names: Names, place: Place, match: MatchChoice): string {
  switch (match.kind) {
    case 'source':
    case 'destination': {
      const { address, width } = match.of;
      const range = { one: `${names.addressOf(address)}/32`, node: names.rangeOf(address), all: ALL_PODS }[width];
      return `${match.not}${match.kind === 'source' ? '-s' : '-d'} ${range}`;
    }
    case 'device':
      return deviceText(names, place, match);
    case 'protocol': {
      const { protocol, port } = match;
      if (protocol === 'icmp' || port === undefined) return `-p ${protocol}`;
      return `-p ${protocol} -m ${protocol} --dport ${port}`;
    }
    case 'state':
      // Nothing is tracked yet.
      return place.table === 'raw' ? '' : `-m conntrack ${match.not}--ctstate ${match.states}`;
    case 'mark':
      return `-m mark ${match.not}--mark ${MARK}`;
    case 'type':
      return `-m addrtype ${match.not}--${match.side}-type ${match.type}`;
    case 'set':
      return `-m set ${match.not}--match-set ${match.side.includes(',') ? PORT_SET_NAME : SET_NAME} ${match.side}`;
    case 'ports':
      return `-p ${match.protocol} -m multiport ${match.not}${match.list}`;
    case 'icmp':
      return `-p icmp -m icmp ${match.not}--icmp-type ${match.type}`;
    case 'range':
      return `-m iprange ${match.not}--${match.side}-range 10.244.1.2-10.244.2.2`;
    case 'direction':
      return place.table === 'raw' ? '' : `-m conntrack --ctdir ${match.way}`;
    case 'connmark':
      return place.table === 'raw' ? '' : `-m connmark ${match.not}--mark ${CONNECTION_MARK}`;
    case 'mac':
      // Of packets that came in by a cable.
      return place.chain === 'OUTPUT' || place.chain === 'POSTROUTING'
        ? ''
        : `-m mac ${match.not}--mac-source ${names.macOf(match.of)}`;
    case 'physical':
      return physicalText(names, place, match);
    case 'recent':
      return `-m recent ${match.not}--${match.action} --name SEEN --r${match.side}`;
  }
}

/** The port that a bridged frame leaves by is known in FORWARD and POSTROUTING only, and only there may be asked. */
function physicalText(
  { portOf }: Names,
  { chain }: Place,
  { end, of, not }: Extract<MatchChoice, { readonly kind: 'physical' }>,
): string {
  const knowsOut = chain === 'FORWARD' || chain === 'POSTROUTING' || chain === 'USER';
  if (end === 'in') return chain === 'OUTPUT' ? '' : `-m physdev ${not}--physdev-in ${portOf(of)}`;
  if (!knowsOut) return '';
  return end === 'out' ? `-m physdev ${not}--physdev-out ${portOf(of)}` : `-m physdev ${not}--physdev-is-bridged`;
}

function deviceText(
  { layout }: Names,
  { chain }: Place,
  { name, way, not }: Extract<MatchChoice, { readonly kind: 'device' }>,
): string {
  const hasIn = chain !== 'OUTPUT' && chain !== 'POSTROUTING';
  const hasOut = chain !== 'PREROUTING' && chain !== 'INPUT';
  if (way === 'in' ? !hasIn : !hasOut) return '';
  const devices = { eth0: 'eth0', bridge: layout === 'routed' ? 'eth0' : 'cni0', ports: 'veth+' };
  return `${not}${way === 'in' ? '-i' : '-o'} ${devices[name]}`;
}

function actionText(names: Names, place: Place, action: ActionChoice, protocol: string | undefined): string {
  const { table, chain } = place;
  switch (action.kind) {
    case 'accept':
      return '-j ACCEPT';
    case 'return':
      return '-j RETURN';
    case 'none':
      return '';
    case 'log':
      return '-j LOG';
    case 'redirect': {
      const translates = table === 'nat' && (chain === 'PREROUTING' || chain === 'OUTPUT');
      const hasPort = action.port !== undefined && (protocol === 'tcp' || protocol === 'udp');
      return translates ? `-j REDIRECT${hasPort ? ` --to-ports ${action.port}` : ''}` : '-j ACCEPT';
    }
    case 'connmark':
      if (table === 'raw') return '-j ACCEPT';
      if (action.what === 'set') return `-j CONNMARK --set-xmark ${CONNECTION_MARK}`;
      return `-j CONNMARK --${action.what}-mark --nfmask 0xffffffff --ctmask 0xffffffff`;
    case 'drop':
      return table === 'nat' ? '-j ACCEPT' : '-j DROP';
    case 'mark':
      return table === 'raw' ? '-j ACCEPT' : `-j MARK --set-xmark ${MARK}`;
    case 'unmark':
      return table === 'raw' ? '-j ACCEPT' : '-j MARK --set-xmark 0x0/0x4000';
    case 'notrack':
      return table === 'raw' ? '-j NOTRACK' : '-j ACCEPT';
    case 'jump':
      return table === 'filter' && chain !== 'USER' ? '-j USER' : '-j RETURN';
    case 'goto':
      return table === 'filter' && chain !== 'USER' ? '-g USER' : '-j RETURN';
    case 'reject': {
      if (table !== 'filter') return '-j ACCEPT';
      const kind =
        action.with === 'tcp-reset' && protocol !== undefined && protocol !== 'tcp'
          ? 'icmp-port-unreachable'
          : action.with;
      return `-j REJECT --reject-with ${kind}`;
    }
    case 'masquerade':
      return table === 'nat' && chain === 'POSTROUTING' ? '-j MASQUERADE' : '-j ACCEPT';
    case 'translate':
      return translationText(names, place, action, protocol);
  }
}

function translationText(
  names: Names,
  { table, chain }: Place,
  { to, port }: Extract<ActionChoice, { readonly kind: 'translate' }>,
  protocol: string | undefined,
): string {
  if (table !== 'nat') return '-j ACCEPT';
  const address = names.addressOf(to);
  const withPort = port !== undefined && (protocol === 'tcp' || protocol === 'udp') ? `${address}:${port}` : address;
  if (chain === 'PREROUTING' || chain === 'OUTPUT') return `-j DNAT --to-destination ${withPort}`;
  return `-j SNAT --to-source ${address}`;
}
