// Which captured packets belong to which probe, and what they say about it.
//
// A TCP probe is known by its initial sequence number, the others by a tag at the beginning of their payload:
// translation, tunnels and quotes in ICMP errors keep both.

import type { ProbeResult } from '../conformance/recording.ts';
import { innermost, type Packet } from './packets.ts';

/** A packet at an interface, by names. */
export interface Sighting {
  readonly host: string;
  readonly device: string;
  readonly way: '>' | '<';
  readonly packet: Packet;
  /** Since 1970. */
  readonly ms: number;
}

/** What a probe is recognized by. */
export interface ProbeMark {
  readonly proto: 'tcp' | 'udp' | 'icmp';
  readonly from: string;
  readonly tag: string;
  readonly localPort: number;
  /** When it was asked, and when the next one was, in milliseconds since 1970. */
  readonly askedMs: number;
  readonly untilMs: number;
  /** The client ports of all probes. */
  readonly claimed: ReadonlySet<number>;
}

/** The sightings of one probe, each place once for each kind of packet. */
export interface Legs {
  readonly forward: readonly Sighting[];
  readonly reverse: readonly Sighting[];
  readonly errors: readonly Sighting[];
}

/** How far sequence numbers of one short exchange reach. */
const WINDOW = 0x10000;

/** @param sightings all of a lab, in the order of time */
export function legsOf(mark: ProbeMark, sightings: readonly Sighting[]): Legs {
  const first = mark.proto === 'tcp' ? firstSequence(mark, sightings) : 0;
  const legs = { forward: [] as Sighting[], reverse: [] as Sighting[], errors: [] as Sighting[] };
  if (first === undefined) return legs;
  const seen = new Set<string>();
  for (const sighting of sightings) {
    const place = placement(mark, first, sighting.packet);
    if (place === undefined) continue;
    const isTunneled = innermost(sighting.packet) !== sighting.packet;
    const key = [place.leg, sighting.host, sighting.device, sighting.way, isTunneled, place.kind].join(' ');
    if (seen.has(key)) continue;
    seen.add(key);
    legs[place.leg].push(sighting);
  }
  return legs;
}

function firstSequence(mark: ProbeMark, sightings: readonly Sighting[]): number | undefined {
  const known = new Set<number>();
  let unnamed: number | undefined;
  let refused: number | undefined;
  for (const { host, way, packet, ms } of sightings) {
    if (host !== mark.from) continue;
    // A SYN that waited in vain for a neighbour's address is only seen in the error about it.
    const body = packet.body.kind === 'error' ? packet.body.quoted.body : packet.body;
    if (body.kind !== 'tcp') continue;
    // A SYN that the client's own rules refuse is only seen in the reset for it.
    if (body.flags.rst && body.flags.ack && body.dstPort === mark.localPort) refused ??= (body.ack - 1) >>> 0;
    if (!body.flags.syn || body.flags.ack) continue;
    if (body.srcPort === mark.localPort) return body.seq;
    // The client's own kernel may give it another port before it is seen: then it is the new one of its time.
    const isNew = !known.has(body.seq);
    known.add(body.seq);
    if (isNew && !mark.claimed.has(body.srcPort) && way === '>' && ms >= mark.askedMs && ms < mark.untilMs)
      unnamed ??= body.seq;
  }
  return refused ?? unnamed;
}

interface Placement {
  readonly leg: keyof Legs;
  /** Packets of different kinds are followed each on its own. */
  readonly kind: string;
}

function placement(mark: ProbeMark, first: number, outer: Packet): Placement | undefined {
  const packet = innermost(outer);
  const { body } = packet;
  if (body.kind === 'error') {
    if (!isQuoted(mark, first, body.quoted)) return undefined;
    return { leg: 'errors', kind: `${packet.src} ${body.type} ${body.code}` };
  }
  if (mark.proto === 'tcp' && body.kind === 'tcp') return tcpPlacement(first, packet, body);
  if (mark.proto === 'udp' && body.kind === 'udp' && startsWith(body.payload, mark.tag))
    return body.payload.includes('{"name"') ? { leg: 'reverse', kind: packet.src } : { leg: 'forward', kind: '' };
  if (mark.proto === 'icmp' && body.kind === 'echo' && isEchoOf(body.payload, mark.tag))
    return body.type === 8 ? { leg: 'forward', kind: '' } : { leg: 'reverse', kind: packet.src };
  return undefined;
}

/** Followed are SYNs, first answers to them, and resets of the server. */
function tcpPlacement(
  first: number,
  packet: Packet,
  body: Extract<Packet['body'], { readonly kind: 'tcp' }>,
): Placement | undefined {
  const { seq, ack, flags, payloadBytes } = body;
  if (flags.syn && !flags.ack) return seq === first ? { leg: 'forward', kind: '' } : undefined;
  const answers = flags.ack && (ack - 1 - first) >>> 0 < WINDOW;
  if (!answers || (seq - first) >>> 0 < WINDOW) return undefined;
  if (flags.syn) return { leg: 'reverse', kind: `${packet.src} SYN-ACK` };
  return flags.rst && payloadBytes === 0 ? { leg: 'reverse', kind: `${packet.src} RST` } : undefined;
}

function isQuoted(mark: ProbeMark, first: number, { body }: Packet): boolean {
  if (mark.proto === 'tcp') return body.kind === 'tcp' && (body.seq - first) >>> 0 < WINDOW;
  if (mark.proto === 'udp')
    return body.kind === 'udp' && body.vxlan === undefined && startsWith(body.payload, mark.tag);
  return body.kind === 'echo' && isEchoOf(body.payload, mark.tag);
}

/** ping(8) writes its time over the beginning of a large pattern. */
const isEchoOf = (payload: Buffer, tag: string): boolean => payload.subarray(0, 64).toString('latin1').includes(tag);

const startsWith = (payload: Buffer, tag: string): boolean =>
  payload.subarray(0, tag.length).toString('latin1') === tag;

/** Interface crossings, each with what changed since the last: the form of the recordings. */
export function pathOf(sightings: readonly Sighting[], clientPort: number, towardsServer: boolean): readonly string[] {
  let last: Readonly<Record<'src' | 'dst' | 'ttl', string>> | undefined;
  return sightings.map(({ host, device, way, packet: outer }) => {
    const notes: string[] = [];
    const packet = innermost(outer);
    if (outer.body.kind === 'udp' && outer.body.vxlan === undefined && outer.fragment !== 'whole') notes.push('frag');
    if (outer.body.kind === 'udp' && outer.body.vxlan !== undefined) {
      const { vni } = outer.body.vxlan;
      notes.push(`vxlan${vni}[${outer.src}>${outer.dst} ttl${outer.ttl}${outer.df ? ' DF' : ''} len${outer.length}]`);
    }
    if (packet.body.kind === 'error') notes.push(`icmp${packet.body.type}/${packet.body.code}`);
    const now = {
      src: `${packet.src}${portText(packet, 'srcPort', clientPort, towardsServer)}`,
      dst: `${packet.dst}${portText(packet, 'dstPort', clientPort, !towardsServer)}`,
      ttl: String(packet.ttl),
    };
    if (last === undefined) notes.push(`${now.src}>${now.dst} ttl${now.ttl}`);
    else for (const key of ['src', 'dst', 'ttl'] as const) if (last[key] !== now[key]) notes.push(`${key}=${now[key]}`);
    last = now;
    return [`${host}/${device}${way}`, ...notes].join(' ');
  });
}

function portText({ body }: Packet, end: 'srcPort' | 'dstPort', clientPort: number, isClientSide: boolean): string {
  if (body.kind !== 'tcp' && body.kind !== 'udp') return '';
  const port = body[end];
  return `:${isClientSide ? (port === clientPort ? 'C' : 'R') : port}`;
}

/** What a client's namespace was told of an error, as it came in. */
export function receivedError({ errors }: Legs, client: string): ProbeResult['icmp'] {
  for (const { host, device, way, packet } of errors) {
    const { body } = packet;
    if (host !== client || way !== '<' || body.kind !== 'error') continue;
    if ((body.type === 3 && body.code !== 4) || body.type === 11)
      return { from: packet.src, type: body.type, code: body.code, if: device };
  }
  return undefined;
}
