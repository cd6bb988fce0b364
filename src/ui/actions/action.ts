// What can be done on the page, by name: the one list from which the command palette, the shortcuts and their sheet come.

import type { AppStores } from '../../store/appStores.ts';
import type { PageForm } from '../hooks/useMedia.ts';

/** The page, as far as actions depend on it. */
export interface ActionPage {
  readonly stores: AppStores;
  readonly form: PageForm;
}

/** Where an action stands in the palette and on the sheet. */
export type ActionGroup = 'go' | 'panel' | 'graph' | 'trace' | 'cluster' | 'files' | 'look' | 'element';

export interface Action {
  /** Unique on the page. */
  readonly id: string;
  readonly group: ActionGroup;
  /** A verb, or a verb and an object, as on a button. */
  readonly name: string;
  /** Other words by which it is found. */
  readonly also?: string;
  /** What kind of thing it is about, if its name alone could be several. */
  readonly kind?: string;
  /** The shortcut as keys.ts reads it: `T`, `?`, `Mod+Shift+Z`. */
  readonly keys?: string;
  /** Where its keys mean it; absent: on the whole page. */
  readonly place?: 'trace';
  /** Why it cannot be done now. */
  readonly blocked?: string | undefined;
  readonly run: () => void;
}
