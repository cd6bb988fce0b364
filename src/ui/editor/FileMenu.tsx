import { useState } from 'react';
import { ActionMenu } from '../common/ActionMenu.tsx';
import { Toast } from '../common/Toast.tsx';
import { useEditor, useStores } from '../StoresContext.ts';
import { duplicateFile, moveFile } from './fileActions.ts';
import { EDITOR_WORDS } from './words.ts';

const WORDS = EDITOR_WORDS.file;

/** What can be done with the open file, and with all of them. */
export function FileMenu({ onRename, onFormat }: { readonly onRename: () => void; readonly onFormat: () => void }) {
  const { editor, lab } = useStores();
  const open = useEditor(state => state.open);
  const count = useEditor(state => state.files.length);
  const at = useEditor(state => state.files.findIndex(file => file.name === state.open));
  const isEmpty = useEditor(state => !/\S/.test(state.files.find(file => file.name === state.open)?.text ?? ''));
  const [deleted, setDeleted] = useState<{ readonly text: string; readonly command: string } | undefined>(undefined);
  const applyAll = (): void => {
    const names = editor.getState().files.flatMap(({ name, text }) => (/\S/.test(text) ? [name] : []));
    if (names.length > 0) void editor.apply('apply', names);
  };
  const remove = async (): Promise<void> => {
    const result = await editor.apply('delete');
    const said = editor.getState().apply;
    if (result === undefined || said.kind !== 'applied') return;
    setDeleted({
      text: result.exitCode === 0 ? WORDS.removed(open) : WORDS.notRemoved(open),
      command: said.command,
    });
  };
  const whenEmpty = isEmpty ? WORDS.isEmpty : undefined;
  // Something else may have happened since: then that is what undo would take back.
  const canUndo = deleted !== undefined && lab.getState().history.undo === deleted.command;
  return (
    <>
      <ActionMenu
        label={WORDS.label}
        actions={[
          {
            label: WORDS.applyAll,
            hint: WORDS.applyAllHint,
            icon: 'play',
            blocked: count === 1 ? WORDS.isOnly : undefined,
            onPress: applyAll,
          },
          { label: WORDS.format, hint: 'Shift+Alt+F', icon: 'listTwin', blocked: whenEmpty, onPress: onFormat },
          { label: WORDS.rename, hint: 'F2', icon: 'file', onPress: onRename },
          { label: WORDS.duplicate, icon: 'copy', onPress: () => duplicateFile(editor) },
          {
            label: WORDS.left,
            icon: 'chevronLeft',
            blocked: at === 0 ? WORDS.isFirst : undefined,
            onPress: () => moveFile(editor, -1),
          },
          {
            label: WORDS.right,
            icon: 'chevronRight',
            blocked: at === count - 1 ? WORDS.isLast : undefined,
            onPress: () => moveFile(editor, 1),
          },
          {
            label: WORDS.remove,
            hint: WORDS.removeHint(open),
            icon: 'close',
            blocked: whenEmpty,
            onPress: () => void remove(),
          },
        ]}
      />
      {deleted !== undefined && (
        <Toast
          text={deleted.text}
          action={
            canUndo
              ? {
                  label: EDITOR_WORDS.undo,
                  onPress: () => {
                    setDeleted(undefined);
                    editor.dismissResult();
                    void lab.undo();
                  },
                }
              : undefined
          }
          closeLabel={EDITOR_WORDS.close}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </>
  );
}
