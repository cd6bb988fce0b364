// The server's end of a TCP connection: handshake, one request, one answer, close.
//
// Models:  the packets of a server that answers and closes, in the order in which Linux sends them.
// Omits:   retransmission of SYN-ACK by timer (a client's second SYN brings one), windows, half-open timeouts.
// Read:    RFC 9293, sections 3.5 and 3.6; kernel net/ipv4/tcp_input.c.

import type { Listener } from '../linux/sockets.ts';
import { flowOf, reverse } from '../net/flow.ts';
import { type IpPacket, NO_PAYLOAD, type Payload, type TcpFlags } from '../net/packet.ts';
import { hash32 } from '../runtime/hash.ts';
import { isTooBig } from './errno.ts';
import { messageName } from './label.ts';
import { outputMtu } from './pathMtu.ts';
import { routeOutput, sendLocal } from './send.ts';
import type { Skb } from './skb.ts';
import type { OpenSocket } from './sockets.ts';
import { MAX_RETRANSMISSIONS, mssFor, retransmissionDelay, segmented, segmentOf } from './tcp.ts';
import type { Role } from './trace.ts';
import type { Timer, Walk } from './walk.ts';

/** Takes a SYN that a listener wants: makes the connection's socket and answers. */
export function acceptConnection(walk: Walk, skb: Skb, packet: IpPacket, listener: Listener): void {
  if (packet.body.kind !== 'tcp') return;
  const { view } = skb;
  const flow = reverse(flowOf(packet));
  const first = hash32(walk.start.seed, 'isn', view.name, flow.dst, flow.dstPort, walk.start.attempt);
  const peerFirst = packet.body.seq;
  const peerMss = packet.body.mss;
  let state: 'syn-received' | 'established' | 'closing' | 'closed' = 'syn-received';
  let sent = first + 1;
  let received = peerFirst + 1;
  let unacknowledged: { readonly flags: TcpFlags; readonly seq: number; readonly payload: Payload } | undefined;
  let timer: Timer | undefined;
  let answered: 'not-yet' | 'then-closes' | 'then-waits' = 'not-yet';

  const send = (flags: TcpFlags, seq: number, payload: Payload, cause: Skb, role: Role, purpose: string): void => {
    const way = routeOutput(view, flow.dst, flow.src);
    if (way.kind === 'refused') return;
    const reply: IpPacket = {
      kind: 'ip',
      src: flow.src,
      dst: flow.dst,
      ttl: view.derived.sysctl.defaultTtl,
      df: true,
      id: walk.nextId(view, 'ip-id', 1),
      fragment: undefined,
      body: segmentOf(
        flow,
        flags,
        seq,
        received,
        segmented(payload, outputMtu(view, way, flow.dst, walk.now), peerMss),
        flags === 'SYN-ACK' ? mssFor(way.device) : undefined,
      ),
    };
    const label = payload.message === undefined ? flags : messageName(payload.message);
    sendLocal(walk, view, reply, way, { role, label, cause, from: { kind: 'socket-send', purpose, flow } });
  };

  const sendData = (payload: Payload, cause: Skb, attempt: number): void => {
    const flags = 'PSH-ACK';
    unacknowledged ??= { flags, seq: sent, payload };
    send(flags, unacknowledged.seq, payload, cause, attempt === 0 ? 'server' : 'retransmission', 'answers');
    if (attempt === 0) sent += payload.bytes;
    timer = walk.setTimer(retransmissionDelay(attempt), () => {
      if (unacknowledged !== undefined && attempt < MAX_RETRANSMISSIONS) sendData(payload, cause, attempt + 1);
    });
  };

  const socket: OpenSocket = {
    netns: view.name,
    flow,
    receive(arrived, incoming) {
      const segment = incoming.body;
      if (segment.kind !== 'tcp' || state === 'closed') return;
      switch (segment.flags) {
        case 'SYN':
          send('SYN-ACK', first, NO_PAYLOAD, arrived, 'retransmission', 'accepts the connection again');
          return;
        case 'RST':
        case 'RST-ACK':
          state = 'closed';
          walk.cancelTimer(timer);
          return;
        case 'ACK':
          if (state === 'syn-received') state = 'established';
          if (unacknowledged !== undefined && segment.ack >= sent) {
            unacknowledged = undefined;
            walk.cancelTimer(timer);
            if (answered === 'then-closes' && state === 'established') {
              state = 'closing';
              send('FIN-ACK', sent, NO_PAYLOAD, arrived, 'server', 'closes its side');
              sent++;
            }
          }
          return;
        case 'PSH-ACK': {
          if (state === 'syn-received') state = 'established';
          const isNew = segment.seq + segment.payload.bytes > received;
          if (isNew) received = segment.seq + segment.payload.bytes;
          send('ACK', sent, NO_PAYLOAD, arrived, 'server', 'acknowledges the request');
          if (!isNew || answered !== 'not-yet') return;
          const answer = walk.programs.get(listener.program)?.({
            listener,
            netns: view.name,
            payload: segment.payload,
            local: { address: flow.src, port: flow.srcPort },
            peer: { address: flow.dst, port: flow.dstPort },
          });
          if (answer === undefined) return;
          const { afterwards, ...payload } = answer;
          answered = afterwards === 'waits' ? 'then-waits' : 'then-closes';
          sendData(payload, arrived, 0);
          return;
        }
        case 'FIN-ACK':
          received = segment.seq + 1;
          if (state !== 'closing') {
            send('FIN-ACK', sent, NO_PAYLOAD, arrived, 'server', 'closes too');
            sent++;
          } else send('ACK', sent, NO_PAYLOAD, arrived, 'server', 'acknowledges the close');
          state = 'closed';
          return;
        case 'SYN-ACK':
          return;
      }
    },
    error(arrived, _from, error) {
      // A server's connection outlives single errors; segments that were too large are sent again, smaller.
      if (!isTooBig(error) || unacknowledged === undefined) return;
      walk.cancelTimer(timer);
      sendData(unacknowledged.payload, arrived, 1);
    },
  };
  walk.sockets.open(socket);
  walk.served.push({
    protocol: 'tcp',
    backend: { netns: view.name, address: flow.src, port: flow.srcPort, listener },
    source: { address: flow.dst, port: flow.dstPort },
  });
  send('SYN-ACK', first, NO_PAYLOAD, skb, 'reply', 'accepts the connection');
}
