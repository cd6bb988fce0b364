// The files of a kernel recording: a spec (a cluster as plain Linux state, and probes) and its truth (what the real
// kernel did with each probe).

import type { KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';

/** One question of a spec. */
export interface Probe {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly port?: number;
  readonly proto?: 'tcp' | 'udp' | 'icmp';
  /** Seconds until the client gives up. */
  readonly timeout?: number;
  /** How often it is asked; what chance decides is compared as a set. */
  readonly repeat?: number;
  /** `sticky`: chance picks a backend once and keeps it. */
  readonly choice?: string;
  /** `10.244.1.2:4000`: the client's own address and port. */
  readonly bind?: string;
  /** Bytes that the client and the server say. */
  readonly up?: number;
  readonly down?: number;
  /** IP_MTU_DISCOVER: 0 never sets DF, 1 as routes say, 2 always, 3 always without looking at known path MTUs. */
  readonly df?: number;
  readonly ttl?: number;
}

export interface RecordedSpec extends KernelSpec {
  /** The probes are some of many: their hosts had talked to each other before, so neighbours are known. */
  readonly warm?: boolean;
  readonly probes: readonly Probe[];
  readonly steps?: readonly RecordedStep[];
}

/** A change made while the cluster runs, and the probes after it. */
export interface RecordedStep {
  readonly change?: readonly {
    readonly host: string;
    readonly argv: readonly string[];
    readonly stdin?: string;
    readonly check?: boolean;
  }[];
  /** Seconds. */
  readonly sleep?: number;
  readonly probes?: readonly Probe[];
}

/** What became of one probe: measured, or predicted. */
export interface ProbeResult {
  readonly id: string;
  readonly choice?: string;
  readonly verdict: string;
  readonly backend?: string;
  readonly src_seen?: string;
  readonly ttl_at_backend?: number;
  readonly ttl_of_reply?: number;
  readonly icmp?: { readonly from: string; readonly type: number; readonly code: number; readonly if: string };
  readonly path: readonly string[];
  readonly reply_path?: readonly string[];
  readonly icmp_path?: readonly string[];
  /** Of repeated probes: how often which. */
  readonly verdicts?: Readonly<Record<string, number>>;
  readonly backends?: Readonly<Record<string, number>>;
  readonly by_backend?: Readonly<Record<string, readonly string[]>>;
}

export interface ResultDocument {
  readonly name: string;
  readonly results: readonly ProbeResult[];
}
