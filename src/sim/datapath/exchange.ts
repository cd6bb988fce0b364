// One question of a client program, from its system call to what it makes of the answers.
//
// `probe` looks at what would happen and changes nothing; `send` is the same walk with what packets wrote merged.

import { WorldView } from '../linux/overlay.ts';
import type { World } from '../linux/world.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { askEcho } from './echoClient.ts';
import type { Programs } from './programs.ts';
import { askTcp } from './tcpClient.ts';
import type { Exchange, Question, Trace } from './trace.ts';
import { askUdp } from './udpClient.ts';
import { Walk } from './walk.ts';

/** What an exchange needs to know beside the question. */
export interface ExchangeWorld {
  readonly world: World;
  readonly programs: Programs;
  readonly seed: number;
  readonly now: VirtualMs;
  /** Called before a namespace is looked at for the first time. */
  readonly prepare?: (netns: string) => void;
}

/** What the client of one protocol found out, without the traces. */
export type ClientResult = Omit<Exchange, 'traces' | 'question' | 'elapsedUs'>;

/** What happens if the question is asked now; nothing in the world changes. */
export function probe(world: ExchangeWorld, question: Question): Exchange {
  return ask(world, question).exchange;
}

/** Asks the question: tables change as the packets change them. */
export function send(world: ExchangeWorld, question: Question): Exchange {
  const { exchange, worlds } = ask(world, question);
  worlds.commit();
  return exchange;
}

function ask(world: ExchangeWorld, question: Question): { readonly exchange: Exchange; readonly worlds: WorldView } {
  const worlds = new WorldView(world.world, world.prepare);
  const { programs, seed, now } = world;
  const walk = new Walk(worlds, programs, { seed, attempt: question.attempt ?? 0, now });
  const client = clientOf(walk, question);
  walk.run();
  const elapsedUs = client.endedUs() ?? walk.elapsedUs;
  const exchange: Exchange = { question, ...client.result(), traces: withMainRoles(walk.traces()), elapsedUs };
  return { exchange, worlds };
}

/** A client of one protocol: it has sent its first packet, and says at the end what it experienced. */
export interface ProtocolClient {
  result(): ClientResult;
  /** When the client had its answer (or gave up), since the beginning. */
  endedUs(): number | undefined;
}

function clientOf(walk: Walk, question: Question): ProtocolClient {
  switch (question.protocol) {
    case 'tcp':
      return askTcp(walk, question);
    case 'udp':
      return askUdp(walk, question);
    case 'icmp':
      return askEcho(walk, question);
  }
}

/** Of the copies of a flooded packet, the one that somebody took is the journey; the others are copies. */
function withMainRoles(traces: readonly Trace[]): readonly Trace[] {
  /** The trace that this one was split off from. */
  const splitFrom = (trace: Trace): Trace | undefined => {
    const cause = trace.cause === undefined ? undefined : traces[trace.cause.trace];
    return cause !== undefined &&
      cause.label === trace.label &&
      cause.role === trace.role &&
      cause.startedUs === trace.startedUs
      ? cause
      : undefined;
  };
  if (!traces.some(splitFrom)) return traces;
  const originOf = (trace: Trace): number => {
    const other = splitFrom(trace);
    return other === undefined ? trace.id : originOf(other);
  };
  const families = new Map<number, Trace[]>();
  for (const trace of traces) {
    const origin = originOf(trace);
    const family = families.get(origin);
    if (family === undefined) families.set(origin, [trace]);
    else family.push(trace);
  }
  const main = new Set<Trace | undefined>();
  for (const family of families.values()) main.add(family.find(trace => trace.disposition === 'ACCEPTED') ?? family[0]);
  return traces.map(trace => (main.has(trace) ? trace : { ...trace, role: 'copy' as const }));
}
