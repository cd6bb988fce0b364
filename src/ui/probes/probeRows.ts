// What the panel of probes shows, without its drawing.

import type { ExchangeSummary, RecordedProbe } from '../../sim/index.ts';
import { PROBE_WORDS } from './words.ts';

/** The last journey of each probe, by the probe's id. */
export function lastByProbe(exchanges: readonly ExchangeSummary[]): ReadonlyMap<string, ExchangeSummary> {
  return new Map(exchanges.flatMap(exchange => (exchange.probe === undefined ? [] : [[exchange.probe.id, exchange]])));
}

/** The probes in which every word of the filter is found. */
export function matching(probes: readonly RecordedProbe[], filter: string): readonly RecordedProbe[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return probes;
  return probes.filter(probe => {
    const text = `${probe.id} ${endsOf(probe)}`.toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** `p11 → 10.96.0.10:80 TCP` */
export function endsOf({ from, to, port, protocol }: RecordedProbe): string {
  return `${from} → ${to}${protocol === 'icmp' ? '' : `:${port}`} ${protocol.toUpperCase()}`;
}

/** `3 sent, 2 as recorded, 1 differs` */
export function tally(sent: ReadonlyMap<string, ExchangeSummary>): string {
  const count = (recording: 'agrees' | 'differs'): number =>
    [...sent.values()].filter(exchange => exchange.probe?.recording === recording).length;
  const [same, other] = [count('agrees'), count('differs')];
  return PROBE_WORDS.tally(sent.size, same, other);
}

/** The command line that sends a probe. */
export function probeLine({ id }: RecordedProbe): string {
  return `probe ${/^[\w./:=,@%+-]+$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`}`;
}
