// Keeps texts between visits, and knows what is not kept: a browser may refuse, a text may be damaged, another tab may
// have the same lab open. Nothing is lost in silence, and everything else goes on.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RestoredFrom } from '../client/port.ts';
import type { TextStorage } from './storage.ts';

/** What the learner has to know about keeping. */
export type Trouble =
  /** The browser keeps nothing, or not this much. Until the page is closed nothing is lost. */
  | { readonly kind: 'refused' }
  /** A text could not be used. It is under `key` now, where nothing is written over it. */
  | { readonly kind: 'aside'; readonly key: string; readonly why: string }
  /** Another tab keeps this lab. */
  | { readonly kind: 'elsewhere' }
  /** The lab died, for a reason, and was made again. */
  | { readonly kind: 'restored'; readonly why: string; readonly from: RestoredFrom };

export interface KeepState {
  /** The name under which the open lab is kept; undefined: it is not kept here. */
  readonly scope: string | undefined;
  readonly troubles: readonly Trouble[];
  /** Counts wishes to keep the open lab here although another tab does. */
  readonly claims: number;
}

export interface Keeper extends TextStorage, StoreApi<KeepState> {
  enter(scope: string | undefined): void;
  tell(trouble: Trouble): void;
  dismiss(trouble: Trouble): void;
  /** Another tab keeps the open lab: from now on its texts live here as long as the page. */
  standBack(): void;
  /** The open lab is kept here again, with what was written meanwhile. */
  claim(): void;
  /** Who keeps the lab of this name. */
  keeperOf(scope: string): 'here' | 'elsewhere';
}

export function createKeeper(texts: TextStorage): Keeper {
  const store = createStore<KeepState>(() => ({ scope: undefined, troubles: [], claims: 0 }));
  /** What the browser did not take, or must not: it lives as long as the page. */
  const held = new Map<string, string>();
  let elsewhere: string | undefined;
  /** Keys whose text cannot be used and has nowhere to go: nothing is written over it, and nothing of it is read. */
  const stuck = new Set<string>();

  const isElsewhere = (key: string): boolean => elsewhere !== undefined && key.endsWith(`.${elsewhere}`);
  const without = (of: Trouble['kind']): readonly Trouble[] =>
    store.getState().troubles.filter(trouble => trouble.kind !== of || of === 'aside');
  const tell = (trouble: Trouble): void => store.setState({ troubles: [...without(trouble.kind), trouble] });

  const write = (key: string, text: string): 'kept' | 'refused' => {
    const outcome = stuck.has(key) ? 'refused' : isElsewhere(key) ? 'kept' : texts.write(key, text);
    if (outcome === 'refused' || isElsewhere(key)) held.set(key, text);
    else held.delete(key);
    const isTold = store.getState().troubles.some(({ kind }) => kind === 'refused');
    if (outcome === 'refused' && !isTold) tell({ kind: 'refused' });
    // There is room again.
    if (held.size === 0 && isTold) store.setState({ troubles: without('refused') });
    return outcome;
  };

  return {
    ...store,
    read: key => held.get(key) ?? (stuck.has(key) ? undefined : texts.read(key)),
    write,
    remove(key) {
      held.delete(key);
      if (!isElsewhere(key) && !stuck.has(key)) texts.remove(key);
    },
    setAside(key, why) {
      const aside = texts.setAside(key, why);
      const left = texts.read(key);
      if (aside !== undefined && left !== undefined) {
        stuck.add(key);
        held.set(aside, left);
      }
      if (aside !== undefined) tell({ kind: 'aside', key: aside, why });
      return aside;
    },
    enter(scope) {
      if (scope === store.getState().scope) return;
      elsewhere = undefined;
      store.setState({ scope, troubles: without('elsewhere') });
    },
    tell,
    dismiss: gone => store.setState({ troubles: store.getState().troubles.filter(trouble => trouble !== gone) }),
    standBack() {
      elsewhere = store.getState().scope;
      tell({ kind: 'elsewhere' });
    },
    claim() {
      elsewhere = undefined;
      for (const [key, text] of [...held]) write(key, text);
      store.setState(({ claims }) => ({ claims: claims + 1, troubles: without('elsewhere') }));
    },
    keeperOf: scope => (scope === elsewhere ? 'elsewhere' : 'here'),
  };
}
