import type { Lesson, LessonStep } from '../../lesson/format.ts';
import type { LessonState } from '../../lesson/lessonState.ts';
import { stepOf } from '../../lesson/session.ts';
import { scoreOf } from '../../lesson/sessionView.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './StepList.module.css';
import { StepView } from './StepView.tsx';
import * as WORDS from './words.ts';

export interface StepListProps {
  readonly lesson: Lesson;
  readonly session: LessonState;
}

/** All steps: the open one whole, the others folded to one line; then a line that leads to the quiz. */
export function StepList({ lesson, session }: StepListProps) {
  const { place } = session;
  return (
    <ol className={styles.steps}>
      {lesson.steps.map((step, index) => {
        const isOpen = place.kind === 'step' && place.step === step.id;
        return (
          <li key={step.id} className={classNames(styles.item, isOpen && styles.open)}>
            {isOpen ? (
              <OpenStep lesson={lesson} session={session} step={step} number={index + 1} />
            ) : (
              <FoldedStep step={step} session={session} number={index + 1} />
            )}
          </li>
        );
      })}
      {lesson.quiz.length > 0 && (
        <li className={styles.item}>
          <QuizLine lesson={lesson} session={session} />
        </li>
      )}
    </ol>
  );
}

interface NumberedStep {
  readonly step: LessonStep;
  readonly session: LessonState;
  readonly number: number;
}

function OpenStep({ lesson, session, step, number }: NumberedStep & { readonly lesson: Lesson }) {
  const isPassed = stepOf(session, step.id)?.outcome === 'passed';
  return (
    <section aria-label={WORDS.step(number, step.title)} aria-current="step">
      <h2 className={styles.heading} tabIndex={-1} data-arrival>
        <span className={classNames(styles.disc, styles.current)}>{number}</span>
        {step.title}
        {isPassed && <span className="visually-hidden">{WORDS.stepDone}</span>}
      </h2>
      <StepView key={step.id} lesson={lesson} step={step} session={session} />
    </section>
  );
}

function FoldedStep({ step, session, number }: NumberedStep) {
  const { lesson: store } = useStores();
  const isPassed = stepOf(session, step.id)?.outcome === 'passed';
  return (
    <button type="button" className={styles.line} onClick={() => store.go({ kind: 'step', step: step.id })}>
      <span className={classNames(styles.disc, isPassed && styles.done)} aria-hidden="true">
        {isPassed ? <Icon name="tick" size={16} /> : number}
      </span>
      <span className={styles.title}>
        <span className="visually-hidden">{WORDS.foldedStep(number, isPassed ? 'done' : 'open')}</span>
        {step.title}
      </span>
      <Icon name="chevronRight" size={16} />
    </button>
  );
}

function QuizLine({ lesson, session }: StepListProps) {
  const { lesson: store } = useStores();
  const { quizRight, quiz } = scoreOf(lesson, session);
  const isDone = quizRight === quiz;
  const first = lesson.quiz.find(question => session.questions[question.id]?.grade !== 'right') ?? lesson.quiz[0];
  return (
    <button
      type="button"
      className={styles.line}
      onClick={() => first !== undefined && store.go({ kind: 'quiz', question: first.id })}
    >
      <span className={classNames(styles.disc, isDone && styles.done)} aria-hidden="true">
        {isDone ? <Icon name="tick" size={16} /> : '?'}
      </span>
      <span className={styles.title}>{WORDS.quiz}</span>
      <span className={styles.note}>{WORDS.answered(quizRight, quiz)}</span>
      <Icon name="chevronRight" size={16} />
    </button>
  );
}
