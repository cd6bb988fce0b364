import { useTrace } from '../StoresContext.ts';
import { Sentence } from './Sentence.tsx';
import styles from './TraceBar.module.css';
import { Transport } from './Transport.tsx';
import { usePlayTimer } from './usePlayTimer.ts';
import { TRACE_WORDS } from './words.ts';

/** The sentence of the current step and the transport, above the tabs of a phone; nothing while no journey is open. */
export function TraceBar() {
  const hasJourney = useTrace(state => state.journey !== undefined);
  usePlayTimer();
  if (!hasJourney) return null;
  return (
    <section className={styles.bar} data-part="trace-bar" aria-label={TRACE_WORDS.bar}>
      <Sentence />
      <div className={styles.transport}>
        <Transport form="compact" />
      </div>
    </section>
  );
}
