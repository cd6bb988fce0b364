import type { StepView } from '../../sim/index.ts';
import { indexOfHop, type Journey } from '../../store/journey.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useStores } from '../StoresContext.ts';
import { fateOf } from './fateOf.ts';
import styles from './HopList.module.css';
import { PacketPicker } from './Pickers.tsx';
import { useMoment } from './useMoment.ts';
import { HOP_ICONS, stepName, TRACE_WORDS } from './words.ts';

/** The timeline of a phone: the hops from top to bottom, the current one open. */
export function HopList() {
  const shown = useMoment();
  if (shown === undefined) return null;
  const { journey, moment } = shown;
  return (
    <div className={styles.list}>
      <PacketPicker />
      {journey.legs.map((leg, legIndex) => (
        <section key={leg.trace.id} aria-label={`${TRACE_WORDS.legs[leg.direction]}, ${leg.trace.label}`}>
          <h3 className={classNames(styles.leg, styles[leg.direction])}>
            <Icon name={leg.direction} size={16} />
            {TRACE_WORDS.legs[leg.direction]} <span className="mono">{leg.trace.label}</span>
            <Fate leg={leg.trace} />
          </h3>
          <ol>
            {leg.trace.hops.map((_, hopIndex) => (
              <Hop
                key={indexOfHop(journey, legIndex, hopIndex)}
                journey={journey}
                leg={legIndex}
                hop={hopIndex}
                open={moment.place.leg === legIndex && moment.place.hop === hopIndex ? moment.place.step : undefined}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function Fate({ leg }: { readonly leg: Journey['legs'][number]['trace'] }) {
  const { word, meaning } = fateOf(leg);
  return (
    <span className={styles.fate}>
      {meaning !== undefined && <MeaningIcon meaning={meaning} word="" size={16} />}
      {word}
    </span>
  );
}

interface HopProps {
  readonly journey: Journey;
  readonly leg: number;
  readonly hop: number;
  /** The step that is shown, where it is in this hop. */
  readonly open: number | undefined;
}

function Hop({ journey, leg, hop, open }: HopProps) {
  const { trace } = useStores();
  const view = journey.legs[leg]?.trace.hops[hop];
  if (view === undefined) return null;
  const first = indexOfHop(journey, leg, hop);
  const isOpen = open !== undefined;
  return (
    <li className={classNames(styles.hop, isOpen && styles.open)}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={isOpen}
        onClick={() => trace.dispatch({ kind: 'go', to: first })}
      >
        <Icon name={HOP_ICONS[view.kind]} size={18} />
        <span className={styles.name}>{view.name}</span>
        <span className={styles.count}>{view.steps.length === 1 ? '1 step' : `${view.steps.length} steps`}</span>
      </button>
      {isOpen && (
        <ol className={styles.steps}>
          {numbered(view.steps, first).map(({ step, i, index }) => (
            <li key={index}>
              <button
                type="button"
                className={classNames(styles.step, i === open && styles.current, i < open && styles.passed)}
                aria-current={i === open ? 'step' : undefined}
                onClick={() => trace.dispatch({ kind: 'go', to: index })}
              >
                <span className={styles.dot} />
                {stepName(step)}
                {step.meaning !== 'plain' && <MeaningIcon meaning={step.meaning} word="" size={16} />}
              </button>
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

/** The steps of a hop with their places in the hop and in the journey. */
const numbered = (steps: readonly StepView[], first: number) => steps.map((step, i) => ({ step, i, index: first + i }));
