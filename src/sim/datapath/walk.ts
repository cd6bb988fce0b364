// Follows packets through kernels until nothing moves any more and no timer can change the outcome.
//
// One packet is taken through its stages from end to end; what it gives rise to (copies, answers, errors) waits in a
// queue. When the queue is empty, the earliest timer rings: a retransmission, an ARP request, a client giving up.
//
// Models:  time on wires, in microseconds: see WIRE_US.
// Omits:   bandwidth, queues, loss, processing time.

import { type NetnsView, takeNumber, type WorldView } from '../linux/overlay.ts';
import type { Frame } from '../net/packet.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { invariant } from '../runtime/errors.ts';
import { runStage, type StageKey } from './order.ts';
import type { Programs } from './programs.ts';
import { newSkb, type Skb } from './skb.ts';
import { Sockets } from './sockets.ts';
import type { DropReason, ElapsedUs, Exchange, Role, Trace } from './trace.ts';
import { TraceBuilder } from './traceBuilder.ts';

/** Simplified: one way over a cable between two machines, and between two namespaces of one machine. */
export const WIRE_US = { betweenMachines: 50, withinMachine: 5 } as const;

/** More stages than any packet crosses in a world without loops. */
const MAX_STAGES = 2000;
/** More copies of one packet than there are in any network that is not all circles. */
const MAX_COPIES = 20_000;

interface Waiting {
  readonly skb: Skb;
  readonly stage: StageKey;
  readonly at: ElapsedUs;
}

/** A host that took a request, and who it saw as the client. */
export interface Served {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly backend: NonNullable<Exchange['backend']>;
  readonly source: NonNullable<Exchange['sourceSeen']>;
}

export interface Timer {
  /** When it was set, and how long after that it rings, in order. */
  readonly setAt: ElapsedUs;
  readonly after: readonly ElapsedUs[];
  /** How often it has rung. */
  rung: number;
  /** When it rings next. */
  at: ElapsedUs;
  /** Whether it may still ring. */
  state: 'set' | 'over';
  readonly ring: () => void;
}

/** What chance and time depend on, for the whole of an exchange. */
export interface WalkStart {
  readonly seed: number;
  readonly attempt: number;
  /** What the lab's clock said. */
  readonly now: VirtualMs;
}

export class Walk {
  readonly worlds: WorldView;
  readonly programs: Programs;
  readonly start: WalkStart;
  readonly sockets = new Sockets();
  /** Who took requests, in order: connections accepted, datagrams and echo requests answered. */
  readonly served: Served[] = [];
  /** Packets that wait for a neighbour, by namespace, device and address. */
  readonly waitingForNeighbor = new Map<string, Skb[]>();
  /** Fragments that wait for the rest of their datagram. */
  readonly fragments = new Map<string, Skb[]>();
  readonly #traces: TraceBuilder[] = [];
  readonly #queue: Waiting[] = [];
  /** What waits until the queue is empty. */
  readonly #deferred: Waiting[] = [];
  /** In the order in which they were set. */
  #timers: Timer[] = [];
  #elapsedUs: ElapsedUs = 0;
  #stages = 0;
  #turns = 0;
  #over = false;

  constructor(worlds: WorldView, programs: Programs, start: WalkStart) {
    this.worlds = worlds;
    this.programs = programs;
    this.start = start;
  }

  /** Virtual time of the lab at this moment of the walk. */
  get now(): VirtualMs {
    return this.start.now + this.#elapsedUs / 1000;
  }

  get elapsedUs(): ElapsedUs {
    return this.#elapsedUs;
  }

  view(netns: string): NetnsView {
    return this.worlds.get(netns);
  }

  /** A new packet in a namespace that made it. */
  originate(view: NetnsView, frame: Frame, role: Role, label: string, cause?: Skb): Skb {
    const from = cause === undefined ? undefined : { trace: cause.trace.id, step: Math.max(0, cause.trace.count - 1) };
    const trace = new TraceBuilder(this.#traces.length, role, label, this.#elapsedUs, from);
    this.#traces.push(trace);
    return newSkb(trace, view, frame);
  }

  /** The journey so far, for a copy of the packet. */
  forkTrace(trace: TraceBuilder): TraceBuilder {
    const copy = trace.fork(this.#traces.length);
    this.#traces.push(copy);
    return copy;
  }

  /** Puts a packet at the end of the queue. */
  enqueue(skb: Skb, stage: StageKey): void {
    this.#queue.push({ skb, stage, at: this.#elapsedUs });
  }

  /**
   * What comes out of a tunnel waits until the kernel has dealt with what else had arrived, and with what that gave rise
   * to. Source: kernel include/net/gro_cells.h; net/core/dev.c, `process_backlog`.
   */
  defer(skb: Skb, stage: StageKey): undefined {
    this.#deferred.push({ skb, stage, at: this.#elapsedUs });
    return undefined;
  }

  /** A wire takes time. */
  pass(skb: Skb, microseconds: ElapsedUs): void {
    this.#elapsedUs += microseconds;
    skb.trace.pass(microseconds);
  }

  /** After {@link Walk.finish} nothing rings any more. */
  setTimer(afterUs: ElapsedUs, ring: () => void): Timer {
    return this.setTimers([afterUs], ring);
  }

  /** Rings after each of the times, as if for each of them a timer had been set now. */
  setTimers(afterUs: readonly ElapsedUs[], ring: () => void): Timer {
    const setAt = this.#elapsedUs;
    const at = setAt + (afterUs[0] ?? 0);
    const timer: Timer = { setAt, after: afterUs, rung: 0, at, state: afterUs.length === 0 ? 'over' : 'set', ring };
    if (!this.#over) this.#timers.push(timer);
    return timer;
  }

  cancelTimer(timer: Timer | undefined): void {
    if (timer !== undefined) timer.state = 'over';
  }

  /** The client knows what it wanted to know: packets under way still arrive, but nobody waits any longer. */
  finish(): void {
    this.#over = true;
    this.#timers = [];
  }

  get isOver(): boolean {
    return this.#over;
  }

  nextId(view: NetnsView, counter: string, first: number): number {
    return takeNumber(view, counter, first);
  }

  run(): void {
    for (;;) {
      this.#drain();
      const next = this.#nextTimer();
      if (next === undefined) return;
      this.#elapsedUs = Math.max(this.#elapsedUs, next.at);
      const following = next.after[++next.rung];
      if (following === undefined) next.state = 'over';
      else next.at = next.setAt + following;
      next.ring();
    }
  }

  /** The earliest; of those that are due together the one that was set first. */
  #nextTimer(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers)
      if (timer.state === 'set' && (first === undefined || timer.at < first.at)) first = timer;
    return first;
  }

  #drain(): void {
    for (let i = 0; i < this.#queue.length; i++) {
      const waiting = this.#queue[i];
      invariant(waiting !== undefined, 'a packet in the queue');
      this.#elapsedUs = waiting.at;
      waiting.skb.trace.takeUp(waiting.at, ++this.#turns);
      let stage: StageKey | undefined = waiting.stage;
      while (stage !== undefined) {
        if (++this.#stages > MAX_STAGES || i > MAX_COPIES) {
          waiting.skb.trace.end(this.#elapsedUs, 'LOOPED', 'LAB_TOO_MANY_STEPS');
          break;
        }
        stage = runStage(stage, this, waiting.skb);
      }
      this.#stages = 0;
      if (this.#deferred.length > 0 && i === this.#queue.length - 1) this.#queue.push(...this.#deferred.splice(0));
    }
    this.#queue.length = 0;
  }

  /** The finished traces, in the order in which the packets set out. */
  traces(): readonly Trace[] {
    const reason: DropReason = 'NEIGH_FAILED';
    return this.#traces.map(trace => trace.build(this.#elapsedUs, reason));
  }
}
