import { useId } from 'react';
import type { Option, Question } from '../../../lesson/format.ts';
import { classNames } from '../../common/classNames.ts';
import { Tag } from '../../common/Tag.tsx';
import { LessonHtml } from '../LessonHtml.tsx';
import { type Leads, NoteRows } from './NoteRow.tsx';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';
import * as WORDS from './words.ts';

export interface ChoiceFieldsProps {
  readonly question: Extract<Question, { readonly kind: 'single' | 'multiple' }>;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
  readonly leads: Leads | undefined;
}

/** One answer of several (radio buttons), or any number (boxes); each has its feedback below it. */
export function ChoiceFields({ question, asked, labelledBy, leads }: ChoiceFieldsProps) {
  const name = useId();
  const { draft, phase, setDraft } = asked;
  const isSingle = question.kind === 'single';
  const choose = (option: Option): void => {
    if (phase === 'settled') return;
    if (isSingle) setDraft([option.id]);
    else setDraft(draft.includes(option.id) ? draft.filter(id => id !== option.id) : [...draft, option.id]);
  };
  return (
    <fieldset className={styles.fields} aria-labelledby={labelledBy}>
      {question.options.map(option => {
        const isChosen = draft.includes(option.id);
        const notes = asked.notes.filter(note => note.option === option.id);
        const isSettled = phase === 'settled';
        return (
          <div key={option.id}>
            <label
              className={classNames(
                styles.option,
                isSettled && styles.settled,
                isSettled && !isChosen && notes.length === 0 && styles.unchosen,
              )}
            >
              <input
                type={isSingle ? 'radio' : 'checkbox'}
                name={name}
                checked={isChosen}
                aria-disabled={isSettled ? true : undefined}
                onChange={() => choose(option)}
              />
              <span className={styles.words}>
                <LessonHtml look="label" html={option.html} />
              </span>
              <TryTag asked={asked} option={option.id} />
            </label>
            <NoteRows notes={notes} leads={leads} />
          </div>
        );
      })}
    </fieldset>
  );
}

/** `right`, or `your 1st try` beside what was answered first. */
export function TryTag({ asked, option }: { readonly asked: AskedQuestion; readonly option: string }) {
  const { role, state, notes } = asked;
  if (state === undefined) return null;
  const own = notes.find(note => note.option === option);
  if (own?.tone === 'right') return <Tag meaning="ok">{WORDS.rightTag}</Tag>;
  if (own?.tone !== 'wrong') return null;
  if (role === 'prediction') return <Tag meaning="drop">{WORDS.ownPrediction}</Tag>;
  return <Tag meaning="drop">{state.first.includes(option) ? WORDS.firstTry : WORDS.wrongTag}</Tag>;
}
