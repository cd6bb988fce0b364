import type { PlaceInLesson } from './place.ts';
import styles from './StepBars.module.css';

/** One bar for each step: done ink, current marker, the rest an outline. The words beside them say the same. */
export function StepBars({ place }: { readonly place: PlaceInLesson }) {
  return (
    <span className={styles.bars} aria-hidden="true">
      {place.steps.map(step => (
        <span key={step.id} className={`${styles.bar} ${styles[step.mark] ?? ''}`} />
      ))}
    </span>
  );
}
