import { useEffect, useRef } from 'react';
import { say } from '../common/say.ts';
import styles from './CandidateList.module.css';
import { CANDIDATE_WORDS as WORDS } from './candidateWords.ts';
import { type CandidateList as Candidates, candidateId } from './inputState.ts';

/** Around a candidate, in characters. */
const PADDING = 2;

export interface CandidateListProps {
  readonly id: string;
  readonly list: Candidates;
  readonly onChoose: (index: number) => void;
}

/** What Tab or Ctrl+R found. The keyboard stays in the input; a pointer can choose too. */
export function CandidateList({ id, list, onChoose }: CandidateListProps) {
  const active = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is active
  useEffect(() => {
    // Chromium returns a promise here, which is no clean-up.
    active.current?.scrollIntoView({ block: 'nearest' });
  }, [list.active, list.shown]);
  const count = list.shown.length;
  useEffect(() => say(WORDS.listed(count, list.kind)), [count, list.kind]);
  const widest = Math.max(...list.shown.map(({ length }) => length));
  return (
    <>
      <div className={styles.list} role="listbox" id={id} aria-label={WORDS[list.kind]}>
        <div
          className={styles.columns}
          style={list.kind === 'history' ? undefined : { columnWidth: `${widest + PADDING}ch` }}
        >
          {list.shown.map((candidate, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys of the list
            <div
              key={candidate}
              ref={index === list.active ? active : undefined}
              id={candidateId(id, index)}
              className={styles.candidate}
              role="option"
              tabIndex={-1}
              aria-selected={index === list.active}
              // The keyboard stays where it is.
              onMouseDown={event => event.preventDefault()}
              onClick={() => onChoose(index)}
            >
              {candidate}
            </div>
          ))}
        </div>
      </div>
      <p className={styles.hints} aria-hidden="true">
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> {WORDS.move}
        </span>
        <span>
          <kbd>Enter</kbd> <kbd>Tab</kbd> {WORDS.take}
        </span>
        <span>
          <kbd>Esc</kbd> {WORDS.close}
        </span>
      </p>
    </>
  );
}
