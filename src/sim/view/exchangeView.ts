// An exchange made ready for the page: hops with names, steps with sentences and evidence, and the journey in one line.

import { explain } from '../datapath/explain.ts';
import type { Names } from '../datapath/sentence.ts';
import { type Exchange, firstOfRole, type Hop, type Step, type Trace } from '../datapath/trace.ts';
import type { AppMessage, Frame } from '../net/packet.ts';
import type { ProbeOutcome } from '../recorded/probe.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ElementId } from './elements.ts';
import { evidenceOf, trackedBy } from './evidence.ts';
import type {
  ExchangeSummary,
  ExchangeView,
  HopView,
  LessonVerdict,
  StepMeaning,
  StepView,
  TraceView,
} from './exchange.ts';
import { headerRows } from './headers.ts';
import { decidingStep, decidingTrace, journeySummary, refusingAnswer } from './journeySummary.ts';
import { layersOf } from './layers.ts';

/** Who is who in the lab: names for sentences, elements for the graph. */
export interface Directory extends Names {
  readonly element: (netns: string) => {
    readonly id: ElementId;
    readonly kind: HopView['kind'];
    readonly name: string;
  };
}

/** What the lab knows of an exchange beside what the packets showed. */
export interface ExchangeRecord {
  readonly id: string;
  readonly exchange: Exchange;
  /** As the learner wrote the target: `10.96.40.10:80`, `web:80`. */
  readonly target: string;
  /** When it began. */
  readonly at: VirtualMs;
  /** It was a probe of a recorded cluster. */
  readonly probe?: ProbeOutcome;
}

export function lessonVerdictOf(exchange: Exchange): LessonVerdict {
  switch (exchange.verdict) {
    case 'ok':
      return 'ok';
    case 'refused':
    case 'rejected':
    case 'reset':
      return 'refused';
    case 'unreachable':
    case 'unreachable-local':
    case 'ttl-exceeded':
      return 'no-route';
    case 'eperm':
      return 'not-permitted';
    case 'timeout':
      return 'timeout';
    case 'stalled':
      return 'stall';
    case 'emsgsize':
      return 'too-big';
    case 'dns-fail':
      return 'dns-fail';
    case 'http':
      return exchange.response?.kind === 'http-response' ? `http:${exchange.response.status}` : 'ok';
  }
}

export function summarize(record: ExchangeRecord, directory: Directory): ExchangeSummary {
  const { exchange } = record;
  const from = directory.element(exchange.question.from);
  const ended = endOf(exchange);
  const verdict = lessonVerdictOf(exchange);
  const { message } = exchange.question;
  return {
    id: record.id,
    from: from.name,
    fromElement: from.id,
    to: record.target,
    ...(message?.kind === 'dns-query' && { asked: message.name }),
    protocol: exchange.question.protocol,
    verdict: exchange.verdict,
    lessonVerdict: verdict,
    outcome: outcomeText(exchange, directory),
    ...(ended !== undefined && { endedAt: directory.element(ended).id }),
    ...(record.probe !== undefined && { probe: record.probe }),
    at: record.at,
    elapsedMs: exchange.elapsedUs / 1000,
  };
}

/** The namespace that answered; else the one where the first packet (or the reply to it) ended. */
function endOf(exchange: Exchange): string | undefined {
  if (exchange.backend !== undefined && exchange.verdict === 'ok') return exchange.backend.netns;
  const request = firstOfRole(exchange, 'request');
  const reply = firstOfRole(exchange, 'reply');
  const lost = reply !== undefined && reply.disposition !== 'ACCEPTED' ? reply : request;
  return lost?.hops[lost.hops.length - 1]?.netns;
}

function outcomeText(exchange: Exchange, directory: Directory): string {
  const ended = endOf(exchange);
  const where = ended === undefined ? '' : directory.host(ended);
  switch (exchange.verdict) {
    case 'ok':
      if (exchange.response?.kind === 'dns-answer') return answerText(exchange.response);
      return exchange.backend === undefined ? 'ok' : `ok · answered by ${directory.host(exchange.backend.netns)}`;
    case 'refused':
      return `refused · ${where} has nobody on that port`;
    case 'rejected':
      return firstOfRole(exchange, 'request')?.dropReason === 'NO_SOCKET'
        ? `refused · ${where} has nobody on that port`
        : `refused · ${where} rejected it`;
    case 'timeout':
      return firstOfRole(exchange, 'reply') === undefined
        ? `timeout · ends at ${where}`
        : `timeout · the reply ends at ${where}`;
    case 'stalled':
      return 'stall · connected, then nothing';
    case 'unreachable-local':
      return 'no route · no packet left';
    case 'eperm':
      return `not permitted · ${where}'s own rules end it`;
    case 'unreachable':
      return `no route · ends at ${where}`;
    case 'ttl-exceeded':
      return `TTL exceeded · ends at ${where}`;
    case 'emsgsize':
      return 'too big';
    case 'dns-fail':
      return exchange.response?.kind === 'dns-answer'
        ? `dns-fail · ${answerText(exchange.response)}`
        : 'dns-fail · no DNS server answered';
    default:
      return exchange.verdict;
  }
}

/** What a DNS server said: the first address, how many more, or that there is none. */
function answerText({ rcode, records, type, truncated }: Extract<AppMessage, { kind: 'dns-answer' }>): string {
  if (rcode !== 'NOERROR') return rcode;
  const found = records.filter(record => record.type === type);
  const [first] = found;
  if (first === undefined) return `no ${type} record`;
  const rest = truncated ? ', and the answer was cut' : '';
  return found.length === 1 ? `${first.data}${rest}` : `${first.data} and ${found.length - 1} more${rest}`;
}

export function exchangeView(record: ExchangeRecord, directory: Directory): ExchangeView {
  const { exchange } = record;
  const deciding =
    decidingTrace(exchange) ?? refusingAnswer(exchange) ?? firstOfRole(exchange, 'request') ?? exchange.traces[0];
  return {
    ...summarize(record, directory),
    summary: journeySummary(exchange, outcomeText(exchange, directory), directory),
    ...(deciding !== undefined && { decidedBy: { trace: deciding.id, step: decidingStep(deciding) } }),
    traces: exchange.traces.map(trace => traceView(trace, exchange, record.at, directory)),
  };
}

function traceView(trace: Trace, exchange: Exchange, at: VirtualMs, directory: Directory): TraceView {
  const deciding = decidingStep(trace);
  const forms = new Map<Frame, number>();
  const formOf = (frame: Frame): number => {
    const known = forms.get(frame) ?? forms.size;
    forms.set(frame, known);
    return known;
  };
  let number = 0;
  const hops = trace.hops.map(hop => {
    const view = hopView(hop, { at: at + trace.startedUs / 1000, directory, formOf }, number, deciding);
    number += hop.steps.length;
    return view;
  });
  return {
    id: trace.id,
    role: trace.role,
    label: trace.label,
    leg: isReturning(trace, exchange) ? 'return' : 'forward',
    startedMs: trace.startedUs / 1000,
    endedMs: trace.endedUs / 1000,
    disposition: trace.disposition,
    ...(trace.dropReason !== undefined && { dropReason: trace.dropReason }),
    ...(trace.cause !== undefined && { cause: trace.cause }),
    hops,
    forms: [...forms.keys()].map(layersOf),
  };
}

function isReturning(trace: Trace, exchange: Exchange): boolean {
  switch (trace.role) {
    case 'reply':
    case 'server':
    case 'reset':
    case 'icmp-error':
      return true;
    case 'retransmission':
    case 'copy':
      return trace.hops[0]?.netns !== exchange.question.from;
    default:
      return false;
  }
}

/** What the steps of a packet are shown with. */
interface Showing {
  readonly at: VirtualMs;
  readonly directory: Directory;
  /** The number of a form of the packet. */
  readonly formOf: (frame: Frame) => number;
}

function hopView(hop: Hop, showing: Showing, first: number, deciding: number): HopView {
  const { directory } = showing;
  const element = directory.element(hop.netns);
  const [start, last] = [hop.steps[0], hop.steps[hop.steps.length - 1]];
  const inAt = start?.stage === 'linkReceive' ? start.device : undefined;
  const outAt = last?.stage === 'linkTransmit' ? last.device : undefined;
  return {
    element: element.id,
    kind: element.kind,
    name: element.name,
    steps: hop.steps.map((step, i) => stepView(step, hop.netns, element.id, showing, first + i === deciding)),
    headers: start === undefined || last === undefined ? [] : headerRows(start.before, last.after),
    ...(inAt !== undefined && { inAt }),
    ...(outAt !== undefined && { outAt }),
  };
}

function stepView(
  step: Step,
  netns: string,
  owner: ElementId,
  { at, directory, formOf }: Showing,
  decides: boolean,
): StepView {
  const { lead, rest } = explain(step, netns, directory);
  const evidence = evidenceOf(step, directory.host(netns), at);
  return {
    stage: step.stage,
    action: step.action,
    short: shortName(step),
    ...(step.device !== undefined && { element: `${owner}#${step.device}`, device: step.device }),
    meaning: meaningOf(step),
    lead,
    rest,
    headers: headerRows(step.before, step.after),
    formBefore: formOf(step.before),
    formAfter: formOf(step.after),
    ...(evidence !== undefined && { evidence }),
    effects: step.effects.map(effectText),
    tracked: step.effects.flatMap(trackedBy),
    decides,
  };
}

function meaningOf(step: Step): StepMeaning {
  switch (step.action) {
    case 'DROPPED':
    case 'REJECTED':
      return 'drop';
    case 'TRANSLATED':
      return 'nat';
    case 'DELIVERED':
      return 'ok';
    case 'QUEUED':
      return 'pending';
    case 'ENCAPSULATED':
    case 'DECAPSULATED':
      return 'encap';
    default:
      return 'plain';
  }
}

/** The word at a step's dot. */
function shortName(step: Step): string {
  const { detail } = step;
  switch (detail.kind) {
    case 'socket-send':
    case 'socket-receive':
      return 'socket';
    case 'link':
      return detail.device.startsWith('veth') ? 'veth' : detail.device;
    case 'bridge':
      return detail.bridge;
    case 'conntrack':
      return detail.translation === undefined ? 'ct' : 'nat';
    case 'rules':
      return 'tool' in detail.asked.table ? detail.asked.table.tool : detail.asked.table.name;
    case 'route':
      return 'route';
    case 'neighbor':
      return 'neigh';
    case 'forward':
      return 'ttl';
    case 'fragments':
      return 'frag';
    case 'tunnel':
      return detail.vni === undefined ? 'ipip' : 'vxlan';
    case 'generated':
      return step.stage === 'icmp' ? 'icmp' : 'arp';
  }
}

function effectText(effect: Step['effects'][number]): string {
  switch (effect.kind) {
    case 'learned-mac':
      return `${effect.bridge} learns that ${effect.mac} is behind ${effect.port}.`;
    case 'learned-neighbor':
      return `The neighbour table learns that ${effect.address} has ${effect.mac} on ${effect.device}.`;
    case 'neighbor-failed':
      return `The neighbour table marks ${effect.address} as FAILED.`;
    case 'conntrack-new':
      return 'A new connection tracking entry is prepared.';
    case 'conntrack-confirmed':
      return 'The connection tracking entry is now in the table.';
    case 'conntrack-updated':
      return 'The connection tracking entry moves on.';
    case 'learned-path-mtu':
      return `Packets for ${effect.destination} may have ${effect.mtu} bytes from now on.`;
    case 'mark':
      return `The packet's mark changes from 0x${effect.from.toString(16)} to 0x${effect.to.toString(16)}.`;
  }
}
