import type { TraceView } from '../../sim/index.ts';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon, Tag } from '../common/Tag.tsx';
import { useStores } from '../StoresContext.ts';
import styles from './Aftermath.module.css';
import { fateOf } from './fateOf.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';
import { DROP_WORDS, durationText, outcomeMeaning, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.end;

/** What became of the packets that are shown, and of the exchange as the client saw it. */
export function Outcome() {
  const { trace } = useStores();
  const shown = useMoment();
  if (shown === undefined) return null;
  const { journey } = shown;
  const { exchange } = journey;
  const cause = journey.legs[0]?.trace.cause;
  const causing = exchange.traces.find(({ id }) => id === cause?.trace);
  const goToCause = (): void => {
    if (cause === undefined) return;
    trace.dispatch({ kind: 'packet', trace: cause.trace });
    const start = trace.getState().cursor;
    trace.dispatch({ kind: 'go', to: start + cause.step });
  };
  return (
    <section className={tables.block} aria-label={WORDS.title}>
      <h3 className={tables.title}>{WORDS.title}</h3>
      <ul className={styles.list}>
        {journey.legs.map(leg => (
          <Fate key={leg.trace.id} packet={leg.trace} />
        ))}
        {causing !== undefined && (
          <li>
            {WORDS.setOffBy}{' '}
            <button type="button" className={styles.link} onClick={goToCause}>
              {causing.label}
            </button>
          </li>
        )}
      </ul>
      <p className={styles.outcome}>
        <Tag meaning={outcomeMeaning(exchange)}>{exchange.outcome}</Tag>
        <span>{WORDS.took(exchange.from, durationText(exchange.elapsedMs))}</span>
      </p>
    </section>
  );
}

function Fate({ packet }: { readonly packet: TraceView }) {
  const { word, meaning } = fateOf(packet);
  const last = packet.hops[packet.hops.length - 1];
  const where = last === undefined ? '' : meaning === 'ok' ? WORDS.to(last.name) : WORDS.at(last.name);
  const reason = packet.dropReason;
  return (
    <li className={styles.fate}>
      {meaning === undefined ? <Icon name="pending" size={18} /> : <MeaningIcon meaning={meaning} word="" size={18} />}
      <span>
        <strong>{packet.label}</strong> {WORDS.fate(word, where, durationText(packet.endedMs - packet.startedMs))}
        {reason !== undefined && (
          <>
            . {DROP_WORDS[reason]} {!reason.startsWith('LAB_') && <KernelName reason={reason} />}
          </>
        )}
      </span>
    </li>
  );
}

/** The name that the kernel itself gives a drop. */
function KernelName({ reason }: { readonly reason: string }) {
  return (
    <span className={styles.reason}>
      {WORDS.kernelName} <code>{reason}</code>
    </span>
  );
}
