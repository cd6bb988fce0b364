import { useStore } from 'zustand';
import type { AppStores } from '../../store/appStores.ts';
import {
  type Change,
  changesOf,
  createPlaybackStore,
  type PlaybackState,
  type PlaybackStore,
} from '../../store/playbackStore.ts';
import { showOver } from '../keeping/layer.tsx';
import { useStores } from '../StoresContext.ts';
import { PlaybackBar } from './PlaybackBar.tsx';

const stores = new WeakMap<AppStores, PlaybackStore>();

/** The page's one playback: made when it is first asked for. */
function playbackOf(app: AppStores): PlaybackStore {
  const playback = stores.get(app) ?? createPlaybackStore(app.client, app.lab);
  stores.set(app, playback);
  return playback;
}

export function usePlayback<T>(select: (state: PlaybackState) => T): T {
  return useStore(playbackOf(useStores()), select);
}

/** What the last command did; undefined: none was run yet. */
export function lastChange({ lab }: AppStores): Change | undefined {
  const { events, nextEvent } = lab.getState();
  return changesOf(events, nextEvent).at(-1);
}

/** Plays a change back, with a bar over the page until it is ended. */
export function playBack(app: AppStores, change: Change): void {
  const playback = playbackOf(app);
  const isOpen = playback.getState().kind !== 'idle';
  void playback.begin(change);
  // A phone shows the graph, or there is nothing to see.
  app.layout.set({ sheet: undefined, phonePane: 'graph' });
  if (!isOpen) showOver(app, close => <PlaybackBar playback={playback} onClose={close} />);
}
