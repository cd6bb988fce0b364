// What begins with the first movement, key or touch.

import type { AppStores } from '../../store/appStores.ts';
import { watchTabs } from '../surviving/tabs.ts';
import { sayTravels } from './sayTravels.ts';

/** Somebody is here. */
export function begin(stores: AppStores): void {
  watchTabs(stores);
  sayTravels(stores);
  if (stores.layout.getState().tour === 'new') stores.layout.set({ tour: 'offered' });
}
