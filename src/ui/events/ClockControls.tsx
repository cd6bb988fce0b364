import { Button, IconButton } from '../common/Button.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import styles from './ClockControls.module.css';
import { formatVirtualTime } from './eventRows.ts';
import { CLOCK_WORDS } from './words.ts';

/** How much of the lab's time passes in the learner's. */
const SPEEDS = ['1', '10', '60'].map(value => ({ value, label: `${value}×` }));

/** The lab's clock: what time it is there, whether it runs, and one step to what happens next. */
export function ClockControls() {
  const { lab, sandbox } = useStores();
  const { now, running, next, speed = 1 } = useLab(state => state.clock);
  const isOpen = useLab(state => state.phase.kind === 'open');
  const nextText =
    next === undefined ? CLOCK_WORDS.nothingNext : CLOCK_WORDS.next(next.owner, formatVirtualTime(next.at));
  const closed = isOpen ? undefined : CLOCK_WORDS.noCluster;
  return (
    <fieldset className={styles.clock} aria-label={CLOCK_WORDS.title}>
      <span className={styles.now}>
        <span className={styles.label}>{CLOCK_WORDS.now}</span>
        <span className={styles.time} data-testid="clock">
          {formatVirtualTime(now)}
        </span>
      </span>
      <IconButton
        icon={running ? 'pause' : 'play'}
        label={running ? CLOCK_WORDS.pause : CLOCK_WORDS.play}
        look="default"
        blocked={closed}
        onPress={() => void lab.setClock(!running)}
      />
      <Button
        icon="step"
        blocked={closed ?? (next === undefined ? CLOCK_WORDS.nothingDue : undefined)}
        title={CLOCK_WORDS.whatStepDoes}
        onPress={() => void lab.stepClock()}
      >
        {CLOCK_WORDS.step}
      </Button>
      {sandbox.kind === 'own' && (
        <SegmentedControl
          label={CLOCK_WORDS.speed}
          options={SPEEDS}
          value={String(speed)}
          onChange={value => void lab.setClock(running, Number(value))}
        />
      )}
      <span className={styles.next}>{nextText}</span>
    </fieldset>
  );
}
