// What the model says about the probes of a spec.

import { send } from '../../../src/sim/datapath/exchange.ts';
import type { Program } from '../../../src/sim/datapath/programs.ts';
import type { Exchange, Question, Trace } from '../../../src/sim/datapath/trace.ts';
import { buildWorld } from '../../../src/sim/linux/kernelSpec.ts';
import type { World } from '../../../src/sim/linux/world.ts';
import { ip } from '../../../src/sim/net/address.ts';
import { icmpTypeNumber } from '../../../src/sim/net/numbers.ts';
import { isIcmpError } from '../../../src/sim/net/packet.ts';
import { type Crossing, crossingsOf, innermost, pathText, tunnelOf } from './crossings.ts';
import type { Probe, ProbeResult, RecordedSpec, ResultDocument } from './recording.ts';
import { change } from './steps.ts';

/** What a probe's program says and is answered when the spec gives no sizes, in bytes. */
const REQUEST_BYTES = 9;
const ANSWER_BYTES = 160;
/** A request that says how much is to be answered. */
const SIZED_REQUEST_BYTES = 19;
/** Virtual time between two probes: long enough that nothing of one waits for the other. */
const BETWEEN_MS = 1;

/** A recorded cluster whose probes are asked one after the other. */
interface RunningSpec {
  readonly world: World;
  readonly now: () => number;
  sleep(ms: number): void;
  ask(probes: readonly Probe[]): readonly ProbeResult[];
}

type Echo = 'connected' | 'unconnected';

function start(spec: RecordedSpec, echo: Echo): RunningSpec {
  const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
  let now = 0;
  let attempt = 0;
  const askOne = (probe: Probe): Exchange => {
    now += BETWEEN_MS;
    return askOnce(world, probe, now, ++attempt, echo);
  };
  return {
    world,
    now: () => now,
    sleep(ms) {
      now += ms;
    },
    ask: probes => probes.map(probe => folded(probe, () => askOne(probe))),
  };
}

/**
 * What the model says about the probes of a spec, before any of its steps.
 * @param echo whose echo requests: ping(8)'s, or those of the recordings, whose sockets are connected
 */
export function predict(spec: RecordedSpec, echo: Echo = 'connected'): ResultDocument {
  return { name: spec.name, results: start(spec, echo).ask(spec.probes) };
}

/** The same, with the changes that the spec makes while it runs, and the probes after them. */
export async function predictSteps(spec: RecordedSpec): Promise<ResultDocument> {
  const running = start(spec, 'connected');
  if (spec.warm === true) {
    running.ask(spec.probes);
    confirmNeighbors(running.world, running.now());
  }
  const results = [...running.ask(spec.probes)];
  for (const step of spec.steps ?? []) {
    for (const made of step.change ?? []) await change(running.world, running.now, made);
    running.sleep((step.sleep ?? 0) * 1000);
    results.push(...running.ask(step.probes ?? []));
  }
  return { name: spec.name, results };
}

/** What a kernel does on its own within seconds: it asks the neighbours again that it has only heard of. */
function confirmNeighbors(world: World, now: number): void {
  for (const { neighbors } of world.namespaces.values())
    for (const [key, entry] of [...neighbors.view()])
      if (entry.state === 'STALE') neighbors.set(key, { ...entry, state: 'REACHABLE', since: now });
}

function askOnce(world: World, probe: Probe, now: number, attempt: number, echo: Echo): Exchange {
  const answer: Program = () => ({ bytes: probe.down ?? ANSWER_BYTES, message: { kind: 'text', text: '' } });
  const [address, port] = (probe.bind ?? '').split(':');
  return send(
    { world, programs: new Map([['answer', answer]]), seed: 1, now },
    {
      from: probe.from,
      to: ip(probe.to),
      protocol: probe.proto ?? 'tcp',
      port: probe.port ?? 0,
      requestBytes: probe.up ?? (probe.down === undefined ? REQUEST_BYTES : SIZED_REQUEST_BYTES),
      timeoutMs: (probe.timeout ?? 4) * 1000,
      attempt,
      ...(echo === 'unconnected' && { socket: echo }),
      ...(probe.ttl !== undefined && { ttl: probe.ttl }),
      ...fragmentationOf(probe),
      ...(port && { bind: { port: Number(port), ...(address !== '0.0.0.0' && { address: ip(address ?? '') }) } }),
    },
  );
}

const FRAGMENTATION = ['dont', 'want', 'do', 'probe'] as const;

function fragmentationOf({ df }: Probe): Pick<Question, 'fragmentation'> {
  const fragmentation = df === undefined ? undefined : FRAGMENTATION[df];
  return fragmentation === undefined ? {} : { fragmentation };
}

/** A probe that is asked more than once counts what chance decided. */
function folded(probe: Probe, ask: () => Exchange): ProbeResult {
  const times = probe.repeat ?? 1;
  const first = resultOf(probe, ask());
  if (times === 1) return first;
  const all = [first, ...Array.from({ length: times - 1 }, () => resultOf(probe, ask()))];
  const backendOf = (result: ProbeResult): string => result.backend ?? 'None';
  const names = [...new Set(all.map(backendOf))].sort();
  return {
    ...first,
    ...(probe.choice !== undefined && { choice: probe.choice }),
    verdicts: counted(all.map(result => result.verdict)),
    backends: counted(all.map(backendOf)),
    by_backend: Object.fromEntries(
      names.map(name => [
        name,
        [...new Set(all.filter(result => backendOf(result) === name).map(result => result.src_seen ?? '-'))].sort(),
      ]),
    ),
  };
}

function counted(values: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** An exchange in the words of the recordings. */
export function resultOf(probe: Probe, exchange: Exchange): ProbeResult {
  const isOk = exchange.verdict === 'ok';
  // Who answers an echo request says no name.
  const hasName = isOk && probe.proto !== 'icmp';
  const clientPort = exchange.client?.port;
  const { forward, reverse, errors } = legsOf(exchange);
  const lastIn = forward.findLast(crossing => crossing.way === '<');
  const replyIn = reverse.findLast(crossing => crossing.way === '<' && crossing.host === probe.from);
  return {
    id: probe.id,
    // The recordings have no word of their own for it: the system call fails with EHOSTUNREACH.
    verdict: exchange.verdict === 'ttl-exceeded' ? 'unreachable' : exchange.verdict,
    ...(hasName && exchange.backend !== undefined && { backend: nameOf(exchange) }),
    ...(hasName && exchange.sourceSeen !== undefined && { src_seen: exchange.sourceSeen.address }),
    ...(isOk && lastIn !== undefined && { ttl_at_backend: innermost(lastIn.packet).ttl }),
    ...(isOk && replyIn !== undefined && { ttl_of_reply: innermost(replyIn.packet).ttl }),
    ...receivedError(errors, probe.from),
    path: pathText(forward, clientPort, true),
    ...(reverse.length > 0 && { reply_path: pathText(reverse, clientPort, false) }),
    ...(errors.length > 0 && { icmp_path: pathText(errors, clientPort, true) }),
  };
}

/** The first error that reached the client's namespace, as it came in: before its kernel translated it back. */
function receivedError(errors: readonly Crossing[], client: string): Pick<ProbeResult, 'icmp'> {
  for (const { host, device, way, packet } of errors) {
    const { body } = packet;
    if (host !== client || way !== '<' || !isIcmpError(body)) continue;
    const type = icmpTypeNumber(body);
    if ((type === 3 && body.code !== 4) || type === 11)
      return { icmp: { from: packet.src, type, code: body.code, if: device } };
  }
  return {};
}

function nameOf({ backend }: Exchange): string {
  const name = backend?.listener?.settings?.name;
  return typeof name === 'string' ? name : (backend?.netns ?? '');
}

/** The packets that the recordings follow: first packets, first answers and resets, ICMP errors. */
function legsOf(exchange: Exchange): {
  readonly forward: readonly Crossing[];
  readonly reverse: readonly Crossing[];
  readonly errors: readonly Crossing[];
} {
  const { protocol } = exchange.question;
  const isError = (trace: Trace): boolean => someBody(trace, isIcmpError);
  // What began as ARP is none of the flow's packets, copies of it neither.
  const ways = exchange.traces.filter(trace => trace.role !== 'fragment' && someBody(trace, () => true));
  const towards = ways.filter(trace => !isError(trace) && isFirst(originOf(exchange, trace), protocol, 'request'));
  const back = ways.filter(trace => {
    const origin = originOf(exchange, trace);
    return !isError(trace) && isFirst(origin, protocol, 'reply') && !isAnswerToServer(exchange, origin);
  });
  return {
    forward: crossingsOf(towards, () => ''),
    reverse: crossingsOf(back, ({ packet }) => `${innermost(packet).src} ${flagsOf(innermost(packet))}`),
    errors: crossingsOf(
      ways.filter(trace => isError(trace) && !isAboutTunnel(trace)),
      ({ packet }) => errorKey(innermost(packet)),
    ),
  };
}

/** An error about a packet that a tunnel had made: the flow inside it hears nothing of it. */
function isAboutTunnel(trace: Trace): boolean {
  return someBody(trace, body => isIcmpError(body) && tunnelOf(body.quoted) !== undefined);
}

/** One error is told apart from another by its sender, type and code. */
function errorKey({ src, body }: Crossing['packet']): string {
  return isIcmpError(body) ? `${src} ${body.type} ${body.code}` : src;
}

type Body = Crossing['packet']['body'];

function someBody(trace: Trace, holds: (body: Body) => boolean): boolean {
  const payload = trace.hops[0]?.steps[0]?.after.payload;
  return payload?.kind === 'ip' && holds(payload.body);
}

function flagsOf({ body }: Crossing['packet']): string {
  return body.kind === 'tcp' ? body.flags : '';
}

/** `request`: a SYN, a datagram of the client, an echo request; `reply`: SYN-ACK or RST, a datagram, an echo reply. */
function isFirst(trace: Trace, protocol: 'tcp' | 'udp' | 'icmp', leg: 'request' | 'reply'): boolean {
  return someBody(trace, body => {
    if (protocol === 'tcp') {
      if (body.kind !== 'tcp') return false;
      if (leg === 'request') return body.flags === 'SYN';
      return body.flags === 'SYN-ACK' || (body.flags.startsWith('RST') && isOfServer(trace));
    }
    const isOfClient = !isOfServer(trace);
    return body.kind === protocol && isOfClient === (leg === 'request');
  });
}

/** A reset that refuses what the server sent: it goes towards the server. */
function isAnswerToServer({ traces }: Exchange, trace: Trace): boolean {
  const cause = trace.cause === undefined ? undefined : traces[trace.cause.trace];
  return trace.role === 'reset' && cause !== undefined && isOfServer(cause);
}

/** The packet that a copy was made of, where a bridge or a tunnel flooded it. */
function originOf(exchange: Exchange, trace: Trace): Trace {
  const original = trace.cause === undefined ? undefined : exchange.traces[trace.cause.trace];
  return trace.role === 'copy' && original !== undefined ? originOf(exchange, original) : trace;
}

function isOfServer(trace: Trace): boolean {
  return trace.role === 'reply' || trace.role === 'server' || trace.role === 'reset';
}
