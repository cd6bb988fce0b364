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

/** The name lookups that the client made right before an exchange, oldest first. */
export function lookupsBefore(exchanges: readonly ExchangeSummary[], id: string): readonly ExchangeSummary[] {
  const here = exchanges.findIndex(exchange => exchange.id === id);
  const exchange = exchanges[here];
  if (exchange === undefined || isLookup(exchange)) return [];
  const found: ExchangeSummary[] = [];
  for (let i = here - 1; i >= 0; i--) {
    const before = exchanges[i];
    if (before === undefined || !isLookup(before) || before.fromElement !== exchange.fromElement) break;
    found.unshift(before);
  }
  return found;
}

const isLookup = ({ asked, protocol, to }: ExchangeSummary): boolean =>
  asked !== undefined || (protocol === 'udp' && to.endsWith(':53'));

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
