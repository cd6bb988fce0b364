import { useSyncExternalStore } from 'react';
import type { Theme } from '../../store/layoutStore.ts';

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

const PHONE = '(max-width: 759.98px)';
const MEDIUM = '(max-width: 1099.98px)';

export function usePageForm(): PageForm {
  const isPhone = useMedia(PHONE);
  const isMedium = useMedia(MEDIUM);
  return isPhone ? 'phone' : isMedium ? 'medium' : 'wide';
}

/** The form of the page at this moment. */
export function formOfPage(): PageForm {
  return matchMedia(PHONE).matches ? 'phone' : matchMedia(MEDIUM).matches ? 'medium' : 'wide';
}

/** The colours that are shown: the learner's choice, else the system's. */
export type ShownTheme = 'light' | 'dark' | 'light contrast' | 'dark contrast';

/** As the stylesheets decide it: tokens.css, contrast.css. */
export function useShownTheme(choice: Theme): ShownTheme {
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const isMore = useMedia('(prefers-contrast: more)');
  const base = choice === 'dark' || (choice !== 'light' && isDark) ? 'dark' : 'light';
  return choice === 'contrast' || (choice === 'system' && isMore) ? `${base} contrast` : base;
}
