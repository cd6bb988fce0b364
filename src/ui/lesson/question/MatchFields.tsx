import type { Question } from '../../../lesson/format.ts';
import { presentedOrder } from '../../../lesson/presentation.ts';
import { Tag } from '../../common/Tag.tsx';
import { LessonHtml, plainText } from '../LessonHtml.tsx';
import { FIELD_WORDS } from './fieldWords.ts';
import { NoteRows } from './NoteRow.tsx';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';

export interface MatchFieldsProps {
  readonly question: Extract<Question, { readonly kind: 'match' }>;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
}

/** The list cuts off what has more letters in the narrowest pane: it stands under the list in full. */
const MOST_IN_LIST = 36;

/** Rows that each get a partner from a list. What was chosen stands in full below its list. */
export function MatchFields({ question, asked, labelledBy }: MatchFieldsProps) {
  const { draft, phase, setDraft, state, notes } = asked;
  const { pairs } = question;
  const partners = presentedOrder(question).flatMap(id => pairs.filter(pair => pair.id === id));
  const choose = (row: number, partner: string): void =>
    setDraft(pairs.map((_, index) => (index === row ? partner : (draft[index] ?? ''))));
  return (
    <fieldset className={styles.fields} aria-labelledby={labelledBy}>
      {pairs.map((pair, row) => {
        const chosen = pairs.find(candidate => candidate.id === draft[row]);
        const isMissedFirst = state !== undefined && state.tries > 1 && state.first[row] !== pair.id;
        const own = notes.filter(note => note.option === pair.id && note.of === 'last');
        return (
          <div key={pair.id}>
            <div className={styles.pair}>
              <span className={styles.left}>
                <LessonHtml look="label" html={pair.left} />
                {isMissedFirst && <Tag meaning="drop">{FIELD_WORDS.missedFirst}</Tag>}
              </span>
              {phase === 'open' && (
                <select
                  className={styles.select}
                  aria-label={FIELD_WORDS.partnerOf(plainText(pair.left))}
                  value={draft[row] ?? ''}
                  onChange={event => choose(row, event.target.value)}
                >
                  <option value="">{FIELD_WORDS.choose}</option>
                  {partners.map(partner => (
                    <option key={partner.id} value={partner.id}>
                      {plainText(partner.right)}
                    </option>
                  ))}
                </select>
              )}
              {chosen !== undefined && (phase !== 'open' || plainText(chosen.right).length > MOST_IN_LIST) && (
                <span className={styles.chosenRight}>
                  <LessonHtml look="label" html={chosen.right} />
                </span>
              )}
            </div>
            <NoteRows notes={own} />
          </div>
        );
      })}
    </fieldset>
  );
}
