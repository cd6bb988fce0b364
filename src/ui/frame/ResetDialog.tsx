import { useState } from 'react';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { Toast } from '../common/Toast.tsx';
import { useLab, useStores } from '../StoresContext.ts';

/** The question before a reset, and a way back after it. */
export function ResetDialog() {
  const { lab, layout } = useStores();
  const changes = useLab(state => state.history.changes);
  const [state, setState] = useState<'asking' | 'done'>('asking');
  const close = (): void => layout.set({ overlay: undefined });
  const count = changes === 1 ? 'Your change goes' : `Your ${changes} changes go`;
  if (state === 'asking')
    return (
      <ConfirmDialog
        title="Reset this cluster?"
        keep="Keep"
        confirm="Reset cluster"
        onKeep={close}
        onConfirm={() => {
          setState('done');
          void lab.reset();
        }}
      >
        {count} away. Answers and progress stay. Undo brings the changes back.
      </ConfirmDialog>
    );
  return (
    <Toast
      text="The cluster is as it was at first."
      action={{
        label: 'Undo',
        onPress: () => {
          close();
          void lab.undo();
        },
      }}
      closeLabel="Close"
      onClose={close}
    />
  );
}
