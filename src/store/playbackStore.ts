// A change of the lab played back on the page: the page shows the lab as it was at each event, while the lab goes on.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabClient, Playback } from '../client/port.ts';
import type { ElementId, LabElement, LabEvent } from '../sim/index.ts';
import type { LabState, LabStore } from './labStore.ts';

type Elements = ReadonlyMap<ElementId, LabElement>;

/** The lab as it was after an event. */
interface PastState {
  readonly event: number;
  readonly elements: Elements;
}

export type PlaybackSpeed = '0.5' | '1' | '2' | '4';

export type PlaybackState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly name: string }
  /** It cannot be shown. */
  | { readonly kind: 'refused'; readonly name: string; readonly reason: 'not-kept' | 'other' | 'failed' }
  | {
      readonly kind: 'shown';
      readonly name: string;
      readonly events: readonly LabEvent[];
      /** Which of the events was the last one; -1: the lab is as it was before all of them. */
      readonly cursor: number;
      readonly play: 'playing' | 'paused';
      readonly speed: PlaybackSpeed;
    };

/** A piece of the event log with the name of what caused it. */
export interface Change {
  readonly name: string;
  /** Numbers of its first event and of the first one after it. */
  readonly from: number;
  readonly to: number;
}

export interface PlaybackStore extends StoreApi<PlaybackState> {
  begin(change: Change): Promise<void>;
  /** Shows the lab as it was after an event; a step by hand ends playing. */
  goTo(cursor: number, by?: 'hand' | 'clock'): void;
  setPlay(play: 'playing' | 'paused'): void;
  setSpeed(speed: PlaybackSpeed): void;
  /** The page shows the lab as it is. */
  end(): void;
}

/** The changes that events tell of, oldest first: each command line with what came of it. */
export function changesOf(events: readonly LabEvent[], nextEvent: number): readonly Change[] {
  const commands = events.filter(isCommand);
  return commands.map(({ sequence, message }, i) => ({
    name: message,
    from: sequence,
    to: commands[i + 1]?.sequence ?? nextEvent,
  }));
}

/** The event of a command line of the learner. */
export function isCommand({ source, reason }: LabEvent): boolean {
  return source === 'lab' && reason === 'Ran';
}

export function createPlaybackStore(client: Pick<LabClient, 'playBack'>, lab: LabStore): PlaybackStore {
  const store = createStore<PlaybackState>(() => ({ kind: 'idle' }));
  /** The lab before the first event, then after each frame's. */
  let states: readonly PastState[] = [];

  const end = (): void => {
    states = [];
    lab.show(undefined);
    store.setState({ kind: 'idle' }, true);
  };

  const show = (event: number): void => lab.show(states.findLast(state => state.event <= event)?.elements);

  const goTo: PlaybackStore['goTo'] = (cursor, by = 'hand') => {
    const state = store.getState();
    if (state.kind !== 'shown') return;
    const last = state.events.length - 1;
    const place = Math.max(-1, Math.min(last, cursor));
    const play = by === 'hand' || place === last ? 'paused' : state.play;
    store.setState({ ...state, cursor: place, play });
    show(state.events[place]?.sequence ?? -1);
  };

  // Another lab has another past; and whoever acts on the lab wants to see what it does.
  lab.subscribe((now, before) => {
    if (store.getState().kind !== 'idle' && (now.phase !== before.phase || isActedOn(now, before))) end();
  });

  return {
    ...store,
    async begin({ name, from, to }) {
      store.setState({ kind: 'loading', name }, true);
      const playback = await client.playBack(from, to).catch((): undefined => undefined);
      const now = store.getState();
      if (now.kind !== 'loading' || now.name !== name) return;
      if (playback?.kind !== 'frames') {
        store.setState({ kind: 'refused', name, reason: playback?.kind ?? 'failed' }, true);
        return;
      }
      states = statesOf(playback);
      const events = lab.getState().events.filter(({ sequence }) => sequence >= from && sequence < to);
      store.setState({ kind: 'shown', name, events, cursor: -1, play: 'playing', speed: '1' }, true);
      show(-1);
    },
    goTo,
    setPlay(play) {
      const state = store.getState();
      if (state.kind !== 'shown') return;
      // From the end it plays again.
      if (play === 'playing' && state.cursor === state.events.length - 1) goTo(-1);
      store.setState({ play });
    },
    setSpeed(speed) {
      if (store.getState().kind === 'shown') store.setState({ speed });
    },
    end,
  };
}

/** A command, undo, redo or reset, or the clock by hand; not time that passes by itself. */
function isActedOn(now: LabState, before: LabState): boolean {
  const [{ undo, redo, changes }, old] = [now.history, before.history];
  if (undo !== old.undo || redo !== old.redo || changes !== old.changes) return true;
  return now.clock.running !== before.clock.running || (!now.clock.running && now.clock.now !== before.clock.now);
}

function statesOf({ start, frames }: Extract<Playback, { readonly kind: 'frames' }>): readonly PastState[] {
  let elements: Elements = new Map(start.map(element => [element.id, element]));
  const first = { event: -1, elements };
  const later = frames.map(({ event, upserts, removals }) => {
    const next = new Map(elements);
    for (const id of removals) next.delete(id);
    for (const element of upserts) next.set(element.id, element);
    elements = next;
    return { event, elements };
  });
  return [first, ...later];
}
