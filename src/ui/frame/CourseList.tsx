import { lessonProgress } from '../../lesson/progress.ts';
import { Icon } from '../common/Icon.tsx';
import { OpenRecorded } from '../probes/OpenRecorded.tsx';
import { isRecordedLab, useLab, useLesson, useStores } from '../StoresContext.ts';
import styles from './CourseList.module.css';
import { COURSE_WORDS } from './noteWords.ts';
import { lessonHref, SANDBOX_HREF, useRoute } from './routes.ts';

/** All lessons by module, and the sandbox, as links. */
export function CourseList({ onChoose }: { readonly onChoose: () => void }) {
  const { lesson: store, closeRecorded } = useStores();
  const isRecorded = useLab(isRecordedLab);
  const progress = useLesson(state => state.progress);
  const route = useRoute();
  const open = route?.kind === 'lesson' ? route.id : undefined;
  const isDone = (id: string, steps: number): boolean => {
    const kept = lessonProgress(progress, id);
    return kept !== undefined && Object.values(kept.steps).filter(step => step.outcome === 'passed').length >= steps;
  };
  return (
    <nav className={styles.list} aria-label={COURSE_WORDS.title}>
      {store.course.modules.map(module => (
        <section key={module.id}>
          <h2 className={styles.module}>{module.title}</h2>
          <ul>
            {module.lessons.map(lesson => (
              <li key={lesson.id}>
                <a
                  className={styles.link}
                  href={lessonHref(lesson.id)}
                  aria-current={lesson.id === open ? 'page' : undefined}
                  onClick={onChoose}
                >
                  <span className={styles.number}>{lesson.number}</span>
                  <span className={styles.title}>{lesson.title}</span>
                  {isDone(lesson.id, lesson.steps) ? (
                    <>
                      <Icon name="tick" size={16} />
                      <span className="visually-hidden">{COURSE_WORDS.done}</span>
                    </>
                  ) : (
                    <span className={styles.minutes}>{COURSE_WORDS.minutes(lesson.minutes)}</span>
                  )}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2 className={styles.module}>{COURSE_WORDS.own}</h2>
        <a
          className={styles.link}
          href={SANDBOX_HREF}
          aria-current={route?.kind === 'sandbox' && !isRecorded ? 'page' : undefined}
          onClick={() => {
            onChoose();
            if (isRecorded) void closeRecorded();
          }}
        >
          <Icon name="graph" size={18} />
          <span className={styles.title}>{COURSE_WORDS.sandbox}</span>
        </a>
        <OpenRecorded onChoose={onChoose} />
      </section>
    </nav>
  );
}
