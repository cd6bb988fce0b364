import { useCallback } from 'react';
import { useStores } from '../StoresContext.ts';

/** The tab of the panel, or of a phone, that is open. */
const OPEN_TAB = '#panel-tab-trace, nav [aria-current=page]';

/** Opens a journey where journeys are shown: the Trace tab, on a phone the Trace pane. */
export function useOpenTrace(): (exchange: string) => void {
  const { trace, layout } = useStores();
  return useCallback(
    exchange => {
      layout.set({ tab: 'trace', phonePane: 'trace' });
      void trace.open(exchange);
      // What was pressed is gone with its panel: the focus goes where the journey is.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.querySelector<HTMLElement>(OPEN_TAB)?.focus();
      });
    },
    [trace, layout],
  );
}
