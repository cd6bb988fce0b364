// Where in the text of a recorded cluster the problem is that building its world found. Its message names the host.

import type { FieldPath, TextSpan } from '../manifest/read.ts';
import { indexOfPath, spanAt } from './jsonPlace.ts';
import type { RecordedCluster } from './readCluster.ts';

/** @param message `host n1, route 10.9.0.0/16: Cannot find device "eth9"`, `link n1/eth0 - sw/n1: no host "sw"` */
export function placeOfProblem({ spec, source, specPath }: RecordedCluster, message: string): TextSpan {
  const [, kind, left, right] = /^(link|macvlan) (\S+) - ([^\s:]+)/.exec(message) ?? [];
  if (kind !== undefined) {
    const key = kind === 'link' ? 'links' : 'macvlans';
    const number = (spec[key] ?? []).findIndex(ends => ends[0] === left && ends[1] === right);
    return spanAt(source, indexOfPath(source, [...specPath, key, Math.max(0, number)]));
  }
  const [, name, what = ''] = /^host (\S+), ([^:]*)/.exec(message) ?? [];
  const number = spec.hosts.findIndex(host => host.name === name);
  if (number < 0) return spanAt(source, indexOfPath(source, specPath));
  const path: FieldPath = [...specPath, 'hosts', number];
  const start = indexOfPath(source, path);
  const [word = '', detail = ''] = what.replaceAll('"', '').split(' ');
  // A text of rules is one value; everything else is found by the word that the message gives.
  if (word === 'iptables' || word === 'ipset' || word === 'nft')
    return spanAt(source, indexOfPath(source, [...path, word]));
  const end = number + 1 < spec.hosts.length ? indexOfPath(source, [...specPath, 'hosts', number + 1]) : source.length;
  const found = detail === '' ? -1 : source.indexOf(`"${detail}`, start);
  return spanAt(source, found < 0 || found >= end ? start : found);
}
