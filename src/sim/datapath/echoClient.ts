// ping: echo requests and what comes back. One is sent; more follow at an interval while one has no answer, so that they
// wait for the same neighbour together, as the requests of a running ping do.
//
// Read:    RFC 792; ping(8).

import type { FlowKey } from '../net/flow.ts';
import { type IpPacket, isIcmpError } from '../net/packet.ts';
import { ICMP_HEADER_BYTES, IPV4_HEADER_BYTES } from '../net/size.ts';
import { hash32 } from '../runtime/hash.ts';
import { errnoOf, receivedIcmp } from './errno.ts';
import type { ProtocolClient } from './exchange.ts';
import { fitOf } from './pathMtu.ts';
import { recordTooLarge, recordUnsent, routeConnect, sendLocal } from './send.ts';
import type { EchoAnswer, ElapsedUs, Errno, Question, ReceivedIcmp, Verdict } from './trace.ts';
import type { Walk } from './walk.ts';

/** ping(8) takes the number of its process: two hosts hardly ever have the same. */
const firstId = (netns: string): number => 1 + (hash32('echo-id', netns) % 60_000);

export function askEcho(walk: Walk, question: Question): ProtocolClient {
  const view = walk.view(question.from);
  const way = routeConnect(view, question.to, question.bind?.address);
  const id = question.echo?.id ?? walk.nextId(view, 'echo-id', firstId(view.name));
  const first = question.echo?.seq ?? 1;
  const src = way.kind === 'found' ? way.source : question.to;
  const flow: FlowKey = { protocol: 'icmp', src, srcPort: id, dst: question.to, dstPort: id };
  const bytes = IPV4_HEADER_BYTES + ICMP_HEADER_BYTES + question.requestBytes;
  const fit = fitOf(walk, view, question, way, bytes);
  const packetOf = (seq: number): IpPacket => ({
    kind: 'ip',
    src,
    dst: question.to,
    ttl: question.ttl ?? view.derived.sysctl.defaultTtl,
    df: fit.kind === 'sent' && fit.df,
    id: walk.nextId(view, 'ip-id', 1),
    fragment: undefined,
    body: { kind: 'icmp', type: 'echo-request', id, seq, payload: { bytes: question.requestBytes } },
  });
  let verdict: Verdict = 'timeout';
  let errno: Errno | undefined = 'ETIMEDOUT';
  let icmp: ReceivedIcmp | undefined;
  let replyTtl: number | undefined;
  let endedUs: ElapsedUs | undefined;
  const sentUs = new Map<number, ElapsedUs>();
  const answers: EchoAnswer[] = [];
  const end = (): void => {
    if (endedUs !== undefined) return;
    endedUs = walk.elapsedUs;
    walk.finish();
  };
  const from = { kind: 'socket-send', purpose: 'pings', flow } as const;
  const journey = { role: 'request', label: 'echo request', from } as const;

  /** Takes the answer to a request; the first one is the exchange's own. */
  const take = (seq: number, answer: EchoAnswer['answer'], how: Verdict, why: Errno | undefined): void => {
    const at = sentUs.get(seq);
    if (at === undefined || answers.some(known => known.seq === seq)) return;
    if (answers.length === 0) {
      verdict = how;
      errno = why;
    }
    answers.push({ seq, sentUs: at, atUs: walk.elapsedUs, answer });
    if (answers.length === sentUs.size) end();
  };

  const sendAnother = (seq: number): void => {
    if (way.kind === 'refused') return;
    sentUs.set(seq, walk.elapsedUs);
    sendLocal(walk, view, packetOf(seq), way, seq === first ? journey : { ...journey, role: 'client' });
    const more = question.echo?.more;
    if (more !== undefined && seq < first + more.count) {
      walk.setTimer(more.intervalMs * 1000, () => sendAnother(seq + 1));
      return;
    }
    // Once one has been answered, the last one is given no longer than the others were.
    const hasReplies = more !== undefined && answers.some(({ answer }) => answer.kind === 'reply');
    walk.setTimer((hasReplies ? Math.min(more.intervalMs, question.timeoutMs) : question.timeoutMs) * 1000, end);
  };

  if (way.kind === 'refused') {
    verdict = 'unreachable-local';
    errno = way.errno;
    end();
    recordUnsent(walk, view, packetOf(first), way, journey);
  } else if (fit.kind === 'too-large') {
    verdict = 'emsgsize';
    errno = 'EMSGSIZE';
    end();
    recordTooLarge(walk, view, packetOf(first), way, journey, fit.mtu);
  } else {
    walk.sockets.open({
      netns: question.from,
      flow,
      receive(_arrived, reply) {
        if (reply.body.kind !== 'icmp' || isIcmpError(reply.body)) return;
        replyTtl ??= reply.ttl;
        take(reply.body.seq, { kind: 'reply', from: reply.src, ttl: reply.ttl }, 'ok', undefined);
      },
      error(arrived, packet, error) {
        const { body } = error.quoted;
        if (body.kind !== 'icmp' || isIcmpError(body)) return;
        const received = receivedIcmp(arrived, packet, error);
        if (answers.length === 0) icmp = received;
        const answer = { kind: 'error', icmp: received } as const;
        if (error.type === 'time-exceeded') take(body.seq, answer, 'ttl-exceeded', 'EHOSTUNREACH');
        else
          take(
            body.seq,
            answer,
            error.code === 4 ? 'emsgsize' : error.code === 3 ? 'rejected' : 'unreachable',
            errnoOf(error),
          );
      },
    });
    sendAnother(first);
  }
  return {
    endedUs: () => endedUs,
    result: () => ({
      verdict,
      ...(errno !== undefined && { errno }),
      ...(icmp !== undefined && { icmp }),
      ...(replyTtl !== undefined &&
        walk.served[0] !== undefined && { backend: walk.served[0].backend, sourceSeen: walk.served[0].source }),
      ...(way.kind === 'found' && { client: { address: src, port: id } }),
      echoes: { sent: Math.max(1, sentUs.size), answers },
      ...(fit.kind === 'too-large' && way.kind === 'found' && { localMtu: fit.mtu }),
      responseBytes: question.requestBytes,
      ...(replyTtl !== undefined && { replyTtl }),
    }),
  };
}
