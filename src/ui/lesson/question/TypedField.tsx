import type { Question } from '../../../lesson/format.ts';
import { Tag } from '../../common/Tag.tsx';
import { FIELD_WORDS } from './fieldWords.ts';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';
import * as WORDS from './words.ts';

export interface TypedFieldProps {
  readonly question: Extract<Question, { readonly kind: 'number' | 'ip' | 'text' }>;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
}

/** A number, an address or a word to type. Enter checks it. */
export function TypedField({ question, asked, labelledBy }: TypedFieldProps) {
  const { draft, phase, setDraft, state } = asked;
  const isSettled = phase === 'settled';
  return (
    <div className={styles.typed}>
      <input
        className={styles.input}
        type="text"
        inputMode={question.kind === 'text' ? 'text' : 'decimal'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-labelledby={labelledBy}
        aria-invalid={asked.unreadable !== undefined}
        placeholder={question.kind === 'ip' ? '0.0.0.0' : undefined}
        readOnly={isSettled}
        value={draft[0] ?? ''}
        onChange={event => setDraft([event.target.value])}
      />
      {state?.grade === 'right' && <Tag meaning="ok">{WORDS.rightTag}</Tag>}
      {state?.grade === 'wrong' && state.last[0] === draft[0] && <Tag meaning="drop">{WORDS.wrongTag}</Tag>}
      {state !== undefined && state.tries > 1 && state.firstGrade === 'wrong' && (
        <Tag meaning="drop">{FIELD_WORDS.firstTry(state.first[0] ?? '')}</Tag>
      )}
    </div>
  );
}
