import type { Lesson } from '../../../lesson/format.ts';
import type { LessonState } from '../../../lesson/lessonState.ts';
import { questionOf } from '../../../lesson/session.ts';
import { scoreOf } from '../../../lesson/sessionView.ts';
import { Button } from '../../common/Button.tsx';
import { useStores } from '../../StoresContext.ts';
import { useLessonNumber } from '../LessonHead.tsx';
import { QuizBoxes } from './QuizBoxes.tsx';
import { QuizQuestion } from './QuizQuestion.tsx';
import { QuizScore } from './QuizScore.tsx';
import styles from './QuizView.module.css';
import { QUIZ_WORDS } from './words.ts';

export interface QuizViewProps {
  readonly lesson: Lesson;
  readonly session: LessonState;
}

/** The quiz: number boxes, the open question with the answered one before it, and the score at the end. */
export function QuizView({ lesson, session }: QuizViewProps) {
  const { lesson: store } = useStores();
  const number = useLessonNumber(lesson);
  const { quiz } = lesson;
  const open = session.place.kind === 'quiz' ? session.place.question : undefined;
  const index = quiz.findIndex(question => question.id === open);
  const score = scoreOf(lesson, session);
  const isComplete = quiz.every(question => questionOf(session, question.id) !== undefined);
  const lastStep = lesson.steps[lesson.steps.length - 1];
  // The question before stays in sight with its feedback, as soon as it is answered rightly.
  const shown = quiz.flatMap((question, at) => {
    const isBefore = at === index - 1 && questionOf(session, question.id)?.grade === 'right';
    return at === index || isBefore ? [{ question, number: at + 1, isOpen: at === index }] : [];
  });
  return (
    <>
      <header className={styles.head}>
        <p className={styles.eyebrow}>{QUIZ_WORDS.eyebrow(number)}</p>
        <div className={styles.titleRow}>
          <h1 className={styles.title}>{QUIZ_WORDS.title}</h1>
          <span className={styles.count} role="status">
            {QUIZ_WORDS.answered(score.quizRight, score.quiz)}
          </span>
        </div>
      </header>
      <QuizBoxes questions={quiz} session={session} open={open} />
      <h2 className="visually-hidden">{QUIZ_WORDS.questions}</h2>
      <div className={styles.questions}>
        {shown.map(({ question, number: at, isOpen }) => (
          <QuizQuestion key={question.id} lesson={lesson} question={question} number={at} isOpen={isOpen} />
        ))}
      </div>
      {isComplete && <QuizScore lesson={lesson} session={session} />}
      {lastStep !== undefined && (
        <div className={styles.back}>
          <Button look="quiet" icon="chevronLeft" onPress={() => store.go({ kind: 'step', step: lastStep.id })}>
            {QUIZ_WORDS.back}
          </Button>
        </div>
      )}
    </>
  );
}
