// The way a packet took, against what a check says about it.
//
// Reads the exchange as the page shows it (sim/view/exchange.ts): a check can say nothing that the learner cannot see,
// and rewrites and tunnels are read off the same header rows. ARP and flooded copies are left out: they go everywhere.

import type { ElementId, ExchangeView, HopView, StepView, TraceView } from '../../sim/index.ts';
import { elementRef, nameOfElement } from '../elementRef.ts';
import { integer, list, oneOf, type RecordOf, record, stated, text } from '../schema.ts';
import { fitsWildcard } from './pattern.ts';

type Reason = NonNullable<TraceView['dropReason']>;

/** Every reason, so that the compiler misses a new one here. */
const REASONS: Readonly<Record<Reason, true>> = {
  NO_SOCKET: true,
  NETFILTER_DROP: true,
  OTHERHOST: true,
  IP_RPFILTER: true,
  IP_OUTNOROUTES: true,
  IP_INNOROUTES: true,
  IP_INVALID_DEST: true,
  IP_INVALID_SOURCE: true,
  NEIGH_FAILED: true,
  IP_INHDR: true,
  PKT_TOO_BIG: true,
  DEV_READY: true,
  UNHANDLED_PROTO: true,
  TCP_INVALID_SEQUENCE: true,
  LAB_BRIDGE_LOOP: true,
  LAB_BRIDGE_SAME_PORT: true,
  LAB_BRIDGE_NO_PORT: true,
  VXLAN_NO_REMOTE: true,
  VXLAN_VNI_NOT_FOUND: true,
  LOCAL_MAC: true,
  LAB_BLACKHOLE: true,
  LAB_UNWANTED: true,
  LAB_TOO_MANY_STEPS: true,
};

const rewriteFields = {
  at: elementRef(),
  from: text('"ADDRESS:PORT", * for anything'),
  to: text('"ADDRESS:PORT", * for anything'),
};

/** What can be said about a way. */
export const pathFields = {
  /** Crossed in this order, with anything in between, on the way there. */
  hops: list(elementRef()),
  /** Crossed by no packet of the exchange. */
  never: list(elementRef()),
  dnat: record({}, rewriteFields),
  snat: record({}, rewriteFields),
  nodnat: stated(),
  nosnat: stated(),
  noencap: stated(),
  drop: record({ at: elementRef() }, { reason: oneOf(...reasonNames()), dir: oneOf('fwd', 'reply') }),
  ttlOnArrival: integer(0, 255),
};

/** What a check says about a way. */
export type PathExpectation = RecordOf<Record<never, never>, typeof pathFields>;

function reasonNames(): readonly Reason[] {
  const names: Reason[] = [];
  for (const name in REASONS) if (isReason(name)) names.push(name);
  return names;
}

function isReason(name: string): name is Reason {
  return Object.hasOwn(REASONS, name);
}

/** The first thing about the way that is not as expected, in words; undefined when all is. */
export function differenceOfPath(expected: PathExpectation, view: ExchangeView): string | undefined {
  return (
    differenceOfHops(expected.hops ?? [], view) ??
    forbiddenHop(expected.never ?? [], view) ??
    (expected.dnat === undefined ? undefined : missingRewrite('destination', expected.dnat, view)) ??
    (expected.snat === undefined ? undefined : missingRewrite('source', expected.snat, view)) ??
    (expected.nodnat === undefined ? undefined : unwantedRewrite('destination', view)) ??
    (expected.nosnat === undefined ? undefined : unwantedRewrite('source', view)) ??
    (expected.noencap === undefined ? undefined : unwantedTunnel(view)) ??
    (expected.drop === undefined ? undefined : differenceOfDrop(expected.drop, view)) ??
    (expected.ttlOnArrival === undefined ? undefined : differenceOfTtl(expected.ttlOnArrival, view))
  );
}

/** Traces of the exchange's own packets. */
function ownTraces(view: ExchangeView): readonly TraceView[] {
  return view.traces.filter(
    trace => trace.role !== 'arp-request' && trace.role !== 'arp-reply' && trace.role !== 'copy',
  );
}

/** The client's first packet. */
function requestOf(view: ExchangeView): TraceView | undefined {
  return view.traces.find(trace => trace.role === 'request');
}

/** What one packet crossed, in order: each namespace, then the interfaces and the bridges that acted in it. */
function crossings(trace: TraceView): readonly ElementId[] {
  return trace.hops.flatMap(hop => [hop.element, ...hop.steps.flatMap(step => elementsOf(step, hop))]);
}

function elementsOf(step: StepView, hop: HopView): readonly ElementId[] {
  const device = step.element === undefined ? [] : [step.element];
  // A bridge that switches a frame acts without the frame ever entering its own interface.
  return step.stage === 'bridge' ? [`${hop.element}#${step.short}`, ...device] : device;
}

function differenceOfHops(hops: readonly ElementId[], view: ExchangeView): string | undefined {
  const request = requestOf(view);
  const crossed = request === undefined ? [] : crossings(request);
  let from = 0;
  let last: ElementId | undefined;
  for (const hop of hops) {
    const at = crossed.indexOf(hop, from);
    if (at < 0) {
      const after = last === undefined ? '' : ` after ${nameOfElement(last)}`;
      return `the packet did not cross ${nameOfElement(hop)}${after}`;
    }
    from = at + 1;
    last = hop;
  }
  return undefined;
}

function forbiddenHop(never: readonly ElementId[], view: ExchangeView): string | undefined {
  const crossed = new Set(ownTraces(view).flatMap(crossings));
  const found = never.find(element => crossed.has(element));
  return found === undefined ? undefined : `a packet crossed ${nameOfElement(found)}`;
}

/** A change of an address or a port that a step made to the request. */
interface Rewrite {
  readonly of: 'source' | 'destination';
  readonly at: readonly ElementId[];
  /** `10.96.40.10:80` */
  readonly from: string;
  readonly to: string;
}

function rewritesOf(view: ExchangeView, of: Rewrite['of']): readonly Rewrite[] {
  const hops = requestOf(view)?.hops ?? [];
  return hops.flatMap(hop =>
    hop.steps
      .filter(step => step.action === 'TRANSLATED')
      .map(step => ({
        of,
        at: [hop.element, ...elementsOf(step, hop)],
        from: socketIn(step, of, 'before'),
        to: socketIn(step, of, 'after'),
      }))
      .filter(rewrite => rewrite.from !== rewrite.to),
  );
}

/** Address and port in the step's header rows. */
function socketIn(step: StepView, of: Rewrite['of'], when: 'before' | 'after'): string {
  const address = step.headers.find(row => row.layer === 'IP' && row.field === of)?.[when] ?? '';
  const port = step.headers.find(row => row.field === `${of} port`)?.[when];
  return port === undefined ? address : `${address}:${port}`;
}

function missingRewrite(
  of: Rewrite['of'],
  expected: RecordOf<Record<never, never>, typeof rewriteFields>,
  view: ExchangeView,
): string | undefined {
  const rewrites = rewritesOf(view, of);
  const fits = rewrites.some(
    rewrite =>
      (expected.at === undefined || rewrite.at.includes(expected.at)) &&
      fitsSocket(expected.from, rewrite.from) &&
      fitsSocket(expected.to, rewrite.to),
  );
  if (fits) return undefined;
  const found = rewrites[0];
  if (found === undefined) {
    return `${expected.at === undefined ? 'nobody rewrote' : `${nameOfElement(expected.at)} did not rewrite`} the ${of}`;
  }
  const wanted = [
    ...(expected.at === undefined ? [] : [`at ${nameOfElement(expected.at)}`]),
    ...(expected.from === undefined ? [] : [`from ${expected.from}`]),
    ...(expected.to === undefined ? [] : [`to ${expected.to}`]),
  ];
  return `${describeRewrite(found)}, not ${wanted.join(' ')}`;
}

function fitsSocket(expected: string | undefined, found: string): boolean {
  if (expected === undefined) return true;
  return fitsWildcard(expected, expected.includes(':') ? found : found.replace(/:\d+$/, ''));
}

function describeRewrite(rewrite: Rewrite): string {
  const where = rewrite.at[0] === undefined ? 'something' : nameOfElement(rewrite.at[0]);
  return `${where} rewrote the ${rewrite.of} ${rewrite.from} to ${rewrite.to}`;
}

function unwantedRewrite(of: Rewrite['of'], view: ExchangeView): string | undefined {
  const found = rewritesOf(view, of)[0];
  return found === undefined ? undefined : describeRewrite(found);
}

function unwantedTunnel(view: ExchangeView): string | undefined {
  for (const trace of ownTraces(view)) {
    for (const hop of trace.hops) {
      const wrapped = hop.steps.some(step =>
        step.headers.some(row => row.layer === 'VXLAN' || (row.layer === 'IP' && row.field === 'inside')),
      );
      if (wrapped) return `${nameOfElement(hop.element)} handled the packet inside another one`;
    }
  }
  return undefined;
}

function differenceOfDrop(
  expected: { readonly at: ElementId; readonly reason?: Reason; readonly dir?: 'fwd' | 'reply' },
  view: ExchangeView,
): string | undefined {
  const ended = ownTraces(view).filter(
    trace => trace.disposition !== 'ACCEPTED' && (expected.dir === undefined || trace.leg === legOf(expected.dir)),
  );
  const fits = ended.some(
    trace =>
      placesOfEnd(trace).includes(expected.at) &&
      (expected.reason === undefined || trace.dropReason === expected.reason),
  );
  if (fits) return undefined;
  const what = expected.dir === 'reply' ? 'reply' : 'request';
  const found = ended[0];
  if (found === undefined) return `the ${what} was not dropped`;
  const place = placesOfEnd(found)[0];
  const where = place === undefined ? 'nowhere' : nameOfElement(place);
  return `the ${what} ended at ${where}${found.dropReason === undefined ? '' : ` (${found.dropReason})`}`;
}

function legOf(dir: 'fwd' | 'reply'): TraceView['leg'] {
  return dir === 'fwd' ? 'forward' : 'return';
}

/** Where a packet ended: the namespace, then the interface or bridge. */
function placesOfEnd(trace: TraceView): readonly ElementId[] {
  const hop = trace.hops[trace.hops.length - 1];
  if (hop === undefined) return [];
  const step = hop.steps[hop.steps.length - 1];
  return step === undefined ? [hop.element] : [hop.element, ...elementsOf(step, hop)];
}

/** The time to live with which the request reached the server; undefined when it did not. */
export function ttlOnArrival(view: ExchangeView): number | undefined {
  const request = requestOf(view);
  if (request?.disposition !== 'ACCEPTED') return undefined;
  const steps = request.hops[request.hops.length - 1]?.steps ?? [];
  const row = steps[steps.length - 1]?.headers.find(candidate => candidate.field === 'TTL');
  const value = row?.after ?? row?.before;
  return value === undefined ? undefined : Number(value);
}

function differenceOfTtl(expected: number, view: ExchangeView): string | undefined {
  const found = ttlOnArrival(view);
  if (found === expected) return undefined;
  return found === undefined
    ? 'the request did not arrive'
    : `the request arrived with a time to live of ${found}, not ${expected}`;
}
