import type { ReactNode } from 'react';
import { Button } from '../common/Button.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import styles from './BannerNotes.module.css';
import { FAILURE_WORDS } from './noteWords.ts';

interface WayOut {
  readonly label: string;
  readonly onPress: () => void;
}

interface FailureProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: WayOut;
  readonly other?: WayOut;
}

/** What is wrong, and the ways out. */
export function Failure({ title, children, action, other }: FailureProps) {
  return (
    <div className={styles.failure} role="alert">
      <MeaningIcon meaning="drop" word={FAILURE_WORDS.error} />
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
      <div className={styles.actions}>
        <Button look="primary" icon="reset" onPress={action.onPress}>
          {action.label}
        </Button>
        {other !== undefined && <Button onPress={other.onPress}>{other.label}</Button>}
        {/* Where the program of the lab did not load, the page may be older than what the server has. */}
        <Button onPress={() => location.reload()}>{FAILURE_WORDS.reload}</Button>
      </div>
    </div>
  );
}
