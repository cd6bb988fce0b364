// The states that a lab has had, by lesson or sandbox: the last ones by themselves, and those that the learner named.

import type { HistoryView, SavedLab } from '../client/port.ts';
import { type KeptLab, type LabArchive, openArchive } from './labArchive.ts';

/** States of one lesson or sandbox that are kept by themselves; older ones make room. */
export const MOST_STATES = 20;

export interface LabHistory {
  readonly keeps: LabArchive['keeps'];
  /** Whether there was room for the last state. */
  room(): 'enough' | 'full';
  /** Newest first. */
  list(scope: string): Promise<readonly KeptLab[]>;
  /** Keeps the lab as it is now, unless that is what was kept last. */
  note(scope: string, saved: SavedLab, history: HistoryView): Promise<void>;
  /** Keeps the lab under a name. */
  keep(scope: string, kind: KeptLab['kind'], name: string, saved: SavedLab): Promise<'kept' | 'full'>;
  remove(id: number): Promise<void>;
  /** Keeps again what was removed, where it was. */
  putBack(lab: KeptLab): Promise<'kept' | 'full'>;
}

/** @param now what the page's clock says, in milliseconds since 1970 */
export async function createLabHistory(
  now: () => number = Date.now,
  archive: Promise<LabArchive> = openArchive(),
): Promise<LabHistory> {
  const labs = await archive;
  /** What was noted last. */
  let last: string | undefined;
  let room: 'enough' | 'full' = 'enough';

  const keep: LabHistory['keep'] = async (scope, kind, name, saved) => {
    const lab = { scope, at: now(), kind, name, saved };
    const states = (await labs.list(scope)).filter(other => other.kind !== 'checkpoint');
    const isState = kind !== 'checkpoint';
    const old = states.slice(0, Math.max(0, states.length + (isState ? 1 : 0) - MOST_STATES)).map(({ id }) => id);
    if (old.length > 0) await labs.remove(old);
    const added = await labs.add(lab);
    if (added === 'kept' || states.length === old.length) return added;
    // No room: what nobody named goes first.
    await labs.remove(states.map(({ id }) => id));
    return labs.add(lab);
  };

  return {
    keeps: labs.keeps,
    room: () => room,
    list: async scope => [...(await labs.list(scope))].sort((a, b) => b.at - a.at || b.id - a.id),
    async note(scope, saved, { undo, redo, changes }) {
      const state = JSON.stringify([scope, undo, changes]);
      // What can be redone was kept when it was done.
      if (undo === undefined || redo !== undefined || state === last) return;
      last = state;
      room = (await keep(scope, 'change', undo, saved)) === 'kept' ? 'enough' : 'full';
    },
    keep,
    remove: id => labs.remove([id]),
    putBack: ({ id: _, ...lab }) => labs.add(lab),
  };
}
