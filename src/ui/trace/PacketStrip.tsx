import { useLayoutEffect, useMemo, useRef } from 'react';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { fateOf } from './fateOf.ts';
import styles from './PacketStrip.module.css';
import { lookupsBefore } from './packetGroups.ts';
import { packetStrip, type StripPacket } from './packetStrip.ts';
import { useMoment } from './useMoment.ts';
import { durationText, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.strip;

/** Everything that was sent, in the order of time: the name lookups before the exchange, then each of its packets. */
export function PacketStrip() {
  const { trace } = useStores();
  const shown = useMoment();
  const exchanges = useLab(state => state.exchanges);
  const row = useRef<HTMLUListElement>(null);
  const exchange = shown?.journey.exchange;
  const lookups = useMemo(
    () => (exchange === undefined ? [] : lookupsBefore(exchanges, exchange.id)),
    [exchanges, exchange],
  );
  const packets = useMemo(() => (exchange === undefined ? [] : packetStrip(exchange)), [exchange]);
  const current = shown?.moment.leg.trace.id;
  useLayoutEffect(() => {
    if (current !== undefined && row.current !== null) showPacket(row.current);
  }, [current]);
  if (shown === undefined || lookups.length + packets.length < 2) return null;
  return (
    <ul ref={row} className={styles.strip} aria-label={WORDS.label}>
      {lookups.map(lookup => (
        <li key={lookup.id}>
          <button
            type="button"
            className={classNames(styles.chip, styles.dns)}
            onClick={() => void trace.open(lookup.id)}
          >
            <Icon name="dns" size={16} />
            <span className={styles.lookup}>
              DNS {lookup.asked ?? lookup.to} · {lookup.outcome}
            </span>
          </button>
        </li>
      ))}
      {packets.map(packet => (
        <Packet
          key={packet.trace.id}
          packet={packet}
          state={
            packet.trace.id === current
              ? 'current'
              : shown.journey.legs.some(leg => leg.trace.id === packet.trace.id)
                ? 'shown'
                : 'other'
          }
        />
      ))}
    </ul>
  );
}

/** Moves the packet of the current step into sight, and nothing but the row. */
function showPacket(row: HTMLElement): void {
  const chip = row.querySelector<HTMLElement>('[aria-current]');
  if (chip === null) return;
  const outer = row.getBoundingClientRect();
  const inner = chip.getBoundingClientRect();
  if (inner.left < outer.left) row.scrollLeft -= outer.left - inner.left + 16;
  else if (inner.right > outer.right) row.scrollLeft += inner.right - outer.right + 16;
}

interface PacketProps {
  readonly packet: StripPacket;
  /** Whether the current step is this packet's, or the timeline shows it beside that. */
  readonly state: 'current' | 'shown' | 'other';
}

function Packet({ packet: { trace: packet, pauseMs }, state }: PacketProps) {
  const { trace } = useStores();
  const { word, meaning } = fateOf(packet);
  const form = packet.role.startsWith('arp') ? 'plain' : packet.leg === 'return' ? 'reply' : 'request';
  return (
    <li className={styles.packet}>
      {pauseMs !== undefined && <span className={styles.pause}>{WORDS.later(durationText(pauseMs))}</span>}
      <button
        type="button"
        className={classNames(styles.chip, styles[form], state !== 'other' && styles[state])}
        aria-current={state === 'current' ? 'step' : undefined}
        title={`${packet.label}, ${word}`}
        onClick={() => trace.dispatch({ kind: 'packet', trace: packet.id })}
      >
        {form !== 'plain' && <Icon name={form} size={16} />}
        <span className={styles.label}>
          {form === 'plain' ? WORDS.arp[packet.role === 'arp-reply' ? 'reply' : 'request'] : packet.label}
        </span>
        {form === 'plain' && <span className="visually-hidden">{packet.label}</span>}
        {meaning === 'drop' && <MeaningIcon meaning="drop" word={word} size={16} />}
      </button>
    </li>
  );
}
