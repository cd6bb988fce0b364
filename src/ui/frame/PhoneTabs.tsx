import type { PhonePane } from '../../store/layoutStore.ts';
import { Icon } from '../common/Icon.tsx';
import { useStores } from '../StoresContext.ts';
import { PHONE_WORDS } from './noteWords.ts';
import styles from './PhoneTabs.module.css';
import type { PhoneTab } from './phonePanes.ts';

/** The tabs at the bottom of a phone: one pane at a time. */
export function PhoneTabs({ tabs, open }: { readonly tabs: readonly PhoneTab[]; readonly open: PhonePane }) {
  const { layout } = useStores();
  return (
    <nav className={styles.tabs} data-part="phone-tabs" aria-label={PHONE_WORDS.panes}>
      {tabs.map(({ pane, label, icon }) => (
        <button
          key={pane}
          type="button"
          className={styles.tab}
          aria-current={pane === open ? 'page' : undefined}
          onClick={() => layout.set({ phonePane: pane, sheet: undefined })}
        >
          <Icon name={icon} />
          {label}
        </button>
      ))}
    </nav>
  );
}
