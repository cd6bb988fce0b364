// What a lab stands on: a Kubernetes cluster, or bare kernels as a recording holds them. The lab adds what both have in
// common: history, journeys, and the way questions are put (lab.ts).

import type { ApiRequest, ApiResponse } from './api/request.ts';
import type { Programs } from './datapath/programs.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import type { LabConfig } from './labConfig.ts';
import type { ContainerLookup, HostRef, HostService } from './labHost.ts';
import type { World } from './linux/world.ts';
import type { NameOrigin } from './nameLookup.ts';
import type { NotSent, ReadQuestion, WrittenQuestion } from './question.ts';
import type { RecordedProbe } from './recorded/probe.ts';
import type { RecordedCluster } from './recorded/readCluster.ts';
import type { Clock, VirtualMs } from './runtime/clock.ts';
import type { EventLog } from './runtime/eventLog.ts';
import type { ElementId, LabElement } from './view/elements.ts';
import type { Directory } from './view/exchangeView.ts';
import type { ServiceFacts } from './view/failure.ts';
import type { WhyAnswer } from './view/why/answer.ts';

/** How settling ended. */
export type SettleResult =
  /** Nothing is left to do, but for periodic work. */
  | { readonly kind: 'settled' }
  /** Controllers kept each other busy, or one-shot work is due later than the limit. */
  | { readonly kind: 'not-settled'; readonly who: readonly string[] };

/** Is told again and again while a lab works, with how many hosts and Pods it has by now. It must not look at the lab. */
export type OnProgress = (hosts: number) => void;

/** What a system is made from, as plain data. */
export type SystemSource =
  | { readonly kind: 'cluster'; readonly config: LabConfig }
  | { readonly kind: 'recorded'; readonly cluster: RecordedCluster };

/** @typeParam State a whole system as a value; opaque to the lab, which only keeps it and hands it back */
export interface LabSystem<State = unknown> {
  /**
   * - `cluster`: Kubernetes, with an API server and agents.
   * - `recorded`: Linux only, with probes to send.
   */
  readonly kind: 'cluster' | 'recorded';
  readonly name: string;
  readonly source: SystemSource;
  /** What everything that is drawn depends on. */
  readonly seed: number;
  readonly world: World;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly programs: Programs;
  /** The questions that a recording comes with; of a cluster none. */
  readonly probes: readonly RecordedProbe[];
  request(request: ApiRequest): ApiResponse;
  /** Brings a node's lazy agents up to date before its kernel is read or written. */
  prepare(netns: string): void;
  settle(): SettleResult;
  /** Lets virtual time pass. */
  advance(ms: VirtualMs): void;
  snapshot(): State;
  restore(state: State): void;
  /** Nothing waits to be done before time passes: a {@link LabSystem.snapshot} is all there is. */
  readonly isIdle: boolean;
  /** Makes a state whole, in place, that was copied as plain data (`structuredClone`). What states share is made once. */
  revive(state: State): void;
  /** The learner changed something between two states: not only what packets and lazy agents write. */
  isChange(before: State, after: State): boolean;
  /** Every element of the page; unchanged ones are the same objects as in the last answer. */
  elements(): ReadonlyMap<ElementId, LabElement>;
  directory(): Directory;
  readonly services: ServiceFacts;
  /** The questions that an element raises, answered from what there is; of a recorded cluster none. */
  why(element: ElementId): readonly WhyAnswer[];
  readQuestion(written: WrittenQuestion, put: (question: Question) => Exchange): ReadQuestion;
  /** Where a question in words is asked. */
  originOf(written: string): NameOrigin | NotSent;
  netnsOf(element: ElementId): string | undefined;
  host(name: string): HostRef | undefined;
  /** Where the terminal begins, unless there is a laptop, is the last of them. */
  hostNames(): readonly string[];
  service(host: string, unit: string): HostService | undefined;
  container(namespace: string, pod: string, container?: string): ContainerLookup;
}
