import { useEffect, useId, useRef } from 'react';
import { IconButton } from '../common/Button.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import { ListTwin } from './laterPanels.ts';
import { PHONE_WORDS } from './noteWords.ts';
import { PanelContent } from './PanelContent.tsx';
import styles from './PhoneSheet.module.css';
import { SHEET_TITLES, type Sheet } from './phonePanes.ts';

/** What lies over a phone's page: the inspector, the events or the list twin. */
export function PhoneSheet() {
  const sheet = useLayout(state => state.sheet);
  return sheet === undefined ? null : <OpenSheet key={sheet} sheet={sheet} />;
}

function OpenSheet({ sheet }: { readonly sheet: Sheet }) {
  const { layout } = useStores();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const close = (): void => layout.set({ sheet: undefined });
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault();
        close();
      }}
    >
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {SHEET_TITLES[sheet]}
        </h2>
        <IconButton icon="close" label={PHONE_WORDS.close(SHEET_TITLES[sheet])} onPress={close} />
      </div>
      <div className={styles.content}>{sheet === 'list' ? <ListTwin /> : <PanelContent tab={sheet} />}</div>
    </dialog>
  );
}
