import type { Theme } from '../../store/layoutStore.ts';

/** Gives the document a theme; without a choice the stylesheet asks the system. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
