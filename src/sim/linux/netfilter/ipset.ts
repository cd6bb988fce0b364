// Sets of addresses, networks and ports that rules ask by name: what ipset(8) keeps.
//
// Models:  hash sets of ip, net and port in any order, written and read as `ipset save` text.
// Omits:   timeouts, counters, `nomatch`, MAC addresses, lists of sets.
// Read:    ipset(8).

import { contains, type Prefix, prefix } from '../../net/address.ts';
import type { IpPacket } from '../../net/packet.ts';
import { portsOf } from '../../net/packet.ts';
import { ParseError } from '../../runtime/errors.ts';

/** One part of an entry. */
type Dimension = 'ip' | 'net' | 'port';

export interface IpSet {
  readonly name: string;
  /** `hash:ip,port` as its parts. */
  readonly dimensions: readonly Dimension[];
  readonly entries: readonly (readonly EntryPart[])[];
}

type EntryPart =
  | { readonly kind: 'addresses'; readonly range: Prefix }
  | { readonly kind: 'port'; readonly protocol: string; readonly port: number };

export type IpSets = ReadonlyMap<string, IpSet>;

/** Whether the packet's ends of these sides are in the set. Source: kernel net/netfilter/ipset/ip_set_core.c. */
export function inSet(set: IpSet | undefined, packet: IpPacket, sides: readonly ('src' | 'dst')[]): boolean {
  if (set === undefined) return false;
  return set.entries.some(entry =>
    entry.every((part, i) => {
      const side = sides[i];
      if (side === undefined) return false;
      if (part.kind === 'addresses') return contains(part.range, packet[side]);
      return part.protocol === packet.body.kind && portsOf(packet)?.[side] === part.port;
    }),
  );
}

/**
 * Reads the lines of `ipset save`: `create NAME TYPE ...`, `add NAME ENTRY`.
 * @throws ParseError `line 3: no set "x"`
 */
export function parseIpSets(text: string): IpSets {
  const sets = new Map<string, { dimensions: readonly Dimension[]; entries: (readonly EntryPart[])[] }>();
  text.split('\n').forEach((raw, at) => {
    const here = (message: string): ParseError => new ParseError(`line ${at + 1}: ${message}`);
    const [command, name = '', what = ''] = raw.trim().split(/\s+/);
    if (command === undefined || command === '' || command.startsWith('#')) return;
    if (command === 'create') {
      const [method, list = ''] = what.split(':');
      const dimensions = list.split(',').map(word => dimension(word, here));
      if (method !== 'hash') throw here(`unknown type of set "${what}" (hash:ip, hash:net, hash:ip,port was expected)`);
      sets.set(name, { dimensions, entries: [] });
    } else if (command === 'add') {
      const set = sets.get(name);
      if (set === undefined) throw here(`no set "${name}"`);
      set.entries.push(readEntry(what, set.dimensions, here));
    } else throw here(`"create" or "add" was expected, not "${command}"`);
  });
  return new Map([...sets].map(([name, set]) => [name, { name, ...set }]));
}

function dimension(word: string, here: (message: string) => ParseError): Dimension {
  if (word === 'ip' || word === 'net' || word === 'port') return word;
  throw here(`unknown part of a set "${word}" (ip, net or port was expected)`);
}

function readEntry(
  text: string,
  dimensions: readonly Dimension[],
  here: (message: string) => ParseError,
): readonly EntryPart[] {
  const words = text.split(',');
  if (words.length !== dimensions.length) throw here(`an entry of ${dimensions.length} parts was expected: "${text}"`);
  return words.map((word, i): EntryPart => {
    if (dimensions[i] !== 'port') return { kind: 'addresses', range: prefix(word) };
    const [protocol = 'tcp', port] = word.includes(':') ? word.split(':') : ['tcp', word];
    if (!/^\d+$/.test(port ?? '')) throw here(`not a port: "${word}"`);
    return { kind: 'port', protocol, port: Number(port) };
  });
}
