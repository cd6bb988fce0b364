// Reads the conditions of a rule: what stands after `-m NAME`.
//
// Read:    iptables-extensions(8).

import { ip } from '../../net/address.ts';
import { mac } from '../../net/mac.ts';
import { ParseError } from '../../runtime/errors.ts';
import { expectOption, oneOf, optionAfter, parseMasked, parseNumber, parsePorts, type Words } from './ruleWords.ts';
import type { AddressType, CtStateName, Match, PortRange, RecentMatch } from './types.ts';

const CT_STATES: readonly CtStateName[] = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED', 'DNAT', 'SNAT'];

const ADDRESS_TYPES: readonly AddressType[] = [
  'LOCAL',
  'UNICAST',
  'BROADCAST',
  'MULTICAST',
  'BLACKHOLE',
  'UNREACHABLE',
  'PROHIBIT',
];

export function parseMatch(name: string, words: Words, matches: Match[]): void {
  switch (name) {
    case 'comment':
      expectOption(words, '--comment');
      matches.push({ kind: 'comment', text: words.next('a text') });
      return;
    case 'tcp':
    case 'udp':
      matches.push(parsePortMatch(name, words));
      return;
    case 'conntrack':
    case 'state':
      parseConntrackMatch(words, matches);
      return;
    case 'mark': {
      const option = optionAfter(words, ['--mark']);
      matches.push({ kind: 'mark', ...parseMasked(words.next('a mark')), negated: option.negated });
      return;
    }
    case 'addrtype':
      matches.push(parseAddressTypeMatch(words));
      return;
    case 'statistic': {
      expectOption(words, '--mode');
      oneOf(['random'], words.next('a mode'), 'mode of statistic');
      expectOption(words, '--probability');
      matches.push(randomMatch(Number(words.next('a probability'))));
      return;
    }
    case 'mac': {
      const option = optionAfter(words, ['--mac-source']);
      matches.push({ kind: 'mac-source', mac: mac(words.next('a MAC address')), negated: option.negated });
      return;
    }
    case 'icmp': {
      const option = optionAfter(words, ['--icmp-type']);
      matches.push({ kind: 'icmp-type', ...parseIcmpType(words.next('an ICMP type')), negated: option.negated });
      return;
    }
    case 'multiport': {
      const option = optionAfter(words, [...Object.keys(MULTIPORT_SIDES)]);
      const side = MULTIPORT_SIDES[option.option] ?? 'either';
      const ranges = words.next('a list of ports').split(',').map(parsePorts);
      matches.push({ kind: 'multiport', side, ranges, negated: option.negated });
      return;
    }
    case 'iprange': {
      const option = optionAfter(words, ['--src-range', '--dst-range']);
      const [first = '', last = first] = words.next('FIRST-LAST').split('-');
      const side = option.option === '--src-range' ? 'source' : 'destination';
      matches.push({ kind: 'iprange', side, first: ip(first), last: ip(last), negated: option.negated });
      return;
    }
    case 'physdev':
      matches.push(parsePhysdevMatch(words));
      return;
    case 'connmark': {
      const option = optionAfter(words, ['--mark']);
      matches.push({ kind: 'connmark', ...parseMasked(words.next('a mark')), negated: option.negated });
      return;
    }
    case 'recent':
      matches.push(parseRecentMatch(words));
      return;
    case 'set': {
      const option = optionAfter(words, ['--match-set']);
      const set = words.next('the name of a set');
      const sides = words.next('"src" or "dst"').split(',');
      matches.push({
        kind: 'set',
        set,
        sides: sides.map(side => oneOf(['src', 'dst'], side, 'side')),
        negated: option.negated,
      });
      return;
    }
    default:
      throw new ParseError(`unknown match "${name}"`);
  }
}

const MULTIPORT_SIDES: Readonly<Record<string, 'source' | 'destination' | 'either'>> = {
  '--sports': 'source',
  '--source-ports': 'source',
  '--dports': 'destination',
  '--destination-ports': 'destination',
  '--ports': 'either',
};

/** Names that iptables knows for types. Source: iptables extensions/libxt_icmp.h. */
const ICMP_NAMES: Readonly<Record<string, string>> = {
  any: '255',
  'echo-reply': '0',
  pong: '0',
  'destination-unreachable': '3',
  'network-unreachable': '3/0',
  'host-unreachable': '3/1',
  'protocol-unreachable': '3/2',
  'port-unreachable': '3/3',
  'fragmentation-needed': '3/4',
  redirect: '5',
  'echo-request': '8',
  ping: '8',
  'time-exceeded': '11',
  'ttl-exceeded': '11',
  'parameter-problem': '12',
};

function parseIcmpType(text: string): { readonly type: number; readonly code?: number } {
  const numbers = /^(\d+)(?:\/(\d+))?$/.exec(ICMP_NAMES[text] ?? text);
  if (numbers === null) throw new ParseError(`unknown ICMP type "${text}"`);
  return { type: Number(numbers[1]), ...(numbers[2] !== undefined && { code: Number(numbers[2]) }) };
}

function parsePhysdevMatch(words: Words): Match {
  const found: { -readonly [Key in keyof PhysdevMatch]: PhysdevMatch[Key] } = { kind: 'physdev' };
  for (let option = words.peekOption(); option !== undefined; option = words.peekOption()) {
    const { option: name, negated } = option;
    if (!name.startsWith('--physdev-')) break;
    words.skip(option);
    if (name === '--physdev-in') found.in = { name: words.next('an interface'), negated };
    else if (name === '--physdev-out') found.out = { name: words.next('an interface'), negated };
    else if (name === '--physdev-is-bridged') found.isBridged = { negated };
    else if (name === '--physdev-is-in') found.isIn = { negated };
    else throw new ParseError(`unknown option "${name}"`);
  }
  return found;
}

type PhysdevMatch = Extract<Match, { kind: 'physdev' }>;

const RECENT_ACTIONS: readonly RecentMatch['action'][] = ['set', 'rcheck', 'update', 'remove'];

function parseRecentMatch(words: Words): Match {
  const found: { -readonly [Key in keyof Omit<RecentMatch, 'action'>]: RecentMatch[Key] } = {
    kind: 'recent',
    list: 'DEFAULT',
    reap: false,
    mask: ip('255.255.255.255'),
    side: 'source',
    negated: false,
  };
  let asked: RecentMatch['action'] | undefined;
  for (let option = words.peekOption(); option !== undefined; option = words.peekOption()) {
    const { option: name } = option;
    const action = RECENT_ACTIONS.find(known => name === `--${known}`);
    if (
      action === undefined &&
      !['--seconds', '--hitcount', '--reap', '--name', '--mask', '--rsource', '--rdest'].includes(name)
    )
      break;
    words.skip(option);
    if (action !== undefined) [asked, found.negated] = [action, option.negated];
    else if (name === '--seconds') found.seconds = parseNumber(words.next('a number of seconds'));
    else if (name === '--hitcount') found.hitcount = parseNumber(words.next('a number of hits'));
    else if (name === '--name') found.list = words.next('the name of a list');
    else if (name === '--mask') found.mask = ip(words.next('a mask'));
    else if (name === '--reap') found.reap = true;
    else found.side = name === '--rsource' ? 'source' : 'destination';
  }
  if (asked === undefined)
    throw new ParseError(`"${RECENT_ACTIONS.map(name => `--${name}`).join('" or "')}" was expected`);
  return { ...found, action: asked };
}

/** The kernel keeps a probability as a 32-bit fraction. Source: iptables extensions/libxt_statistic.c. */
export function randomMatch(probability: number): Match {
  return { kind: 'random', probability: Math.round(probability * 0x8000_0000) / 0x8000_0000 };
}

export function parsePortMatch(protocol: 'tcp' | 'udp', words: Words): Match {
  let source: (PortRange & { negated: boolean }) | undefined;
  let destination: (PortRange & { negated: boolean }) | undefined;
  for (let option = words.peekOption(); option !== undefined; option = words.peekOption()) {
    if (option.option === '--dport' || option.option === '--destination-port') {
      words.skip(option);
      destination = { ...parsePorts(words.next('a port')), negated: option.negated };
    } else if (option.option === '--sport' || option.option === '--source-port') {
      words.skip(option);
      source = { ...parsePorts(words.next('a port')), negated: option.negated };
    } else break;
  }
  return { kind: 'ports', protocol, ...(source && { source }), ...(destination && { destination }) };
}

function parseConntrackMatch(words: Words, matches: Match[]): void {
  const option = optionAfter(words, ['--ctstate', '--state', '--ctdir']);
  if (option.option === '--ctdir') {
    const direction = oneOf(['ORIGINAL', 'REPLY'], words.next('a direction'), 'direction');
    matches.push({ kind: 'ctdir', direction: direction === 'ORIGINAL' ? 'original' : 'reply' });
    return;
  }
  const states = words.next('a list of states').split(',');
  matches.push({
    kind: 'ctstate',
    states: states.map(state => oneOf(CT_STATES, state, 'state')),
    negated: option.negated,
  });
}

function parseAddressTypeMatch(words: Words): Match {
  let source: { type: AddressType; negated: boolean } | undefined;
  let destination: { type: AddressType; negated: boolean } | undefined;
  for (let option = words.peekOption(); option !== undefined; option = words.peekOption()) {
    if (option.option !== '--src-type' && option.option !== '--dst-type') break;
    words.skip(option);
    const wanted = { type: oneOf(ADDRESS_TYPES, words.next('a type'), 'address type'), negated: option.negated };
    if (option.option === '--src-type') source = wanted;
    else destination = wanted;
  }
  return { kind: 'addrtype', ...(source && { source }), ...(destination && { destination }) };
}
