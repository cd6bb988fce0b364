// What a client program saw, and what was captured, as one result in the words of the recordings.

import type { Probe, ProbeResult } from '../conformance/recording.ts';
import { type Legs, pathOf, receivedError } from './attribute.ts';
import { innermost } from './packets.ts';

/** What the agent says about a probe. */
export interface ClientEvent {
  readonly id: number;
  readonly connected: boolean;
  readonly error?: string;
  readonly answer?: { readonly name: string; readonly peer: string };
  /** What ping(8) printed. */
  readonly ping?: string;
}

export function resultOf(probe: Probe, event: ClientEvent, legs: Legs, clientPort: number): ProbeResult {
  const icmp = receivedError(legs, probe.from);
  const hasReset = legs.reverse.some(
    ({ host, way, packet }) => host === probe.from && way === '<' && isReset(innermost(packet)),
  );
  const verdict = verdictOf(event, icmp !== undefined, hasReset);
  const arrived = legs.forward.findLast(({ way }) => way === '<');
  const replied = legs.reverse.findLast(({ way, host }) => way === '<' && host === probe.from);
  const isOk = verdict === 'ok';
  return {
    id: probe.id,
    verdict,
    ...(event.answer !== undefined && { backend: event.answer.name, src_seen: event.answer.peer }),
    ...(isOk && arrived !== undefined && { ttl_at_backend: innermost(arrived.packet).ttl }),
    ...(isOk && replied !== undefined && { ttl_of_reply: innermost(replied.packet).ttl }),
    ...(icmp !== undefined && { icmp }),
    path: pathOf(legs.forward, clientPort, true),
    ...(legs.reverse.length > 0 && { reply_path: pathOf(legs.reverse, clientPort, false) }),
    ...(legs.errors.length > 0 && { icmp_path: pathOf(legs.errors, clientPort, true) }),
  };
}

function isReset({ body }: ReturnType<typeof innermost>): boolean {
  return body.kind === 'tcp' && body.flags.rst;
}

function verdictOf(event: ClientEvent, hasError: boolean, hasReset: boolean): string {
  if (event.ping !== undefined) return pingVerdict(event.ping, hasError);
  if (event.answer !== undefined) return 'ok';
  switch (event.error) {
    case 'ECONNREFUSED':
      return hasReset ? 'refused' : 'rejected';
    case 'ETIMEDOUT':
      return event.connected ? 'stalled' : 'timeout';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EACCES':
    case 'ENOPROTOOPT':
    case 'EINVAL':
      return hasError ? 'unreachable' : 'unreachable-local';
    case 'EPERM':
      return 'eperm';
    case 'EMSGSIZE':
      return 'emsgsize';
    case 'ECONNRESET':
      return 'reset';
    default:
      return `error ${event.error}`;
  }
}

/** Source: iputils, ping/ping.c, `pr_icmph`. */
function pingVerdict(text: string, hasError: boolean): string {
  // ping takes an answer from anybody with its number; the model's client, like a connected socket, does not.
  if (/DIFFERENT ADDRESS/.test(text)) return 'timeout';
  if (/ 1 received/.test(text)) return 'ok';
  if (/Operation not permitted/.test(text)) return 'eperm';
  if (/Destination Port Unreachable/.test(text)) return 'rejected';
  if (
    /Unreachable|Prohibited|filtered|Time to live exceeded|unreachable|No route to host|Invalid argument|Do you want to ping broadcast/.test(
      text,
    )
  )
    return hasError ? 'unreachable' : 'unreachable-local';
  if (/Frag needed|[Mm]essage too long/.test(text)) return 'emsgsize';
  return /packets transmitted/.test(text) ? 'timeout' : `error ${text}`;
}
