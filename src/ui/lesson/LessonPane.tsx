import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import type { Lesson } from '../../lesson/format.ts';
import type { LessonPlace, LessonState } from '../../lesson/lessonState.ts';
import { laterView } from '../common/later.tsx';
import { useLesson } from '../StoresContext.ts';
import { GlossaryProvider } from './Glossary.tsx';
import { AboutLesson, LessonHead } from './LessonHead.tsx';
import styles from './LessonPane.module.css';
import { StepList } from './StepList.tsx';
import * as WORDS from './words.ts';

const NoLesson = laterView(async () => (await import('./NoLesson.tsx')).NoLesson);
const QuizView = laterView(async () => (await import('./quiz/QuizView.tsx')).QuizView);

/** The lesson that is open: its steps, then its quiz. Says so when there is none. */
export function LessonPane() {
  const phase = useLesson(state => state.phase);
  const lesson = useLesson(state => state.lesson);
  const session = useLesson(state => state.session);
  switch (phase.kind) {
    case 'none':
    case 'missing':
      return (
        <Pane>
          <NoLesson asked={phase.kind === 'missing' ? phase.id : undefined} />
        </Pane>
      );
    case 'loading':
      return (
        <Pane>
          <LateNotice />
        </Pane>
      );
    case 'open':
      return lesson === undefined || session === undefined ? (
        <Pane>
          <LateNotice />
        </Pane>
      ) : (
        <OpenLesson key={lesson.id} lesson={lesson} session={session} />
      );
  }
}

function Pane({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.pane}>
      <div className={styles.column}>{children}</div>
    </div>
  );
}

/** Nothing for 300 ms, so that a lesson that is there at once does not flicker. */
function LateNotice() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return <p role="status">{isLate ? WORDS.loading : ''}</p>;
}

function OpenLesson({ lesson, session }: { readonly lesson: Lesson; readonly session: LessonState }) {
  const pane = useRef<HTMLElement>(null);
  useArrival(pane, session.place);
  const isQuiz = session.place.kind === 'quiz';
  return (
    <GlossaryProvider terms={lesson.glossary}>
      <article ref={pane} className={styles.pane} aria-label={lesson.title}>
        <div className={styles.column}>
          {isQuiz ? (
            <QuizView lesson={lesson} session={session} />
          ) : (
            <>
              <LessonHead lesson={lesson} session={session} />
              <StepList lesson={lesson} session={session} />
              <AboutLesson lesson={lesson} />
            </>
          )}
        </div>
      </article>
    </GlossaryProvider>
  );
}

/**
 * Brings the heading of a place that was just opened in sight. It takes the focus when the control that led here was in
 * the lesson and is gone.
 */
function useArrival(pane: RefObject<HTMLElement | null>, place: LessonPlace): void {
  const key = place.kind === 'step' ? `step/${place.step}` : `quiz/${place.question}`;
  const last = useRef(key);
  useEffect(() => {
    if (last.current === key) return;
    last.current = key;
    const heading = pane.current?.querySelector<HTMLElement>('[data-arrival]');
    if (heading === null || heading === undefined) return;
    heading.scrollIntoView({ block: 'start' });
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost || pane.current?.contains(activeElement) === true) heading.focus({ preventScroll: true });
  }, [key, pane]);
}
