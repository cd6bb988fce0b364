// The neighbour table: which MAC address an IP address on a link has.
//
// Models:  the states that decide what happens to a packet, ageing by time, static entries.
// Omits:   unicast probes (DELAY and PROBE pass at once when the neighbour answers), garbage collection.
// Read:    ip-neighbour(8); kernel net/core/neighbour.c; RFC 826.

import type { Ip } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { pairKey } from '../runtime/pairKey.ts';

/**
 * - `INCOMPLETE`: asked, no answer yet; packets wait.
 * - `REACHABLE`: answered lately.
 * - `STALE`: known but not confirmed for a while; used as it is, and confirmed by the next traffic.
 * - `FAILED`: three requests went unanswered.
 * - `PERMANENT`: written by an administrator or an agent; never asked for.
 */
export type NeighborState = 'INCOMPLETE' | 'REACHABLE' | 'STALE' | 'FAILED' | 'PERMANENT';

export interface Neighbor {
  readonly device: string;
  readonly address: Ip;
  /** Absent while it is not known. */
  readonly mac?: Mac;
  readonly state: NeighborState;
  /** When the state was entered or last confirmed. */
  readonly since: VirtualMs;
}

/** How long a confirmation holds: base_reachable_time_ms, its middle value. Source: RFC 4861, section 10. */
export const REACHABLE_MS = 30_000;
/** Time between two requests: retrans_time_ms. Source: arp(7). */
export const RETRANSMIT_MS = 1_000;
/** Requests sent before giving up: mcast_solicit. Source: arp(7). */
export const MAX_REQUESTS = 3;

export function neighborKey(device: string, address: Ip): string {
  return pairKey(device, address);
}

/** The entry as it is now: a confirmation that is too old counts as `STALE`. */
export function agedNeighbor(entry: Neighbor, now: VirtualMs): Neighbor {
  return entry.state === 'REACHABLE' && now - entry.since > REACHABLE_MS ? { ...entry, state: 'STALE' } : entry;
}
