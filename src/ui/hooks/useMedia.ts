import { useSyncExternalStore } from 'react';

/** Whether a media query holds, now and whenever it changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    changed => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}

/**
 * - `wide`: from 1100 px, the side pane beside the graph.
 * - `medium`: from 760 px, the side pane is a drawer.
 * - `phone`: one pane at a time.
 */
export type PageForm = 'wide' | 'medium' | 'phone';

export function usePageForm(): PageForm {
  const isPhone = useMedia('(max-width: 759.98px)');
  const isMedium = useMedia('(max-width: 1099.98px)');
  return isPhone ? 'phone' : isMedium ? 'medium' : 'wide';
}

/** The theme that is shown: the learner's choice, else the system's. */
export function useShownTheme(choice: 'system' | 'light' | 'dark'): 'light' | 'dark' {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  return choice === 'system' ? (isDark ? 'dark' : 'light') : choice;
}
