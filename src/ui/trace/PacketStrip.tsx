import { useLayoutEffect, useMemo, useRef } from 'react';
import type { ExchangeSummary } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { Beyond } from './Beyond.tsx';
import { fateOf } from './fateOf.ts';
import styles from './PacketStrip.module.css';
import { nameLookups } from './packetGroups.ts';
import { packetStrip, type StripPacket } from './packetStrip.ts';
import { useMoment } from './useMoment.ts';
import { durationText, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.strip;

/**
 * Everything that was sent, in the order of time: the lookups of a name, then what it was looked up for. Of the exchange
 * that is open each packet stands there.
 */
export function PacketStrip() {
  const shown = useMoment();
  const exchanges = useLab(state => state.exchanges);
  const row = useRef<HTMLUListElement>(null);
  const exchange = shown?.journey.exchange;
  const { before, after } = useMemo(() => besides(exchanges, exchange?.id ?? ''), [exchanges, exchange]);
  const packets = useMemo(() => (exchange === undefined ? [] : packetStrip(exchange)), [exchange]);
  const current = shown?.moment.leg.trace.id;
  useLayoutEffect(() => {
    if (current !== undefined && row.current !== null) showPacket(row.current);
  }, [current]);
  if (shown === undefined || before.length + packets.length + after.length < 2) return null;
  return (
    <div className={styles.window}>
      <ul ref={row} className={styles.strip} aria-label={WORDS.label}>
        {before.map(other => (
          <Other key={other.id} exchange={other} />
        ))}
        {packets.map(packet => (
          <Packet
            key={packet.trace.id}
            packet={packet}
            isLookup={shown.journey.exchange.asked !== undefined}
            state={
              packet.trace.id === current
                ? 'current'
                : shown.journey.legs.some(leg => leg.trace.id === packet.trace.id)
                  ? 'shown'
                  : 'other'
            }
          />
        ))}
        {after.map(other => (
          <Other key={other.id} exchange={other} />
        ))}
      </ul>
      <Beyond frame={row} of={exchanges} words={TRACE_WORDS.morePackets} />
    </div>
  );
}

/** Exchanges that belong to the open one, on both sides of it. */
function besides(
  exchanges: readonly ExchangeSummary[],
  open: string,
): { readonly before: readonly ExchangeSummary[]; readonly after: readonly ExchangeSummary[] } {
  const { lookups, asked } = nameLookups(exchanges, open);
  const all = asked === undefined ? lookups : [...lookups, asked];
  const here = all.findIndex(({ id }) => id === open);
  return { before: all.slice(0, Math.max(0, here)), after: here < 0 ? [] : all.slice(here + 1) };
}

/** An exchange that is not open; a press opens it. */
function Other({ exchange: { id, asked, to, protocol, outcome } }: { readonly exchange: ExchangeSummary }) {
  const { trace } = useStores();
  const name = asked === undefined ? WORDS.asked(to, protocol) : WORDS.lookup(asked);
  return (
    <li>
      <button
        type="button"
        className={classNames(styles.chip, styles[asked === undefined ? 'request' : 'dns'])}
        title={`${name} · ${outcome}`}
        onClick={() => void trace.open(id)}
      >
        <Icon name={asked === undefined ? 'request' : 'dns'} size={16} />
        <span className={styles.asked}>{name}</span> <span className={styles.outcome}>· {outcome}</span>
      </button>
    </li>
  );
}

/** Moves the packet of the current step into sight, and nothing but the row. */
function showPacket(row: HTMLElement): void {
  const chip = row.querySelector<HTMLElement>('[aria-current]');
  if (chip === null) return;
  const outer = row.getBoundingClientRect();
  const inner = chip.getBoundingClientRect();
  // Not under the fading edge either.
  const margin = 48;
  if (inner.left < outer.left + margin) row.scrollLeft -= outer.left + margin - inner.left;
  else if (inner.right > outer.right - margin) row.scrollLeft += inner.right - outer.right + margin;
}

interface PacketProps {
  readonly packet: StripPacket;
  /** Of a DNS question, or of its answer. */
  readonly isLookup: boolean;
  /** Whether the current step is this packet's, or the timeline shows it beside that. */
  readonly state: 'current' | 'shown' | 'other';
}

function Packet({ packet: { trace: packet, pauseMs }, isLookup, state }: PacketProps) {
  const { trace } = useStores();
  const { word, meaning } = fateOf(packet);
  const form = packet.role.startsWith('arp') ? 'plain' : packet.leg === 'return' ? 'reply' : 'request';
  return (
    <li className={styles.packet}>
      {pauseMs !== undefined && <span className={styles.pause}>{WORDS.later(durationText(pauseMs))}</span>}
      <button
        type="button"
        className={classNames(
          styles.chip,
          isLookup && styles.question,
          styles[form],
          state !== 'other' && styles[state],
        )}
        aria-current={state === 'current' ? 'step' : undefined}
        title={`${packet.label}, ${word}`}
        onClick={() => trace.dispatch({ kind: 'packet', trace: packet.id })}
      >
        {form !== 'plain' && <Icon name={form} size={16} />}
        <span className={styles.label}>{shortLabel(packet)}</span>
        {form === 'plain' && <span className="visually-hidden">{packet.label}</span>}
        {meaning === 'drop' && <MeaningIcon meaning="drop" word={word} size={16} />}
      </button>
    </li>
  );
}

function shortLabel({ role, label }: StripPacket['trace']): string {
  switch (role) {
    case 'arp-request':
      return WORDS.arp.request;
    case 'arp-reply':
      return WORDS.arp.reply;
    case 'fragment':
      return WORDS.fragment;
    default:
      return label;
  }
}
