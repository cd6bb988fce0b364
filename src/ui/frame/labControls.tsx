// What acts on the whole cluster: undo, redo, reset. The header has it as buttons, a phone's menu as lines.

import { Button, IconButton } from '../common/Button.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import * as WORDS from './pageWords.ts';

/** Undo and redo, each named after what it takes back. */
export function HistoryButtons({ onDone }: { /** A menu closes. */ readonly onDone?: () => void }) {
  const { lab } = useStores();
  const { undo, redo } = useLab(state => state.history);
  return (
    <>
      <IconButton
        icon="undo"
        label={WORDS.undo(undo)}
        blocked={undo === undefined ? WORDS.noUndo : undefined}
        onPress={() => void lab.undo().then(onDone)}
      />
      <IconButton
        icon="redo"
        label={WORDS.redo(redo)}
        blocked={redo === undefined ? WORDS.noRedo : undefined}
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
      blocked={changes === 0 ? WORDS.noReset : undefined}
      onPress={() => layout.set({ overlay: 'reset' })}
    >
      {WORDS.reset}
    </Button>
  );
}
