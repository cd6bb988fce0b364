// The forwarding database: behind which bridge port, or which remote tunnel end, a MAC address is.
//
// Models:  learned entries with ageing, static entries, VXLAN destinations, the all-zero default entry.
// Omits:   VLANs, multicast groups.
// Read:    bridge(8), `bridge fdb`; kernel net/bridge/br_fdb.c, drivers/net/vxlan/vxlan_core.c.

import type { Ip } from '../net/address.ts';
import { type Mac, ZERO_MAC } from '../net/mac.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { pairKey } from '../runtime/pairKey.ts';

export interface FdbEntry {
  /** The bridge port, or the VXLAN device itself. */
  readonly device: string;
  readonly mac: Mac;
  /** For VXLAN: the tunnel endpoint that holds the address. */
  readonly remote?: Ip;
  /**
   * - `learned`: seen as a source; forgotten after {@link AGEING_MS}.
   * - `permanent`: written by an administrator or an agent.
   */
  readonly state: 'learned' | 'permanent';
  readonly since: VirtualMs;
}

/** How long a learned address is kept: 300 s. Source: IEEE 802.1D, ip-link(8) `ageing_time`. */
export const AGEING_MS = 300_000;

/** Key of an entry: the bridge (or VXLAN device) that keeps it, and the address. */
export function fdbKey(keeper: string, address: Mac): string {
  return pairKey(keeper, address);
}

export function isAged(entry: FdbEntry, now: VirtualMs): boolean {
  return entry.state === 'learned' && now - entry.since > AGEING_MS;
}

/** Key of a written entry: the all-zero address stands once for each tunnel end that flooded frames go to. */
export function writtenFdbKey(keeper: string, address: Mac, remote: Ip | undefined): string {
  return address === ZERO_MAC && remote !== undefined
    ? pairKey(keeper, `${address} ${remote}`)
    : fdbKey(keeper, address);
}

/** Where a VXLAN device sends frames whose destination it does not know. */
export function defaultFdbEntries(entries: Iterable<FdbEntry>, device: string): readonly FdbEntry[] {
  const found: FdbEntry[] = [];
  for (const entry of entries) if (entry.device === device && entry.mac === ZERO_MAC) found.push(entry);
  return found;
}
