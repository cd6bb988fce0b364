// A journey as the page shows it: the trace with its evidence spelled out and a sentence for each step. Plain data.

import type { Disposition, DropReason, Role, StageName, StepAction, Verdict } from '../datapath/trace.ts';
import type { ProbeOutcome } from '../recorded/probe.ts';
import type { ElementId } from './elements.ts';

/** The words of lessons for how an exchange ended. */
export type LessonVerdict =
  | 'ok'
  | 'refused'
  | 'no-route'
  | 'not-permitted'
  | 'timeout'
  | 'stall'
  | 'too-big'
  | 'dns-fail'
  | `http:${number}`;

/** One line in a list of journeys. */
export interface ExchangeSummary {
  readonly id: string;
  /** Names of the two ends as they were asked for: `client`, `10.96.40.10:80`. */
  readonly from: string;
  readonly fromElement: ElementId;
  readonly to: string;
  /** The name that a DNS question asks for. */
  readonly asked?: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly verdict: Verdict;
  readonly lessonVerdict: LessonVerdict;
  /** `ok · answered by web-2`, `refused · node-1 rejected it` */
  readonly outcome: string;
  /** The element that answered, or where the packet ended. */
  readonly endedAt?: ElementId;
  /** It was a probe of a recorded cluster: which, and whether the real kernel did the same. */
  readonly probe?: ProbeOutcome;
  /** Virtual time at which it began. */
  readonly at: number;
  readonly elapsedMs: number;
}

export interface ExchangeView extends ExchangeSummary {
  /** The journey in one sentence: what was rewritten, routed and who answered. */
  readonly summary: string;
  /** The step that decided how it ended or where it went, counted from 0 in its trace; absent: no packet set out. */
  readonly decidedBy?: { readonly trace: number; readonly step: number };
  /** In the order in which the packets set out. `request` and `reply` are the first of their role. */
  readonly traces: readonly TraceView[];
}

export interface TraceView {
  readonly id: number;
  readonly role: Role;
  readonly label: string;
  /** Towards the server, or back. */
  readonly leg: 'forward' | 'return';
  readonly startedMs: number;
  readonly endedMs: number;
  readonly disposition: Disposition;
  readonly dropReason?: DropReason;
  readonly cause?: { readonly trace: number; readonly step: number };
  readonly hops: readonly HopView[];
  /** The forms that the packet had on its way, link layer first; steps name them by their place in this list. */
  readonly forms: readonly (readonly LayerView[])[];
}

export interface HopView {
  /** The Pod, node, router ... whose namespace this is. */
  readonly element: ElementId;
  readonly kind: 'pod' | 'node' | 'lan' | 'router' | 'outside';
  /** `client`, `node-1`, `LAN`. */
  readonly name: string;
  readonly steps: readonly StepView[];
  /** The headers as the packet came in (or was made) and as it left (or ended): what this namespace did to it. */
  readonly headers: readonly HeaderRow[];
  /** The interfaces of the two: `veth4f1c09d2`, `eth0`; absent where the packet was made or ended. */
  readonly inAt?: string;
  readonly outAt?: string;
}

/** The colour and form in which a step is drawn. */
export type StepMeaning = 'plain' | 'nat' | 'encap' | 'drop' | 'ok' | 'pending';

export interface StepView {
  readonly stage: StageName;
  readonly action: StepAction;
  /** The label of its dot: `route`, `nat`, `veth`, `neigh`. */
  readonly short: string;
  /** The interface that it happened at. */
  readonly element?: ElementId;
  readonly device?: string;
  readonly meaning: StepMeaning;
  /** "node-1 routes the packet." and what decided, then what follows. */
  readonly lead: string;
  readonly rest: string;
  readonly headers: readonly HeaderRow[];
  /** The packet's form before and after: indices into `forms` of its trace. */
  readonly formBefore: number;
  readonly formAfter: number;
  readonly evidence?: EvidenceView;
  /** What the step changed beyond the packet, a sentence each. */
  readonly effects: readonly string[];
  /** The entries of connection tracking that it made or changed. */
  readonly tracked: readonly TrackedFlow[];
  /** This step decided how the journey ended or where it went: jump here. */
  readonly decides: boolean;
}

/** An entry of connection tracking, both ways. */
export interface TrackedFlow {
  /**
   * - `new`: prepared, not yet in the table.
   * - `confirmed`: now in the table.
   * - `updated`: its state moved on.
   */
  readonly change: 'new' | 'confirmed' | 'updated';
  /** `10.244.1.2:50123 to 10.96.1.1:80` */
  readonly original: string;
  /** How replies come; with a translation not just the original turned round. */
  readonly reply: string;
  /** Of TCP: `SYN_SENT`. */
  readonly state?: string;
}

export type LayerName =
  | 'Ethernet'
  | 'ARP'
  | 'IP'
  | 'TCP'
  | 'UDP'
  | 'ICMP'
  | 'VXLAN'
  | 'HTTP'
  | 'DNS'
  /** Bytes without a meaning of their own. */
  | 'data';

export interface LayerField {
  readonly field: string;
  readonly value: string;
  /** Fields shown at once; the rest folds to "6 more fields". */
  readonly main: boolean;
}

/** One protocol's part of a packet, in bytes from the packet's first one. Each layer lies within the one before it. */
export interface LayerView {
  readonly layer: LayerName;
  readonly at: number;
  /** Bytes of its header; of a message or data all that there are. */
  readonly header: number;
  /** The byte after its last one. */
  readonly end: number;
  /** `packet`: it carries a whole packet, as a tunnel or an ICMP error does. */
  readonly inside: 'packet' | 'plain';
  readonly fields: readonly LayerField[];
}

/** One header field, link layer first. Absent values: the header does not exist (yet). */
export interface HeaderRow {
  readonly layer: LayerName;
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
  readonly changed: boolean;
  /** Why it changed, or that it did not: `routed once`, `no NAT`. */
  readonly note?: string;
  /** Fields shown at once; the rest folds to "6 more fields". */
  readonly main: boolean;
  /** Only where a packet enters or leaves a tunnel: of the packet around, or of the one that it carries. */
  readonly side?: 'outer' | 'inner';
}

export type EvidenceView =
  | {
      readonly kind: 'routes';
      readonly title: string;
      readonly destination: string;
      readonly rows: readonly {
        readonly prefix: string;
        readonly via: string;
        readonly device: string;
        readonly fit: 'wins' | 'matches' | 'no';
        /** `wins, /24`, `matches, /0`, `no` */
        readonly note: string;
      }[];
      /** As `ip route` prints it. */
      readonly text: string;
    }
  | {
      readonly kind: 'rules';
      readonly title: string;
      readonly table: string;
      readonly hook: string;
      readonly chains: readonly ChainView[];
      /** `DNAT to 10.244.2.2:8080`, `policy ACCEPT`. */
      readonly verdict: string;
    }
  | {
      readonly kind: 'conntrack';
      readonly title: string;
      readonly state: string;
      readonly rows: readonly { readonly name: string; readonly value: string }[];
      /** As `conntrack -L` prints it. */
      readonly text: string;
    }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly { readonly cells: readonly string[]; readonly wins: boolean }[];
      readonly text?: string;
    };

export interface ChainView {
  readonly name: string;
  /** `default/web, 3 endpoints`: what the chain stands for, from its rules' comments. */
  readonly note: string;
  readonly rows: readonly RuleRow[];
}

export interface RuleRow {
  readonly number: number;
  /** The conditions, without the target: `-d 10.96.40.10/32 tcp dport 80`. */
  readonly matches: string;
  /** `KUBE-SVC-...`, `DNAT to 10.244.2.2:8080`. */
  readonly target: string;
  /**
   * - `decides`: this rule ended the table.
   * - `jump`: it matched, and the walk went on in its chain.
   * - `passes`: it matched and did its part (a mark, a return); the walk went on.
   * - `no`: it did not match.
   * - `not-reached`: the walk ended before it.
   */
  readonly outcome: 'decides' | 'jump' | 'passes' | 'no' | 'not-reached';
  /** Why: `no: a Pod sent it`, `not drawn`. */
  readonly why: string;
  /** The line as `iptables-save` or `nft list` prints it. */
  readonly text: string;
  /** How many rules this row stands for: a long run that did not match is one row. */
  readonly count: number;
}
