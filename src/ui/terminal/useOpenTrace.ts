import { useCallback } from 'react';
import { useStores } from '../StoresContext.ts';

/** Opens a journey where journeys are shown: the Trace tab, on a phone the Trace pane. */
export function useOpenTrace(): (exchange: string) => void {
  const { trace, layout } = useStores();
  return useCallback(
    exchange => {
      layout.set({ tab: 'trace', phonePane: 'trace' });
      void trace.open(exchange);
    },
    [trace, layout],
  );
}
