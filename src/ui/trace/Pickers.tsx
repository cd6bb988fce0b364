import type { ExchangeSummary } from '../../sim/index.ts';
import { MeaningIcon, Tag } from '../common/Tag.tsx';
import { useLab, useStores, useTrace } from '../StoresContext.ts';
import { fateOf } from './fateOf.ts';
import { Picker } from './Picker.tsx';
import styles from './Pickers.module.css';
import { packetGroups } from './packetGroups.ts';
import { packetStrip } from './packetStrip.ts';
import { useMoment } from './useMoment.ts';
import { durationText, exchangeName, outcomeMeaning, TRACE_WORDS } from './words.ts';

/** Journeys that the list offers. */
const MOST_OFFERED = 50;

export interface ExchangeChoiceProps {
  readonly label: string;
  readonly chosen: ExchangeSummary | undefined;
  /** Id of a journey that is not offered. */
  readonly without?: string;
  readonly onPick: (id: string) => void;
}

/** The last journeys to choose from, newest first. */
export function ExchangeChoice({ label, chosen, without, onPick }: ExchangeChoiceProps) {
  const exchanges = useLab(state => state.exchanges);
  const offered = exchanges
    .filter(({ id }) => id !== without)
    .slice(-MOST_OFFERED)
    .reverse();
  if (offered.length === 0 && chosen === undefined) return null;
  const options = offered.map(exchange => ({
    id: exchange.id,
    content: (
      <>
        <MeaningIcon meaning={outcomeMeaning(exchange)} word="" size={16} />
        <span className={styles.option}>
          <span className={styles.name}>{exchangeName(exchange)}</span>
          <span className={styles.outcome}>{exchange.outcome}</span>
        </span>
      </>
    ),
  }));
  return (
    <Picker
      label={label}
      groups={[{ label, options }]}
      chosen={chosen === undefined ? [] : [chosen.id]}
      onPick={onPick}
    >
      {chosen === undefined ? (
        TRACE_WORDS.choose
      ) : (
        <>
          <span className={styles.name}>{exchangeName(chosen)}</span>
          <Tag meaning={outcomeMeaning(chosen)}>{chosen.outcome}</Tag>
        </>
      )}
    </Picker>
  );
}

/** The journey that is open, and the last ones to choose from. */
export function ExchangePicker() {
  const { trace } = useStores();
  const open = useTrace(state => state.journey?.exchange);
  return <ExchangeChoice label={TRACE_WORDS.journeys} chosen={open} onPick={id => void trace.open(id)} />;
}

/** All packets of the exchange: handshake, what was sent again, ARP, errors. */
export function PacketPicker() {
  const { trace } = useStores();
  const shown = useMoment();
  if (shown === undefined) return null;
  const { journey } = shown;
  const groups = packetGroups(journey.exchange).map(group => ({
    label: group.label,
    options: group.traces.map(packet => {
      const { word, meaning } = fateOf(packet);
      const [first] = packet.hops;
      return {
        id: String(packet.id),
        content: (
          <>
            <span className={styles.at}>{durationText(packet.startedMs)}</span>
            <span className={styles.packet}>{packet.label}</span>
            <span className={styles.from}>{first === undefined ? '' : `from ${first.name}`}</span>
            {meaning === undefined ? (
              <span className={styles.plain}>{word}</span>
            ) : (
              <span className={styles.fate}>
                <MeaningIcon meaning={meaning} word="" size={16} />
                {word}
              </span>
            )}
          </>
        ),
      };
    }),
  }));
  return (
    <Picker
      label={TRACE_WORDS.packets}
      groups={groups}
      chosen={journey.legs.map(leg => String(leg.trace.id))}
      onPick={id => trace.dispatch({ kind: 'packet', trace: Number(id) })}
    >
      {TRACE_WORDS.packetCount(packetStrip(journey.exchange).length)}
    </Picker>
  );
}
