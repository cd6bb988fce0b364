// The connectivity matrix: rows ask columns, a few questions at a time, so that others are answered in between.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabClient, ReachAnswer, ReachEnd, ReachQuestion } from '../client/port.ts';
import type { ElementId } from '../sim/index.ts';
import { type LabState, type LabStore, messageOf } from './labStore.ts';

/** What a column asks: an end, and a port of it or a ping. */
export interface MatrixColumn {
  readonly end: ReachEnd;
  readonly ask: { readonly protocol: 'tcp' | 'udp'; readonly port: number } | { readonly protocol: 'icmp' };
}

export interface MatrixPlan {
  readonly rows: readonly ReachEnd[];
  readonly columns: readonly MatrixColumn[];
}

/** A plan with its answers as far as they have come: by row, in the order of the columns. */
export interface MatrixRun {
  readonly plan: MatrixPlan;
  readonly answers: ReadonlyMap<ElementId, readonly ReachAnswer[]>;
  /** What the cluster was when it was asked. */
  readonly stamp: LabStamp;
}

/** A mark in the life of a lab. */
export interface LabStamp {
  readonly nextEvent: number;
  readonly undo: string | undefined;
  readonly changes: number;
}

export type MatrixPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly done: number; readonly all: number }
  | { readonly kind: 'done' }
  /** Somebody stopped it: the cells so far stay. */
  | { readonly kind: 'stopped'; readonly done: number; readonly all: number }
  | { readonly kind: 'failed'; readonly message: string };

export interface MatrixState {
  readonly phase: MatrixPhase;
  /** Whoever there is to ask; undefined: nobody has looked yet. */
  readonly ends: readonly ReachEnd[] | undefined;
  readonly run: MatrixRun | undefined;
  /** What the run before this one said, by {@link cellKey}, in {@link answerWord}s. */
  readonly before: ReadonlyMap<string, string>;
}

/** Questions in one call: so long does a command wait that is typed meanwhile. */
const BATCH = 20;
const NOTHING: MatrixState = { phase: { kind: 'idle' }, ends: undefined, run: undefined, before: new Map() };

/** The same for the same question in another run. */
export function cellKey(row: ReachEnd, { end, ask }: MatrixColumn): string {
  return `${row.element} ${end.element} ${ask.protocol} ${ask.protocol === 'icmp' ? '' : ask.port}`;
}

export function questionOf(row: ReachEnd, { end, ask }: MatrixColumn): ReachQuestion {
  return { from: row.element, to: end.element, ...ask };
}

/** What is compared between runs: how it ended, whichever backend answered. */
export const answerWord = (answer: ReachAnswer): string => (answer.kind === 'answered' ? answer.verdict : 'not-sent');

/** How many cells say something else than in the run before. */
export function changedCells({ run, before }: Pick<MatrixState, 'run' | 'before'>): number {
  if (run === undefined) return 0;
  let count = 0;
  for (const row of run.plan.rows)
    run.answers.get(row.element)?.forEach((answer, i) => {
      const column = run.plan.columns[i];
      const word = column === undefined ? undefined : before.get(cellKey(row, column));
      if (word !== undefined && word !== answerWord(answer)) count++;
    });
  return count;
}

/** Something happened in the lab since then, other than packets, and commands that changed nothing. */
export function isChangedSince(stamp: LabStamp, { history, events }: LabState): boolean {
  if (history.changes !== stamp.changes || history.undo !== stamp.undo) return true;
  return events.some(
    ({ sequence, source, reason }) => sequence >= stamp.nextEvent && source !== 'packet' && reason !== 'Ran',
  );
}

/** The mark of a lab as it is now. */
export const stampOf = ({ nextEvent, history }: LabState): LabStamp => ({
  nextEvent,
  undo: history.undo,
  changes: history.changes,
});

export interface MatrixStore extends StoreApi<MatrixState> {
  /** Looks again at who is there. */
  look(): Promise<void>;
  /** Asks everything anew. What a run that is under way has so far is forgotten. */
  start(plan: MatrixPlan): Promise<void>;
  stop(): void;
}

export function createMatrixStore(client: LabClient, lab: LabStore): MatrixStore {
  const store = createStore<MatrixState>(() => NOTHING);
  let current = 0;
  lab.subscribe(({ phase }, before) => {
    if (phase === before.phase || phase.kind === 'open') return;
    current++;
    store.setState(NOTHING);
  });

  async function ask(turn: number, plan: MatrixPlan): Promise<'over' | 'done'> {
    const all = plan.rows.length * plan.columns.length;
    let done = 0;
    for (const row of plan.rows) {
      for (let from = 0; from < plan.columns.length; from += BATCH) {
        const part = plan.columns.slice(from, from + BATCH);
        const answers = await client.reach(part.map(column => questionOf(row, column)));
        if (turn !== current) return 'over';
        done += part.length;
        store.setState(({ run }) =>
          run === undefined
            ? {}
            : {
                phase: { kind: 'running', done, all },
                run: {
                  ...run,
                  answers: new Map(run.answers).set(row.element, [...(run.answers.get(row.element) ?? []), ...answers]),
                },
              },
        );
      }
    }
    return 'done';
  }

  return {
    ...store,
    async look() {
      try {
        const ends = await client.reachEnds();
        store.setState({ ends });
      } catch {
        // No lab is open, or it has stopped: the page says so elsewhere.
      }
    },
    async start(plan) {
      const turn = ++current;
      const { run, phase, before } = store.getState();
      const all = plan.rows.length * plan.columns.length;
      store.setState({
        phase: { kind: 'running', done: 0, all },
        run: { plan, answers: new Map(), stamp: stampOf(lab.getState()) },
        // A run that did not end is no measure for the next.
        before: phase.kind === 'done' && run !== undefined ? wordsOf(run) : before,
      });
      try {
        if ((await ask(turn, plan)) === 'done') store.setState({ phase: { kind: 'done' } });
      } catch (error) {
        if (turn === current) store.setState({ phase: { kind: 'failed', message: messageOf(error) } });
      }
    },
    stop() {
      const { phase } = store.getState();
      if (phase.kind !== 'running') return;
      current++;
      store.setState({ phase: { ...phase, kind: 'stopped' } });
    },
  };
}

function wordsOf({ plan, answers }: MatrixRun): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const row of plan.rows)
    answers.get(row.element)?.forEach((answer, i) => {
      const column = plan.columns[i];
      if (column !== undefined) words.set(cellKey(row, column), answerWord(answer));
    });
  return words;
}
