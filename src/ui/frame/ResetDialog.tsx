import { useState } from 'react';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { Toast } from '../common/Toast.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { RESET_WORDS } from './noteWords.ts';
import { useRoute } from './routes.ts';

/** The question before a reset, and a way back after it. */
export function ResetDialog() {
  const { lab, layout } = useStores();
  const changes = useLab(state => state.history.changes);
  const isLesson = useRoute()?.kind === 'lesson';
  const [state, setState] = useState<'asking' | 'done'>('asking');
  const close = (): void => layout.set({ overlay: undefined });
  if (state === 'asking')
    return (
      <ConfirmDialog
        title={RESET_WORDS.title}
        keep={RESET_WORDS.keep}
        confirm={RESET_WORDS.confirm}
        onKeep={close}
        onConfirm={() => {
          setState('done');
          void lab.reset();
        }}
      >
        {RESET_WORDS.lost(changes)}
        {isLesson && ` ${RESET_WORDS.kept}`}
      </ConfirmDialog>
    );
  return (
    <Toast
      text={RESET_WORDS.done}
      action={{
        label: RESET_WORDS.undo,
        onPress: () => {
          close();
          void lab.undo();
        },
      }}
      closeLabel={RESET_WORDS.close}
      onClose={close}
    />
  );
}
