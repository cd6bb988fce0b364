// A lab in this thread behind the page's port: what the Worker runs, and tests and Node use directly.

import { evaluateInLab } from '../lesson/evaluateInLab.ts';
import { ENGINE_VERSION, type VirtualMs } from '../sim/index.ts';
import { diagnose } from './diagnose.ts';
import { inspect } from './inspect.ts';
import { type LabRecord, readRecord, writeRecord } from './journal.ts';
import { type LabSession, openSession, replay } from './labSession.ts';
import type { Diagnostic, EditorFile, LabClient, LabSource, LabUpdate, OpenReport } from './port.ts';
import { UpdateSource } from './updates.ts';

/** While the clock plays, it ticks this often, in milliseconds. */
const TICK_MS = 250;

/** A client whose lab is at hand. */
export interface InProcessClient extends LabClient {
  /** Does something at once, even between the parts of a command that runs, and tells who listens what changed. */
  withLab<T>(act: (session: LabSession) => Promise<T> | T): Promise<T>;
}

/** @param pace how much virtual time passes at a tick of the clock that plays, by what the lab's clock says */
export function createInProcessClient(pace: (now: VirtualMs) => VirtualMs = () => TICK_MS): InProcessClient {
  let session: LabSession | undefined;
  let files: readonly EditorFile[] = [];
  let clock: ReturnType<typeof setInterval> | undefined;
  const listeners = new Map<(update: LabUpdate) => void, UpdateSource>();
  const running = new Map<string, AbortController>();
  /** Acts go one after the other; cancels do not wait. */
  let queue: Promise<unknown> = Promise.resolve();

  function publish(): void {
    if (session === undefined) return;
    for (const [listener, source] of listeners) listener(source.next(session.lab, clock !== undefined));
  }

  /** Output is shown and a cancel can arrive. */
  function breathe(): Promise<void> {
    return new Promise(resolve => setTimeout(resolve, 0));
  }

  async function withLab<T>(act: (session: LabSession) => Promise<T> | T): Promise<T> {
    if (session === undefined) throw new Error('a lab was expected to be open');
    try {
      return await act(session);
    } finally {
      publish();
    }
  }

  function inTurn<T>(act: (session: LabSession) => Promise<T> | T): Promise<T> {
    const turn = queue.then(() => withLab(act));
    queue = turn.catch(() => undefined);
    return turn;
  }

  function withCancel<T>(id: string, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    running.set(id, controller);
    return act(controller.signal).finally(() => running.delete(id));
  }

  function stopClock(): void {
    clearInterval(clock);
    clock = undefined;
  }

  async function open(source: LabSource): Promise<OpenReport> {
    const record =
      source.kind !== 'saved'
        ? textOf(source)
        : source.saved.engine === ENGINE_VERSION
          ? readRecord(source.saved.text)
          : undefined;
    if (record === undefined) return refused('This lab was saved by another version of Hoplab and does not open here.');
    const opened = openSession(record, breathe);
    if (opened.kind === 'refused') {
      const problems = opened.problems.map(
        (problem): Diagnostic => ({
          severity: 'error',
          message: problem.message,
          range: problem.span,
          document: problem.document,
        }),
      );
      return { kind: 'refused', problems };
    }
    for (const controller of running.values()) controller.abort();
    stopClock();
    await replay(opened.session, record.entries);
    session = opened.session;
    session.setFiles(files);
    for (const updates of listeners.values()) updates.restart();
    const { name, kind, probes } = session.lab;
    return { kind: 'opened', name, ...(kind === 'recorded' && { probes }) };
  }

  return {
    open(source) {
      const turn = queue.then(() => open(source)).finally(publish);
      queue = turn.catch(() => undefined);
      return turn;
    },
    onUpdate(listener) {
      listeners.set(listener, new UpdateSource());
      publish();
      return () => listeners.delete(listener);
    },
    withLab,
    // What programs ask over HTTP does not wait for a command that runs on and on.
    request: request => withLab(open => open.request(request)),
    run: (id, line, onOutput) => withCancel(id, signal => inTurn(open => open.run(line, onOutput, signal))),
    cancel(id) {
      running.get(id)?.abort();
      return Promise.resolve();
    },
    prompt: () => inTurn(open => open.prompt()),
    complete: (line, cursor) => inTurn(open => open.complete(line, cursor)),
    validate: text => Promise.resolve(diagnose(text)),
    apply: (file, onOutput) =>
      inTurn(open => {
        files = [...files.filter(other => other.name !== file.name), file];
        return open.apply(file, onOutput, new AbortController().signal);
      }),
    setFiles(list) {
      files = list;
      session?.setFiles(list);
      return Promise.resolve();
    },
    exchange: id => inTurn(({ lab }) => lab.viewExchange(id)),
    inspect: element => inTurn(open => inspect(open, element)),
    check: (checks, since) => inTurn(open => evaluateInLab(checks, open.facts(since))),
    undo: () => inTurn(open => open.undo()),
    redo: () => inTurn(open => open.redo()),
    reset: () => inTurn(open => open.reset()),
    setClock(isRunning) {
      stopClock();
      if (isRunning) clock = setInterval(() => void inTurn(open => open.advance(pace(open.lab.now))), TICK_MS);
      return inTurn(() => undefined);
    },
    stepClock: () => inTurn(open => open.step()),
    save: () => inTurn(open => ({ engine: ENGINE_VERSION, text: writeRecord(open.record()) })),
    close() {
      stopClock();
      for (const controller of running.values()) controller.abort();
      session = undefined;
    },
  };
}

function textOf(source: Exclude<LabSource, { readonly kind: 'saved' }>): LabRecord {
  const startsAt = source.kind === 'manifests' ? source.startsAt : undefined;
  return { source: source.text, form: source.kind, entries: [], ...(startsAt !== undefined && { startsAt }) };
}

function refused(message: string): OpenReport {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { kind: 'refused', problems: [{ severity: 'error', message, range, document: 1 }] };
}
