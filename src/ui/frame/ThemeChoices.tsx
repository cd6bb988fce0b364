import { useId } from 'react';
import type { Theme } from '../../store/layoutStore.ts';
import { useLayout, useStores } from '../StoresContext.ts';
import styles from './ThemeChoices.module.css';
import { THEME_WORDS } from './words.ts';

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'contrast'];

/** The colours of the page, one of four. */
export function ThemeChoices() {
  const { layout } = useStores();
  const chosen = useLayout(state => state.theme);
  const name = useId();
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.title}>{THEME_WORDS.title}</legend>
      {THEMES.map(theme => (
        <label key={theme} className={styles.choice}>
          <input
            type="radio"
            name={name}
            checked={theme === chosen}
            onChange={() => layout.set({ theme })}
            className={styles.input}
          />
          {THEME_WORDS.names[theme]}
        </label>
      ))}
    </fieldset>
  );
}
