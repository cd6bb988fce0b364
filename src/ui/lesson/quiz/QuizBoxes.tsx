import type { Question } from '../../../lesson/format.ts';
import type { LessonState, QuestionState } from '../../../lesson/lessonState.ts';
import { questionOf } from '../../../lesson/session.ts';
import { classNames } from '../../common/classNames.ts';
import { Icon } from '../../common/Icon.tsx';
import { useStores } from '../../StoresContext.ts';
import styles from './QuizBoxes.module.css';
import { QUIZ_WORDS } from './words.ts';

export interface QuizBoxesProps {
  readonly questions: readonly Question[];
  readonly session: LessonState;
  readonly open: string | undefined;
}

/** One box a question: a tick once it is right, marker for the open one. */
export function QuizBoxes({ questions, session, open }: QuizBoxesProps) {
  const { lesson } = useStores();
  return (
    <nav aria-label={QUIZ_WORDS.questions}>
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
                aria-label={`${QUIZ_WORDS.question(index + 1)}, ${stateWords(state)}`}
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
  if (state === undefined) return QUIZ_WORDS.states.open;
  return state.grade === 'right' ? QUIZ_WORDS.states.right(state.tries) : QUIZ_WORDS.states.wrong;
}
