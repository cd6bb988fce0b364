import { useStores } from '../StoresContext.ts';

/** Brings the graph or the terminal in sight, where another pane or tab is open. */
export function useShowPane(): (pane: 'graph' | 'terminal') => void {
  const { layout } = useStores();
  return pane =>
    layout.set({ ...(pane === 'terminal' && { tab: 'terminal' as const }), phonePane: pane, sheet: undefined });
}
