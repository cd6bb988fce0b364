// ip neigh: the neighbour table.

import {
  agedNeighbor,
  type Interface,
  type Ip,
  type Mac,
  type Neighbor,
  neighborKey,
  parseMac,
  prefixContains,
} from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { addressOf, begins, deviceOf, IpRefusal, IpWords, prefixOf, unknownVerb, wrongArgument } from './ipWords.ts';

export function neighborCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  const words = new IpWords(rest);
  if (begins(verb, 'add') || verb === 'replace' || verb === 'change' || verb === 'chg') return write(call, verb, words);
  if (begins(verb, 'delete')) return remove(call, words);
  if (begins(verb, 'get')) return get(call, words);
  if (begins(verb, 'flush')) return flush(call, words);
  if (begins(verb, 'show') || verb === 'list' || verb === 'lst' || verb === 'ls') {
    const { entries, device } = select(call, words);
    for (const entry of entries) call.print(`${line(entry, device === undefined)}\n`);
    return 0;
  }
  throw unknownVerb(verb, 'neigh');
}

const STATES = ['permanent', 'reachable', 'stale', 'incomplete', 'failed', 'delay', 'probe', 'noarp', 'none', 'all'];

interface Selected {
  readonly entries: readonly Neighbor[];
  readonly device: string | undefined;
}

function select(call: IpCall, words: IpWords): Selected {
  let device: Interface | undefined;
  const states: string[] = [];
  const tests: ((entry: Neighbor) => boolean)[] = [];
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = deviceOf(call, words.value());
    else if (word === 'nud') {
      const state = words.value();
      if (!STATES.includes(state)) throw wrongArgument(state, 'nud state is bad');
      states.push(state.toUpperCase());
    } else if (word === 'unused' || word === 'all') continue;
    else {
      const range = prefixOf(word === 'to' ? words.value() : word);
      tests.push(entry => prefixContains(range, entry.address));
    }
  }
  const entries = [...call.netns.neighbors.values()]
    .map(entry => agedNeighbor(entry, call.context.lab.now))
    .filter(entry => device === undefined || entry.device === device.name)
    .filter(entry => states.length === 0 || states.includes('ALL') || states.includes(entry.state))
    .filter(entry => tests.every(test => test(entry)));
  return { entries, device: device?.name };
}

function line(entry: Neighbor, withDevice: boolean): string {
  const device = withDevice ? ` dev ${entry.device}` : '';
  const mac = entry.mac === undefined ? '' : ` lladdr ${entry.mac}`;
  return `${entry.address}${device}${mac} ${entry.state} `;
}

interface Named {
  readonly address: Ip;
  readonly device: string;
  readonly mac: Mac | undefined;
  readonly state: Neighbor['state'];
  readonly known: Neighbor | undefined;
}

const WRITTEN: Readonly<Record<string, Neighbor['state']>> = {
  permanent: 'PERMANENT',
  reachable: 'REACHABLE',
  stale: 'STALE',
  failed: 'FAILED',
  incomplete: 'INCOMPLETE',
};

function readNamed(call: IpCall, words: IpWords): Named {
  let address: string | undefined;
  let device: string | undefined;
  let mac: Mac | undefined;
  let state: Neighbor['state'] = 'PERMANENT';
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'dev') device = words.value();
    else if (word === 'lladdr') {
      const text = words.value();
      if (!/^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$/i.test(text)) throw new IpRefusal(`"${text}" is invalid lladdr.`, 1);
      mac = parseMac(text.toLowerCase());
    } else if (word === 'nud') {
      const text = words.value();
      const known = WRITTEN[text];
      if (known === undefined) throw wrongArgument(text, 'nud state is bad');
      state = known;
    } else address = word === 'to' ? words.value() : word;
  }
  if (address === undefined || device === undefined)
    throw new IpRefusal('Device and destination are required arguments.', 255);
  const to = addressOf(address);
  const { name } = deviceOf(call, device);
  return { address: to, device: name, mac, state, known: call.netns.neighbors.get(neighborKey(name, to)) };
}

function write(call: IpCall, verb: string, words: IpWords): number {
  const { address, device, mac, state, known } = readNamed(call, words);
  if (mac === undefined && state !== 'FAILED' && state !== 'INCOMPLETE')
    throw new IpRefusal('Error: No link layer address given.', 2);
  if (begins(verb, 'add') && known !== undefined) throw new IpRefusal('RTNETLINK answers: File exists', 2);
  if (begins(verb, 'change') && known === undefined)
    throw new IpRefusal('RTNETLINK answers: No such file or directory', 2);
  const since = state === 'PERMANENT' ? 0 : call.context.lab.now;
  call.netns.neighbors.set(neighborKey(device, address), {
    device,
    address,
    ...(mac !== undefined && { mac }),
    state,
    since,
  });
  return 0;
}

function remove(call: IpCall, words: IpWords): number {
  const { address, device, known } = readNamed(call, words);
  if (known === undefined) throw new IpRefusal('RTNETLINK answers: No such file or directory', 2);
  call.netns.neighbors.delete(neighborKey(device, address));
  return 0;
}

function get(call: IpCall, words: IpWords): number {
  const { known } = readNamed(call, words);
  if (known === undefined) throw new IpRefusal('Error: Neighbour entry not found.', 2);
  call.print(`${line(agedNeighbor(known, call.context.lab.now), true)}\n`);
  return 0;
}

/** What an administrator wrote stays. Source: iproute2 ip/ipneigh.c, `do_show_or_flush`. */
function flush(call: IpCall, words: IpWords): number {
  if (words.left === 0) throw new IpRefusal('Flush requires arguments.', 255);
  for (const { state, device, address } of select(call, words).entries)
    if (state !== 'PERMANENT') call.netns.neighbors.delete(neighborKey(device, address));
  return 0;
}
