// ip neigh: the neighbour table.

import { agedNeighbor, forgetNeighbors, isIp, type Neighbor, parseIp } from '../../sim/index.ts';
import { type IpCall, pairs } from './ip.ts';

export function neighborCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  if (verb === 'flush' || verb === 'del' || verb === 'delete') return forget(call, verb, rest);
  const shown = 'show'.startsWith(verb) || verb === 'list' || verb === 'ls' ? rest : call.words;
  const { values, rest: addresses } = pairs(shown, ['dev', 'nud']);
  const device = values.get('dev');
  if (device !== undefined && call.netns.interface(device) === undefined)
    return call.refuse(`Cannot find device "${device}"`, 1);
  for (const entry of call.netns.neighbors.values()) {
    if (device !== undefined && entry.device !== device) continue;
    if (addresses[0] !== undefined && entry.address !== addresses[0]) continue;
    call.print(`${line(agedNeighbor(entry, call.context.lab.now), device === undefined)}\n`);
  }
  return 0;
}

function line(entry: Neighbor, withDevice: boolean): string {
  const device = withDevice ? ` dev ${entry.device}` : '';
  const mac = entry.mac === undefined ? '' : ` lladdr ${entry.mac}`;
  return `${entry.address}${device}${mac} ${entry.state} `;
}

function forget(call: IpCall, verb: string, words: readonly string[]): number {
  const { values, rest } = pairs(words, ['dev']);
  const device = values.get('dev');
  if (verb === 'flush') {
    if (device === undefined && rest[0] !== 'all') return call.refuse('Flush requires arguments.', 1);
    for (const name of device === undefined ? call.netns.config.interfaces.map(other => other.name) : [device])
      forgetNeighbors(call.netns, name);
    return 0;
  }
  const [text = ''] = rest;
  if (!isIp(text) || device === undefined) return call.refuse('Device and destination are required arguments.', 1);
  const known = [...call.netns.neighbors.values()].some(entry => entry.device === device && entry.address === text);
  if (!known) return call.refuse('RTNETLINK answers: No such file or directory');
  forgetNeighbors(call.netns, device, parseIp(text));
  return 0;
}
