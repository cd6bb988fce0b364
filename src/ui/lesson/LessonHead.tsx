import type { ReactNode } from 'react';
import type { Lesson } from '../../lesson/format.ts';
import type { LessonState } from '../../lesson/lessonState.ts';
import { lessonsOf } from '../../store/courseSource.ts';
import { Icon } from '../common/Icon.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './LessonHead.module.css';
import { LessonHtml } from './LessonHtml.tsx';
import * as WORDS from './words.ts';

/** `Lesson 4`: its number in the whole course. */
export function useLessonNumber(lesson: Lesson): string {
  const { lesson: store } = useStores();
  const found = lessonsOf(store.course.modules).find(placed => placed.lesson.id === lesson.id);
  return WORDS.numbered(found?.lesson.number);
}

/** The title of a lesson and its introduction: open while the first step is, folded afterwards. */
export function LessonHead({ lesson, session }: { readonly lesson: Lesson; readonly session: LessonState }) {
  const number = useLessonNumber(lesson);
  const isFirst = session.place.kind === 'step' && session.place.step === lesson.steps[0]?.id;
  return (
    <header className={styles.head}>
      <p className={styles.eyebrow}>{WORDS.eyebrow(number, lesson)}</p>
      <h1 className={styles.title}>{lesson.title}</h1>
      {isFirst ? (
        <Introduction lesson={lesson} />
      ) : (
        <Fold title={WORDS.introduction}>
          <Introduction lesson={lesson} />
        </Fold>
      )}
    </header>
  );
}

function Introduction({ lesson }: { readonly lesson: Lesson }) {
  return (
    <div className={styles.introduction}>
      {lesson.introduction !== '' && <LessonHtml html={lesson.introduction} />}
      <List title={WORDS.objectives} lines={lesson.objectives} />
    </div>
  );
}

/** At the end: what this lab does differently from a real cluster, and where the claims come from. */
export function AboutLesson({ lesson }: { readonly lesson: Lesson }) {
  if (lesson.simplifications.length === 0 && lesson.sources.length === 0) return null;
  return (
    <footer className={styles.about}>
      <Fold title={WORDS.about}>
        <div className={styles.introduction}>
          <List title={WORDS.simpler} lines={lesson.simplifications} />
          <List title={WORDS.sources} lines={lesson.sources} />
        </div>
      </Fold>
    </footer>
  );
}

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={styles.fold}>
      <summary className={styles.summary}>
        <Icon name="chevronRight" size={16} />
        {title}
      </summary>
      {children}
    </details>
  );
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h2 className={styles.listTitle}>{title}</h2>
      <ul className={styles.list}>
        {lines.map(line => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
