// What is drawn for a random lab: its shape, what is broken in it, its rules, and its questions.

import fc from 'fast-check';
import { type RuleChoice, ruleChoice } from './ruleChoices.ts';

/**
 * How Pods reach each other.
 * - `host-gw`: a bridge on each node, routes to the other nodes' Pods by their addresses.
 * - `vxlan`: a bridge on each node, a tunnel between nodes.
 * - `flat`: a bridge on each node, all bridges joined by a tunnel that floods and learns.
 * - `routed`: no bridge; a route to each Pod's cable, and the node answers ARP in every name.
 */
export type Layout = 'host-gw' | 'vxlan' | 'flat' | 'routed';

/** Something that is not as it should be. Numbers choose among what there is, by remainder. */
export type Fault =
  | { readonly kind: 'pod-link-down'; readonly node: number; readonly pod: number; readonly end: 'node' | 'pod' }
  | { readonly kind: 'uplink-down'; readonly node: number; readonly end: 'node' | 'switch' }
  | { readonly kind: 'bridge-down'; readonly node: number }
  | { readonly kind: 'no-pod-default'; readonly node: number; readonly pod: number }
  | { readonly kind: 'no-node-default'; readonly node: number }
  | { readonly kind: 'no-route'; readonly node: number; readonly other: number }
  | { readonly kind: 'no-pod-route'; readonly node: number; readonly pod: number }
  | { readonly kind: 'no-forwarding-entry'; readonly node: number; readonly other: number }
  | { readonly kind: 'wrong-forwarding-entry'; readonly node: number; readonly other: number }
  | { readonly kind: 'no-neighbor'; readonly node: number; readonly other: number }
  | { readonly kind: 'wrong-vni'; readonly node: number }
  | { readonly kind: 'ip-forward-off'; readonly node: number }
  | { readonly kind: 'rp-filter'; readonly node: number; readonly value: 0 | 1 | 2 }
  | { readonly kind: 'bad-route'; readonly node: number; readonly to: AddressChoice; readonly type: BadRoute }
  | { readonly kind: 'small-tunnel-mtu'; readonly node: number }
  | {
      readonly kind: 'small-mtu';
      readonly node: number;
      readonly pod: number;
      /** Which end of which cable takes less. */
      readonly end: 'pod' | 'port' | 'uplink' | 'switch';
      readonly mtu: 1280 | 1400;
    }
  | {
      readonly kind: 'wrong-neighbor';
      readonly node: number;
      readonly other: number;
      readonly mac: 'of-another' | 'of-nobody';
    }
  | {
      readonly kind: 'policy';
      readonly node: number;
      readonly which: PolicyChoice;
      readonly table: 'default' | BadRoute;
    };

/** Whose packets look into a table of their own. */
export type PolicyChoice = 'from-pods' | 'to-pods' | 'marked' | 'from-network';

export type BadRoute = 'blackhole' | 'unreachable' | 'prohibit' | 'throw';

/** An address of the lab. */
export type AddressChoice =
  | { readonly kind: 'pod' | 'node' | 'gateway'; readonly node: number; readonly pod: number }
  | { readonly kind: 'service' | 'nobody' | 'outside' | 'ext' | 'own'; readonly node: number; readonly pod: number };

export interface ServiceChoice {
  readonly backend: AddressChoice;
  readonly port: 8080 | 9999;
  /** Which flows to it get the node's address. */
  readonly masquerade: 'none' | 'all' | 'outside' | 'hairpin';
}

export interface ProbeChoice {
  readonly from: { readonly kind: 'pod' | 'node' | 'ext'; readonly node: number; readonly pod: number };
  readonly to: AddressChoice;
  readonly proto: 'tcp' | 'udp' | 'icmp';
  readonly port: 8080 | 80 | 9999;
  /** Of datagrams and pings; absent: the usual one. */
  readonly ttl: 1 | 2 | 3 | undefined;
  /** Bytes of the question, and of the answer; absent: a few. */
  readonly up: number | undefined;
  readonly down: number | undefined;
  /** Of pings: IP_MTU_DISCOVER. */
  readonly df: 0 | 2 | undefined;
}

export interface LabChoices {
  readonly layout: Layout;
  /** Pods of each node. */
  readonly pods: readonly number[];
  readonly nfCall: 0 | 1;
  readonly hairpin: 'on' | 'off';
  readonly routerForwards: 'yes' | 'no';
  readonly natOutgoing: 'yes' | 'no';
  readonly services: readonly ServiceChoice[];
  readonly faults: readonly Fault[];
  readonly rules: readonly { readonly node: number; readonly rule: RuleChoice }[];
  readonly probes: readonly ProbeChoice[];
}

const at = fc.nat({ max: 2 });
const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

export const addressChoice: fc.Arbitrary<AddressChoice> = fc.record({
  kind: fc.oneof(
    { weight: 5, arbitrary: fc.constant('pod' as const) },
    { weight: 4, arbitrary: fc.constant('service' as const) },
    { weight: 3, arbitrary: pick('node', 'gateway', 'own') },
    { weight: 2, arbitrary: pick('nobody', 'outside', 'ext') },
  ),
  node: at,
  pod: at,
});

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constant('pod-link-down' as const), node: at, pod: at, end: pick('node', 'pod') }),
  fc.record({ kind: fc.constant('uplink-down' as const), node: at, end: pick('node', 'switch') }),
  fc.record({ kind: fc.constant('bridge-down' as const), node: at }),
  fc.record({ kind: pick('no-pod-default', 'no-pod-route'), node: at, pod: at }),
  fc.record({ kind: pick('no-node-default', 'ip-forward-off', 'wrong-vni', 'small-tunnel-mtu'), node: at }),
  fc.record({
    kind: pick('no-route', 'no-forwarding-entry', 'wrong-forwarding-entry', 'no-neighbor'),
    node: at,
    other: at,
  }),
  fc.record({ kind: fc.constant('rp-filter' as const), node: at, value: pick(0, 1, 2) }),
  fc.record({
    kind: fc.constant('wrong-neighbor' as const),
    node: at,
    other: at,
    mac: pick('of-another', 'of-nobody'),
  }),
  fc.record({
    kind: fc.constant('small-mtu' as const),
    node: at,
    pod: at,
    end: pick('pod', 'port', 'uplink', 'switch'),
    mtu: pick(1280, 1400),
  }),
  fc.record({
    kind: fc.constant('policy' as const),
    node: at,
    which: pick('from-pods', 'to-pods', 'marked', 'from-network'),
    table: pick('default', 'blackhole', 'unreachable', 'prohibit', 'throw'),
  }),
  fc.record({
    kind: fc.constant('bad-route' as const),
    node: at,
    to: addressChoice,
    type: pick('blackhole', 'unreachable', 'prohibit', 'throw'),
  }),
);

const probe: fc.Arbitrary<ProbeChoice> = fc.record({
  from: fc.record({ kind: pick('pod', 'pod', 'pod', 'node', 'ext'), node: at, pod: at }),
  to: addressChoice,
  proto: pick('tcp', 'tcp', 'udp', 'icmp'),
  port: pick(8080, 80, 80, 9999),
  ttl: pick(undefined, undefined, undefined, undefined, 1, 2, 3),
  up: fc.oneof(
    { weight: 4, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: pick(1300, 1410, 1460, 3000) },
  ),
  down: pick(undefined, undefined, 1300, 1410, 1460, 3000),
  df: pick(undefined, undefined, 0, 2),
});

export const labChoices: fc.Arbitrary<LabChoices> = fc.record({
  layout: pick('host-gw', 'vxlan', 'flat', 'routed'),
  pods: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
  nfCall: pick(1, 1, 0),
  hairpin: pick('on', 'off'),
  routerForwards: pick('yes', 'no'),
  natOutgoing: pick('yes', 'no'),
  services: fc.array(
    fc.record({
      backend: addressChoice,
      port: pick(8080, 8080, 9999),
      masquerade: pick('none', 'all', 'outside', 'hairpin'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  faults: fc.array(fault, { maxLength: 3 }),
  rules: fc.array(fc.record({ node: at, rule: ruleChoice(addressChoice) }), { maxLength: 6 }),
  probes: fc.array(probe, { minLength: 8, maxLength: 16 }),
});
