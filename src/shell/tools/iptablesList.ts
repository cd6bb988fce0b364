// iptables -L: the rules of a table in columns, as iptables 1.8.9 (nf_tables) prints them.
//
// Omits:   counters (always 0: the lab counts no packets of rules), names of addresses.
// Read:    iptables 1.8.9 iptables/nft-shared.c, nft-ipv4.c; the print functions of its extensions.

import { type Match, PROTOCOL_NUMBERS, type Rule, renderMatch, type Target } from '../../sim/index.ts';
import { serviceName } from './services.ts';

export interface ListFormat {
  /** `-n`: numbers in the place of names. */
  readonly names: 'numeric' | 'named';
  /** `-v`: counters and interfaces. */
  readonly detail: 'plain' | 'verbose';
  /** `-x`: room for whole counters. */
  readonly counters: 'short' | 'exact';
  readonly lineNumbers: 'numbered' | 'plain';
}

/** A chain as it is listed: with the number of rules that lead to it. */
export interface ListedChain {
  readonly name: string;
  readonly policy: 'ACCEPT' | 'DROP' | undefined;
  readonly rules: readonly Rule[];
  readonly references: number;
}

export function chainText(chain: ListedChain, format: ListFormat): string {
  const packets = format.detail === 'verbose' ? ' 0 packets, 0 bytes' : '';
  const about = chain.policy === undefined ? `${chain.references} references` : `policy ${chain.policy}${packets}`;
  const lines = chain.rules.map((rule, i) => ruleLine(rule, i + 1, format));
  return [`Chain ${chain.name} (${about})`, header(format), ...lines].map(line => `${line}\n`).join('');
}

function header({ detail, counters, lineNumbers }: ListFormat): string {
  const number = lineNumbers === 'numbered' ? 'num  ' : '';
  const counts = detail === 'plain' ? '' : counters === 'exact' ? '    pkts      bytes ' : ' pkts bytes ';
  const via = detail === 'plain' ? '' : ` ${'in'.padEnd(6)} ${'out'.padEnd(6)} `;
  return `${number}${counts}${'target'.padEnd(9)}  prot opt${via} ${'source'.padEnd(19)}  ${'destination'.padEnd(19)} `;
}

/** One rule, without its newline. */
export function ruleLine(rule: Rule, number: number, format: ListFormat): string {
  const of = <K extends Match['kind']>(kind: K): Extract<Match, { kind: K }> | undefined =>
    rule.matches.find((match): match is Extract<Match, { kind: K }> => match.kind === kind);
  const bang = (match: { readonly negated: boolean } | undefined): string => (match?.negated === true ? '!' : '');
  const numbered = format.lineNumbers === 'numbered' ? `${String(number).padEnd(4)} ` : '';
  const counts = format.detail === 'plain' ? '' : format.counters === 'exact' ? '       0        0 ' : '    0     0 ';
  const any = format.names === 'numeric' ? '*' : 'any';
  const device = (match: { readonly name: string; readonly negated: boolean } | undefined): string =>
    match === undefined ? any : `${bang(match)}${match.name}`;
  const via =
    format.detail === 'plain'
      ? ''
      : ` ${device(of('in-interface')).padEnd(6)} ${device(of('out-interface')).padEnd(6)} `;
  const address = (match: { readonly prefix: string; readonly negated: boolean } | undefined): string =>
    `${bang(match) || ' '}${addressText(match?.prefix, format).padEnd(19)}`;
  const protocol = of('protocol');
  const goto = rule.target.kind === 'goto' ? '[goto] ' : '';
  const words = [...rule.matches.map(match => matchText(match, format)), targetText(rule.target, format)];
  const rest = words
    .filter(word => word !== '')
    .map(word => ` ${word}`)
    .join('');
  return `${numbered}${counts}${targetName(rule.target).padEnd(9)} ${bang(protocol) || ' '}${protocolText(protocol, format).padEnd(4)} -- ${via}${address(of('source'))} ${address(of('destination'))} ${goto}${rest}`;
}

function addressText(range: string | undefined, { names }: ListFormat): string {
  if (range === undefined || range === '0.0.0.0/0') return names === 'numeric' ? '0.0.0.0/0' : 'anywhere';
  return range.replace(/\/32$/, '');
}

function protocolText(match: Extract<Match, { kind: 'protocol' }> | undefined, { names }: ListFormat): string {
  if (match === undefined) return names === 'numeric' ? '0' : 'all';
  if (names === 'numeric') return String(PROTOCOL_NUMBERS[match.protocol]);
  return match.protocol === 'ipip' ? 'ipencap' : match.protocol;
}

function targetName(target: Target): string {
  switch (target.kind) {
    case 'jump':
    case 'goto':
      return target.chain;
    case 'none':
      return '';
    case 'NOTRACK':
      return 'CT';
    default:
      return target.kind;
  }
}

function targetText(target: Target, { names }: ListFormat): string {
  switch (target.kind) {
    case 'REJECT':
      return `reject-with ${target.with}`;
    case 'DNAT':
    case 'SNAT':
      return `to:${target.text}`;
    case 'MASQUERADE':
      return target.randomFully ? 'random-fully' : '';
    case 'NOTRACK':
      return 'NOTRACK';
    case 'MARK':
      return `MARK ${markText(target.value, target.mask)}`;
    case 'CONNMARK':
      if (target.action === 'set') return `CONNMARK ${markText(target.value, target.mask)}`;
      return `CONNMARK ${target.action}${target.mask === 0xffffffff ? '' : ` mask 0x${target.mask.toString(16)}`}`;
    case 'REDIRECT':
      return target.port === undefined ? '' : `redir ports ${target.port}`;
    case 'LOG': {
      const level = names === 'numeric' ? 'flags 0 level 4' : 'level warn';
      return `LOG ${level}${target.prefix === undefined ? '' : ` prefix "${target.prefix}"`}`;
    }
    default:
      return '';
  }
}

/** Source: extensions/libxt_MARK.c, `mark_tg_print`. */
function markText(value: number, mask: number): string {
  const hex = (number: number): string => `0x${number.toString(16)}`;
  if (value === 0) return `and ${hex(~mask >>> 0)}`;
  if (value === mask) return `or ${hex(value)}`;
  if (mask === 0) return `xor ${hex(value)}`;
  return mask === 0xffffffff ? `set ${hex(value)}` : `xset ${hex(value)}/${hex(mask)}`;
}

/** The order in which iptables names states. Source: extensions/libxt_conntrack.c, `print_state`. */
const STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
const RECENT_WORDS = { set: 'SET', rcheck: 'CHECK', update: 'UPDATE', remove: 'REMOVE' } as const;

function portText(number: number, protocol: 'tcp' | 'udp', { names }: ListFormat): string {
  return names === 'numeric' ? String(number) : (serviceName(number, protocol) ?? String(number));
}

/** Names of types, with their codes. Source: extensions/libxt_icmp.h. */
const ICMP_NAMES: Readonly<Record<string, string>> = {
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '3/0': 'network-unreachable',
  '3/1': 'host-unreachable',
  '3/2': 'protocol-unreachable',
  '3/3': 'port-unreachable',
  '3/4': 'fragmentation-needed',
  '5': 'redirect',
  '8': 'echo-request',
  '11': 'time-exceeded',
  '12': 'parameter-problem',
  '255': 'any',
};

function icmpText({ type, code, negated }: Extract<Match, { kind: 'icmp-type' }>, { names }: ListFormat): string {
  const bang = negated ? '!' : '';
  const name = ICMP_NAMES[code === undefined ? String(type) : `${type}/${code}`];
  if (names === 'named' && name !== undefined) return `icmp ${bang}${name}`;
  return `icmp${negated ? ' !' : ''}type ${type}${code === undefined ? '' : ` code ${code}`}`;
}

function matchText(match: Match, format: ListFormat): string {
  switch (match.kind) {
    case 'source':
    case 'destination':
    case 'in-interface':
    case 'out-interface':
    case 'protocol':
      return '';
    case 'comment':
      return `/* ${match.text} */`;
    case 'ports': {
      const port = (number: number): string => portText(number, match.protocol, format);
      const part = (word: string, ports: typeof match.source): string => {
        if (ports === undefined) return '';
        const bang = ports.negated ? '!' : '';
        return ports.first === ports.last
          ? ` ${word}pt:${bang}${port(ports.first)}`
          : ` ${word}pts:${bang}${port(ports.first)}:${port(ports.last)}`;
      };
      return `${match.protocol}${part('s', match.source)}${part('d', match.destination)}`;
    }
    case 'ctstate':
      return `${match.negated ? '! ' : ''}ctstate ${STATES.filter(state => match.states.some(other => other === state)).join(',')}`;
    case 'ctdir':
      return `ctdir ${match.direction.toUpperCase()}`;
    case 'mark': {
      const mask = match.mask === 0xffffffff ? '' : `/0x${match.mask.toString(16)}`;
      return `mark match ${match.negated ? '! ' : ''}0x${match.value.toString(16)}${mask}`;
    }
    case 'addrtype': {
      const part = (word: string, wanted: typeof match.source): string =>
        wanted === undefined ? '' : ` ${word} ${wanted.negated ? '!' : ''}${wanted.type}`;
      return `ADDRTYPE match${part('src-type', match.source)}${part('dst-type', match.destination)}`;
    }
    case 'random':
      return `statistic mode random probability ${match.probability.toFixed(11)}`;
    case 'mac-source':
      return `MAC ${match.negated ? '! ' : ''}${match.mac}`;
    case 'icmp-type':
      return icmpText(match, format);
    case 'multiport': {
      const option = { source: 'sports', destination: 'dports', either: 'ports' }[match.side];
      const port = (number: number): string => portText(number, 'tcp', format);
      const ranges = match.ranges.map(({ first, last }) =>
        first === last ? port(first) : `${port(first)}:${port(last)}`,
      );
      return `multiport ${option} ${match.negated ? ' !' : ''}${ranges.join(',')}`;
    }
    case 'iprange':
      return `${match.side} IP range ${match.negated ? '! ' : ''}${match.first}-${match.last}`;
    case 'physdev':
      return renderMatch(match).replace('-m physdev', 'PHYSDEV match');
    case 'connmark': {
      const mask = match.mask === 0xffffffff ? '' : `/0x${match.mask.toString(16)}`;
      return `connmark match ${match.negated ? '!' : ''} 0x${match.value.toString(16)}${mask}`;
    }
    case 'recent': {
      const seconds = match.seconds === undefined ? '' : ` seconds: ${match.seconds}`;
      const hits = match.hitcount === undefined ? '' : ` hit_count: ${match.hitcount}`;
      const side = match.side === 'source' ? 'source' : 'dest';
      return `${match.negated ? '! ' : ''}recent: ${RECENT_WORDS[match.action]}${seconds}${match.reap ? ' reap' : ''}${hits} name: ${match.list} side: ${side} mask: ${match.mask}`;
    }
    case 'set':
      return `match-set ${match.negated ? '! ' : ''}${match.set} ${match.sides.join(',')}`;
  }
}
