import type { AppStores } from '../../store/appStores.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { Toast } from '../common/Toast.tsx';
import { showOver } from './layer.tsx';
import { KEEP_WORDS, RESET_WORDS } from './words.ts';

/** Asks whether the cluster is to be as it was at first, and offers the way back when it is. */
export function askReset(stores: AppStores): void {
  const { lab } = stores;
  showOver(stores, close => (
    <ConfirmDialog
      title={RESET_WORDS.title}
      keep={RESET_WORDS.keep}
      confirm={RESET_WORDS.confirm}
      onKeep={close}
      onConfirm={() => {
        close();
        void lab.reset();
        offerUndo(stores);
      }}
    >
      {RESET_WORDS.lost(lab.getState().history.changes)}
    </ConfirmDialog>
  ));
}

function offerUndo(stores: AppStores): void {
  showOver(stores, close => {
    const undo = (): void => {
      close();
      void stores.lab.undo();
    };
    return (
      <Toast
        text={RESET_WORDS.done}
        action={{ label: RESET_WORDS.undo, onPress: undo }}
        closeLabel={KEEP_WORDS.close}
        onClose={close}
      />
    );
  });
}
