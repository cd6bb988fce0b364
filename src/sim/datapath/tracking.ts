// Connection tracking of one packet: found or begun as it comes in, written down when it leaves.
//
// Models:  nf_conntrack_in, resolve_normal_ct, nf_conntrack_confirm, icmp_error_message.
// Omits:   see linux/conntrack.ts.
// Read:    kernel net/netfilter/nf_conntrack_core.c, nf_conntrack_proto_icmp.c.

import {
  type CtDirection,
  type CtEntry,
  type CtTcpState,
  findEntry,
  mayBegin,
  putEntry,
  removeEntry,
  tcpTransition,
  timeoutMs,
  trackedFlow,
} from '../linux/conntrack.ts';
import { type NetnsView, takeNumber } from '../linux/overlay.ts';
import { type FlowKey, reverse, sameFlow } from '../net/flow.ts';
import { type IpPacket, isIcmpError } from '../net/packet.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { Skb, Tracking } from './skb.ts';
import { ipOf } from './skb.ts';

/** Looks a packet up as it comes in (or is made here): PREROUTING and OUTPUT, after the raw table. */
export function track(skb: Skb, now: VirtualMs): Tracking {
  const packet = ipOf(skb);
  if (isIcmpError(packet.body)) return trackError(skb.view, packet.body.quoted, now);
  const flow = trackedFlow(packet);
  if (flow === undefined) return outside('INVALID');
  const known = lookup(skb.view, flow, now);
  return known === undefined ? begin(skb.view, packet, flow, now) : meet(skb.view, known, packet, flow, now);
}

/** A packet that no entry goes with. */
export function outside(state: 'INVALID' | 'UNTRACKED'): Tracking {
  return {
    state,
    direction: 'original',
    entry: undefined,
    confirmed: true,
    destinationDecided: true,
    sourceDecided: true,
  };
}

function known(state: Tracking['state'], direction: CtDirection, entry: CtEntry): Tracking {
  return { state, direction, entry, confirmed: true, destinationDecided: true, sourceDecided: true };
}

function lookup(view: NetnsView, flow: FlowKey, now: VirtualMs): CtEntry | undefined {
  const entry = findEntry(view.conntrack, flow);
  if (entry === undefined || entry.expiresAt > now) return entry;
  removeEntry(view.conntrack, entry);
  return undefined;
}

function begin(view: NetnsView, packet: IpPacket, flow: FlowKey, now: VirtualMs): Tracking {
  if (!mayBegin(packet)) return outside('INVALID');
  const next = packet.body.kind === 'tcp' ? tcpTransition(undefined, 'original', packet.body.flags) : undefined;
  const tcpState = next === 'invalid' || next === 'ignored' ? undefined : next;
  const entry: CtEntry = {
    id: takeNumber(view, 'conntrack-id', 1),
    original: flow,
    reply: reverse(flow),
    tcpState,
    seenReply: false,
    assured: false,
    dnat: false,
    snat: false,
    mark: 0,
    masqueradedBy: undefined,
    expiresAt: now + timeoutMs(flow.protocol, tcpState, false),
  };
  return {
    state: 'NEW',
    direction: 'original',
    entry,
    confirmed: false,
    destinationDecided: false,
    sourceDecided: false,
  };
}

/** A packet of a flow that is in the table: its state moves on. */
function meet(view: NetnsView, entry: CtEntry, packet: IpPacket, flow: FlowKey, now: VirtualMs): Tracking {
  const direction = directionOf(entry, packet, flow);
  const body = packet.body;
  let tcpState = entry.tcpState;
  if (body.kind === 'tcp') {
    const next = tcpTransition(entry.tcpState, direction, body.flags);
    if (next === 'invalid') return outside('INVALID');
    // A new SYN on a closed flow begins it afresh, with a new decision about translation.
    if (next === 'SYN_SENT' && (entry.tcpState === 'TIME_WAIT' || entry.tcpState === 'CLOSE')) {
      removeEntry(view.conntrack, entry);
      return begin(view, packet, flow, now);
    }
    if (next !== 'ignored') tcpState = next;
    // A reset as the first answer: there never was a connection to remember.
    if (next === 'CLOSE' && direction === 'reply' && !entry.seenReply) {
      removeEntry(view.conntrack, entry);
      return known('ESTABLISHED', direction, changed(entry, 'CLOSE', true, false, now));
    }
  }
  const seenReply = entry.seenReply || direction === 'reply';
  const assured = entry.assured || becomesAssured(entry, direction, tcpState, now);
  const next = changed(entry, tcpState, seenReply, assured, now);
  putEntry(view.conntrack, next);
  return known(seenReply ? 'ESTABLISHED' : 'NEW', direction, next);
}

/** Echo requests and replies are told apart by their type: a host that pings itself has one flow both ways. */
function directionOf(entry: CtEntry, { body }: IpPacket, flow: FlowKey): CtDirection {
  if (body.kind === 'icmp' && !isIcmpError(body)) return body.type === 'echo-reply' ? 'reply' : 'original';
  return sameFlow(flow, entry.original) ? 'original' : 'reply';
}

function changed(
  entry: CtEntry,
  tcpState: CtTcpState | undefined,
  seenReply: boolean,
  assured: boolean,
  now: VirtualMs,
): CtEntry {
  return {
    id: entry.id,
    original: entry.original,
    reply: entry.reply,
    tcpState,
    seenReply,
    assured,
    dnat: entry.dnat,
    snat: entry.snat,
    mark: entry.mark,
    masqueradedBy: entry.masqueradedBy,
    expiresAt: now + timeoutMs(entry.original.protocol, tcpState, assured),
  };
}

/** TCP: data after the handshake. UDP: still talking in both directions two seconds after it began. */
function becomesAssured(entry: CtEntry, direction: CtDirection, next: CtTcpState | undefined, now: VirtualMs): boolean {
  const { protocol } = entry.original;
  if (!entry.seenReply) return false;
  if (protocol === 'tcp')
    return next === 'ESTABLISHED' && (entry.tcpState === 'SYN_RECV' || entry.tcpState === 'ESTABLISHED');
  const age = now - (entry.expiresAt - timeoutMs(protocol, undefined, entry.assured));
  return protocol === 'udp' && direction === 'original' && age > 2000;
}

/** An ICMP error belongs to the flow of the packet that it quotes, and travels in the other direction. */
function trackError(view: NetnsView, quoted: IpPacket, now: VirtualMs): Tracking {
  const inner = trackedFlow(quoted);
  if (inner === undefined) return outside('INVALID');
  const outwards = reverse(inner);
  const entry = lookup(view, outwards, now);
  if (entry === undefined) return outside('INVALID');
  return known('RELATED', sameFlow(outwards, entry.original) ? 'original' : 'reply', entry);
}

/** Writes a new flow down as its first packet leaves. Packets that are dropped or rejected before leave nothing. */
export function confirm(skb: Skb): CtEntry | undefined {
  const tracking = skb.tracking;
  if (tracking === undefined || tracking.confirmed || tracking.entry === undefined) return undefined;
  tracking.confirmed = true;
  putEntry(skb.view.conntrack, tracking.entry);
  return tracking.entry;
}
