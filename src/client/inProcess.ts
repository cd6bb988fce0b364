// A lab in this thread behind the page's port: what the Worker runs, and tests and Node use directly.

import { evaluateInLab } from '../lesson/evaluateInLab.ts';
import { ENGINE_VERSION, type Lab, type OnProgress } from '../sim/index.ts';
import { diagnose } from './diagnose.ts';
import { inspect } from './inspect.ts';
import { type JournalEntry, writeRecord } from './journal.ts';
import { labText } from './keeping/labText.ts';
import { readLab } from './keeping/readLab.ts';
import { realCluster } from './keeping/realCluster.ts';
import { type LabSession, MAIN_SEAT, type SessionPlace, type SessionSnapshot } from './labSession.ts';
import { answerQuestion } from './manifest/answer.ts';
import { FREE_PACE, type Pace } from './pace.ts';
import { createPlace, createTurns, type Place, type Turns } from './place.ts';
import { playBack } from './playBack.ts';
import type { DoubtedLab, LabClient, LabUpdate, LostLab, OpenReport, OwnSource } from './port.ts';
import { reach, reachEnds, send } from './reach.ts';
import { readSelector } from './readSelector.ts';
import { repeatJourney } from './repeatJourney.ts';
import type { Seat, ServedAt } from './seat.ts';
import { readRecorded, startSession } from './startSession.ts';
import { UpdateSource } from './updates.ts';

/** While the clock plays, it ticks this often, in milliseconds. */
const TICK_MS = 250;

/** A client whose lab is at hand. */
export interface InProcessClient extends LabClient {
  /** Tells where the lab is served from now on: kubectl says it. */
  servedAt(url: string): void;
  /** Does something at once, even between the parts of a command that runs, and tells who listens what changed. */
  withLab<T>(act: (session: LabSession) => Promise<T> | T): Promise<T>;
  /**
   * The same lab for somebody else: with a terminal and files of their own. To open it is to join it, whatever is asked
   * for; to close it is to leave.
   */
  join(): LabClient;
  /** Calls again and again while the lab works, in the middle of it: who is told must not look at the lab. Returns how to stop. */
  onProgress(watcher: OnProgress): () => void;
  /** What was done, and is over, since this was last asked for; nothing if the lab cannot be made again. */
  takeDone(): readonly JournalEntry[];
  /** The open lab as plain data. */
  snapshot(): SessionSnapshot | 'busy' | 'none';
}

/** @param pace how the lab's time goes by */
export function createInProcessClient(pace: Pace = FREE_PACE): InProcessClient {
  let session: LabSession | undefined;
  let clock: ReturnType<typeof setInterval> | undefined;
  let speed = 1;
  const address: ServedAt = { url: undefined };
  const watchers = new Set<OnProgress>();
  const surroundings: SessionPlace = {
    pace,
    address,
    onProgress(hosts) {
      for (const watcher of watchers) watcher(hosts);
    },
  };
  const listeners = new Map<(update: LabUpdate) => void, UpdateSource>();
  const places = new Map<number, Place>();
  /** Acts on the whole lab go one after the other. */
  const turns = createTurns();
  let nextSeat = MAIN_SEAT;

  function publish(): void {
    if (session === undefined) return;
    for (const [listener, source] of listeners) listener(source.next(session.lab, clock !== undefined, speed));
  }

  async function withLab<T>(act: (session: LabSession) => Promise<T> | T): Promise<T> {
    if (session === undefined) throw new Error('a lab was expected to be open');
    try {
      return await act(session);
    } finally {
      publish();
    }
  }

  /** Looks at the lab as it is now: there is nothing to tell of. Whoever looks whenever something is told starts no circle. */
  async function looking<T>(act: (session: LabSession) => T): Promise<T> {
    if (session === undefined) throw new Error('a lab was expected to be open');
    return act(session);
  }

  const inTurn = <T>(act: (session: LabSession) => Promise<T> | T): Promise<T> => turns.take(() => withLab(act));

  function stopClock(): void {
    clearInterval(clock);
    clock = undefined;
  }

  async function open(source: OwnSource | LostLab | DoubtedLab): Promise<OpenReport> {
    const started = await startSession(source, surroundings, session, () => {
      for (const place of places.values()) place.abort();
      stopClock();
    });
    if (started.kind === 'refused') return started;
    const isOther = session !== started.session;
    session = started.session;
    for (const [seat, place] of places) session.seat(seat).setFiles(place.files());
    if (isOther) for (const updates of listeners.values()) updates.restart();
    // Whoever takes over is asked for all of it first.
    if (source.kind === 'doubted') session.lab.elements();
    return { ...reportOf(session.lab), ...(started.from !== undefined && { from: started.from }) };
  }

  /** Somebody's way to the lab: what they type goes one after the other, and waits for nobody else's. */
  function clientAt(placeTurns: Turns): LabClient {
    const seat = nextSeat++;
    const stops = new Set<() => void>();
    const place = createPlace();
    places.set(seat, place);
    const typed = <T>(id: string, act: (at: Seat, signal: AbortSignal) => Promise<T>): Promise<T> =>
      place.running(id, signal => placeTurns.take(() => withLab(open => act(open.seat(seat), signal))));
    return {
      open: () => inTurn(({ lab }) => reportOf(lab)),
      onUpdate(listener) {
        listeners.set(listener, new UpdateSource());
        publish();
        const stop = (): void => {
          listeners.delete(listener);
          stops.delete(stop);
        };
        stops.add(stop);
        return stop;
      },
      // What programs ask over HTTP does not wait for a command that runs on and on; nor does what is only looked at.
      request: request => withLab(open => open.request(request)),
      run: (id, line, onOutput) => typed(id, (at, signal) => at.run(line, onOutput, signal)),
      cancel(id) {
        place.abort(id);
        return Promise.resolve();
      },
      prompt: () => placeTurns.take(() => withLab(open => open.seat(seat).prompt())),
      complete: (line, cursor) => withLab(open => open.seat(seat).complete(line, cursor)),
      validate: text => Promise.resolve(diagnose(text)),
      runOnFiles: (verb, names, onOutput) =>
        typed(`${verb} ${names.join(' ')}`, (at, signal) => at.runOnFiles(verb, names, onOutput, signal)),
      // It changes nothing, so nobody is told of it.
      manifest: question => answerQuestion(question, session?.lab),
      setFiles(list) {
        place.setFiles(list);
        session?.seat(seat).setFiles(list);
        return Promise.resolve();
      },
      exchange: id => withLab(({ lab }) => lab.viewExchange(id)),
      capture: (id, at) => withLab(({ lab }) => lab.capture(id, at)),
      repeat: (id, exchange, count) =>
        place.running(id, signal => withLab(({ lab }) => repeatJourney(lab, exchange, count, signal))),
      inspect: (element, section) => withLab(open => inspect(open, element, section)),
      reachEnds: () => looking(({ lab }) => reachEnds(lab)),
      reach: questions => looking(({ lab }) => reach(lab, questions)),
      send: question => inTurn(open => send(open, question)),
      readSelector: text => Promise.resolve(readSelector(text)),
      check: (checks, since) => inTurn(open => evaluateInLab(checks, open.facts(since))),
      undo: () => inTurn(open => open.undo()),
      redo: () => inTurn(open => open.redo()),
      steps: () => withLab(({ lab }) => lab.steps),
      travel: by => inTurn(open => open.travel(by)),
      reset: () => inTurn(open => open.reset()),
      setClock(isRunning, wanted = speed) {
        speed = wanted;
        stopClock();
        if (isRunning) clock = setInterval(tick, TICK_MS);
        return inTurn(() => undefined);
      },
      stepClock: () => inTurn(open => open.step()),
      save: () =>
        inTurn(open => {
          const record = open.record();
          if (record === undefined) throw new Error("a lab whose time is the machine's cannot be saved");
          return { engine: ENGINE_VERSION, text: writeRecord(record) };
        }),
      manifests: () =>
        inTurn(({ lab, text }) =>
          lab.kind === 'recorded' ? { kind: 'none' } : { kind: 'text', name: lab.name, text: labText(lab, text) },
        ),
      realCluster: lines => inTurn(({ lab, text }) => (lab.kind === 'recorded' ? [] : realCluster(lab, text, lines))),
      playBack: (from, to) => withLab(open => playBack(open, surroundings, from, to)),
      readLab: text => Promise.resolve(readLab(text)),
      readRecorded: text => Promise.resolve(readRecorded(text)),
      close() {
        for (const stop of stops) stop();
        place.abort();
        places.delete(seat);
      },
    };
  }

  /** Not in turn: time passes for whoever types, too. */
  function tick(): void {
    void withLab(open => open.advance(pace.tick(open.lab.now, TICK_MS * speed)));
  }

  const main = clientAt(turns);
  return {
    ...main,
    open: source => (source.kind === 'served' ? main.open(source) : turns.take(() => open(source)).finally(publish)),
    servedAt(url) {
      address.url = url;
    },
    withLab,
    onProgress(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    takeDone: () => session?.takeDone() ?? [],
    snapshot: () => session?.snapshot() ?? 'none',
    join: () => clientAt(createTurns()),
    close() {
      stopClock();
      for (const place of places.values()) place.abort();
      session = undefined;
    },
  };
}

function reportOf({ name, kind, probes }: Lab): OpenReport {
  return { kind: 'opened', name, ...(kind === 'recorded' && { probes }) };
}
