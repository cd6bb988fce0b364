import type { PlaceInLesson } from './place.ts';
import styles from './StepBars.module.css';

/** One bar for each step, or for each question of the quiz: done ink, current marker, the rest an outline. The words beside them say the same. */
export function StepBars({ place }: { readonly place: PlaceInLesson }) {
  return (
    <span className={styles.bars} aria-hidden="true">
      {place.bars.map(bar => (
        <span key={bar.id} className={`${styles.bar} ${styles[bar.mark] ?? ''}`} />
      ))}
    </span>
  );
}
