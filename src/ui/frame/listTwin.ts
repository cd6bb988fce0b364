// Whether the graph's list twin stands beside the graph, and how it comes and goes, in every form of the page.

import { usePageForm } from '../hooks/useMedia.ts';
import { useLayout, useStores } from '../StoresContext.ts';

export interface ListTwinSwitch {
  readonly isOn: boolean;
  readonly toggle: () => void;
}

/** Wide: in the side pane. Medium: in the drawer. Phone: as a sheet. */
export function useListTwin(): ListTwinSwitch {
  const { layout } = useStores();
  const form = usePageForm();
  const isBeside = useLayout(state => state.side === 'list' && (form === 'wide' || state.drawer === 'open'));
  const isSheet = useLayout(state => state.sheet === 'list');
  if (form === 'phone') return { isOn: isSheet, toggle: () => layout.set({ sheet: isSheet ? undefined : 'list' }) };
  return {
    isOn: isBeside,
    toggle: () => layout.set(isBeside ? { side: 'main', drawer: 'closed' } : { side: 'list', drawer: 'open' }),
  };
}
