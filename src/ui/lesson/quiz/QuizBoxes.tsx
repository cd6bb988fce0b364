import type { Question } from '../../../lesson/format.ts';
import type { LessonState, QuestionState } from '../../../lesson/lessonState.ts';
import { questionOf } from '../../../lesson/session.ts';
import { classNames } from '../../common/classNames.ts';
import { Icon } from '../../common/Icon.tsx';
import { useStores } from '../../StoresContext.ts';
import { ordinal } from '../question/notes.ts';
import styles from './QuizBoxes.module.css';

export interface QuizBoxesProps {
  readonly questions: readonly Question[];
  readonly session: LessonState;
  readonly open: string | undefined;
}

/** One box a question: a tick once it is right, marker for the open one. */
export function QuizBoxes({ questions, session, open }: QuizBoxesProps) {
  const { lesson } = useStores();
  return (
    <nav aria-label="Questions">
      <ol className={styles.boxes}>
        {questions.map(({ id }, index) => {
          const state = questionOf(session, id);
          const isDone = state?.grade === 'right';
          const isOpen = id === open;
          return (
            <li key={id}>
              <button
                type="button"
                className={classNames(styles.box, isDone && styles.done, isOpen && styles.open)}
                aria-current={isOpen ? 'step' : undefined}
                aria-label={`Question ${index + 1}, ${stateWords(state)}`}
                onClick={() => lesson.go({ kind: 'quiz', question: id })}
              >
                {isDone && !isOpen ? <Icon name="tick" size={16} /> : index + 1}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function stateWords(state: QuestionState | undefined): string {
  if (state === undefined) return 'not answered';
  return state.grade === 'right' ? `right on the ${ordinal(state.tries)} try` : 'not right yet';
}
