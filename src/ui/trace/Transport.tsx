import type { PlaySpeed } from '../../store/traceStore.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useStores, useTrace } from '../StoresContext.ts';
import { revealDecided } from './reveal.ts';
import styles from './Transport.module.css';
import { useMoment } from './useMoment.ts';
import { stepCount, stepName, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.transport;

const SPEEDS: readonly { readonly value: PlaySpeed; readonly label: string }[] = [
  { value: '0.5', label: '½×' },
  { value: '1', label: '1×' },
  { value: '2', label: '2×' },
];

/**
 * Start, back, play, step, end, the speed and the way to what decided.
 * `compact`: icons only, no speed and no place, for a bar.
 */
export function Transport({ form }: { readonly form: 'full' | 'compact' }) {
  const { trace } = useStores();
  const shown = useMoment();
  const play = useTrace(state => state.play);
  const speed = useTrace(state => state.speed);
  if (shown === undefined) return null;
  const { journey, cursor, moment } = shown;
  const last = journey.steps.length - 1;
  const atStart = cursor === 0 ? TRACE_WORDS.noEarlier : undefined;
  const atEnd = cursor === last ? TRACE_WORDS.noFurther : undefined;
  const isPlaying = play === 'playing';
  const back = (): void => trace.dispatch({ kind: 'step', by: -1 });
  const step = (): void => trace.dispatch({ kind: 'step', by: 1 });
  return (
    <div className={styles.bar}>
      <fieldset className={styles.buttons} aria-label={WORDS.label}>
        <IconButton
          icon="toStart"
          label={WORDS.start}
          blocked={atStart}
          onPress={() => trace.dispatch({ kind: 'start' })}
        />
        {form === 'full' ? (
          <Button icon="stepBack" blocked={atStart} title="[" onPress={back}>
            <span className={styles.word}>{WORDS.back}</span>
          </Button>
        ) : (
          <IconButton look="default" icon="stepBack" label={WORDS.back} blocked={atStart} onPress={back} />
        )}
        <IconButton
          look="primary"
          icon={isPlaying ? 'pause' : 'play'}
          label={isPlaying ? WORDS.pause : WORDS.play}
          onPress={() => trace.dispatch({ kind: isPlaying ? 'pause' : 'play' })}
        />
        {form === 'full' ? (
          <Button iconAfter="step" blocked={atEnd} title="]" onPress={step}>
            <span className={styles.word}>{WORDS.step}</span>
          </Button>
        ) : (
          <IconButton look="default" icon="step" label={WORDS.step} blocked={atEnd} onPress={step} />
        )}
        <span className={styles.flipped}>
          <IconButton
            icon="toStart"
            label={WORDS.end}
            blocked={atEnd}
            onPress={() => trace.dispatch({ kind: 'end' })}
          />
        </span>
        <Button
          look="quiet"
          icon="target"
          title={WORDS.decidingKey}
          onPress={() => {
            trace.dispatch({ kind: 'deciding' });
            revealDecided();
          }}
        >
          <span className={form === 'full' ? styles.word : 'visually-hidden'}>{WORDS.deciding}</span>
        </Button>
      </fieldset>
      {form === 'full' && (
        <SegmentedControl
          label={WORDS.speed}
          options={SPEEDS}
          value={speed}
          onChange={value => trace.setSpeed(value)}
        />
      )}
      <p className={styles.where}>
        {form === 'full' ? (
          <>
            <strong>{stepCount(cursor, journey.steps.length)}</strong>
            <span>{` · ${moment.hop.name} · ${stepName(moment.step)}`}</span>
          </>
        ) : (
          <strong>
            <span className="visually-hidden">{TRACE_WORDS.compact.step}</span>
            {TRACE_WORDS.compact.of(cursor + 1, journey.steps.length)}
          </strong>
        )}
      </p>
    </div>
  );
}
