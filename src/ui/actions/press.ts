// From a key press to the action that it means.

import type { AppStores } from '../../store/appStores.ts';
import { formOfPage } from '../hooks/useMedia.ts';
import type { Action } from './action.ts';
import { isPressOf, isSingleKey, isTyping, thisMachine } from './keys.ts';
import { pageActions } from './pageActions.ts';
import { typedAhead } from './typedAhead.ts';

/** Does what a key press means on the whole page; nothing while text is typed or a dialog is open. */
export function press(event: KeyboardEvent, stores: AppStores): void {
  const { singleKeys, overlay } = stores.layout.getState();
  if (event.isComposing || document.querySelector('dialog:modal') !== null) return;
  // What lies over the page takes the keys, also while it is still being fetched.
  if (overlay !== undefined) {
    if (event.key === 'Escape') {
      typedAhead.take();
      stores.layout.set({ overlay: undefined });
    } else if (overlay === 'palette' && isLetter(event)) {
      event.preventDefault();
      typedAhead.add(event.key);
    }
    return;
  }
  const actions = pageActions({ stores, form: formOfPage() }).filter(
    ({ place, keys = '' }) =>
      place === undefined &&
      (keys === ANYWHERE || !isTyping(event.target)) &&
      (singleKeys === 'on' || !isSingleKey(keys)),
  );
  runPressed(actions, event);
}

const isLetter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  [...key].length === 1 && !ctrlKey && !metaKey && !altKey;

/** The way to everything else: also from a field, where Ctrl or Command with a letter is no text. */
const ANYWHERE = 'Mod+K';

/** Runs the one of some actions whose keys were pressed, and says whether there was one. */
export function runPressed(
  actions: readonly Action[],
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'preventDefault'>,
): 'ran' | 'not a shortcut' {
  const machine = thisMachine();
  const action = actions.find(({ keys }) => keys !== undefined && isPressOf(keys, event, machine));
  if (action === undefined) return 'not a shortcut';
  event.preventDefault();
  if (action.blocked === undefined) action.run();
  return 'ran';
}
