import type { Theme } from '../../store/layoutStore.ts';
import { IconButton } from '../common/Button.tsx';
import { useLayout, useStores } from '../StoresContext.ts';

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const NAMES: Readonly<Record<Theme, string>> = { system: "the system's", light: 'light', dark: 'dark' };

/** Goes round: the system's theme, light, dark. */
export function ThemeButton() {
  const { layout } = useStores();
  const theme = useLayout(state => state.theme);
  return (
    <IconButton
      icon="theme"
      label={`Theme: ${NAMES[theme]}. Change to ${NAMES[NEXT[theme]]}`}
      onPress={() => layout.set({ theme: NEXT[theme] })}
    />
  );
}
