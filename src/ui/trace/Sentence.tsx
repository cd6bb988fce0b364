import { useTrace } from '../StoresContext.ts';
import { Prose } from './Prose.tsx';
import styles from './Sentence.module.css';
import { useMoment } from './useMoment.ts';

/** What happens at the step that is shown. Read aloud while stepping, silent while playing. */
export function Sentence() {
  const shown = useMoment();
  const play = useTrace(state => state.play);
  if (shown === undefined) return null;
  const { lead, rest } = shown.moment.step;
  return (
    <p
      className={styles.sentence}
      aria-live={play === 'playing' ? 'off' : 'polite'}
      aria-atomic="true"
      data-testid="sentence"
    >
      <strong className={styles.lead}>
        <Prose text={lead.replace(/^the /, 'The ')} />
      </strong>{' '}
      <Prose text={rest} />
    </p>
  );
}
