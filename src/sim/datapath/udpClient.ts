// A client that sends one datagram and waits for one.
//
// Models:  a connected UDP socket: ICMP errors that the kernel takes as final are reported, the others are not.
// Read:    kernel net/ipv4/udp.c, `__udp4_lib_err`.

import type { FlowKey } from '../net/flow.ts';
import type { IpPacket, Payload } from '../net/packet.ts';
import { IPV4_HEADER_BYTES, UDP_HEADER_BYTES } from '../net/size.ts';
import { errnoOf, isFinal, isTooBig, receivedIcmp, verdictOf, verdictOfUnsent } from './errno.ts';
import type { ProtocolClient } from './exchange.ts';
import { messageName } from './label.ts';
import { fitOf } from './pathMtu.ts';
import { recordTooLarge, recordUnsent, routeConnect, sendLocal } from './send.ts';
import { ephemeralPort } from './tcpClient.ts';
import type { ElapsedUs, Errno, Question, ReceivedIcmp, Verdict } from './trace.ts';
import type { Walk } from './walk.ts';

export function askUdp(walk: Walk, question: Question): ProtocolClient {
  const view = walk.view(question.from);
  const way = routeConnect(view, question.to, question.bind?.address);
  const port = question.bind?.port ?? ephemeralPort(walk, question);
  const src = way.kind === 'found' ? way.source : question.to;
  const flow: FlowKey = { protocol: 'udp', src, srcPort: port, dst: question.to, dstPort: question.port };
  const payload: Payload = {
    bytes: question.requestBytes,
    ...(question.message !== undefined && { message: question.message }),
  };
  const bytes = IPV4_HEADER_BYTES + UDP_HEADER_BYTES + question.requestBytes;
  const fit = fitOf(walk, view, question, way, bytes);
  const packet: IpPacket = {
    kind: 'ip',
    src,
    dst: question.to,
    ttl: question.ttl ?? view.derived.sysctl.defaultTtl,
    df: fit.kind === 'sent' && fit.df,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: { kind: 'udp', srcPort: port, dstPort: question.port, payload },
  };
  let verdict: Verdict = 'timeout';
  let errno: Errno | undefined = 'ETIMEDOUT';
  let icmp: ReceivedIcmp | undefined;
  let sendError: Errno | undefined;
  let answer: Payload | undefined;
  let replyTtl: number | undefined;
  let endedUs: ElapsedUs | undefined;
  const end = (how: Verdict, why?: Errno): void => {
    if (endedUs !== undefined) return;
    verdict = how;
    errno = why;
    endedUs = walk.elapsedUs;
    walk.finish();
  };
  const unsent = (why: Errno): void => {
    sendError = why;
    end(verdictOfUnsent(why), why);
  };
  const label = question.message === undefined ? 'UDP' : messageName(question.message);
  const journey = { role: 'request', label, from: { kind: 'socket-send', purpose: 'sends a datagram', flow } } as const;
  if (way.kind === 'refused') {
    end('unreachable-local', way.errno);
    recordUnsent(walk, view, packet, way, journey);
  } else if (fit.kind === 'too-large') {
    end('emsgsize', 'EMSGSIZE');
    recordTooLarge(walk, view, packet, way, journey, fit.mtu);
  } else {
    walk.sockets.open({
      netns: question.from,
      flow,
      receive(_arrived, reply) {
        if (reply.body.kind !== 'udp') return;
        answer = reply.body.payload;
        replyTtl = reply.ttl;
        end('ok');
      },
      error(arrived, from, error) {
        icmp ??= receivedIcmp(arrived, from, error);
        if (isTooBig(error) && question.fragmentation !== 'dont') {
          end('emsgsize', 'EMSGSIZE');
          return;
        }
        const why = errnoOf(error);
        if (isFinal(error)) end(verdictOf(why), why);
        else if (question.hears === 'every-error')
          end(error.type === 'time-exceeded' ? 'ttl-exceeded' : 'unreachable', why);
      },
    });
    sendLocal(walk, view, packet, way, { ...journey, unsent });
    walk.setTimer(question.timeoutMs * 1000, () => end('timeout', 'ETIMEDOUT'));
  }
  return {
    endedUs: () => endedUs,
    result: () => {
      const served = walk.served.find(other => other.protocol === 'udp');
      return {
        verdict,
        ...(errno !== undefined && { errno }),
        ...(sendError !== undefined && { sendError }),
        ...(icmp !== undefined && { icmp }),
        ...(served !== undefined && verdict === 'ok' && { backend: served.backend, sourceSeen: served.source }),
        ...(way.kind === 'found' && { client: { address: src, port } }),
        ...(answer?.message !== undefined && { response: answer.message }),
        responseBytes: answer?.bytes ?? 0,
        ...(replyTtl !== undefined && { replyTtl }),
      };
    },
  };
}
