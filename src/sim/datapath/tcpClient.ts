// The client's end of a TCP connection: connect, ask, hear the answer, close.
//
// Models:  SYN retransmission, retransmission of data, the client's own time limits, errors by RST and by ICMP.
//          Programs ask SO_ERROR after connect, as Node does: an error right after the handshake ends it.
// Omits:   congestion control, windows; the segments of a request or an answer travel together.
// Read:    RFC 9293, section 3.5; kernel net/ipv4/tcp_input.c, tcp_ipv4.c (`tcp_v4_err`), tcp_timer.c.

import type { NetDevice } from '../linux/netDevice.ts';
import { EPHEMERAL_PORTS } from '../linux/sockets.ts';
import type { FlowKey } from '../net/flow.ts';
import { type IcmpError, type IpPacket, NO_PAYLOAD, type Payload, type TcpFlags } from '../net/packet.ts';
import { hash32 } from '../runtime/hash.ts';
import { errnoOf, isTooBig, receivedIcmp, verdictOf } from './errno.ts';
import type { ClientResult, ProtocolClient } from './exchange.ts';
import { messageName } from './label.ts';
import { outputMtu } from './pathMtu.ts';
import { type OutputRoute, recordUnsent, routeConnect, routeOutput, sendLocal } from './send.ts';
import type { Skb } from './skb.ts';
import type { OpenSocket } from './sockets.ts';
import { MAX_RETRANSMISSIONS, mssFor, retransmissionDelay, segmented, segmentOf, synSchedule } from './tcp.ts';
import type { ElapsedUs, Errno, Exchange, Question, ReceivedIcmp, Role, Verdict } from './trace.ts';
import type { Timer, Walk } from './walk.ts';

export function askTcp(walk: Walk, question: Question): ProtocolClient {
  const view = walk.view(question.from);
  const way = routeConnect(view, question.to, question.bind?.address);
  const port = question.bind?.port ?? ephemeralPort(walk, question);
  const flow: FlowKey = {
    protocol: 'tcp',
    src: way.kind === 'found' ? way.source : question.to,
    srcPort: port,
    dst: question.to,
    dstPort: question.port,
  };
  const first = hash32(walk.start.seed, 'isn', question.from, port, walk.start.attempt, question.to);
  const outcome: {
    verdict: Verdict;
    errno: Errno | undefined;
    sendError?: Errno;
    icmp?: ReceivedIcmp;
    backend?: NonNullable<Exchange['backend']>;
    response?: Payload;
    replyTtl?: number;
    connectedUs?: ElapsedUs;
    endedUs?: ElapsedUs;
  } = { verdict: 'timeout', errno: 'ETIMEDOUT' };
  let state: 'syn-sent' | 'established' | 'closing' | 'closed' = 'syn-sent';
  let sent = first + 1;
  let received = 0;
  let timer: Timer | undefined;
  let peerMss: number | undefined;
  let softError: Told | undefined;

  const end = (verdict: Verdict, errno?: Errno): void => {
    if (outcome.endedUs !== undefined) return;
    outcome.verdict = verdict;
    outcome.errno = errno;
    outcome.endedUs = walk.elapsedUs;
    state = verdict === 'ok' ? state : 'closed';
    walk.finish();
  };

  const packetOf = (flags: TcpFlags, seq: number, payload: Payload, device: NetDevice | undefined): IpPacket => ({
    kind: 'ip',
    src: flow.src,
    dst: flow.dst,
    ttl: question.ttl ?? view.derived.sysctl.defaultTtl,
    df: true,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: segmentOf(
      flow,
      flags,
      seq,
      flags === 'SYN' ? 0 : received,
      payload,
      flags === 'SYN' ? mssFor(device) : undefined,
    ),
  });

  const send = (flags: TcpFlags, seq: number, payload: Payload, role: Role, purpose: string, cause?: Skb): void => {
    const now = routeOutput(view, flow.dst, flow.src);
    if (now.kind === 'refused') return;
    const label = payload.message === undefined ? flags : messageName(payload.message);
    const journey = { role, label, from: { kind: 'socket-send', purpose, flow } as const, cause };
    const sized = segmented(payload, outputMtu(view, now, flow.dst, walk.now), peerMss);
    sendLocal(walk, view, packetOf(flags, seq, sized, now.device), now, journey);
  };

  const request: Payload = { bytes: question.requestBytes, segmentBytes: undefined, message: question.message };
  const sendRequest = (attempt: number, cause?: Skb): void => {
    send('PSH-ACK', first + 1, request, attempt === 0 ? 'client' : 'retransmission', 'sends the request', cause);
    timer = walk.setTimer(retransmissionDelay(attempt), () => {
      if (attempt < MAX_RETRANSMISSIONS) sendRequest(attempt + 1);
    });
  };

  /**
   * The program asks how its connect went. SO_ERROR tells it of an error that came after the handshake too, though the
   * connection would go on. Source: kernel net/core/sock.c, `sk_getsockopt`; tcp_ipv4.c, `tcp_v4_err`.
   */
  const goOn = (arrived: Skb): void => {
    if (softError !== undefined) {
      outcome.icmp = softError.icmp;
      send('FIN-ACK', sent++, NO_PAYLOAD, 'client', 'closes its side', arrived);
      end(softError.verdict, softError.errno);
      return;
    }
    if (request.bytes > 0) {
      sent += request.bytes;
      sendRequest(0, arrived);
      return;
    }
    state = 'closing';
    send('FIN-ACK', sent++, NO_PAYLOAD, 'client', 'closes its side', arrived);
    end('ok');
  };

  const socket: OpenSocket = {
    netns: view.name,
    flow,
    receive(arrived, packet) {
      const segment = packet.body;
      if (segment.kind !== 'tcp' || state === 'closed') return;
      switch (segment.flags) {
        case 'RST':
        case 'RST-ACK':
          outcome.replyTtl ??= packet.ttl;
          end(state === 'syn-sent' ? 'refused' : 'reset', state === 'syn-sent' ? 'ECONNREFUSED' : 'ECONNRESET');
          return;
        case 'SYN-ACK':
          if (state !== 'syn-sent') {
            send('ACK', sent, NO_PAYLOAD, 'client', 'acknowledges again', arrived);
            return;
          }
          state = 'established';
          received = segment.seq + 1;
          peerMss = segment.mss;
          outcome.replyTtl = packet.ttl;
          outcome.connectedUs = walk.elapsedUs;
          for (const pending of connectTimers) walk.cancelTimer(pending);
          send('ACK', sent, NO_PAYLOAD, 'client', 'completes the handshake', arrived);
          // The program is woken when its kernel has dealt with what the handshake gave rise to.
          walk.setTimer(0, () => goOn(arrived));
          return;
        case 'ACK':
          if (segment.ack >= sent) walk.cancelTimer(timer);
          return;
        case 'PSH-ACK':
          walk.cancelTimer(timer);
          received = Math.max(received, segment.seq + segment.payload.bytes);
          send('ACK', sent, NO_PAYLOAD, 'client', 'acknowledges the answer', arrived);
          if (outcome.response === undefined) {
            outcome.response = segment.payload;
            end('ok');
            if (question.afterAnswer === 'closes') {
              state = 'closing';
              send('FIN-ACK', sent++, NO_PAYLOAD, 'client', 'closes its side', arrived);
            }
          }
          return;
        case 'FIN-ACK':
          received = segment.seq + 1;
          if (state === 'closing') send('ACK', sent, NO_PAYLOAD, 'client', 'acknowledges the close', arrived);
          else send('FIN-ACK', sent++, NO_PAYLOAD, 'client', 'closes too', arrived);
          state = 'closing';
          return;
        case 'SYN':
          return;
      }
    },
    error(arrived, from, error) {
      if (isTooBig(error) && state === 'established') {
        // The segments were too large for the way: smaller ones follow at once.
        walk.cancelTimer(timer);
        sendRequest(1, arrived);
        return;
      }
      const told = toldOf(arrived, from, error);
      if (told === 'nothing') return;
      if (state === 'established') {
        softError = told;
        return;
      }
      if (state !== 'syn-sent') return;
      outcome.icmp = told.icmp;
      end(told.verdict, told.errno);
    },
  };

  const connectTimers: Timer[] = [];
  if (way.kind === 'refused') {
    outcome.verdict = 'unreachable-local';
    outcome.errno = way.errno;
    outcome.endedUs = 0;
    recordUnsent(walk, view, packetOf('SYN', first, NO_PAYLOAD, undefined), way, {
      role: 'request',
      label: 'SYN',
      from: { kind: 'socket-send', purpose: 'connects', flow },
    });
  } else {
    walk.sockets.open(socket);
    connect(way);
  }

  function connect(found: Extract<OutputRoute, { kind: 'found' }>): void {
    sendLocal(walk, view, packetOf('SYN', first, NO_PAYLOAD, found.device), found, {
      role: 'request',
      label: 'SYN',
      from: { kind: 'socket-send', purpose: 'connects', flow },
      unsent: why => {
        outcome.sendError = why;
      },
    });
    const { synRetries, synLinearTimeouts } = view.derived.sysctl;
    const schedule = synSchedule(synRetries, synLinearTimeouts);
    connectTimers.push(
      walk.setTimers(schedule.repeats, () => send('SYN', first, NO_PAYLOAD, 'retransmission', 'tries again')),
      walk.setTimer(schedule.givesUp, () => end('timeout', 'ETIMEDOUT')),
    );
    if (question.connectTimeoutMs !== undefined) {
      connectTimers.push(walk.setTimer(question.connectTimeoutMs * 1000, () => end('timeout', 'ETIMEDOUT')));
    }
    walk.setTimer(question.timeoutMs * 1000, () => end(state === 'syn-sent' ? 'timeout' : 'stalled', 'ETIMEDOUT'));
  }

  return {
    endedUs: () => outcome.endedUs,
    result: () => resultOf(walk, question, flow, way, outcome),
  };
}

/** What a client learns from an ICMP error. */
interface Told {
  readonly verdict: Verdict;
  readonly errno: Errno;
  readonly icmp: ReceivedIcmp;
}

function toldOf(arrived: Skb, from: IpPacket, error: IcmpError): Told | 'nothing' {
  const icmp = receivedIcmp(arrived, from, error);
  // Soft for a connecting socket: the kernel goes on trying (tcp_v4_err keeps it in sk_err_soft).
  if (error.type === 'time-exceeded') return { verdict: 'ttl-exceeded', errno: 'EHOSTUNREACH', icmp };
  const errno = errnoOf(error);
  return errno === 'EMSGSIZE' ? 'nothing' : { verdict: verdictOf(errno), errno, icmp };
}

/** Finds the end that answered: the namespace whose socket the connection has become. */
function resultOf(
  walk: Walk,
  question: Question,
  flow: FlowKey,
  way: OutputRoute,
  outcome: {
    readonly verdict: Verdict;
    readonly errno: Errno | undefined;
    readonly sendError?: Errno;
    readonly icmp?: ReceivedIcmp;
    readonly response?: Payload;
    readonly replyTtl?: number;
    readonly connectedUs?: ElapsedUs;
  },
): ClientResult {
  const served = walk.served.find(other => other.protocol === question.protocol);
  return {
    verdict: outcome.verdict,
    ...(outcome.errno !== undefined && { errno: outcome.errno }),
    ...(outcome.sendError !== undefined && { sendError: outcome.sendError }),
    ...(outcome.icmp !== undefined && { icmp: outcome.icmp }),
    ...(served !== undefined &&
      outcome.connectedUs !== undefined && { backend: served.backend, sourceSeen: served.source }),
    ...(way.kind === 'found' && { client: { address: flow.src, port: flow.srcPort } }),
    ...(outcome.response?.message !== undefined && { response: outcome.response.message }),
    responseBytes: outcome.response?.bytes ?? 0,
    ...(outcome.replyTtl !== undefined && { replyTtl: outcome.replyTtl }),
    ...(outcome.connectedUs !== undefined && { connectedUs: outcome.connectedUs }),
  };
}

/** The next client port of the namespace: drawn once, then counted on. */
export function ephemeralPort(walk: Walk, question: Question): number {
  const { first, last } = EPHEMERAL_PORTS;
  const count = walk.nextId(walk.view(question.from), 'ephemeral-port', 0);
  // Steps of 2, as Linux does for connect(); the start is drawn for each namespace.
  return first + ((hash32(walk.start.seed, 'port', question.from) + count * 2) % (last - first + 1));
}
