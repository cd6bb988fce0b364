// Words of the trace panel.

import type { ExchangeSummary, HopView, LayerView, StepView, TraceView } from '../../sim/index.ts';
import type { IconName } from '../common/iconDrawings.tsx';
import type { Meaning } from '../common/Tag.tsx';

const SHORT_FIELDS: Readonly<Record<string, string>> = {
  source: '',
  destination: '→',
  'source port': '',
  'destination port': '→',
  message: '',
  type: '',
};

export const TRACE_WORDS = {
  moreHops: { left: 'Show earlier hops', right: 'Show later hops' },
  morePackets: { left: 'Show earlier packets', right: 'Show later packets' },
  /** Dots whose step is called like the one before it, or like a host. */
  dots: { in: 'in', out: 'out', bridge: 'switch', wait: 'wait' },
  title: 'Trace',
  empty: { title: 'No packet yet', text: 'Run a command that sends one.' },
  closed: { title: 'No journey is open', text: 'Choose one of the last journeys.' },
  gone: 'This journey is gone',
  loading: 'The journey is loading.',
  journeys: 'Last journeys',
  choose: 'Choose a journey',
  packets: 'Packets of this exchange',
  /** Without copies of flooded frames, which nobody wanted. */
  packetCount: (count: number) => (count === 1 ? '1 packet' : `${count} packets`),
  strip: {
    label: 'All packets, in the order of time',
    later: (time: string) => `${time} later`,
    /** In the words of tcpdump; the whole is said where it is pointed at. */
    arp: { request: 'who-has', reply: 'is-at' },
    fragment: 'fragment',
    lookup: (name: string) => `DNS ${name}`,
    asked: (to: string, protocol: string) => `${protocol.toUpperCase()} ${to}`,
  },
  timeline: 'Timeline of the journey',
  legs: { request: 'Request', reply: 'Reply' },
  transport: {
    label: 'Transport',
    start: 'To the start',
    back: 'Step back',
    play: 'Play',
    pause: 'Pause',
    step: 'Step',
    end: 'To the end',
    speed: 'Speed',
    deciding: 'Go to what decided',
    decidingKey: 'Go to what decided (d)',
  },
  noFurther: 'This is the last step',
  noEarlier: 'This is the first step',
  headers: {
    title: (host: string) => `Headers across ${host}`,
    form: 'Headers as',
    forms: { table: 'Table', layers: 'Layers' },
    scope: 'Headers before and after',
    scopes: { hop: 'This hop', step: 'This step' },
    field: 'Field',
    why: 'Why',
    /** A field of the packet around a tunnelled one. */
    outer: (field: string) => `Outer ${field}`,
    atThisStep: ', at this step',
    ends: ['Before', 'After'],
    made: 'As it is made',
    ended: 'As it ends',
    inAt: (device: string) => `In, at ${device}`,
    outAt: (device: string) => `Out, at ${device}`,
    more: (count: number) => (count === 1 ? '1 more field' : `${count} more fields`),
    noneChanges: 'none changes',
    fewer: 'Fewer fields',
    allFields: 'All fields',
  },
  layers: {
    label: (bytes: number) => `Layers of the packet, ${bytesText(bytes)}`,
    none: 'There is no packet here.',
    size: (bytes: number) => `${bytes} B`,
    change: { same: '', changed: 'changed', added: 'added' },
    /** Where there is little room: sources and destinations stand one under the other. */
    short: SHORT_FIELDS,
    grown: (bytes: number, names: string) => `+${bytesText(bytes)}: ${names} around it`,
    shrunk: (bytes: number, names: string) => `−${bytesText(bytes)}: ${names} taken off`,
    from: (at: number, to: number) => `bytes ${at} to ${to}`,
  },
  inspect: (name: string) => `Inspect ${name}`,
  tracking: {
    changes: {
      new: 'Connection tracking: new entry',
      confirmed: 'Connection tracking: entry in the table',
      updated: 'Connection tracking: entry moves on',
    },
    original: 'Original direction',
    reply: 'Replies come as',
    state: 'TCP state',
  },
  evidenceNone: 'Nothing is looked up at this step.',
  evidence: {
    form: 'Evidence as',
    forms: { table: 'Table', text: 'Text' },
    longestWins: 'longest matching prefix wins',
    state: (state: string) => `state ${state}`,
  },
  routes: {
    columns: ['Prefix', 'Via', 'Device'],
    fits: (destination: string) => `${destination}?`,
    none: 'The table has no routes.',
  },
  rules: {
    columns: ['Rule', 'Matches', 'Target', 'Why'],
    folded: (from: number, to: number) => `Rules ${from} to ${to}`,
    everyPacket: 'every packet',
    empty: 'empty',
    matches: (rule: number, all: number) => `rule ${rule} of ${all} matches`,
  },
  after: {
    label: (host: string) => `State of ${host}`,
    title: (host: string) => `State of ${host} after this step`,
    setsOff: 'It sets off',
    floodedCopy: ', a copy of a flooded frame',
  },
  end: {
    title: 'How it ends',
    setOffBy: 'Set off by',
    took: (client: string, duration: string) => `${client} is done after ${duration}.`,
    fate: (word: string, where: string, duration: string) => `${word}${where}, ${duration} on the way`,
    to: (host: string) => ` to ${host}`,
    at: (host: string) => ` at ${host}`,
    kernelName: 'drop reason',
  },
  /** What the client program makes of a packet that ended. */
  sees: {
    timeout: (client: string) => `${client} waits, then sees a timeout.`,
    refused: (client: string) => `${client} sees: connection refused.`,
    noRoute: (client: string) => `${client} sees: no route to host.`,
    unreachable: (client: string) => `${client} sees: destination host unreachable.`,
    ttl: (client: string) => `${client} sees: time to live exceeded.`,
  },
  bar: 'Trace, current step',
  /** What is around a packet in a tunnel. */
  tunnel: { udp: (port: string) => `UDP ${port}`, ip: 'IP in IP' },
  compact: { step: 'Step ', of: (number: number, all: number) => `${number} of ${all}` },
  at: (number: number, all: number, host: string, name: string) => `step ${number} of ${all}, ${host}, ${name}`,
  noHeader: 'none',
  groups: {
    first: 'First packet and its answer',
    again: 'Sent again',
    later: 'Later packets',
    pieces: 'Fragments',
    arp: 'ARP',
    copies: 'Copies of flooded frames',
  },
  fieldsChange: (count: number) =>
    count === 0 ? 'no field changes' : count === 1 ? '1 field changes' : `${count} fields change`,
  copy: 'Copy',
  copied: 'Copied',
  keep: {
    label: 'Take this journey along',
    copy: 'Copy as text',
    copied: 'The journey was copied as text.',
    notCopied: 'The browser did not allow copying.',
    all: 'Download capture, all interfaces',
    wireshark: 'A pcapng file, for Wireshark',
    at: (host: string, device: string) => `Download capture at ${host}, ${device}`,
    close: 'Close',
  },
} as const;

/** `124 bytes` */
export const bytesText = (bytes: number): string => (bytes === 1 ? '1 byte' : `${bytes} bytes`);

/** What a layer is called. */
export const layerName = (layer: LayerView['layer']): string => (layer === 'IP' ? 'IPv4' : layer);

/** `Step 8 of 46`, from 1. */
export const stepCount = (cursor: number, all: number): string => `Step ${cursor + 1} of ${all}`;

const BY_SHORT: Readonly<Record<string, string>> = {
  socket: 'socket',
  route: 'route lookup',
  neigh: 'neighbour lookup',
  ct: 'connection tracking',
  ttl: 'forwarding',
  arp: 'ARP',
  icmp: 'ICMP',
};

/** What a step is, in two or three words: `route lookup`, `nat rules`, `in by eth0`. */
export function stepName(step: StepView): string {
  const known = BY_SHORT[step.short];
  const name =
    known ??
    (step.action === 'TRANSLATED'
      ? 'address translation'
      : step.stage === 'linkReceive'
        ? `in by ${step.short}`
        : step.stage === 'linkTransmit'
          ? `out by ${step.short}`
          : step.stage === 'bridge'
            ? `bridge ${step.short}`
            : `${step.short} rules`);
  return step.meaning === 'drop' ? `${name}, ${step.action === 'REJECTED' ? 'rejected' : 'dropped'}` : name;
}

export const HOP_ICONS: Readonly<Record<HopView['kind'], IconName>> = {
  pod: 'pod',
  node: 'node',
  lan: 'bridge',
  router: 'router',
  outside: 'laptop',
};

/** The form in which the outcome of an exchange is shown. A lookup that was answered has no more: it may say "no such name". */
export function outcomeMeaning({ lessonVerdict, asked }: Pick<ExchangeSummary, 'lessonVerdict' | 'asked'>): Meaning {
  if (lessonVerdict === 'ok') return asked === undefined ? 'ok' : 'dns';
  const status = /^http:(\d+)$/.exec(lessonVerdict)?.[1];
  return status !== undefined && Number(status) < 400 ? 'ok' : 'drop';
}

/** `client → 10.244.2.2:8080 TCP` */
export const exchangeName = ({ from, to, protocol, asked }: ExchangeSummary): string =>
  `${from} → ${to} ${asked === undefined ? protocol.toUpperCase() : `DNS ${asked}`}`;

/** How a packet ended. */
export const FATE_WORDS = {
  notForHere: 'not for this host',
  refused: 'refused',
  delivered: 'delivered',
  dropped: 'dropped',
  unreachable: 'unreachable',
  looped: 'went in a circle',
} as const;

/** Why a packet ended, one sentence for each reason of the kernel or the lab. */
export const DROP_WORDS: Readonly<Record<NonNullable<TraceView['dropReason']>, string>> = {
  NO_SOCKET: 'Nothing listens on the port.',
  NETFILTER_DROP: 'A rule or a policy of netfilter stops it.',
  OTHERHOST: 'The frame is for another station.',
  IP_RPFILTER: 'The way back to its source leads out of another interface.',
  IP_OUTNOROUTES: 'The sender has no route to the destination.',
  IP_INNOROUTES: 'This host has no route to the destination, or it does not forward.',
  IP_INVALID_DEST: 'The destination address must not appear here.',
  IP_INVALID_SOURCE: 'The source address must not appear here.',
  NEIGH_FAILED: 'The next hop does not answer ARP.',
  IP_INHDR: 'The TTL is used up.',
  PKT_TOO_BIG: 'It is larger than the next link takes, and must not be fragmented.',
  DEV_READY: 'The interface is down or gone.',
  UNHANDLED_PROTO: 'Nothing here handles its protocol.',
  TCP_INVALID_SEQUENCE: 'It belongs to no connection here.',
  LAB_BRIDGE_LOOP: 'It came back to a bridge that it had crossed: cables in a circle.',
  LAB_BRIDGE_SAME_PORT: 'A bridge sends no frame back out of the port that it came in by.',
  LAB_BRIDGE_NO_PORT: 'The bridge has no other port to send it to.',
  VXLAN_NO_REMOTE: 'The tunnel has no forwarding entry for the destination.',
  VXLAN_VNI_NOT_FOUND: 'No tunnel here has the network identifier of the packet.',
  LOCAL_MAC: 'A tunnel gave back a frame of this host.',
  LAB_BLACKHOLE: 'A blackhole route swallows it.',
  LAB_UNWANTED: 'It is not for this host.',
  LAB_TOO_MANY_STEPS: 'It goes in a circle.',
};

/** `0.33 ms`, `5 s` */
export function durationText(ms: number): string {
  const rounded = Number(ms.toPrecision(3));
  return rounded >= 1000 ? `${rounded / 1000} s` : `${rounded} ms`;
}
