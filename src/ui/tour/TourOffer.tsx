import { Button } from '../common/Button.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './TourOffer.module.css';
import { TOUR_WORDS } from './words.ts';

/** One quiet line on the first visit. It is asked once. */
export function TourOffer() {
  const { layout } = useStores();
  return (
    <p className={styles.offer}>
      <span>{TOUR_WORDS.offer}</span>
      <Button dense onPress={() => layout.set({ overlay: 'tour' })}>
        {TOUR_WORDS.accept}
      </Button>
      <Button dense look="quiet" onPress={() => layout.set({ tour: 'seen' })}>
        {TOUR_WORDS.refuse}
      </Button>
    </p>
  );
}
