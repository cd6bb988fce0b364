// One opened lab with those who type at it, the learner's acts, and the journal from which it can be made again.

import type { LabFacts } from '../lesson/checkContext.ts';
import {
  type ApiRequest,
  type ApiResponse,
  Lab,
  type LabSnapshot,
  type OnProgress,
  type OpenProblem,
  type VirtualMs,
} from '../sim/index.ts';
import { Journal, type JournalEntry, type LabRecord } from './journal.ts';
import { type LearnerActs, labFacts } from './labFacts.ts';
import type { Pace } from './pace.ts';
import type { EditorFile } from './port.ts';
import { requestName } from './requestName.ts';
import { createSeat, type Seat, type SeatSnapshot, type ServedAt } from './seat.ts';

/** Command lines and journeys that lesson checks can look back at. */
const MOST_ACTS = 200;

/** The page's own seat. */
export const MAIN_SEAT = 0;

export interface LabSession {
  readonly lab: Lab;
  /** What it was opened from. */
  readonly text: LabText;
  /** A request from outside the terminal. What it changes is the learner's act: undo takes it back. */
  request(request: ApiRequest): Promise<ApiResponse>;
  /** A place to type at, by its number; it is there from when it is first asked for. */
  seat(number: number): Seat;
  undo(): void;
  redo(): void;
  /** Undoes that many changes; redoes them when the number is positive. */
  travel(by: number): void;
  reset(): void;
  advance(ms: VirtualMs): void;
  step(): void;
  facts(since: number): LabFacts;
  /** From which it can be made again; undefined: it cannot. */
  record(): LabRecord | undefined;
  /** What was done, and is over, since this was last asked for; nothing if it cannot be made again. */
  takeDone(): readonly JournalEntry[];
  /** - `busy`: something is under way. */
  snapshot(): SessionSnapshot | 'busy';
}

/** A session as plain data: what `structuredClone` gives of it is as good. */
export interface SessionSnapshot {
  readonly text: LabText;
  readonly lab: LabSnapshot;
  readonly acts: LearnerActs;
  readonly entries: readonly JournalEntry[];
  readonly seats: ReadonlyMap<number, SeatSnapshot>;
}

/** What a session has around it. */
export interface SessionPlace {
  readonly pace: Pace;
  readonly address?: ServedAt;
  readonly onProgress?: OnProgress;
}

export type OpenedSession =
  | { readonly kind: 'opened'; readonly session: LabSession }
  | { readonly kind: 'refused'; readonly problems: readonly OpenProblem[] };

export function openSession(text: LabText, place: SessionPlace): OpenedSession {
  const opened =
    text.form === 'kernel'
      ? Lab.openRecorded(text.source, place.onProgress)
      : Lab.open(text.source, text.startsAt, place.onProgress);
  return opened.kind === 'refused' ? opened : { kind: 'opened', session: sessionOf(opened.lab, text, place) };
}

/** The session that a snapshot was taken of. */
export function restoreSession(snapshot: SessionSnapshot, place: SessionPlace): LabSession {
  return sessionOf(Lab.restore(snapshot.lab, place.onProgress), snapshot.text, place, snapshot);
}

/** A text that a lab opens from, and what it is. */
export type LabText = Pick<LabRecord, 'source' | 'form' | 'startsAt'>;

/** What a session has had before. */
type SessionPast = Pick<SessionSnapshot, 'acts' | 'entries' | 'seats'>;

const NO_PAST: SessionPast = { acts: { commands: [], journeySequence: new Map() }, entries: [], seats: new Map() };

function sessionOf(
  lab: Lab,
  text: LabText,
  { pace, address = { url: undefined } }: SessionPlace,
  past: SessionPast = NO_PAST,
): LabSession {
  let { commands, journeySequence } = past.acts;
  const journal = pace.kind === 'repeatable' ? new Journal(past.entries) : undefined;
  let done = new Journal();
  const seats = new Map<number, Seat>();

  /** What is returned is called when the act is over. */
  const begin = (entry: JournalEntry): (() => void) => {
    journal?.note(entry);
    return () => {
      if (journal !== undefined) done.note(entry);
    };
  };
  const note = (entry: JournalEntry): void => begin(entry)();

  function newSeat(number: number): Seat {
    return createSeat(lab, pace, address, {
      onAct: entry => begin(number === MAIN_SEAT ? entry : { ...entry, seat: number }),
      onCommand(command) {
        commands = [...commands, command].slice(-MOST_ACTS);
      },
      onJourney(id, sequence) {
        journeySequence = new Map([...journeySequence, [id, sequence] as const].slice(-MOST_ACTS));
      },
    });
  }

  for (const [number, snapshot] of past.seats) {
    const seat = newSeat(number);
    seat.restore(snapshot);
    seats.set(number, seat);
  }

  const undo = (): void => {
    lab.undo();
    note({ kind: 'undo' });
  };
  const redo = (): void => {
    lab.redo();
    note({ kind: 'redo' });
  };

  return {
    lab,
    text,
    async request(request) {
      if (request.method === 'GET') return lab.request(request);
      const before = lab.eventCount;
      const response = await lab.change(requestName(request), () => lab.request(request));
      // What left no event changed nothing: a refusal, a dry run, a probe.
      if (lab.eventCount > before) note({ kind: 'request', request });
      return response;
    },
    seat(number) {
      const seat = seats.get(number) ?? newSeat(number);
      seats.set(number, seat);
      return seat;
    },
    undo,
    redo,
    travel(by) {
      const act = by < 0 ? undo : redo;
      for (let left = Math.min(Math.abs(by), lab.steps[by < 0 ? 'past' : 'future'].length); left > 0; left--) act();
    },
    reset() {
      lab.reset();
      for (const seat of seats.values()) seat.reset();
      note({ kind: 'reset' });
    },
    advance(ms) {
      lab.advance(ms);
      note({ kind: 'advance', ms });
    },
    step() {
      const before = lab.now;
      lab.step();
      note({ kind: 'advance', ms: lab.now - before });
    },
    facts: since => labFacts(lab, { commands, journeySequence }, since),
    record: () => (journal === undefined ? undefined : { ...text, entries: journal.entries() }),
    takeDone() {
      const entries = done.entries();
      done = new Journal();
      return entries;
    },
    snapshot() {
      const state = lab.snapshot();
      if (state === 'busy') return 'busy';
      return {
        text,
        lab: state,
        acts: { commands, journeySequence },
        entries: journal?.entries() ?? [],
        seats: new Map([...seats].map(([number, seat]) => [number, seat.snapshot()])),
      };
    },
  };
}

/**
 * Does again what a journal says.
 * @param isEnough is asked before each entry: whether the rest does not matter
 */
export async function replay(
  session: LabSession,
  entries: readonly JournalEntry[],
  isEnough: () => boolean = () => false,
): Promise<void> {
  const signal = new AbortController().signal;
  const ignore = (): void => undefined;
  const known = new Map<string, EditorFile>();
  for (const entry of entries) {
    if (isEnough()) return;
    switch (entry.kind) {
      case 'run':
        await session
          .seat(entry.seat ?? MAIN_SEAT)
          [entry.from === 'home' ? 'runHome' : 'run'](entry.line, ignore, signal);
        break;
      case 'apply': {
        const seat = session.seat(entry.seat ?? MAIN_SEAT);
        known.set(entry.file.name, entry.file);
        seat.setFiles([...known.values()]);
        await seat.runOnFiles('apply', [entry.file.name], ignore, signal);
        break;
      }
      case 'request':
        await session.request(entry.request);
        break;
      case 'files':
        for (const file of entry.files) known.set(file.name, file);
        session.seat(entry.seat ?? MAIN_SEAT).setFiles(entry.files);
        break;
      case 'advance':
        session.advance(entry.ms);
        break;
      default:
        session[entry.kind]();
    }
  }
}
