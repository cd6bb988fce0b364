import { useId } from 'react';
import { Icon } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './KeepMenu.module.css';
import { newSandbox, saveLab, shareLab, showHistory, takeLab } from './keepActs.tsx';
import { chooseFile } from './openText.tsx';
import { KEEP_WORDS } from './words.ts';

/** The lines of the menu "Save and share". */
export function KeepMenu({ onChoose }: { readonly onChoose: () => void }) {
  const stores = useStores();
  const choose = (act: () => void) => (): void => {
    onChoose();
    act();
  };
  return (
    <div className={styles.menu}>
      <Line icon="file" words={KEEP_WORDS.save} onPress={choose(() => void saveLab(stores))} />
      <Line icon="lesson" words={KEEP_WORDS.open} onPress={choose(() => chooseFile(stores))} />
      <Line icon="arrowRight" words={KEEP_WORDS.link} onPress={choose(() => void shareLab(stores))} />
      <Line icon="internet" words={KEEP_WORDS.real} onPress={choose(() => void takeLab(stores))} />
      <Line icon="undo" words={KEEP_WORDS.history} onPress={choose(() => void showHistory(stores))} />
      <Line icon="reset" words={KEEP_WORDS.fresh} onPress={choose(() => newSandbox(stores))} />
    </div>
  );
}

interface LineProps {
  readonly icon: IconName;
  readonly words: { readonly label: string; readonly hint: string };
  readonly onPress: () => void;
}

function Line({ icon, words, onPress }: LineProps) {
  const hint = useId();
  return (
    <button type="button" className={styles.line} aria-label={words.label} aria-describedby={hint} onClick={onPress}>
      <Icon name={icon} size={18} />
      <span>
        {words.label}
        <span id={hint} className={styles.hint}>
          {words.hint}
        </span>
      </span>
    </button>
  );
}
