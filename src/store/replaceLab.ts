// Another lab in the place of the one that is open, which goes into the history.

import type { OwnSource } from '../client/port.ts';
import type { AppStores } from './appStores.ts';
import type { LabPhase } from './labStore.ts';

/** @param scope under which name it is kept: the sandbox's, or that of what is open */
export async function replaceLab(stores: AppStores, source: OwnSource, scope?: string): Promise<LabPhase> {
  const here = stores.scope();
  const { undo } = stores.lab.getState().history;
  const saved = undo === undefined ? undefined : await stores.lab.save();
  if (here !== undefined && undo !== undefined && saved !== undefined)
    await (await stores.history()).keep(here, 'replaced', undo, saved);
  return stores.replace(source, scope);
}
