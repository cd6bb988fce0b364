// Reads what a rule does: what stands after `-j`.
//
// Read:    iptables-extensions(8).

import { ip } from '../../net/address.ts';
import { ParseError } from '../../runtime/errors.ts';
import { expectOption, oneOf, optionAfter, parseMasked, parsePorts, type Words } from './ruleWords.ts';
import type { RejectWith, Target } from './types.ts';

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

export function parseTarget(name: string, words: Words): Target {
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
    case 'CONNMARK':
      return parseConnmarkTarget(words);
    case 'CT':
      expectOption(words, '--notrack');
      return { kind: 'NOTRACK' };
    case 'REDIRECT':
      return words.take('--to-ports')
        ? { kind: 'REDIRECT', port: parsePorts(words.next('a port')).first }
        : { kind: 'REDIRECT' };
    case 'LOG':
      return words.take('--log-prefix') ? { kind: 'LOG', prefix: words.next('a text') } : { kind: 'LOG' };
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

function parseConnmarkTarget(words: Words): Target {
  const { option } = optionAfter(words, ['--set-xmark', '--set-mark', '--save-mark', '--restore-mark']);
  if (option === '--set-xmark' || option === '--set-mark') {
    const { value, mask } = parseMasked(words.next('a mark'));
    return { kind: 'CONNMARK', action: 'set', value, mask: option === '--set-mark' ? (value | mask) >>> 0 : mask };
  }
  let mask = 0xffffffff;
  while (words.take('--mask') || words.take('--nfmask') || words.take('--ctmask')) mask = Number(words.next('a mask'));
  return { kind: 'CONNMARK', action: option === '--save-mark' ? 'save' : 'restore', value: 0, mask };
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
