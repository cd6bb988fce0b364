// A lab: one running cluster with its history and its journeys. What everything outside the core holds.

import { services } from './api/kinds/service.ts';
import type { ApiRequest, ApiResponse } from './api/request.ts';
import { applyManifest } from './applyManifest.ts';
import { Cluster, type ClusterState, type SettleResult } from './cluster.ts';
import { type ExchangeWorld, probe as probeExchange, send as sendExchange } from './datapath/exchange.ts';
import type { Programs } from './datapath/programs.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import { clusterZone } from './dns/zone.ts';
import { findContainer } from './findContainer.ts';
import { History } from './history.ts';
import { isLabConfig, type LabConfig, readLabConfig } from './labConfig.ts';
import type { ContainerLookup, HostRef, LabHost } from './labHost.ts';
import type { NetnsConfig } from './linux/netns.ts';
import type { World } from './linux/world.ts';
import { type ManifestDocument, readManifests, type TextSpan } from './manifest/read.ts';
import { lookUpName } from './nameLookup.ts';
import { readQuestion, type WrittenQuestion } from './question.ts';
import type { VirtualMs } from './runtime/clock.ts';
import type { LabEvent } from './runtime/eventLog.ts';
import { ROUTER } from './surroundings.ts';
import { ElementBuilder, elementOfNetns, netnsOfElement } from './view/buildElements.ts';
import { labDirectory } from './view/directory.ts';
import type { ElementId, LabElement } from './view/elements.ts';
import type { ExchangeSummary, ExchangeView } from './view/exchange.ts';
import { type ExchangeRecord, exchangeView, summarize } from './view/exchangeView.ts';
import { explainFailure, type Failure } from './view/failure.ts';
import { programsFor } from './workload/registry.ts';

/** Raised when saved labs of an earlier engine could behave differently. */
export const ENGINE_VERSION = '1';

/** Why a text does not open as a lab, and where. */
export interface OpenProblem {
  readonly message: string;
  readonly span: TextSpan;
  readonly document: number;
}

export type OpenedLab =
  | { readonly kind: 'opened'; readonly lab: Lab }
  | { readonly kind: 'refused'; readonly problems: readonly OpenProblem[] };

const TOP: TextSpan = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

/** Journeys kept for the page; older ones are forgotten. */
const MAX_EXCHANGES = 200;

export class Lab implements LabHost {
  readonly #cluster: Cluster;
  readonly #history = new History<ClusterState>();
  readonly #elements: ElementBuilder;
  readonly #programs: Programs;
  #exchanges: ExchangeRecord[] = [];
  #nextExchange = 1;
  #opened: ClusterState;
  #settled: SettleResult = { kind: 'settled' };

  private constructor(config: LabConfig) {
    this.#cluster = new Cluster(config);
    this.#elements = new ElementBuilder(this.#cluster.client, this.#cluster.world, config);
    this.#programs = programsFor(clusterZone(this.#cluster.client), config.outside);
    this.#opened = this.#cluster.snapshot();
  }

  /**
   * Opens a text of manifests: a Lab config (anywhere in it, at most one), and objects that are applied in their order.
   * @example Lab.open('') // the lessons' world: cp, node-1, node-2
   */
  static open(text: string): OpenedLab {
    const read = readManifests(text);
    if (read.kind === 'refused')
      return { kind: 'refused', problems: [{ message: read.reason, span: TOP, document: 1 }] };
    const problems: OpenProblem[] = [];
    for (const document of read.documents) {
      for (const problem of document.problems)
        problems.push({
          message: `yaml: line ${problem.span.startLine}: ${problem.message}`,
          span: problem.span,
          document: document.number,
        });
    }
    const isConfig = (document: ManifestDocument): boolean =>
      document.value !== undefined && isLabConfig(document.value);
    const configs = read.documents.filter(isConfig);
    for (const extra of configs.slice(1))
      problems.push({
        message: 'a second Lab config: one was expected',
        span: extra.spanOf([], 'key'),
        document: extra.number,
      });
    const [first] = configs;
    const config = readLabConfig(first?.value);
    if (config.kind === 'problems') {
      for (const problem of config.problems) {
        problems.push({
          message: `${problem.path.join('.')}: ${problem.message}`,
          span: first?.spanOf(problem.path, 'value') ?? TOP,
          document: first?.number ?? 1,
        });
      }
      return { kind: 'refused', problems };
    }
    if (problems.length > 0) return { kind: 'refused', problems };
    const lab = new Lab(config.config);
    for (const document of read.documents) {
      if (isConfig(document) || document.value === undefined) continue;
      const applied = applyManifest(lab.#cluster.api, document.value);
      if (applied.kind === 'refused')
        problems.push({ message: applied.message, span: document.spanOf([], 'key'), document: document.number });
      // One after the other, so that addresses follow the order of the text.
      lab.#settled = lab.#cluster.settle();
    }
    if (problems.length > 0) return { kind: 'refused', problems };
    lab.#opened = lab.#cluster.snapshot();
    return { kind: 'opened', lab };
  }

  get config(): LabConfig {
    return this.#cluster.config;
  }

  get now(): VirtualMs {
    return this.#cluster.clock.now;
  }

  get world(): World {
    return this.#cluster.world;
  }

  get nextAlarm(): { readonly at: VirtualMs; readonly owner: string } | undefined {
    return this.#cluster.clock.next();
  }

  /** How the last change settled. */
  get settled(): SettleResult {
    return this.#settled;
  }

  /** A request to the API server; a write is settled before the answer comes back. */
  request(request: ApiRequest): ApiResponse {
    const response = this.#cluster.api.request(request);
    if (request.method !== 'GET') this.#settled = this.#cluster.settle();
    return response;
  }

  read(netns: string): void {
    this.#cluster.prepare(netns);
  }

  /**
   * Runs something that may change the lab; if it did, undo takes it back under this name. Asynchronous work counts
   * from its start to its end.
   */
  async change<T>(name: string, act: () => Promise<T> | T): Promise<T> {
    const before = this.#cluster.snapshot();
    const result = await act();
    this.#settled = this.#cluster.settle();
    const after = this.#cluster.snapshot();
    if (isChange(before, after)) this.#history.push({ name, before, after, kind: 'change' });
    return result;
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
    const before = this.#cluster.snapshot();
    this.#travel(this.#opened, 'Reset', 'the lab as it was opened');
    this.#history.push({ name: 'reset', before, after: this.#cluster.snapshot(), kind: 'reset' });
  }

  #travel(state: ClusterState, reason: string, message: string): void {
    this.#cluster.restore(state);
    this.#settled = { kind: 'settled' };
    this.#cluster.log.append({ source: 'lab', actor: 'lab', reason, message, type: 'Normal' });
  }

  get history(): { readonly undo: string | undefined; readonly redo: string | undefined; readonly changes: number } {
    return { undo: this.#history.undoName, redo: this.#history.redoName, changes: this.#history.changes };
  }

  /** Lets virtual time pass. */
  advance(ms: VirtualMs): void {
    this.#cluster.advance(ms);
  }

  /** Lets time pass until something happens: the next alarm, of any kind. */
  step(): void {
    const next = this.#cluster.clock.next();
    this.#cluster.advance(next === undefined ? 1000 : Math.max(0, next.at - this.now));
  }

  #exchangeWorld(): ExchangeWorld {
    const { world, clock, config } = this.#cluster;
    return {
      world,
      programs: this.#programs,
      seed: config.seed,
      now: clock.now,
      prepare: netns => this.#cluster.prepare(netns),
    };
  }

  /** What would happen if the question were asked now; nothing changes. */
  probe(question: Question): Exchange {
    return probeExchange(this.#exchangeWorld(), question);
  }

  /** Asks the question: packets leave their marks in the tables, its time passes, its journey is kept. */
  exchange(question: Question, target: string): { readonly exchange: Exchange; readonly summary: ExchangeSummary } {
    const at = this.now;
    const exchange = sendExchange(this.#exchangeWorld(), question);
    const record: ExchangeRecord = { id: `x${this.#nextExchange++}`, exchange, target, at };
    this.#exchanges = [...this.#exchanges, record].slice(-MAX_EXCHANGES);
    const summary = summarize(record, this.#directory());
    this.#cluster.log.append({
      source: 'packet',
      actor: summary.from,
      reason: summary.lessonVerdict,
      about: summary.fromElement,
      message: `${summary.from} to ${target}${summary.asked === undefined ? '' : `, asking for ${summary.asked}`}: ${summary.outcome}`,
      type: exchange.verdict === 'ok' ? 'Normal' : 'Warning',
    });
    this.#cluster.advance(exchange.elapsedUs / 1000);
    return { exchange, summary };
  }

  /** Journeys from number `since` on (counted from 0 over the lab's life), newest last. */
  exchangesSince(since: number): readonly ExchangeRecord[] {
    return this.#exchanges.filter(record => Number(record.id.slice(1)) > since);
  }

  journeys(): readonly ExchangeRecord[] {
    return this.#exchanges;
  }

  get exchangeCount(): number {
    return this.#nextExchange - 1;
  }

  summarize(record: ExchangeRecord): ExchangeSummary {
    return summarize(record, this.#directory());
  }

  viewExchange(id: string): ExchangeView | undefined {
    const record = this.#exchanges.find(other => other.id === id);
    return record === undefined ? undefined : exchangeView(record, this.#directory());
  }

  viewRecord(record: ExchangeRecord): ExchangeView {
    return exchangeView(record, this.#directory());
  }

  /** Puts a question in words to a fork of the lab; nothing changes and nothing is kept. */
  ask(
    written: WrittenQuestion,
  ):
    | { readonly kind: 'asked'; readonly record: ExchangeRecord }
    | { readonly kind: 'not-sent'; readonly because: string } {
    return this.#put(written, 'probe', question => this.probe(question));
  }

  /** Asks a question in words for real: tables change, its journey is not kept and no time passes. */
  send(
    written: WrittenQuestion,
  ):
    | { readonly kind: 'asked'; readonly record: ExchangeRecord }
    | { readonly kind: 'not-sent'; readonly because: string } {
    return this.#put(written, 'sent', question => sendExchange(this.#exchangeWorld(), question));
  }

  #put(
    written: WrittenQuestion,
    id: string,
    put: (question: Question) => Exchange,
  ):
    | { readonly kind: 'asked'; readonly record: ExchangeRecord }
    | { readonly kind: 'not-sent'; readonly because: string } {
    const read = readQuestion(this.#cluster.client, this.config, written, (origin, name) =>
      lookUpName(this.world, origin, name, put),
    );
    if (read.kind === 'not-sent') return read;
    const exchange: Exchange = read.kind === 'question' ? put(read.question) : { ...read.lookup, verdict: 'dns-fail' };
    return { kind: 'asked', record: { id, exchange, target: read.target, at: this.now } };
  }

  /** Why a journey failed, in words; undefined when it did not. */
  explainFailure(exchange: Exchange): Failure | undefined {
    return explainFailure(exchange, this.#directory(), {
      at: address => {
        const service = this.#cluster.client.list(services).find(other => other.spec.clusterIP === address);
        if (service === undefined) return undefined;
        const ports = (service.spec.ports ?? []).map(port => port.port);
        return { name: service.metadata.name, namespace: service.metadata.namespace ?? 'default', ports };
      },
    });
  }

  #directory(): ReturnType<typeof labDirectory> {
    return labDirectory(this.#cluster.client, this.#cluster.world, this.config);
  }

  /** Every element of the page; unchanged ones are the same objects as in the last answer. */
  elements(): ReadonlyMap<ElementId, LabElement> {
    return this.#elements.build();
  }

  eventsSince(sequence: number): readonly LabEvent[] {
    return this.#cluster.log.since(sequence);
  }

  /** Writes a command line of the learner into the event log; returns the number of its event. */
  logCommand(line: string): number {
    return this.#cluster.log.append({ source: 'lab', actor: 'terminal', reason: 'Ran', message: line, type: 'Normal' })
      .sequence;
  }

  get eventCount(): number {
    return this.#cluster.log.length;
  }

  netnsOf(element: ElementId): string | undefined {
    return netnsOfElement(element, this.#cluster.client);
  }

  host(name: string): HostRef | undefined {
    if (!this.hostNames().includes(name)) return undefined;
    return { netns: name, hostname: name, element: elementOfNetns(name, this.config) };
  }

  hostNames(): readonly string[] {
    return [...this.config.nodes.map(node => node.name), ROUTER, ...this.config.outside.map(host => host.name)];
  }

  container(namespace: string, pod: string, container?: string): ContainerLookup {
    return findContainer(this.#cluster.client, namespace, pod, container);
  }

  snapshot(): ClusterState {
    return this.#cluster.snapshot();
  }

  restore(state: ClusterState): void {
    this.#cluster.restore(state);
  }
}

/** The learner changed something: objects or a kernel's configuration, not only what packets and lazy agents write. */
function isChange(before: ClusterState, after: ClusterState): boolean {
  if (before.apiRevision !== after.apiRevision) return true;
  if (before.world.namespaces.length !== after.world.namespaces.length) return true;
  return before.world.namespaces.some((state, i) => {
    const now = after.world.namespaces[i];
    if (now === undefined || state.config === now.config) return false;
    const wasSynced = before.proxier.synced.get(state.name) !== after.proxier.synced.get(state.name);
    return !(wasSynced && sameButRules(state.config, now.config));
  });
}

/** Two configurations that differ in their netfilter rules at most. */
function sameButRules(a: NetnsConfig, b: NetnsConfig): boolean {
  return (
    a.interfaces === b.interfaces &&
    a.routes === b.routes &&
    a.policyRules === b.policyRules &&
    a.sysctls === b.sysctls &&
    a.listeners === b.listeners
  );
}
