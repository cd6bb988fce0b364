// Keeps the lab between visits: while it changes it is saved whole every now and then, by lesson or sandbox.

import type { SavedLab } from '../client/port.ts';
import type { LabStore } from './labStore.ts';
import { isFields, readKept, type TextStorage } from './storage.ts';

/** A change is saved at once, but not more often than this, in milliseconds: a running clock changes the lab all the time. */
const SAVE_MS = 1500;

export interface Autosave {
  /** From now on changes are saved under this name; `now`: and the lab as it was opened. */
  enter(scope: string, first?: 'now'): void;
  /** No more; what is saved stays. */
  leave(): void;
  /** Saves now what waits to be saved. The lab answers a moment later: whoever ends the page on purpose awaits it. */
  keep(): Promise<void>;
  read(scope: string): SavedLab | undefined;
  forget(scope: string): void;
  /** What is saved does not open: it is kept where nothing is written over it. */
  setAside(scope: string, why: string): void;
}

/** @param onSaved is told what was saved, under which name */
export function createAutosave(
  lab: LabStore,
  storage: TextStorage,
  onSaved: (scope: string, saved: SavedLab) => void,
): Autosave {
  let scope: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let earliest = 0;
  let saving: Promise<void> = Promise.resolve();
  const keyOf = (name: string): string => `lab.${name}`;

  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    earliest = performance.now() + SAVE_MS;
    saving = write();
  };

  const write = async (): Promise<void> => {
    const name = scope;
    const saved = await lab.save();
    if (saved === undefined || name === undefined || name !== scope) return;
    storage.write(keyOf(name), JSON.stringify(saved));
    onSaved(name, saved);
  };

  lab.subscribe((state, before) => {
    // A lab that was only opened is not worth saving; one that was reset is, or the changes would come back.
    const { undo, redo } = state.history;
    const hasPast = undo !== undefined || redo !== undefined;
    if (scope === undefined || state.phase.kind !== 'open' || state.history === before.history || !hasPast) return;
    timer ??= setTimeout(save, Math.max(0, earliest - performance.now()));
  });

  const leave = (): void => {
    clearTimeout(timer);
    timer = undefined;
    scope = undefined;
  };

  return {
    enter(name, first) {
      scope = name;
      if (first === 'now') save();
    },
    keep() {
      if (timer !== undefined) save();
      return saving;
    },
    leave,
    read(name) {
      return readKept(storage, keyOf(name), stored =>
        isFields(stored) && typeof stored.engine === 'string' && typeof stored.text === 'string'
          ? { engine: stored.engine, text: stored.text }
          : undefined,
      );
    },
    setAside(name, why) {
      if (name === scope) leave();
      storage.setAside(keyOf(name), why);
    },
    forget(name) {
      if (name === scope) leave();
      storage.remove(keyOf(name));
    },
  };
}
