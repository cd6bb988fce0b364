// Reads one rule in the language of iptables: `-d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j KUBE-SVC-...`.
//
// Only what the model has is read. An option that it does not know is an error, never a guess.
//
// Read:    iptables(8), iptables-extensions(8).

import { ip, prefix } from '../../net/address.ts';
import { mac } from '../../net/mac.ts';
import { ParseError } from '../../runtime/errors.ts';
import type { AddressType, CtStateName, Match, PortRange, RecentMatch, RejectWith, Rule, Target } from './types.ts';

/** Splits a line as the shell does: blanks separate, double quotes hold together, backslash escapes inside them. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] ?? '';
    if (quoted && c === '\\' && i + 1 < line.length) word = (word ?? '') + (line[++i] ?? '');
    else if (c === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (!quoted && (c === ' ' || c === '\t')) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + c;
  }
  if (quoted) throw new ParseError('a closing quote was expected');
  if (word !== undefined) words.push(word);
  return words;
}

/** The words of one rule, taken one after the other. */
class Words {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  get done(): boolean {
    return this.#at >= this.#words.length;
  }

  next(expected: string): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new ParseError(`${expected} was expected at the end of the line`);
    return word;
  }

  /** Takes the next word if it is this one. */
  take(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  /** The word after `!`, or the next word: an option that may be negated. */
  peekOption(): { readonly option: string; readonly negated: boolean } | undefined {
    const first = this.#words[this.#at];
    if (first === undefined) return undefined;
    if (first !== '!') return { option: first, negated: false };
    const second = this.#words[this.#at + 1];
    return second === undefined ? undefined : { option: second, negated: true };
  }

  /** The option was not meant to be taken yet. */
  back(option: { readonly negated: boolean }): void {
    this.#at -= option.negated ? 2 : 1;
  }

  skip(option: { readonly negated: boolean }): void {
    this.#at += option.negated ? 2 : 1;
  }
}

/**
 * Reads the words after `-A CHAIN`.
 * @throws ParseError that names the option and what was expected
 */
export function parseRule(line: string): Rule {
  return parseRuleWords(splitWords(line));
}

/** The same for words that a shell has split already. */
export function parseRuleWords(rule: readonly string[]): Rule {
  const words = new Words(rule);
  const matches: Match[] = [];
  let target: Target = { kind: 'none' };
  while (!words.done) {
    const option = words.peekOption();
    if (option === undefined) throw new ParseError('an option was expected after "!"');
    words.skip(option);
    switch (option.option) {
      case '-s':
      case '--source':
        matches.push({ kind: 'source', prefix: prefix(words.next('an address')), negated: option.negated });
        break;
      case '-d':
      case '--destination':
        matches.push({ kind: 'destination', prefix: prefix(words.next('an address')), negated: option.negated });
        break;
      case '-i':
      case '--in-interface':
        matches.push({ kind: 'in-interface', name: words.next('an interface'), negated: option.negated });
        break;
      case '-o':
      case '--out-interface':
        matches.push({ kind: 'out-interface', name: words.next('an interface'), negated: option.negated });
        break;
      case '-p':
      case '--protocol':
        matches.push({ kind: 'protocol', protocol: parseProtocol(words.next('a protocol')), negated: option.negated });
        break;
      case '-m':
      case '--match':
        parseMatch(words.next('the name of a match'), words, matches);
        break;
      case '-j':
      case '--jump':
        target = parseTarget(words.next('a target'), words);
        break;
      case '-g':
      case '--goto':
        target = { kind: 'goto', chain: words.next('a chain') };
        break;
      case '--dport':
      case '--destination-port':
      case '--sport':
      case '--source-port':
        // `-p tcp --dport 80` loads the match of the protocol by itself.
        words.back(option);
        matches.push(parsePortMatch(portProtocol(matches), words));
        break;
      default:
        throw new ParseError(`unknown option "${option.option}"`);
    }
  }
  return { matches, target };
}

function portProtocol(matches: readonly Match[]): 'tcp' | 'udp' {
  for (const match of matches)
    if (match.kind === 'protocol' && !match.negated && (match.protocol === 'tcp' || match.protocol === 'udp'))
      return match.protocol;
  throw new ParseError('"-p tcp" or "-p udp" was expected before a port');
}

function parseProtocol(text: string): 'tcp' | 'udp' | 'icmp' | 'ipip' {
  switch (text) {
    case 'tcp':
    case '6':
      return 'tcp';
    case 'udp':
    case '17':
      return 'udp';
    case 'icmp':
    case '1':
      return 'icmp';
    case 'ipencap':
    case '4':
      return 'ipip';
    default:
      throw new ParseError(`unknown protocol "${text}" (tcp, udp, icmp or ipencap was expected)`);
  }
}

function parsePorts(text: string): PortRange {
  const match = /^(\d+)(?::(\d+))?$/.exec(text);
  if (match === null) throw new ParseError(`not a port: "${text}" (a number or FIRST:LAST was expected)`);
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  if (first > last || last > 65535) throw new ParseError(`not a port: "${text}" (0 to 65535 was expected)`);
  return { first, last };
}

/** `0x4000/0x4000`, or a value alone with a full mask. */
function parseMasked(text: string): { readonly value: number; readonly mask: number } {
  const [value = '', mask] = text.split('/');
  const numbers = { value: Number(value), mask: mask === undefined ? 0xffffffff : Number(mask) };
  if (!Number.isInteger(numbers.value) || !Number.isInteger(numbers.mask)) {
    throw new ParseError(`not a mark: "${text}" (VALUE or VALUE/MASK was expected)`);
  }
  return numbers;
}

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
const REJECT_WITH: readonly RejectWith[] = [
  'icmp-port-unreachable',
  'icmp-host-unreachable',
  'icmp-net-unreachable',
  'icmp-proto-unreachable',
  'icmp-net-prohibited',
  'icmp-host-prohibited',
  'icmp-admin-prohibited',
  'tcp-reset',
];

function oneOf<T extends string>(known: readonly T[], text: string, what: string): T {
  const found = known.find(word => word === text);
  if (found === undefined) throw new ParseError(`unknown ${what} "${text}" (expected one of ${known.join(', ')})`);
  return found;
}

function parseMatch(name: string, words: Words, matches: Match[]): void {
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

const RECENT_ACTIONS: readonly RecentMatch['action'][] = ['set', 'rcheck', 'update', 'remove'];

function parseRecentMatch(words: Words): Match {
  const action = optionAfter(
    words,
    RECENT_ACTIONS.map(name => `--${name}`),
  );
  const found: { -readonly [Key in keyof RecentMatch]: RecentMatch[Key] } = {
    kind: 'recent',
    action: oneOf(RECENT_ACTIONS, action.option.slice(2), 'action of recent'),
    list: 'DEFAULT',
    reap: false,
    mask: ip('255.255.255.255'),
    side: 'source',
    negated: action.negated,
  };
  for (let option = words.peekOption(); option !== undefined; option = words.peekOption()) {
    const { option: name } = option;
    if (!['--seconds', '--hitcount', '--reap', '--name', '--mask', '--rsource', '--rdest'].includes(name)) break;
    words.skip(option);
    if (name === '--seconds') found.seconds = parseNumber(words.next('a number of seconds'));
    else if (name === '--hitcount') found.hitcount = parseNumber(words.next('a number of hits'));
    else if (name === '--name') found.list = words.next('the name of a list');
    else if (name === '--mask') found.mask = ip(words.next('a mask'));
    else if (name === '--reap') found.reap = true;
    else found.side = name === '--rsource' ? 'source' : 'destination';
  }
  return found;
}

function parseNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new ParseError(`not a number: "${text}"`);
  return Number(text);
}

/** The kernel keeps a probability as a 32-bit fraction. Source: iptables extensions/libxt_statistic.c. */
export function randomMatch(probability: number): Match {
  return { kind: 'random', probability: Math.round(probability * 0x8000_0000) / 0x8000_0000 };
}

function expectOption(words: Words, option: string): void {
  if (!words.take(option)) throw new ParseError(`"${option}" was expected`);
}

function optionAfter(words: Words, options: readonly string[]): { readonly option: string; readonly negated: boolean } {
  const option = words.peekOption();
  if (option === undefined || !options.includes(option.option))
    throw new ParseError(`"${options.join('" or "')}" was expected`);
  words.skip(option);
  return option;
}

function parsePortMatch(protocol: 'tcp' | 'udp', words: Words): Match {
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

function parseTarget(name: string, words: Words): Target {
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
    case 'NOTRACK':
      return { kind: name };
    case 'REJECT':
      if (!words.take('--reject-with')) return { kind: 'REJECT', with: 'icmp-port-unreachable' };
      return { kind: 'REJECT', with: oneOf(REJECT_WITH, words.next('a kind of rejection'), 'kind of rejection') };
    case 'DNAT': {
      expectOption(words, '--to-destination');
      const text = words.next('an address');
      return { kind: 'DNAT', ...parseTo(text), text };
    }
    case 'SNAT': {
      expectOption(words, '--to-source');
      const text = words.next('an address');
      const { address, port } = parseTo(text);
      if (address === undefined) throw new ParseError(`not an address: "${text}"`);
      return { kind: 'SNAT', address, ...(port !== undefined && { port }), text };
    }
    case 'MASQUERADE':
      return { kind: 'MASQUERADE', randomFully: words.take('--random-fully') };
    case 'MARK':
      return parseMarkTarget(words);
    default:
      return { kind: 'jump', chain: name };
  }
}

/** `10.244.1.2:8080`, `10.244.1.2` or `:8080`. */
function parseTo(text: string): { readonly address?: ReturnType<typeof ip>; readonly port?: number } {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { address: ip(text) };
  const port = parsePorts(text.slice(colon + 1)).first;
  return colon === 0 ? { port } : { address: ip(text.slice(0, colon)), port };
}

function parseMarkTarget(words: Words): Target {
  const { option } = optionAfter(words, ['--set-xmark', '--set-mark', '--or-mark', '--and-mark']);
  const { value, mask } = parseMasked(words.next('a mark'));
  switch (option) {
    case '--set-xmark':
      return { kind: 'MARK', value, mask };
    case '--set-mark':
      return { kind: 'MARK', value, mask: (value | mask) >>> 0 };
    case '--or-mark':
      return { kind: 'MARK', value, mask: value };
    default:
      return { kind: 'MARK', value: 0, mask: ~value >>> 0 };
  }
}
