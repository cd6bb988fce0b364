// ping: one echo request and what comes back.
//
// Read:    RFC 792; ping(8).

import type { FlowKey } from '../net/flow.ts';
import { type IpPacket, isIcmpError } from '../net/packet.ts';
import { ICMP_HEADER_BYTES, IPV4_HEADER_BYTES } from '../net/size.ts';
import { hash32 } from '../runtime/hash.ts';
import { errnoOf, receivedIcmp, verdictOfUnsent } from './errno.ts';
import type { ProtocolClient } from './exchange.ts';
import { fitOf } from './pathMtu.ts';
import { recordTooLarge, recordUnsent, routeConnect, routeOutput, sendLocal } from './send.ts';
import type { ElapsedUs, Errno, Question, ReceivedIcmp, Verdict } from './trace.ts';
import type { Walk } from './walk.ts';

/** ping(8) takes the number of its process: two hosts hardly ever have the same. */
const firstId = (netns: string): number => 1 + (hash32('echo-id', netns) % 60_000);

export function askEcho(walk: Walk, question: Question): ProtocolClient {
  const view = walk.view(question.from);
  const connected = routeConnect(view, question.to, question.bind?.address);
  // ping(8) asks with connect() whether there is a way, and sends from another socket, which looks once.
  const way =
    question.socket === 'unconnected' && connected.kind === 'found'
      ? routeOutput(view, question.to, question.bind?.address)
      : connected;
  const echo = question.echo ?? { id: walk.nextId(view, 'echo-id', firstId(view.name)), seq: 1 };
  const src = way.kind === 'found' ? way.source : question.to;
  const flow: FlowKey = { protocol: 'icmp', src, srcPort: echo.id, dst: question.to, dstPort: echo.id };
  const bytes = IPV4_HEADER_BYTES + ICMP_HEADER_BYTES + question.requestBytes;
  const fit = fitOf(walk, view, question, way, bytes);
  const packet: IpPacket = {
    kind: 'ip',
    src,
    dst: question.to,
    ttl: question.ttl ?? view.derived.sysctl.defaultTtl,
    df: fit.kind === 'sent' && fit.df,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: { kind: 'icmp', type: 'echo-request', id: echo.id, seq: echo.seq, payload: { bytes: question.requestBytes } },
  };
  let verdict: Verdict = 'timeout';
  let errno: Errno | undefined = 'ETIMEDOUT';
  let icmp: ReceivedIcmp | undefined;
  let sendError: Errno | undefined;
  let answeredBy: IpPacket | undefined;
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
  const journey = {
    role: 'request',
    label: 'echo request',
    from: { kind: 'socket-send', purpose: 'pings', flow },
  } as const;
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
        if (reply.body.kind !== 'icmp' || isIcmpError(reply.body)) return;
        answeredBy = reply;
        replyTtl = reply.ttl;
        end('ok');
      },
      error(arrived, from, error) {
        icmp = receivedIcmp(arrived, from, error);
        if (error.type === 'time-exceeded') end('ttl-exceeded', 'EHOSTUNREACH');
        else end(error.code === 4 ? 'emsgsize' : error.code === 3 ? 'rejected' : 'unreachable', errnoOf(error));
      },
    });
    sendLocal(walk, view, packet, way, { ...journey, unsent });
    walk.setTimer(question.timeoutMs * 1000, () => end('timeout', 'ETIMEDOUT'));
  }
  return {
    endedUs: () => endedUs,
    result: () => ({
      verdict,
      ...(errno !== undefined && { errno }),
      ...(sendError !== undefined && { sendError }),
      ...(icmp !== undefined && { icmp }),
      ...(answeredBy !== undefined &&
        walk.served[0] !== undefined && { backend: walk.served[0].backend, sourceSeen: walk.served[0].source }),
      ...(way.kind === 'found' && { client: { address: src, port: echo.id } }),
      responseBytes: question.requestBytes,
      ...(replyTtl !== undefined && { replyTtl }),
    }),
  };
}
