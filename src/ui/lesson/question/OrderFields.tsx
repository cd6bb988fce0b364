import { useState } from 'react';
import type { Question } from '../../../lesson/format.ts';
import { IconButton } from '../../common/Button.tsx';
import { LessonHtml, plainText } from '../LessonHtml.tsx';
import { FIELD_WORDS } from './fieldWords.ts';
import { NoteRows } from './NoteRow.tsx';
import styles from './Question.module.css';
import type { AskedQuestion } from './useQuestion.ts';

export interface OrderFieldsProps {
  readonly question: Extract<Question, { readonly kind: 'order' }>;
  readonly asked: AskedQuestion;
  readonly labelledBy: string;
}

/** Things to put in order, each with two buttons that move it. */
export function OrderFields({ question, asked, labelledBy }: OrderFieldsProps) {
  const { draft, phase, setDraft } = asked;
  const [moved, setMoved] = useState('');
  const items = draft.flatMap(id => question.items.filter(item => item.id === id));
  const move = (from: number, by: -1 | 1): void => {
    const to = from + by;
    const [item, other] = [items[from], items[to]];
    if (item === undefined || other === undefined) return;
    setDraft(draft.map(id => (id === item.id ? other.id : id === other.id ? item.id : id)));
    setMoved(FIELD_WORDS.placed(plainText(item.html), to + 1, items.length));
  };
  return (
    <>
      <ol className={styles.fields} aria-labelledby={labelledBy}>
        {items.map((item, index) => {
          const name = plainText(item.html);
          return (
            <li key={item.id}>
              <div className={styles.row}>
                <span className={styles.place}>{index + 1}</span>
                <span className={styles.words}>
                  <LessonHtml look="label" html={item.html} />
                </span>
                {phase === 'open' && (
                  <>
                    <span className={styles.up}>
                      <IconButton
                        dense
                        icon="chevronDown"
                        label={FIELD_WORDS.moveUp(name)}
                        blocked={index === 0 ? FIELD_WORDS.isFirst : undefined}
                        onPress={() => move(index, -1)}
                      />
                    </span>
                    <IconButton
                      dense
                      icon="chevronDown"
                      label={FIELD_WORDS.moveDown(name)}
                      blocked={index === items.length - 1 ? FIELD_WORDS.isLast : undefined}
                      onPress={() => move(index, 1)}
                    />
                  </>
                )}
              </div>
              <NoteRows notes={asked.notes.filter(note => note.option === item.id)} />
            </li>
          );
        })}
      </ol>
      <span role="status" className="visually-hidden">
        {moved}
      </span>
    </>
  );
}
