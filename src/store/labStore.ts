// What the page knows of the lab: its elements, events, journeys, clock and history, kept up to date by differences.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ClockView,
  Diagnostic,
  HistoryView,
  LabClient,
  LabSource,
  LabUpdate,
  RestoredFrom,
  SavedLab,
} from '../client/port.ts';
import type { ElementId, ExchangeSummary, LabElement, LabEvent, RecordedProbe } from '../sim/index.ts';

/** Events and journeys that the page keeps; older ones are forgotten. */
const MOST_EVENTS = 2000;
const MOST_EXCHANGES = 200;

export type LabPhase =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening' }
  /** `probes`: of a recorded cluster, which is Linux only. */
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly probes?: readonly RecordedProbe[];
      /** Of a lab that was lost: what it was made again from. */
      readonly from?: RestoredFrom;
      /** Why what it was to be opened from at first did not open. */
      readonly refused?: string;
    }
  /** The text is no lab. What was open before is gone from the page. */
  | { readonly kind: 'refused'; readonly problems: readonly Diagnostic[]; readonly source: LabSource['kind'] }
  /** The lab itself failed, while it was opened or later. What it was is gone; what was saved of it is kept. */
  | {
      readonly kind: 'stopped';
      readonly during: 'opening' | 'use';
      readonly message: string;
      readonly source: LabSource['kind'];
    };

/** What updates carry, put together. */
export interface LabView {
  readonly elements: ReadonlyMap<ElementId, LabElement>;
  readonly events: readonly LabEvent[];
  /** Oldest first. */
  readonly exchanges: readonly ExchangeSummary[];
  readonly clock: ClockView;
  readonly history: HistoryView;
  /** The number that the next event will have. */
  readonly nextEvent: number;
}

/** One way through the history, when it has been gone. */
export interface Travelled {
  /** Changes taken back if negative, brought back if positive. */
  readonly by: number;
  /** The name of the one change; undefined: of several. */
  readonly what: string | undefined;
}

export interface LabState extends LabView {
  readonly phase: LabPhase;
  readonly travelled?: Travelled;
}

const NO_HISTORY: HistoryView = { changes: 0 };

export const EMPTY_LAB: LabView = {
  elements: new Map(),
  events: [],
  exchanges: [],
  clock: { now: 0, running: false },
  history: NO_HISTORY,
  nextEvent: 0,
};

/** The view after an update. Lists that did not change stay the same objects. */
export function applyUpdate(before: LabView, update: LabUpdate): LabView {
  const base = update.fresh ? EMPTY_LAB : before;
  const last = update.events[update.events.length - 1];
  return {
    elements: withElements(base.elements, update),
    events: appended(base.events, update.events, MOST_EVENTS),
    exchanges: appended(base.exchanges, update.exchanges, MOST_EXCHANGES),
    clock: update.clock,
    history: update.history,
    nextEvent: last === undefined ? base.nextEvent : last.sequence + 1,
  };
}

function withElements(
  before: ReadonlyMap<ElementId, LabElement>,
  { upserts, removals }: LabUpdate,
): ReadonlyMap<ElementId, LabElement> {
  if (upserts.length === 0 && removals.length === 0) return before;
  const elements = new Map(before);
  for (const id of removals) elements.delete(id);
  for (const element of upserts) elements.set(element.id, element);
  return elements;
}

function appended<T>(list: readonly T[], added: readonly T[], most: number): readonly T[] {
  return added.length === 0 ? list : [...list, ...added].slice(-most);
}

export interface LabStore extends StoreApi<LabState> {
  /** Opens the first of the sources that the lab takes; none of the others after one at which it failed. */
  open(...sources: readonly LabSource[]): Promise<LabPhase>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Undoes that many changes; redoes them when the number is positive. */
  travel(by: number): Promise<void>;
  reset(): Promise<void>;
  setClock(running: boolean, speed?: number): Promise<void>;
  stepClock(): Promise<void>;
  save(): Promise<SavedLab | undefined>;
  /** Shows these elements in the place of the lab's own, which go on meanwhile; undefined: its own again. */
  show(past: LabView['elements'] | undefined): void;
  /** The Worker died, or a call failed in a way that is our fault. */
  markStopped(message: string): void;
  close(): void;
}

export function createLabStore(client: LabClient): LabStore {
  const store = createStore<LabState>(() => ({ ...EMPTY_LAB, phase: { kind: 'closed' } }));
  /** What was opened last. */
  let opened: LabSource['kind'] = 'manifests';
  /** The lab's own elements, and what is shown in their place. */
  let own = EMPTY_LAB.elements;
  let past: LabView['elements'] | undefined;
  const stopUpdates = client.onUpdate(update =>
    store.setState(state => {
      const view = applyUpdate({ ...state, elements: own }, update);
      own = view.elements;
      if (update.fresh) past = undefined;
      return { ...view, elements: past ?? own };
    }),
  );
  const markStopped = (message: string): void =>
    store.setState(({ phase, clock }) => {
      if (phase.kind === 'stopped') return {};
      const during = phase.kind === 'closed' || phase.kind === 'opening' ? 'opening' : 'use';
      // No time passes any more, and nothing can be taken back.
      return {
        phase: { kind: 'stopped', during, message, source: opened },
        clock: { now: clock.now, running: false },
        history: NO_HISTORY,
      };
    });
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      markStopped(messageOf(error));
    }
  };
  const travel = (by: number): Promise<void> =>
    attempt(async () => {
      const { undo, redo } = store.getState().history;
      await client.travel(by);
      store.setState({ travelled: { by, what: by === -1 ? undo : by === 1 ? redo : undefined } });
    });
  return {
    ...store,
    async open(...sources) {
      store.setState({ ...EMPTY_LAB, phase: { kind: 'opening' } });
      own = EMPTY_LAB.elements;
      past = undefined;
      let phase: LabPhase = { kind: 'closed' };
      let refused: string | undefined;
      for (const source of sources) {
        opened = source.kind === 'lost' ? source.otherwise.kind : source.kind;
        phase = await openSource(client, source);
        if (phase.kind !== 'refused') break;
        refused = phase.problems[0]?.message;
      }
      if (phase.kind === 'open' && refused !== undefined) phase = { ...phase, refused };
      store.setState({ phase });
      return phase;
    },
    undo: () => travel(-1),
    redo: () => travel(1),
    travel,
    reset: () => attempt(() => client.reset()),
    setClock: (running, speed) => attempt(() => client.setClock(running, speed)),
    stepClock: () => attempt(() => client.stepClock()),
    save: () => client.save().catch(() => undefined),
    show(elements) {
      past = elements;
      store.setState({ elements: past ?? own });
    },
    markStopped,
    close() {
      stopUpdates();
      client.close();
    },
  };
}

async function openSource(client: LabClient, source: LabSource): Promise<LabPhase> {
  try {
    const report = await client.open(source);
    return report.kind === 'opened' ? { ...report, kind: 'open' } : { ...report, source: source.kind };
  } catch (error) {
    return { kind: 'stopped', during: 'opening', message: messageOf(error), source: source.kind };
  }
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
