import { useEffect } from 'react';
import type { Picking } from '../../store/selectionStore.ts';
import { isTyping } from '../actions/keys.ts';
import { useSelection, useStores } from '../StoresContext.ts';
import styles from './PickStrip.module.css';
import { PICK_WORDS } from './pickWords.ts';

/** Keys that choose a candidate: one digit each. */
const MOST_KEYS = 9;

/** Over the graph while a question is answered there: what to do, and what is selected. */
export function PickStrip() {
  const picking = useSelection(state => state.picking);
  usePickKeys(picking);
  if (picking === undefined) return null;
  const { title, candidates, chosen } = picking;
  const labels = candidates.filter(({ element }) => chosen.includes(element)).map(({ label }) => label);
  const last = Math.min(MOST_KEYS, candidates.length);
  return (
    <div className={styles.strip}>
      <span>
        <strong className={styles.title}>{title}</strong> {PICK_WORDS.ask(candidates.length)}
        <span className={styles.keys}>
          {PICK_WORDS.press} <kbd className={styles.key}>1</kbd>
          {last > 1 && (
            <>
              {' – '}
              <kbd className={styles.key}>{last}</kbd>
            </>
          )}
          ,
        </span>{' '}
        {PICK_WORDS.choose}
      </span>
      <span className={styles.chosen} role="status">
        {labels.length === 0 ? (
          PICK_WORDS.none
        ) : (
          <>
            <strong>{labels.join(', ')}</strong> {PICK_WORDS.selected}
          </>
        )}
      </span>
    </div>
  );
}

/** Digits choose candidates, wherever the focus is, except where text is typed. */
function usePickKeys(picking: Picking | undefined): void {
  const { selection } = useStores();
  useEffect(() => {
    if (picking === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
      if (!/^[1-9]$/.test(event.key)) return;
      const candidate = picking.candidates[Number(event.key) - 1];
      if (candidate === undefined) return;
      event.preventDefault();
      selection.pick(candidate.element);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [picking, selection]);
}
