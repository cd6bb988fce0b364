// Listening sockets of one network namespace: who takes a packet that is delivered locally.
//
// Models:  TCP and UDP listeners with a bind address; the more specific bind wins.
// Omits:   SO_REUSEPORT, backlog, accepted connections (they live as long as one exchange: datapath/tcp.ts).
// Read:    ss(8); kernel net/ipv4/inet_hashtables.c, `compute_score`.

import { type Ip, UNSPECIFIED } from '../net/address.ts';
import type { Result } from '../runtime/errors.ts';
import { failure, success } from '../runtime/errors.ts';

/** A socket that waits for clients. */
export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  /** The bind address; `0.0.0.0` takes every local address. */
  readonly address: Ip;
  readonly port: number;
  /** The name of the process, as `ss -p` shows it. */
  readonly process: string;
  /** What the process does with a request: the name of a program (see {@link Program}). */
  readonly program: string;
  /** What the program is told: its command line, its file names. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Like bind(2) and listen(2): the same port on an overlapping address is refused. */
export function withListener(
  listeners: readonly Listener[],
  added: Listener,
): Result<readonly Listener[], 'EADDRINUSE'> {
  const taken = listeners.some(
    other =>
      other.protocol === added.protocol &&
      other.port === added.port &&
      (other.address === added.address || other.address === UNSPECIFIED || added.address === UNSPECIFIED),
  );
  return taken ? failure('EADDRINUSE') : success([...listeners, added]);
}

/** The listener that takes a packet to this address and port. */
export function lookupListener(
  listeners: readonly Listener[],
  protocol: 'tcp' | 'udp',
  address: Ip,
  port: number,
): Listener | undefined {
  let wildcard: Listener | undefined;
  for (const listener of listeners) {
    if (listener.protocol !== protocol || listener.port !== port) continue;
    if (listener.address === address) return listener;
    if (listener.address === UNSPECIFIED) wildcard = listener;
  }
  return wildcard;
}

/** Ports that the kernel picks for clients. Source: net.ipv4.ip_local_port_range, ip-sysctl.rst. */
export const EPHEMERAL_PORTS = { first: 32768, last: 60999 } as const;
