// Lines as the Linux tools print them, for tables and for the tools themselves.
//
// Read:    iproute2 6.1 ip/iproute.c; conntrack-tools 1.4.7.

import { type CtEntry, secondsLeft } from '../linux/conntrack.ts';
import { formatDestination, LOCAL_TABLE, MAIN_TABLE, type Route } from '../linux/routes.ts';
import type { FlowKey } from '../net/flow.ts';
import { PROTOCOL_NUMBERS } from '../net/numbers.ts';
import type { VirtualMs } from '../runtime/clock.ts';

/** A line of `ip route`; the blank at the end is iproute2's. */
export function formatRoute(route: Route): string {
  const words = [
    ...(route.type === 'unicast' ? [] : [route.type]),
    formatDestination(route),
    ...(route.via === undefined ? [] : ['via', route.via]),
    ...(route.dev === undefined ? [] : ['dev', route.dev]),
    ...(route.table === MAIN_TABLE || route.table === LOCAL_TABLE ? [] : ['table', String(route.table)]),
    ...(route.protocol === 'boot' ? [] : ['proto', route.protocol]),
    ...(route.scope === 'global' ? [] : ['scope', route.scope]),
    ...(route.src === undefined ? [] : ['src', route.src]),
    ...(route.metric === 0 ? [] : ['metric', String(route.metric)]),
    ...(route.onlink ? ['onlink'] : []),
    ...(route.mtu === undefined ? [] : ['mtu', String(route.mtu)]),
  ];
  return `${words.join(' ')} `;
}

/** A line of `conntrack -L`. */
export function formatConntrackEntry(entry: CtEntry, now: VirtualMs): string {
  const { protocol } = entry.original;
  const name = `${protocol.padEnd(8)} ${PROTOCOL_NUMBERS[protocol]} ${secondsLeft(entry, now)}`;
  const words = [
    name,
    ...(entry.tcpState === undefined ? [] : [entry.tcpState]),
    directionText(entry.original, 'original'),
    ...(entry.seenReply ? [] : ['[UNREPLIED]']),
    directionText(entry.reply, 'reply'),
    ...(entry.assured ? ['[ASSURED]'] : []),
    `mark=${entry.mark}`,
    'use=1',
  ];
  return words.join(' ');
}

function directionText(flow: FlowKey, direction: 'original' | 'reply'): string {
  const addresses = `src=${flow.src} dst=${flow.dst}`;
  switch (flow.protocol) {
    case 'tcp':
    case 'udp':
      return `${addresses} sport=${flow.srcPort} dport=${flow.dstPort}`;
    case 'icmp':
      return `${addresses} type=${direction === 'original' ? 8 : 0} code=0 id=${flow.srcPort}`;
    default:
      return addresses;
  }
}
