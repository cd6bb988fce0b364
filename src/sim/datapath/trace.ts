// The words of a journey: what one packet went through, step by step, and what a client made of it all.
//
//   Exchange            what a client program experienced
//     Trace             the journey of one packet (each copy of a flooded frame is one of its own)
//       Hop             the part of it in one network namespace
//         Step          one stage acted: what was decided, by what, and the packet before and after
//
// The words are data and know no engine, so that pages, checks and tests can depend on them alone.

import type { CtDirection, CtEntry, CtState } from '../linux/conntrack.ts';
import type { Neighbor } from '../linux/neighbors.ts';
import type { LinkFacts } from '../linux/netDevice.ts';
import type { TableVerdict } from '../linux/netfilter/evaluate.ts';
import type { HookContext } from '../linux/netfilter/matches.ts';
import type { AskedChain, MatchedRule } from '../linux/netfilter/ruleTable.ts';
import type { Hook } from '../linux/netfilter/types.ts';
import type { RouteLookup } from '../linux/routes.ts';
import type { Listener } from '../linux/sockets.ts';
import type { Ip } from '../net/address.ts';
import type { FlowKey } from '../net/flow.ts';
import type { Mac } from '../net/mac.ts';
import type { AppMessage, Frame } from '../net/packet.ts';

/** Microseconds since the exchange began. */
export type ElapsedUs = number;

/** A stage of the data path; the order in which they follow each other is in order.ts. */
export type StageName =
  | 'socketSend'
  | 'routeOutput'
  | 'output'
  | 'linkReceive'
  | 'bridge'
  | 'prerouting'
  | 'routeInput'
  | 'input'
  | 'forward'
  | 'postrouting'
  | 'neighbor'
  | 'linkTransmit'
  | 'socketReceive'
  | 'arp'
  /** A packet goes into a tunnel, or comes out of it. */
  | 'tunnel'
  /** A packet is cut into fragments, or put together from them. */
  | 'fragments'
  | 'icmp';

/** What the stage did, as a past participle. */
export type StepAction =
  | 'SENT'
  | 'RECEIVED'
  | 'TRANSMITTED'
  | 'SWITCHED'
  | 'FLOODED'
  | 'PASSED_UP'
  | 'TRACKED'
  | 'TRANSLATED'
  | 'PERMITTED'
  | 'ROUTED'
  | 'FORWARDED'
  | 'RESOLVED'
  | 'QUEUED'
  | 'DELIVERED'
  | 'ANSWERED'
  | 'REJECTED'
  | 'FRAGMENTED'
  | 'REASSEMBLED'
  | 'ENCAPSULATED'
  | 'DECAPSULATED'
  | 'DROPPED';

/** The final fate of one packet. */
export type Disposition =
  /** A socket, or the kernel itself, took it. */
  | 'ACCEPTED'
  /** It ended here without a word to its sender. */
  | 'DROPPED'
  /** A rule refused it and answered its sender. */
  | 'REJECTED'
  /** A kernel had no way for it and told its sender by ICMP. */
  | 'UNREACHABLE'
  /** It went in a circle until a limit stopped it. */
  | 'LOOPED';

/**
 * Why a packet ended. The kernel's own names (include/net/dropreason-core.h) where it has one; `LAB_` for ours.
 */
export type DropReason =
  /** Nobody listens on the port. */
  | 'NO_SOCKET'
  /** A netfilter rule or policy said so. */
  | 'NETFILTER_DROP'
  /** The frame is for another station. */
  | 'OTHERHOST'
  /** The reverse path to the source leads elsewhere. */
  | 'IP_RPFILTER'
  /** A local packet has no route. */
  | 'IP_OUTNOROUTES'
  /** A packet that came in has no route, or this host does not forward. */
  | 'IP_INNOROUTES'
  /** The destination address must not appear here. */
  | 'IP_INVALID_DEST'
  /** The source address must not appear here. */
  | 'IP_INVALID_SOURCE'
  /** The neighbour did not answer. */
  | 'NEIGH_FAILED'
  /** The time to live ran out. */
  | 'IP_INHDR'
  /** Larger than the next link takes, and must not be fragmented. */
  | 'PKT_TOO_BIG'
  /** The device is down or gone. */
  | 'DEV_READY'
  /** The frame's protocol has no handler. */
  | 'UNHANDLED_PROTO'
  /** A segment for a connection that does not exist. */
  | 'TCP_INVALID_SEQUENCE'
  /** A bridge sends no frame back out of the port that it came in by, unless the port is in hairpin mode. */
  | 'LAB_BRIDGE_SAME_PORT'
  /** A bridge had no other port to flood to. */
  | 'LAB_BRIDGE_NO_PORT'
  /** A frame came back to a bridge that has sent it on before: cables in a circle. */
  | 'LAB_BRIDGE_LOOP'
  /** A VXLAN device knows no tunnel end for the destination. */
  | 'VXLAN_NO_REMOTE'
  /** No VXLAN device here has the network identifier of the packet. */
  | 'VXLAN_VNI_NOT_FOUND'
  /** A tunnel gave back a frame of this very device. */
  | 'LOCAL_MAC'
  /** A blackhole route swallowed it. */
  | 'LAB_BLACKHOLE'
  /** A program took the datagram and had nothing to say, or the message was for nobody here. */
  | 'LAB_UNWANTED'
  /** It crossed so many stages that it must be going in a circle. */
  | 'LAB_TOO_MANY_STEPS';

/** A translation of addresses that a step applied. */
export interface Translation {
  readonly kind: 'dnat' | 'snat';
  readonly from: { readonly address: Ip; readonly port: number };
  readonly to: { readonly address: Ip; readonly port: number };
}

/** What a step knows beyond before and after: the evidence for what was decided. */
export type StepDetail =
  /** A program sent something. */
  | { readonly kind: 'socket-send'; readonly purpose: string; readonly flow: FlowKey }
  /** A program, or the kernel for it, took the packet or had nobody to give it to. */
  | {
      readonly kind: 'socket-receive';
      readonly flow: FlowKey;
      readonly listener: Listener | undefined;
      readonly message: AppMessage | undefined;
    }
  /** A packet crossed an interface. */
  | LinkFacts
  /** A bridge looked where the destination MAC is. */
  | {
      readonly kind: 'bridge';
      readonly bridge: string;
      /** The port that the frame came in by; none for a frame of this host. */
      readonly port: string | undefined;
      readonly destination: Mac;
      /** Where the frame goes; several when flooded; the bridge itself when its own stack takes it. */
      readonly to: readonly string[];
      /** How it knew: an own address, a learned or written entry, or nothing; or that it has sent this frame on before. */
      readonly by: 'own-address' | 'entry' | 'unknown' | 'broadcast' | 'seen-before';
    }
  /** A packet of so many bytes was cut for this MTU, or put together; none: it must not be cut. */
  | { readonly kind: 'fragments'; readonly count: number; readonly mtu: number; readonly bytes: number }
  /** A frame was put into a tunnel, or taken out. */
  | {
      readonly kind: 'tunnel';
      readonly device: string;
      /** Of a VXLAN tunnel: the network identifier. */
      readonly vni?: number;
      /** The other end of the tunnel; none when the forwarding database has no answer. */
      readonly remote: Ip | undefined;
    }
  /** Connection tracking looked the packet up. */
  | {
      readonly kind: 'conntrack';
      readonly hook: Hook;
      readonly state: CtState;
      readonly direction: CtDirection;
      readonly entry: CtEntry | undefined;
      readonly translation: Translation | undefined;
    }
  /** A table's base chain was walked. The context lets every rule be judged again for showing. */
  | {
      readonly kind: 'rules';
      readonly hook: Hook;
      readonly asked: AskedChain;
      readonly context: HookContext;
      readonly matched: readonly MatchedRule[];
      readonly verdict: TableVerdict;
      readonly translation: Translation | undefined;
    }
  /** A route was looked up. */
  | {
      readonly kind: 'route';
      readonly purpose: 'output' | 'input' | 'reroute' | 'bridged-dnat';
      readonly destination: Ip;
      readonly lookup: RouteLookup;
      /** Where the packet goes next. */
      readonly outcome: 'local' | 'forward' | 'output' | 'none';
      readonly reverse: RouteLookup | undefined;
    }
  /** The next hop's MAC address was looked up. */
  | { readonly kind: 'neighbor'; readonly device: string; readonly nextHop: Ip; readonly entry: Neighbor | undefined }
  /** The time to live, or the size, was checked. */
  | { readonly kind: 'forward'; readonly outDevice: string; readonly mtu: number; readonly bytes: number }
  /** The kernel made an ICMP message or an ARP answer. */
  | { readonly kind: 'generated'; readonly what: string };

/** What a step changed beyond the packet. */
export type Effect =
  | { readonly kind: 'learned-mac'; readonly bridge: string; readonly mac: Mac; readonly port: string }
  | { readonly kind: 'learned-neighbor'; readonly device: string; readonly address: Ip; readonly mac: Mac }
  | { readonly kind: 'neighbor-failed'; readonly device: string; readonly address: Ip }
  | { readonly kind: 'conntrack-new'; readonly entry: CtEntry }
  | { readonly kind: 'conntrack-confirmed'; readonly entry: CtEntry }
  | { readonly kind: 'conntrack-updated'; readonly entry: CtEntry }
  | { readonly kind: 'mark'; readonly from: number; readonly to: number }
  | { readonly kind: 'learned-path-mtu'; readonly destination: Ip; readonly mtu: number };

export interface Step {
  readonly stage: StageName;
  readonly action: StepAction;
  /** The interface that it happened at, where there is one. */
  readonly device: string | undefined;
  readonly detail: StepDetail;
  readonly before: Frame;
  readonly after: Frame;
  readonly effects: readonly Effect[];
}

export interface Hop {
  readonly netns: string;
  /** When the packet came in, or was made. */
  readonly enteredUs: ElapsedUs;
  readonly steps: readonly Step[];
}

/** What part a packet plays in the exchange. */
export type Role =
  | 'arp-request'
  | 'arp-reply'
  /** The client's first packet: a SYN, a datagram, an echo request. */
  | 'request'
  /** The first answer to it. */
  | 'reply'
  /** A later packet of the client: acknowledgement, data, close. */
  | 'client'
  /** A later packet of the server. */
  | 'server'
  /** A copy of a flooded frame that nobody wanted. */
  | 'copy'
  | 'retransmission'
  /** A later piece of a packet that was cut. */
  | 'fragment'
  | 'icmp-error'
  | 'reset';

/** The trace and the step that gave rise to another. */
export interface TraceCause {
  readonly trace: number;
  readonly step: number;
}

/** The walk went on with a packet: at its beginning, and each time that it had waited. */
export interface Turn {
  /** The trace's first step in this turn; steps are counted over all hops. */
  readonly step: number;
  readonly us: ElapsedUs;
  /** The turns of all packets of an exchange follow each other in this order. */
  readonly order: number;
}

/** The journey of one packet. */
export interface Trace {
  readonly id: number;
  readonly role: Role;
  /** A short name for the packet: `SYN`, `GET /`, `ARP who-has 10.244.1.1`. */
  readonly label: string;
  readonly cause?: TraceCause | undefined;
  readonly startedUs: ElapsedUs;
  readonly endedUs: ElapsedUs;
  /** When each part of it happened, together with the times of its hops. */
  readonly turns: readonly Turn[];
  readonly hops: readonly Hop[];
  readonly disposition: Disposition;
  readonly dropReason?: DropReason | undefined;
}

/** What a client program experienced. The kernel's side of each is in architecture.md, section 4. */
export type Verdict =
  | 'ok'
  | 'refused'
  | 'rejected'
  | 'unreachable'
  | 'unreachable-local'
  /** The client's own rules ended a datagram or an echo request: sendto() failed. */
  | 'eperm'
  | 'timeout'
  | 'stalled'
  | 'emsgsize'
  | 'ttl-exceeded'
  | 'reset'
  | 'dns-fail'
  | 'http';

/** The error number that the client's system call returned. */
export type Errno =
  | 'ECONNREFUSED'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  | 'EACCES'
  | 'ETIMEDOUT'
  | 'EPERM'
  | 'EMSGSIZE'
  | 'EINVAL'
  | 'ECONNRESET'
  | 'EPROTO';

/** The ICMP error that decided an exchange, as the client received it. */
export interface ReceivedIcmp {
  readonly from: Ip;
  readonly type: number;
  readonly code: number;
  /** Of "fragmentation needed": what fits, in bytes. */
  readonly mtu?: number;
  readonly device: string;
}

/** What a client asks of the network. */
export interface Question {
  /** The namespace that the client runs in. */
  readonly from: string;
  readonly to: Ip;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port: number;
  /** What the client says once it is connected; absent: it connects and closes. */
  readonly message?: AppMessage | undefined;
  readonly requestBytes: number;
  /** Gives up after this time in all. */
  readonly timeoutMs: number;
  /** Gives up if not connected after this time. */
  readonly connectTimeoutMs?: number;
  /** The client closes its connection as soon as it has the answer; absent: it leaves that to the server. */
  readonly afterAnswer?: 'closes' | undefined;
  readonly ttl?: number;
  /**
   * What the client asks of its kernel (IP_MTU_DISCOVER). TCP never fragments.
   * - `want`: not fragmented if it fits what is known of the way (the default).
   * - `do`: never fragmented; too large for what is known of the way is an error at once.
   * - `probe`: never fragmented; only the device's own limit counts.
   * - `dont`: may be fragmented anywhere.
   */
  readonly fragmentation?: 'want' | 'do' | 'probe' | 'dont' | undefined;
  /** Every ICMP error ends a datagram's wait (IP_RECVERR), as traceroute asks; else "port unreachable" alone does. */
  readonly hears?: 'every-error';
  /** The client's own address or port, when it binds one. */
  readonly bind?: { readonly address?: Ip; readonly port?: number };
  /**
   * The socket of an echo request is not connected, as that of ping(8): if there is a way for a connected one, it is looked
   * up again without the source address that the first look gave.
   */
  readonly socket?: 'unconnected';
  /** Identifier (absent: a new one) and sequence number of an echo request, and what follows while nothing comes back. */
  readonly echo?: { readonly id?: number; readonly seq: number; readonly more?: MoreEchoes };
  /** Tells repeated questions apart where chance decides. */
  readonly attempt?: number | undefined;
}

/** Further echo requests, one an interval, as long as one that was sent has no answer. */
export interface MoreEchoes {
  readonly count: number;
  readonly intervalMs: number;
}

/** What came back for one echo request. */
export interface EchoAnswer {
  readonly seq: number;
  readonly sentUs: ElapsedUs;
  readonly atUs: ElapsedUs;
  readonly answer:
    | { readonly kind: 'reply'; readonly from: Ip; readonly ttl: number }
    | { readonly kind: 'error'; readonly icmp: ReceivedIcmp };
}

export interface Exchange {
  readonly question: Question;
  readonly traces: readonly Trace[];
  readonly verdict: Verdict;
  readonly errno?: Errno;
  /**
   * Why the client's own kernel did not let the first packet leave after it had a route. Who sends datagrams is told
   * so; TCP takes it as a loss and tries again.
   */
  readonly sendError?: Errno;
  readonly icmp?: ReceivedIcmp;
  /** The namespace whose listener answered, and the address it was reached at. */
  readonly backend?: {
    readonly netns: string;
    readonly address: Ip;
    readonly port: number;
    readonly listener?: Listener;
  };
  /** The client's address as the backend saw it. */
  readonly sourceSeen?: { readonly address: Ip; readonly port: number };
  /** The client's own address and port. */
  readonly client?: { readonly address: Ip; readonly port: number };
  /** What the server said. */
  readonly response?: AppMessage;
  readonly responseBytes: number;
  /** TTL of the first reply as it arrived. */
  readonly replyTtl?: number;
  /** Of echo requests: how many were sent, and what came back, in the order of its arrival. */
  readonly echoes?: { readonly sent: number; readonly answers: readonly EchoAnswer[] };
  /** What the client's own kernel said that fits, in bytes: its packet was larger. */
  readonly localMtu?: number;
  /** When the connection stood, and when all was over, since the beginning. */
  readonly connectedUs?: ElapsedUs;
  readonly elapsedUs: ElapsedUs;
}

export function firstOfRole(exchange: Exchange, role: Role): Trace | undefined {
  return exchange.traces.find(trace => trace.role === role);
}

/** All steps of a trace, one after the other, with the namespace that each happened in. */
export function stepsOf(trace: Trace): readonly (Step & { readonly netns: string })[] {
  return trace.hops.flatMap(hop => hop.steps.map(step => ({ ...step, netns: hop.netns })));
}
