import { useRef } from 'react';
import { ActionMenu, type MenuAction } from '../common/ActionMenu.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './FileTabs.module.css';
import { addFile, openFiles } from './fileActions.ts';
import { SNIPPETS } from './snippets/snippets.ts';
import { EDITOR_WORDS } from './words.ts';

const WORDS = EDITOR_WORDS.add;

/** A new file: empty, from this machine, or a manifest to begin with. */
export function NewFileMenu() {
  const { editor } = useStores();
  const input = useRef<HTMLInputElement>(null);
  const snippets = SNIPPETS.flatMap(({ title, snippets: own }) =>
    own.map(
      ({ label, file, text }): MenuAction => ({
        label,
        icon: 'file',
        group: title,
        onPress: () => void addFile(editor, file, text),
      }),
    ),
  );
  return (
    <>
      <ActionMenu
        icon="plus"
        label={WORDS.label}
        actions={[
          { label: WORDS.empty, icon: 'plus', onPress: () => void addFile(editor, 'manifest.yaml') },
          { label: WORDS.open, hint: WORDS.openHint, icon: 'file', onPress: () => input.current?.click() },
          ...snippets,
        ]}
      />
      <input
        ref={input}
        className={styles.picker}
        type="file"
        multiple
        accept=".yaml,.yml,.json,.txt"
        aria-label={WORDS.open}
        tabIndex={-1}
        onChange={event => {
          void openFiles(editor, event.target.files ?? []);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
