import { ActionMenu } from '../common/ActionMenu.tsx';
import { useEditor, useStores } from '../StoresContext.ts';
import { applyAll, duplicateFile, moveFile } from './fileActions.ts';
import type { Say } from './notice.ts';
import { EDITOR_WORDS } from './words.ts';

const WORDS = EDITOR_WORDS.file;

interface FileMenuProps {
  readonly onRename: () => void;
  readonly onFormat: () => void;
  readonly onSay: Say;
}

/** What can be done with the open file, and with all of them. */
export function FileMenu({ onRename, onFormat, onSay }: FileMenuProps) {
  const { editor, lab } = useStores();
  const open = useEditor(state => state.open);
  const count = useEditor(state => state.files.length);
  const at = useEditor(state => state.files.findIndex(file => file.name === state.open));
  const isEmpty = useEditor(state => !/\S/.test(state.files.find(file => file.name === state.open)?.text ?? ''));
  const remove = async (): Promise<void> => {
    const result = await editor.apply('delete');
    const { apply } = editor.getState();
    if (result === undefined || apply.kind !== 'applied') return;
    if (result.exitCode !== 0) return onSay({ text: WORDS.notRemoved(open) });
    editor.dismissResult();
    onSay({
      text: WORDS.removed(open),
      undo: () => {
        // Something else may have happened since: then that is what undo would take back.
        if (lab.getState().history.undo === apply.command) void lab.undo();
        else onSay({ text: WORDS.undoElsewhere });
      },
    });
  };
  const whenEmpty = isEmpty ? EDITOR_WORDS.isEmpty : undefined;
  return (
    <ActionMenu
      label={WORDS.label}
      actions={[
        {
          label: WORDS.applyAll,
          hint: WORDS.applyAllHint,
          icon: 'play',
          blocked: count === 1 ? WORDS.isOnly : undefined,
          onPress: () => applyAll(editor),
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
  );
}
