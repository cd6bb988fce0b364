// The evidence of a step as tables: the routes that were candidates, the rules that were walked, the entries that were found.

import type { Effect, Step, StepDetail } from '../datapath/trace.ts';
import type { CtEntry } from '../linux/conntrack.ts';
import { secondsLeft } from '../linux/conntrack.ts';
import { type RouteLookup, routeCandidates } from '../linux/routes.ts';
import { type Ip, prefixBits } from '../net/address.ts';
import type { FlowKey } from '../net/flow.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { EvidenceView, TrackedFlow } from './exchange.ts';
import { formatConntrackEntry, formatRoute } from './linuxText.ts';
import { ruleEvidence } from './ruleEvidence.ts';

/** What a step shows beside its sentence; some steps have nothing more to show. */
export function evidenceOf(step: Step, host: string, now: VirtualMs): EvidenceView | undefined {
  const { detail } = step;
  switch (detail.kind) {
    case 'route':
      return routeEvidence(detail.lookup, detail.destination, host);
    case 'rules':
      return ruleEvidence(detail.asked, detail.context, detail.matched, detail.verdict);
    case 'conntrack':
      return detail.entry === undefined ? undefined : trackingEvidence(detail.entry, detail, host, now);
    case 'neighbor':
      return neighborEvidence(detail, host);
    case 'bridge':
      return bridgeEvidence(detail);
    case 'tunnel':
      return tunnelEvidence(detail, host);
    default:
      return undefined;
  }
}

function tunnelEvidence(detail: Extract<StepDetail, { kind: 'tunnel' }>, host: string): EvidenceView {
  return {
    kind: 'table',
    title: `Tunnel of ${host}`,
    columns: ['Device', 'Network identifier', 'Other end'],
    rows: [
      {
        cells: [
          detail.device || 'none',
          detail.vni === undefined ? 'none' : String(detail.vni),
          detail.remote ?? 'none',
        ],
        wins: detail.device !== '',
      },
    ],
  };
}

function routeEvidence(lookup: RouteLookup, destination: Ip, host: string): EvidenceView {
  const candidates = routeCandidates(lookup, destination);
  return {
    kind: 'routes',
    title: `Route table of ${host}`,
    destination,
    rows: candidates.map(({ route, fit }) => ({
      prefix: route.dst === '0.0.0.0/0' ? 'default' : route.dst,
      via: route.via ?? (route.type === 'unicast' ? '' : route.type),
      device: route.dev ?? '',
      fit,
      note: fit === 'no' ? 'no' : `${fit}, /${prefixBits(route.dst).length}`,
    })),
    text: candidates.map(({ route }) => formatRoute(route)).join('\n'),
  };
}

const flowText = (flow: FlowKey): string =>
  flow.protocol === 'tcp' || flow.protocol === 'udp'
    ? `${flow.src}:${flow.srcPort} to ${flow.dst}:${flow.dstPort}`
    : `${flow.src} to ${flow.dst}, id ${flow.srcPort}`;

function trackingEvidence(
  entry: CtEntry,
  detail: Extract<StepDetail, { kind: 'conntrack' }>,
  host: string,
  now: VirtualMs,
): EvidenceView {
  return {
    kind: 'conntrack',
    title: `Connection tracking of ${host}`,
    state: detail.state,
    rows: [
      { name: 'Original direction', value: flowText(entry.original) },
      { name: 'Replies come as', value: flowText(entry.reply) },
      { name: 'This packet', value: `${detail.state}, ${detail.direction} direction` },
      ...(entry.tcpState === undefined ? [] : [{ name: 'TCP state', value: entry.tcpState }]),
      { name: 'Kept for', value: `${secondsLeft(entry, now)} s more` },
    ],
    text: formatConntrackEntry(entry, now),
  };
}

const CHANGES = { 'conntrack-new': 'new', 'conntrack-confirmed': 'confirmed', 'conntrack-updated': 'updated' } as const;

/** The entry of connection tracking that an effect is about. */
export function trackedBy(effect: Effect): readonly TrackedFlow[] {
  if (!('entry' in effect)) return [];
  const { original, reply, tcpState } = effect.entry;
  return [
    {
      change: CHANGES[effect.kind],
      original: flowText(original),
      reply: flowText(reply),
      ...(tcpState !== undefined && { state: tcpState }),
    },
  ];
}

function neighborEvidence(detail: Extract<StepDetail, { kind: 'neighbor' }>, host: string): EvidenceView {
  const { entry, nextHop, device } = detail;
  return {
    kind: 'table',
    title: `Neighbour table of ${host}`,
    columns: ['Address', 'Device', 'MAC address', 'State'],
    rows: [
      { cells: [nextHop, device, entry?.mac ?? 'not known', entry?.state ?? 'none'], wins: entry?.mac !== undefined },
    ],
  };
}

function bridgeEvidence(detail: Extract<StepDetail, { kind: 'bridge' }>): EvidenceView {
  const how = {
    'own-address': 'its own address',
    entry: 'forwarding database',
    unknown: 'not known: flooded',
    broadcast: 'broadcast',
    'seen-before': 'has crossed this bridge before',
  } as const;
  return {
    kind: 'table',
    title: `Bridge ${detail.bridge}`,
    columns: ['In by', 'Destination MAC', 'Out by', 'Known from'],
    rows: [
      {
        cells: [detail.port ?? 'this host', detail.destination, detail.to.join(', ') || 'nowhere', how[detail.by]],
        wins: detail.to.length > 0,
      },
    ],
  };
}
