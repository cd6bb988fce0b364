// The packets of an exchange in the order of interest, and the journeys that belong before one. Pure.

import type { ExchangeSummary, ExchangeView, TraceView } from '../../sim/index.ts';
import type { Journey } from '../../store/journey.ts';
import { TRACE_WORDS } from './words.ts';

const GROUP_WORDS = TRACE_WORDS.groups;

export interface PacketGroup {
  readonly label: string;
  readonly traces: readonly TraceView[];
}

const GROUPS: readonly { readonly label: string; readonly roles: readonly TraceView['role'][] }[] = [
  { label: GROUP_WORDS.first, roles: ['request', 'reply', 'reset', 'icmp-error'] },
  { label: GROUP_WORDS.again, roles: ['retransmission'] },
  { label: GROUP_WORDS.later, roles: ['client', 'server'] },
  { label: GROUP_WORDS.pieces, roles: ['fragment'] },
  { label: GROUP_WORDS.arp, roles: ['arp-request', 'arp-reply'] },
  { label: GROUP_WORDS.copies, roles: ['copy'] },
];

/** All packets of an exchange, grouped by their part in it; each group in the order in which they set out. */
export function packetGroups(exchange: ExchangeView): readonly PacketGroup[] {
  return GROUPS.flatMap(({ label, roles }) => {
    const traces = exchange.traces.filter(trace => roles.includes(trace.role));
    return traces.length === 0 ? [] : [{ label, traces }];
  });
}

/** The DNS questions about one name, and what it was looked up for. */
export interface NameLookups {
  /** Oldest first. */
  readonly lookups: readonly ExchangeSummary[];
  /** Undefined: the name has no address, or nobody wanted more than that. */
  readonly asked: ExchangeSummary | undefined;
}

/** What belongs to an exchange: the lookups before it; of a lookup those beside it, and what followed. */
export function nameLookups(exchanges: readonly ExchangeSummary[], id: string): NameLookups {
  const here = exchanges.findIndex(exchange => exchange.id === id);
  const exchange = exchanges[here];
  if (exchange === undefined) return { lookups: [], asked: undefined };
  if (!isLookup(exchange)) return { lookups: lookupsBefore(exchanges, here), asked: exchange };
  const last = endOfRun(exchanges, here);
  const asked = exchanges[last + 1];
  const before = asked === undefined ? [] : lookupsBefore(exchanges, last + 1);
  if (before.includes(exchange)) return { lookups: before, asked };
  return { lookups: lookupsLike(exchanges, here), asked: undefined };
}

/** Those for the name that an exchange was asked by. */
function lookupsBefore(exchanges: readonly ExchangeSummary[], at: number): readonly ExchangeSummary[] {
  const asker = exchanges[at];
  const name = asker?.to.replace(/:\d+$/, '').replace(/\.$/, '');
  const found: ExchangeSummary[] = [];
  for (let i = at - 1; i >= 0; i--) {
    const before = exchanges[i];
    if (before === undefined || !isLookup(before) || before.fromElement !== asker?.fromElement) break;
    if (before.asked !== name && before.asked?.startsWith(`${name}.`) !== true) break;
    // An earlier one that found the address was the last of another search.
    if (found.length > 0 && hasFound(before)) break;
    found.unshift(before);
  }
  return found;
}

/** Of a search that found nothing: its questions begin with the same label, and none is asked again. */
function lookupsLike(exchanges: readonly ExchangeSummary[], at: number): readonly ExchangeSummary[] {
  const one = exchanges[at];
  if (one === undefined || hasFound(one)) return one === undefined ? [] : [one];
  const found = [one];
  const belongs = (other: ExchangeSummary | undefined): other is ExchangeSummary =>
    other !== undefined &&
    other.fromElement === one.fromElement &&
    labelOf(other) === labelOf(one) &&
    !hasFound(other) &&
    !found.some(({ asked }) => asked === other.asked);
  for (let i = at - 1; belongs(exchanges[i]); i--) found.unshift(...exchanges.slice(i, i + 1));
  for (let i = at + 1; belongs(exchanges[i]); i++) found.push(...exchanges.slice(i, i + 1));
  return found;
}

/** The last of the lookups of the same client that stand in a row. */
function endOfRun(exchanges: readonly ExchangeSummary[], at: number): number {
  let last = at;
  for (let next = exchanges[last + 1]; next !== undefined && isLookup(next); next = exchanges[last + 1]) {
    if (next.fromElement !== exchanges[at]?.fromElement) break;
    last++;
  }
  return last;
}

const labelOf = ({ asked }: ExchangeSummary): string | undefined => asked?.split('.')[0];

/** An answer that was cut is no end: all of it is asked for over TCP. */
const hasFound = ({ outcome }: ExchangeSummary): boolean => /^[\d.]+( and \d+ more)?$/.test(outcome);

const isLookup = ({ asked }: ExchangeSummary): boolean => asked !== undefined;

/** The packets that the step at `cursor` set off, in the order in which they set out. */
export function setOffBy(journey: Journey, cursor: number): readonly TraceView[] {
  const place = journey.steps[cursor];
  const leg = place === undefined ? undefined : journey.legs[place.leg];
  if (place === undefined || leg === undefined) return [];
  const first = journey.steps.findIndex(step => step.leg === place.leg);
  const shown = new Set(journey.legs.map(({ trace }) => trace.id));
  return journey.exchange.traces.filter(
    ({ id, cause }) =>
      cause !== undefined && cause.trace === leg.trace.id && cause.step === cursor - first && !shown.has(id),
  );
}
