import { useTrace } from '../StoresContext.ts';
import styles from './JourneyLine.module.css';
import { Prose } from './Prose.tsx';

/** The whole journey in one line: what was done to the packet, and who answered or where it ended and why. */
export function JourneyLine() {
  const summary = useTrace(state => state.journey?.exchange.summary);
  if (summary === undefined || summary === '') return null;
  return (
    <p className={styles.line} data-testid="journey-line">
      <Prose text={summary} />
    </p>
  );
}
