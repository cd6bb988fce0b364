import { useEffect, useRef } from 'react';
import { classNames } from '../common/classNames.ts';
import styles from './CandidateList.module.css';
import { candidateId } from './candidateId.ts';
import type { CandidateList as Candidates } from './inputState.ts';
import * as WORDS from './words.ts';

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
  return (
    <div
      className={classNames(styles.list, list.kind === 'history' && styles.commands)}
      role="listbox"
      id={id}
      aria-label={list.kind === 'history' ? WORDS.earlierCommands : WORDS.completions}
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
  );
}
