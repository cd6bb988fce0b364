// What acts on the whole cluster: undo, redo, reset. The header has it as buttons, a phone's menu as lines.

import { Button, IconButton } from '../common/Button.tsx';
import { useLab, useStores } from '../StoresContext.ts';

/** Undo and redo, each named after what it takes back. */
export function HistoryButtons({ onDone }: { /** A menu closes. */ readonly onDone?: () => void }) {
  const { lab } = useStores();
  const { undo, redo } = useLab(state => state.history);
  return (
    <>
      <IconButton
        icon="undo"
        label={undo === undefined ? 'Undo' : `Undo: ${undo}`}
        blocked={undo === undefined ? 'Undo: nothing to take back' : undefined}
        onPress={() => void lab.undo().then(onDone)}
      />
      <IconButton
        icon="redo"
        label={redo === undefined ? 'Redo' : `Redo: ${redo}`}
        blocked={redo === undefined ? 'Redo: nothing to bring back' : undefined}
        onPress={() => void lab.redo().then(onDone)}
      />
    </>
  );
}

/** Reset asks first: see ResetDialog. */
export function ResetButton() {
  const { layout } = useStores();
  const changes = useLab(state => state.history.changes);
  return (
    <Button
      look="quiet"
      icon="reset"
      blocked={changes === 0 ? 'Reset: the cluster is as it was at first' : undefined}
      onPress={() => layout.set({ overlay: 'reset' })}
    >
      Reset
    </Button>
  );
}
