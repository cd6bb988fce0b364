import { usePageForm } from '../hooks/useMedia.ts';
import { useStores } from '../StoresContext.ts';

/** Brings the graph or the terminal in sight, where the lesson covers it or another tab is open. */
export function useShowPane(): (pane: 'graph' | 'terminal') => void {
  const { layout } = useStores();
  const form = usePageForm();
  return pane => {
    layout.set({
      ...(pane === 'terminal' && { tab: 'terminal' as const }),
      ...(form === 'phone' && { phonePane: pane, sheet: undefined }),
      ...(form === 'medium' && { drawer: 'closed' as const }),
    });
  };
}
