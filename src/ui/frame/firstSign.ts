// What begins with the first movement, key or touch.

import type { AppStores } from '../../store/appStores.ts';
import { watchTabs } from '../surviving/tabs.ts';

/** Somebody is here. */
export function begin(stores: AppStores): void {
  watchTabs(stores);
  if (stores.layout.getState().tour === 'new') stores.layout.set({ tour: 'offered' });
}
