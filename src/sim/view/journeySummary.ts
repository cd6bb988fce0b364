// A whole journey in one line: what was done to the first packet on its way, who answered, or where it ended and why.

import { explain } from '../datapath/explain.ts';
import type { Names } from '../datapath/sentence.ts';
import { type Exchange, firstOfRole, type Role, type Step, stepsOf, type Trace } from '../datapath/trace.ts';

/** What happened to one packet, counted from its steps. */
export interface JourneyFacts {
  /** How often its destination and its source were rewritten. */
  readonly dnat: number;
  readonly snat: number;
  /** How often a host forwarded it. */
  readonly routed: number;
  /** How often it was put into another packet. */
  readonly tunnels: number;
  /** Network namespaces that it reached after its own. */
  readonly hops: number;
}

export function journeyFacts(trace: Trace): JourneyFacts {
  const steps = stepsOf(trace);
  const count = (is: (step: Step) => boolean): number => steps.filter(is).length;
  const rewritten = (kind: 'dnat' | 'snat') => (step: Step) =>
    step.action === 'TRANSLATED' && 'translation' in step.detail && step.detail.translation?.kind === kind;
  return {
    dnat: count(rewritten('dnat')),
    snat: count(rewritten('snat')),
    routed: count(({ stage, action }) => stage === 'forward' && action === 'FORWARDED'),
    tunnels: count(({ action }) => action === 'ENCAPSULATED'),
    hops: trace.hops.length - 1,
  };
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** `destination rewritten once, routed twice, 4 hops` */
export function factsText({ dnat, snat, routed, tunnels, hops }: JourneyFacts): string {
  const parts = [
    ...(dnat > 0 ? [`destination rewritten ${times(dnat)}`] : []),
    ...(snat > 0 ? [`source rewritten ${times(snat)}`] : []),
    ...(dnat + snat === 0 ? ['not rewritten'] : []),
    routed === 0 ? 'not routed' : `routed ${times(routed)}`,
    ...(tunnels === 0 ? [] : [`tunnelled ${times(tunnels)}`]),
    hops === 1 ? '1 hop' : `${hops} hops`,
  ];
  return parts.join(', ');
}

/** Roles of packets that nobody misses when they end. */
const ASIDE: readonly Role[] = ['copy', 'arp-request', 'arp-reply'];

/**
 * The packet whose end decided a journey that failed: the request or its answer, else a later one that was lost.
 * Undefined: none was lost.
 */
export function decidingTrace(exchange: Exchange): Trace | undefined {
  const isLost = ({ disposition }: Trace): boolean => disposition !== 'ACCEPTED';
  const mains = [firstOfRole(exchange, 'request'), firstOfRole(exchange, 'reply')];
  const main = mains.find(trace => trace !== undefined && isLost(trace));
  if (main !== undefined) return main;
  const failed = exchange.verdict !== 'ok' && exchange.verdict !== 'http';
  return failed ? exchange.traces.find(trace => isLost(trace) && !ASIDE.includes(trace.role)) : undefined;
}

/** The packet in which a server said that it has no answer; undefined: it has one, or none was asked for a name. */
export function refusingAnswer(exchange: Exchange): Trace | undefined {
  const { response } = exchange;
  if (response?.kind !== 'dns-answer' || response.rcode === 'NOERROR') return undefined;
  return exchange.traces.find(trace => saysNo(trace));
}

function saysNo(trace: Trace): boolean {
  const payload = stepsOf(trace)[0]?.after.payload;
  const body = payload?.kind === 'ip' ? payload.body : undefined;
  const message = body?.kind === 'udp' || body?.kind === 'tcp' ? body.payload.message : undefined;
  return message?.kind === 'dns-answer' && message.rcode !== 'NOERROR';
}

/**
 * The step that decided how a packet fared: where it was lost; where its sender said no; else where it was rewritten,
 * routed, or switched first.
 */
export function decidingStep(trace: Trace): number {
  const steps = stepsOf(trace);
  if (trace.disposition !== 'ACCEPTED') return steps.length - 1;
  if (saysNo(trace)) return 0;
  const firsts: readonly ((step: Step) => boolean)[] = [
    ({ action }) => action === 'TRANSLATED',
    ({ detail }) => detail.kind === 'route' && detail.outcome === 'forward',
    ({ stage }) => stage === 'bridge',
    ({ stage }) => stage === 'routeOutput',
  ];
  const found = firsts.map(is => steps.findIndex(is)).find(index => index >= 0);
  return found ?? 0;
}

/**
 * @param outcome how the exchange ended, as its list says it: `ok · answered by web-2`
 * @returns `Destination rewritten once, routed twice, 4 hops, answered by web-2.`; of a loss, the step that made it.
 *     Empty when no packet set out.
 */
export function journeySummary(exchange: Exchange, outcome: string, names: Names): string {
  const request = firstOfRole(exchange, 'request');
  if (request === undefined) return '';
  const facts = factsText(journeyFacts(request));
  const lost = decidingTrace(exchange);
  const steps = lost === undefined ? [] : stepsOf(lost);
  const last = steps[steps.length - 1];
  const say = (ending: string): string => `${facts.charAt(0).toUpperCase()}${facts.slice(1)}, ${ending}.`;
  if (lost === undefined || last === undefined) return say(endingOf(exchange, outcome, names));
  const { lead, rest } = explain(last, last.netns, names);
  const [verdict = outcome] = outcome.split(' · ');
  const ending = lost === request ? verdict : `${verdict}: the ${lost.label} is lost`;
  return [say(ending), lead, rest].filter(Boolean).join(' ');
}

/** Of a journey whose packets all arrived: who answered, and of a DNS server what. */
function endingOf({ backend, response }: Exchange, outcome: string, names: Names): string {
  if (response?.kind === 'dns-answer' && backend !== undefined)
    return `answered by ${names.host(backend.netns)}: ${outcome.replace(/^dns-fail · /, '')}`;
  return outcome.replace(/^ok · /, '').replace(' · ', ': ');
}
