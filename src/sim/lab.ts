// A lab: one running system with its history and its journeys. What everything outside the core holds.

import { base64 } from './api/base64.ts';
import { objectsIn } from './api/objectsIn.ts';
import type { ApiRequest, ApiResponse } from './api/request.ts';
import { applyManifest, manifestName } from './applyManifest.ts';
import { captureOf } from './capture/capture.ts';
import { Cluster } from './cluster.ts';
import { clusterSystem } from './clusterSystem.ts';
import { type ExchangeWorld, probe as probeExchange, send as sendExchange } from './datapath/exchange.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import { History } from './history.ts';
import { KeptJourneys } from './keptJourneys.ts';
import { answerLabGroup } from './labGroup/labGroup.ts';
import type { ContainerLookup, HostRef, HostService, LabHost } from './labHost.ts';
import { type LabSnapshot, statesOf, systemFrom } from './labSnapshot.ts';
import type { LabSystem, OnProgress, SettleResult } from './labSystem.ts';
import { type OpenProblem, readLabText } from './labText.ts';
import type { World } from './linux/world.ts';
import { type NameQuery, resolverAt } from './nameLookup.ts';
import type { NotSent, WrittenQuestion } from './question.ts';
import { outcomeOf, type RecordedProbe } from './recorded/probe.ts';
import { readRecordedCluster } from './recorded/readCluster.ts';
import { recordedSystem } from './recorded/system.ts';
import { tallyRuns } from './repetition.ts';
import type { VirtualMs } from './runtime/clock.ts';
import type { LabEvent } from './runtime/eventLog.ts';
import type { ElementId, LabElement } from './view/elements.ts';
import type { ExchangeSummary, ExchangeView } from './view/exchange.ts';
import { type Directory, type ExchangeRecord, exchangeView, summarize } from './view/exchangeView.ts';
import { explainFailure, type Failure } from './view/failure.ts';
import type { TalliedOutcome } from './view/tally.ts';
import type { WhyAnswer } from './view/why/answer.ts';

/** Raised when saved labs of an earlier engine could behave differently. */
export const ENGINE_VERSION = '1';

export type OpenedLab =
  | { readonly kind: 'opened'; readonly lab: Lab }
  | { readonly kind: 'refused'; readonly problems: readonly OpenProblem[] };

export type AskedQuestion =
  | {
      readonly kind: 'asked';
      readonly record: ExchangeRecord;
      /** The DNS questions that were asked for the address of a name. */
      readonly queries?: readonly NameQuery[];
    }
  | NotSent;

/** Something that changes the lab piece by piece, and the state since when it has not been noted. */
interface ChangeUnderWay {
  readonly name: string;
  before: unknown;
}

export class Lab implements LabHost {
  readonly #system: LabSystem;
  readonly #onProgress: OnProgress;
  readonly #history = new History<unknown>();
  readonly #underWay = new Set<ChangeUnderWay>();
  readonly #journeys = new KeptJourneys();
  #opened: unknown;
  #settled: SettleResult = { kind: 'settled' };

  private constructor(system: LabSystem, onProgress: OnProgress = () => undefined) {
    this.#system = system;
    this.#onProgress = onProgress;
    this.#opened = system.snapshot();
  }

  /**
   * Opens a text of manifests: a Lab config (anywhere in it, at most one), and objects that are applied in their order.
   * One that the cluster has from its start, such as the namespace `default`, gets the fields of its manifest.
   * @param startsAt what the clock says at first
   * @param onProgress is told while it is opened, and later
   * @example Lab.open('') // the lessons' world: cp, node-1, node-2
   */
  static open(text: string, startsAt: VirtualMs = 0, onProgress?: OnProgress): OpenedLab {
    const read = readLabText(text);
    if (read.kind === 'refused') return read;
    const problems: OpenProblem[] = [];
    const system = clusterSystem(new Cluster(read.config, startsAt, onProgress).boot());
    let settled: SettleResult = { kind: 'settled' };
    const named = new Set<string>();
    for (const document of read.documents)
      for (const { path, value } of objectsIn(document.value)) {
        const name = manifestName(value);
        const applied = applyManifest(system.cluster.api, value, { existing: named.has(name) ? 'refused' : 'merged' });
        named.add(name);
        if (applied.kind === 'refused')
          problems.push({ message: applied.message, span: document.spanOf(path, 'key'), document: document.number });
        // One after the other, so that addresses follow the order of the text.
        settled = system.settle();
      }
    if (problems.length > 0) return { kind: 'refused', problems };
    const lab = new Lab(system, onProgress);
    lab.#settled = settled;
    return { kind: 'opened', lab };
  }

  /** Opens the text of a recorded cluster: plain Linux state with probes (linux/kernelSpec.ts), "as Linux only". */
  static openRecorded(text: string, onProgress?: OnProgress): OpenedLab {
    const read = readRecordedCluster(text);
    if (read.kind === 'refused') return { kind: 'refused', problems: [{ ...read.problem, document: 1 }] };
    const made = recordedSystem(read);
    return made.kind === 'refused'
      ? { kind: 'refused', problems: [{ ...made.problem, document: 1 }] }
      : { kind: 'opened', lab: new Lab(made.system, onProgress) };
  }

  /** The lab that a snapshot, or a copy of it, was taken of. The snapshot is the lab's from now on. */
  static restore(snapshot: LabSnapshot, onProgress?: OnProgress): Lab {
    const { source, state, opened, settled, history, journeys, log } = snapshot;
    const system = systemFrom(source, onProgress);
    for (const known of statesOf(snapshot)) system.revive(known);
    system.restore(state);
    system.log.restore(log);
    const lab = new Lab(system, onProgress);
    lab.#opened = opened;
    lab.#settled = settled;
    lab.#history.restore(history);
    lab.#journeys.restore(journeys);
    return lab;
  }

  /**
   * All that this lab is, at no cost: it shares with the lab what never changes.
   * - `busy`: something is under way that a snapshot would cut in two.
   */
  snapshot(): LabSnapshot | 'busy' {
    if (this.#underWay.size > 0 || !this.#system.isIdle) return 'busy';
    return {
      source: this.#system.source,
      state: this.#system.snapshot(),
      opened: this.#opened,
      settled: this.#settled,
      history: this.#history.snapshot(),
      journeys: this.#journeys.snapshot(),
      log: this.#system.log.snapshot(),
    };
  }

  /** What it stands on: `recorded` is Linux only, without an API server. */
  get kind(): LabSystem['kind'] {
    return this.#system.kind;
  }

  get name(): string {
    return this.#system.name;
  }

  /** The questions that a recorded cluster comes with. */
  get probes(): readonly RecordedProbe[] {
    return this.#system.probes;
  }

  get now(): VirtualMs {
    return this.#system.clock.now;
  }

  get world(): World {
    return this.#system.world;
  }

  get nextAlarm(): { readonly at: VirtualMs; readonly owner: string } | undefined {
    return this.#system.clock.next();
  }

  /** How the last change settled. */
  get settled(): SettleResult {
    return this.#settled;
  }

  /** A request to the API server, or to the lab's own group beside it; a write is settled before the answer comes back. */
  request(request: ApiRequest): ApiResponse {
    this.#onProgress(this.world.namespaces.size);
    const own = answerLabGroup(this, request);
    if (own !== undefined) return own;
    const response = this.#system.request(request);
    if (request.method !== 'GET') this.#settled = this.#system.settle();
    return response;
  }

  read(netns: string): void {
    this.#system.prepare(netns);
  }

  /**
   * Runs something that may change the lab; if it did, undo takes it back under this name. Asynchronous work counts
   * from its start to its end, without what others change in between: that has names of its own.
   */
  async change<T>(name: string, act: () => Promise<T> | T): Promise<T> {
    for (const other of this.#underWay) this.#note(other);
    const own = { name, before: this.#system.snapshot() };
    this.#underWay.add(own);
    try {
      const result = await act();
      this.#settled = this.#system.settle();
      this.#note(own);
      return result;
    } finally {
      this.#underWay.delete(own);
      for (const other of this.#underWay) other.before = own.before;
    }
  }

  /** Keeps what a change has done since it was last noted. */
  #note(change: ChangeUnderWay): void {
    const { name, before } = change;
    change.before = this.#system.snapshot();
    if (this.#system.isChange(before, change.before))
      this.#history.push({ name, before, after: change.before, kind: 'change' });
  }

  undo(): string | undefined {
    const entry = this.#history.undo();
    if (entry !== undefined) this.#travel(entry.before, 'Undone', entry.name);
    return entry?.name;
  }

  redo(): string | undefined {
    const entry = this.#history.redo();
    if (entry !== undefined) this.#travel(entry.after, 'Redone', entry.name);
    return entry?.name;
  }

  /** Back to what was opened, as a change that undo takes back. */
  reset(): void {
    const before = this.#system.snapshot();
    this.#travel(this.#opened, 'Reset', 'the lab as it was opened');
    this.#history.push({ name: 'reset', before, after: this.#system.snapshot(), kind: 'reset' });
  }

  #travel(state: unknown, reason: string, message: string): void {
    this.#system.restore(state);
    for (const change of this.#underWay) change.before = this.#system.snapshot();
    this.#settled = { kind: 'settled' };
    this.#system.log.append({ source: 'lab', actor: 'lab', reason, message, type: 'Normal' });
  }

  get history(): { readonly undo: string | undefined; readonly redo: string | undefined; readonly changes: number } {
    return { undo: this.#history.undoName, redo: this.#history.redoName, changes: this.#history.changes };
  }

  /** What can be taken back, oldest first, and brought back, next first. */
  get steps(): { readonly past: readonly string[]; readonly future: readonly string[] } {
    return { past: this.#history.past, future: this.#history.future };
  }

  /** Lets virtual time pass. */
  advance(ms: VirtualMs): void {
    this.#system.advance(ms);
  }

  /** Lets time pass until something happens: the next alarm, of any kind. */
  step(): void {
    const next = this.#system.clock.next();
    this.#system.advance(next === undefined ? 1000 : Math.max(0, next.at - this.now));
  }

  #exchangeWorld(): ExchangeWorld {
    this.#onProgress(this.world.namespaces.size);
    const { world, programs, clock, seed } = this.#system;
    return { world, programs, seed, now: clock.now, prepare: netns => this.#system.prepare(netns) };
  }

  /** What would happen if the question were asked now; nothing changes. */
  probe(question: Question): Exchange {
    return probeExchange(this.#exchangeWorld(), question);
  }

  /**
   * Asks the question: packets leave their marks in the tables, its time passes, its journey is kept.
   * @param probe the probe of a recorded cluster that asks it
   */
  exchange(
    question: Question,
    target: string,
    probe?: RecordedProbe,
  ): { readonly exchange: Exchange; readonly summary: ExchangeSummary } {
    const at = this.now;
    // Chance falls anew each time that a probe is sent.
    const asked = probe === undefined ? question : { ...question, attempt: this.#journeys.count + 1 };
    const exchange = sendExchange(this.#exchangeWorld(), asked);
    const record = this.#journeys.keep({
      exchange,
      target,
      at,
      ...(probe !== undefined && { probe: outcomeOf(probe, exchange) }),
    });
    const summary = summarize(record, this.#directory());
    this.#system.log.append({
      source: 'packet',
      actor: summary.from,
      reason: summary.lessonVerdict,
      about: summary.fromElement,
      message: `${summary.from} to ${target}${summary.asked === undefined ? '' : `, asking for ${summary.asked}`}: ${summary.outcome}`,
      type: exchange.verdict === 'ok' ? 'Normal' : 'Warning',
    });
    this.#system.advance(exchange.elapsedUs / 1000);
    return { exchange, summary };
  }

  /** Journeys from number `since` on (counted from 0 over the lab's life), newest last. */
  exchangesSince(since: number): readonly ExchangeRecord[] {
    return this.#journeys.since(since);
  }

  journeys(): readonly ExchangeRecord[] {
    return this.#journeys.all;
  }

  get exchangeCount(): number {
    return this.#journeys.count;
  }

  summarize(record: ExchangeRecord): ExchangeSummary {
    return summarize(record, this.#directory());
  }

  /** Puts a journey's question again and again in a copy of the lab; one run for each way to end is kept until the next time. */
  repeat(id: string): Generator<readonly TalliedOutcome[], undefined> | undefined {
    const record = this.#journeys.find(id);
    if (record === undefined) return undefined;
    return tallyRuns(this.#exchangeWorld(), record, this.#directory(), this.#journeys.startRepetition());
  }

  viewExchange(id: string): ExchangeView | undefined {
    const record = this.#journeys.find(id);
    return record === undefined ? undefined : exchangeView(record, this.#directory());
  }

  /**
   * A journey as a pcapng file, in base64: all interfaces that its packets crossed, or one.
   * @param at the element whose namespace the interface is in, and its name
   */
  capture(id: string, at?: { readonly element: ElementId; readonly device: string }): string | undefined {
    const record = this.#journeys.find(id);
    if (record === undefined) return undefined;
    const { host, element } = this.#directory();
    const isWanted = (netns: string, device: string): boolean =>
      at === undefined || (element(netns).id === at.element && device === at.device);
    return base64(captureOf(record, host, isWanted));
  }

  viewRecord(record: ExchangeRecord): ExchangeView {
    return exchangeView(record, this.#directory());
  }

  /** Puts a question in words to a fork of the lab; nothing changes and nothing is kept. */
  ask(written: WrittenQuestion): AskedQuestion {
    return this.#put(written, 'probe', question => this.probe(question));
  }

  /** Asks a question in words for real: tables change, its journey is not kept and no time passes. */
  send(written: WrittenQuestion): AskedQuestion {
    return this.#put(written, 'sent', question => sendExchange(this.#exchangeWorld(), question));
  }

  /** Asks a question in words as a command does: tables change, its time passes, its journeys are kept. */
  commit(written: WrittenQuestion): AskedQuestion {
    const target = ({ to, port }: Question): string => (port === 0 ? to : `${to}:${port}`);
    const asked = this.#put(written, 'sent', question => this.exchange(question, target(question)).exchange);
    const kept = this.#journeys.all.at(-1);
    return asked.kind === 'asked' && kept !== undefined ? { ...asked, record: kept } : asked;
  }

  #put(written: WrittenQuestion, id: string, put: (question: Question) => Exchange): AskedQuestion {
    const read = this.#system.readQuestion(written, put);
    if (read.kind === 'not-sent') return read;
    const exchange: Exchange = read.kind === 'question' ? put(read.question) : { ...read.lookup, verdict: 'dns-fail' };
    const { target, queries } = read;
    const record = { id, exchange, target, at: this.now };
    return { kind: 'asked', record, ...(queries !== undefined && { queries }) };
  }

  /** The resolver of a machine or container in words, in a fork: its questions change nothing. */
  resolver(from: string): ReturnType<typeof resolverAt> | NotSent {
    const origin = this.#system.originOf(from);
    return 'kind' in origin ? origin : resolverAt(this.world, origin, question => this.probe(question));
  }

  /** Why a journey failed, in words; undefined when it did not. */
  explainFailure(exchange: Exchange): Failure | undefined {
    return explainFailure(exchange, this.#directory(), this.#system.services);
  }

  /** The questions that an element raises, answered from the lab's own state. */
  why(element: ElementId): readonly WhyAnswer[] {
    return this.#system.why(element);
  }

  #directory(): Directory {
    return this.#system.directory();
  }

  /** Every element of the page; unchanged ones are the same objects as in the last answer. */
  elements(): ReadonlyMap<ElementId, LabElement> {
    return this.#system.elements();
  }

  eventsSince(sequence: number): readonly LabEvent[] {
    return this.#system.log.since(sequence);
  }

  /** Is told before each event from now on, while the lab is still as the events before left it. */
  beforeNextEvent(listener: () => void): void {
    this.#system.log.beforeNext(listener);
  }

  /** Writes a command line of the learner into the event log; returns the number of its event. */
  logCommand(line: string): number {
    return this.#system.log.append({ source: 'lab', actor: 'terminal', reason: 'Ran', message: line, type: 'Normal' })
      .sequence;
  }

  get eventCount(): number {
    return this.#system.log.length;
  }

  /** The element that a namespace belongs to: the reverse of {@link Lab.netnsOf}. */
  elementOf(netns: string): ElementId {
    return this.#directory().element(netns).id;
  }

  netnsOf(element: ElementId): string | undefined {
    return this.#system.netnsOf(element);
  }

  host(name: string): HostRef | undefined {
    return this.#system.host(name);
  }

  hostNames(): readonly string[] {
    return this.#system.hostNames();
  }

  service(host: string, unit: string): HostService | undefined {
    return this.#system.service(host, unit);
  }

  container(namespace: string, pod: string, container?: string): ContainerLookup {
    return this.#system.container(namespace, pod, container);
  }
}
