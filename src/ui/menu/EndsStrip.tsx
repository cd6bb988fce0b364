import { useEffect, useRef, useState } from 'react';
import { Button } from '../common/Button.tsx';
import { useLab, useSelection, useStores } from '../StoresContext.ts';
import styles from './EndsStrip.module.css';
import { endsCommand } from './useEnds.ts';
import { ENDS_WORDS } from './words.ts';

/** Over the graph while one end of a trace is known: the next element that is picked is the other. */
export function EndsStrip() {
  const { selection, lab, layout, terminal } = useStores();
  const ends = useSelection(state => state.ends);
  const picks = useSelection(state => state.picks);
  const name = useLab(state => state.elements.get(ends?.known ?? '')?.name);
  const seen = useRef(picks);
  const [complaint, setComplaint] = useState('');
  useEffect(() => {
    if (ends === undefined || picks === seen.current) return;
    seen.current = picks;
    const { elements } = lab.getState();
    const known = elements.get(ends.known);
    const picked = elements.get(selection.getState().selected?.split('#')[0] ?? '');
    if (known === undefined || picked === undefined) return;
    const command = endsCommand(elements, ends, picked.id);
    if (command === undefined) {
      const [from, to] = ends.side === 'from' ? [known, picked] : [picked, known];
      setComplaint(ENDS_WORDS.noWay(from.name, to.name));
      return;
    }
    selection.stopEnds();
    layout.set({ tab: 'trace' });
    void terminal.run(command);
  }, [ends, picks, lab, selection, layout, terminal]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) selection.stopEnds();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [selection]);
  if (ends === undefined) return null;
  const [lead, own, rest] = ENDS_WORDS[ends.side](name ?? ends.known);
  return (
    <div className={styles.strip}>
      <span role="status">
        {complaint === '' ? (
          <>
            {lead} <strong>{own}</strong>. {rest}
          </>
        ) : (
          complaint
        )}
      </span>
      <Button look="quiet" dense onPress={selection.stopEnds}>
        {ENDS_WORDS.cancel}
      </Button>
    </div>
  );
}
