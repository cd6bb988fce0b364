// Numbers that both ends of a TCP connection share.
//
// Read:    RFC 6298 (retransmission); kernel include/net/tcp.h; net/ipv4/tcp_timer.c, `tcp_retransmit_timer`.

import { ETHERNET_MTU } from '../linux/interface.ts';
import type { NetDevice } from '../linux/netDevice.ts';
import type { FlowKey } from '../net/flow.ts';
import type { Payload, Segment, TcpFlags } from '../net/packet.ts';
import type { ElapsedUs } from './trace.ts';

/** Smallest retransmission timeout: TCP_RTO_MIN, 200 ms. */
const RTO_MIN_US = 200_000;
/** Largest: TCP_RTO_MAX, 120 s. */
const RTO_MAX_US = 120_000_000;
/** net.ipv4.tcp_retries2. */
export const MAX_RETRANSMISSIONS = 15;

/** Time until the `attempt`-th repetition of data on a path whose round trip is far below 200 ms. */
export function retransmissionDelay(attempt: number): ElapsedUs {
  return Math.min(RTO_MIN_US * 2 ** attempt, RTO_MAX_US);
}

/** First timeout of a SYN: TCP_TIMEOUT_INIT, 1 s. */
const SYN_TIMEOUT_US = 1_000_000;

/**
 * When SYNs are repeated and the kernel gives up, in microseconds after the first: the first `linear` timeouts are a
 * second each, later ones double. Source: net/ipv4/tcp_timer.c; ip-sysctl.rst, tcp_syn_linear_timeouts.
 */
export function synSchedule(
  retries: number,
  linear: number,
): { readonly repeats: readonly ElapsedUs[]; readonly givesUp: ElapsedUs } {
  const repeats: ElapsedUs[] = [];
  let at = 0;
  let timeout = SYN_TIMEOUT_US;
  const allowed = retries + linear;
  for (let timeouts = 1; ; timeouts++) {
    at += timeout;
    if (timeouts > linear) timeout = Math.min(timeout * 2, RTO_MAX_US);
    if (repeats.length >= allowed) return { repeats, givesUp: at };
    repeats.push(at);
  }
}

/** A segment of a flow; `mss` is announced by a SYN and its answer only. */
export function segmentOf(
  { srcPort, dstPort }: FlowKey,
  flags: TcpFlags,
  seq: number,
  ack: number,
  payload: Payload,
  mss: number | undefined,
): Segment {
  return { kind: 'tcp', srcPort, dstPort, flags, seq, ack, mss, payload };
}

/** Bytes of options that segments with data carry: timestamps. */
const DATA_OPTION_BYTES = 12;
const HEADER_BYTES = 40;

/**
 * A payload as it leaves: in segments that fit the way there and what the peer takes. The train travels as one packet
 * whose size is that of one segment, as the kernel's own large packets do (generic segmentation offload).
 */
export function segmented(payload: Payload, mtu: number, peerMss: number | undefined): Payload {
  const mss = Math.min(mtu - HEADER_BYTES, peerMss ?? Number.POSITIVE_INFINITY);
  const segmentBytes = Math.max(1, mss - DATA_OPTION_BYTES);
  return payload.bytes <= segmentBytes ? payload : { bytes: payload.bytes, segmentBytes, message: payload.message };
}

/** What a host announces as its maximum segment size: the MTU of the way out less both headers. */
export function mssFor(device: NetDevice | undefined): number {
  return (device?.link?.mtu ?? ETHERNET_MTU) - 40;
}
