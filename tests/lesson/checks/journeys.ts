// Small literal journeys for tests of checks, in the world of the lessons: client (10.244.1.2, node-1) and web
// (10.244.2.2, node-2) over host-gw; laptop outside.

import type { LabFacts, SeenJourney } from '../../../src/lesson/checkContext.ts';
import type {
  ElementId,
  ExchangeSummary,
  ExchangeView,
  HeaderRow,
  HopView,
  LabElement,
  StepView,
  TraceView,
} from '../../../src/sim/index.ts';

export const CLIENT = 'pod/default/client';
export const WEB = 'pod/default/web';
export const WEB_B = 'pod/default/web-b';
export const LAPTOP = 'outside/laptop';

function row(layer: HeaderRow['layer'], field: string, before: string, after = before): HeaderRow {
  return { layer, field, before, after, changed: before !== after, main: true };
}

/** A step at a device; `headers` beside a time to live. */
export function step(
  owner: ElementId,
  device: string,
  more: Partial<Pick<StepView, 'stage' | 'action' | 'short' | 'headers'>> & { readonly ttl?: number } = {},
): StepView {
  const { ttl, ...rest } = more;
  return {
    stage: 'linkReceive',
    action: 'RECEIVED',
    short: device,
    element: `${owner}#${device}`,
    device,
    meaning: 'plain',
    lead: '',
    rest: '',
    headers: ttl === undefined ? [] : [row('IP', 'TTL', String(ttl))],
    formBefore: 0,
    formAfter: 0,
    effects: [],
    tracked: [],
    decides: false,
    ...rest,
  };
}

/** A step that rewrites the source or the destination. */
export function rewrite(owner: ElementId, of: 'source' | 'destination', from: string, to: string): StepView {
  const [fromAddress = '', fromPort = ''] = from.split(':');
  const [toAddress = '', toPort = ''] = to.split(':');
  const headers = [row('IP', of, fromAddress, toAddress), row('TCP', `${of} port`, fromPort, toPort)];
  return step(owner, 'eth0', { stage: 'prerouting', action: 'TRANSLATED', headers });
}

export function hop(element: ElementId, ...steps: readonly StepView[]): HopView {
  const kind = element.startsWith('pod/') ? 'pod' : element.startsWith('node/') ? 'node' : 'outside';
  return { element, kind, name: element.split('/').at(-1) ?? element, steps, headers: [] };
}

export function trace(role: TraceView['role'], hops: readonly HopView[], more: Partial<TraceView> = {}): TraceView {
  const leg = role === 'reply' || role === 'server' ? 'return' : 'forward';
  return { id: 1, role, label: '', leg, startedMs: 0, endedMs: 1, disposition: 'ACCEPTED', hops, forms: [[]], ...more };
}

const REQUEST = trace('request', [
  hop(CLIENT, step(CLIENT, 'eth0', { ttl: 64 })),
  hop(
    'node/node-1',
    step('node/node-1', 'veth1', { ttl: 64 }),
    step('node/node-1', 'veth1', { stage: 'bridge', short: 'cni0', ttl: 64 }),
    step('node/node-1', 'eth0', { ttl: 63 }),
  ),
  hop('lan/lan', step('lan/lan', 'node-1')),
  hop('node/node-2', step('node/node-2', 'eth0', { ttl: 63 }), step('node/node-2', 'cni0', { ttl: 62 })),
  hop(WEB, step(WEB, 'eth0', { ttl: 62 })),
]);
const REPLY = trace('reply', [hop(WEB), hop('node/node-2'), hop('lan/lan'), hop('node/node-1'), hop(CLIENT)]);
const ARP = trace('arp-request', [hop('lan/lan'), hop('node/cp')]);

interface Told {
  readonly from?: ElementId;
  readonly address?: string;
  readonly port?: number;
  readonly to?: string;
  readonly verdict?: ExchangeSummary['lessonVerdict'];
  readonly protocol?: ExchangeSummary['protocol'];
  readonly endedAt?: ElementId;
  readonly sourceSeen?: string;
  readonly body?: string;
  readonly traces?: readonly TraceView[];
  readonly sequence?: number;
}

/** client asks web and gets its page, unless told otherwise. */
export function journey(told: Told = {}): SeenJourney {
  const { from = CLIENT, address = '10.244.2.2', port = 8080, verdict = 'ok', traces = [ARP, REQUEST, REPLY] } = told;
  const summary: ExchangeSummary = {
    id: 'exchange-1',
    from: from.split('/').at(-1) ?? from,
    fromElement: from,
    to: told.to ?? `${address}:${port}`,
    protocol: told.protocol ?? 'tcp',
    verdict: verdict === 'refused' || verdict === 'timeout' ? verdict : 'ok',
    lessonVerdict: verdict,
    outcome: '',
    endedAt: told.endedAt ?? WEB,
    at: 0,
    elapsedMs: 1,
  };
  const view: ExchangeView = { ...summary, summary: '', traces };
  return {
    sequence: told.sequence ?? 1,
    summary,
    destination: { address, port },
    ...(verdict === 'ok' && {
      sourceSeen: told.sourceSeen ?? '10.244.1.2',
      body: told.body ?? 'pod=web client=10.244.1.2\n',
    }),
    view: () => view,
  };
}

/** laptop's packet ends at the router. */
export function swallowed(sequence = 1): SeenJourney {
  const traces = [
    trace('request', [hop(LAPTOP), hop('router/router', step('router/router', 'wan'))], {
      disposition: 'DROPPED',
      dropReason: 'LAB_BLACKHOLE',
    }),
  ];
  return journey({ from: LAPTOP, verdict: 'timeout', endedAt: 'router/router', traces, sequence });
}

function pod(name: string, node: string, address: string): LabElement {
  return {
    kind: 'pod',
    id: `pod/default/${name}`,
    namespace: 'default',
    name,
    node,
    address,
    status: 'Running',
    ready: true,
    terminating: false,
    labels: {},
    containers: [],
    hostNetwork: false,
    interfaces: [],
  };
}

const ELEMENTS: readonly LabElement[] = [
  pod('client', 'node-1', '10.244.1.2'),
  pod('web', 'node-2', '10.244.2.2'),
  pod('web-b', 'node-2', '10.244.2.3'),
  { kind: 'outside', id: LAPTOP, name: 'laptop', address: '198.51.100.79', mtu: 1500, interfaces: [] },
];

/** Facts of a lab in which nothing happened, with what a test tells. */
export function facts(told: Partial<LabFacts> = {}): LabFacts {
  return {
    element: id => ELEMENTS.find(element => element.id === id),
    request: () => ({ status: 404, headers: {}, body: { kind: 'Status' } }),
    probe: () => ({ kind: 'not-sent', because: 'nobody answers in this test' }),
    journeys: () => [],
    commands: () => [],
    ...told,
  };
}
