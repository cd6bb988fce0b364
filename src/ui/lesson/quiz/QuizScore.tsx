import type { Lesson, Question } from '../../../lesson/format.ts';
import type { LessonState } from '../../../lesson/lessonState.ts';
import { questionOf } from '../../../lesson/session.ts';
import { scoreOf } from '../../../lesson/sessionView.ts';
import { lessonsOf, type PlacedLesson } from '../../../store/courseSource.ts';
import { Icon } from '../../common/Icon.tsx';
import { useStores } from '../../StoresContext.ts';
import { plainText } from '../LessonHtml.tsx';
import styles from './QuizScore.module.css';
import { QUIZ_WORDS } from './words.ts';

/** The result once every question was answered: the score, what to look at again, and the next lesson. */
export function QuizScore({ lesson, session }: { readonly lesson: Lesson; readonly session: LessonState }) {
  const { lesson: store } = useStores();
  const score = scoreOf(lesson, session);
  const review = lesson.quiz.flatMap((question, index) =>
    questionOf(session, question.id)?.firstGrade === 'right' ? [] : [{ question, number: index + 1 }],
  );
  const openSteps = lesson.steps.length - score.stepsPassed;
  return (
    <section className={styles.score} aria-label={QUIZ_WORDS.result}>
      <h2 className={styles.title}>{QUIZ_WORDS.right(score.quizRight, score.quiz)}</h2>
      <p className={styles.text}>
        {QUIZ_WORDS.atOnce(score.quizRightAtOnce)}
        {openSteps > 0 && QUIZ_WORDS.openSteps(openSteps)}
      </p>
      {review.length > 0 && (
        <>
          <h3 className={styles.listTitle}>{QUIZ_WORDS.review}</h3>
          <ul>
            {review.map(({ question, number }) => (
              <li key={question.id}>
                <ReviewLine
                  question={question}
                  number={number}
                  onOpen={() => store.go({ kind: 'quiz', question: question.id })}
                />
              </li>
            ))}
          </ul>
        </>
      )}
      <NextLesson after={lesson.id} lessons={lessonsOf(store.course.modules)} />
    </section>
  );
}

interface ReviewLineProps {
  readonly question: Question;
  readonly number: number;
  readonly onOpen: () => void;
}

function ReviewLine({ question, number, onOpen }: ReviewLineProps) {
  return (
    <button type="button" className={styles.line} onClick={onOpen}>
      <span className={styles.number}>{number}</span>
      <span className={styles.prompt}>{plainText(question.prompt)}</span>
      <Icon name="chevronRight" size={16} />
    </button>
  );
}

function NextLesson({ after, lessons }: { readonly after: string; readonly lessons: readonly PlacedLesson[] }) {
  const here = lessons.findIndex(({ lesson }) => lesson.id === after);
  const next = here < 0 ? undefined : lessons[here + 1];
  if (next === undefined) return null;
  return (
    <p className={styles.next}>
      {QUIZ_WORDS.nextLesson}{' '}
      <a href={`#/lesson/${encodeURIComponent(next.lesson.id)}`}>
        {next.lesson.number}. {next.lesson.title}
      </a>{' '}
      · {QUIZ_WORDS.minutes(next.lesson.minutes)}
    </p>
  );
}
