// What acts on the whole cluster: undo, redo, reset. The header has it as buttons, a phone's menu as lines.

import { useState } from 'react';
import { Button, IconButton } from '../common/Button.tsx';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { Toast } from '../common/Toast.tsx';
import { useLab, useStores } from '../StoresContext.ts';

/** Undo and redo, each named after what it takes back. */
export function HistoryButtons() {
  const { lab } = useStores();
  const { undo, redo } = useLab(state => state.history);
  return (
    <>
      <IconButton
        icon="undo"
        label={undo === undefined ? 'Undo' : `Undo: ${undo}`}
        blocked={undo === undefined ? 'Undo: nothing to take back' : undefined}
        onPress={() => void lab.undo()}
      />
      <IconButton
        icon="redo"
        label={redo === undefined ? 'Redo' : `Redo: ${redo}`}
        blocked={redo === undefined ? 'Redo: nothing to bring back' : undefined}
        onPress={() => void lab.redo()}
      />
    </>
  );
}

/** Reset, with the question before it and a way back after it. */
export function ResetButton() {
  const { lab } = useStores();
  const changes = useLab(state => state.history.changes);
  const [state, setState] = useState<'idle' | 'asking' | 'done'>('idle');
  const count = changes === 1 ? 'Your change goes' : `Your ${changes} changes go`;
  return (
    <>
      <Button
        look="quiet"
        icon="reset"
        blocked={changes === 0 ? 'Reset: the cluster is as it was at first' : undefined}
        onPress={() => setState('asking')}
      >
        Reset
      </Button>
      {state === 'asking' && (
        <ConfirmDialog
          title="Reset this cluster?"
          keep="Keep"
          confirm="Reset cluster"
          onKeep={() => setState('idle')}
          onConfirm={() => {
            setState('done');
            void lab.reset();
          }}
        >
          {count} away. Answers and progress stay. Undo brings the changes back.
        </ConfirmDialog>
      )}
      {state === 'done' && (
        <Toast
          text="The cluster is as it was at first."
          action={{
            label: 'Undo',
            onPress: () => {
              setState('idle');
              void lab.undo();
            },
          }}
          closeLabel="Close"
          onClose={() => setState('idle')}
        />
      )}
    </>
  );
}
