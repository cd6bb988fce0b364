// Random rules of the model's vocabulary, only such that iptables takes, and none that chance decides.

import fc from 'fast-check';
import type { AddressChoice } from './labChoices.ts';

/** Where a rule stands. `USER` is a chain of its own that FORWARD may jump to. */
export type Place =
  | { readonly table: 'raw'; readonly chain: 'PREROUTING' | 'OUTPUT' }
  | { readonly table: 'mangle'; readonly chain: 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING' }
  | { readonly table: 'nat'; readonly chain: 'PREROUTING' | 'INPUT' | 'OUTPUT' | 'POSTROUTING' }
  | { readonly table: 'filter'; readonly chain: 'INPUT' | 'FORWARD' | 'OUTPUT' | 'USER' };

export type MatchChoice =
  | { readonly kind: 'source' | 'destination'; readonly of: RangeChoice; readonly not: Not }
  | {
      readonly kind: 'device';
      readonly name: 'eth0' | 'bridge' | 'ports';
      readonly way: 'in' | 'out';
      readonly not: Not;
    }
  | { readonly kind: 'protocol'; readonly protocol: 'tcp' | 'udp' | 'icmp'; readonly port: 8080 | 80 | undefined }
  | { readonly kind: 'state'; readonly states: string; readonly not: Not }
  | { readonly kind: 'mark'; readonly not: Not }
  | { readonly kind: 'type'; readonly side: 'src' | 'dst'; readonly type: string; readonly not: Not }
  | { readonly kind: 'set'; readonly side: 'src' | 'dst' | 'src,src' | 'dst,dst'; readonly not: Not }
  | { readonly kind: 'ports'; readonly protocol: 'tcp' | 'udp'; readonly list: string; readonly not: Not }
  | { readonly kind: 'icmp'; readonly type: string; readonly not: Not }
  | { readonly kind: 'range'; readonly side: 'src' | 'dst'; readonly not: Not }
  | { readonly kind: 'direction'; readonly way: 'ORIGINAL' | 'REPLY' }
  | { readonly kind: 'connmark'; readonly not: Not }
  | { readonly kind: 'mac'; readonly of: AddressChoice; readonly not: Not }
  | { readonly kind: 'physical'; readonly end: 'in' | 'out' | 'bridged'; readonly of: AddressChoice; readonly not: Not }
  | {
      readonly kind: 'recent';
      readonly action: 'set' | 'rcheck' | 'update' | 'remove';
      readonly side: 'source' | 'dest';
      readonly not: Not;
    };

type Not = '' | '! ';

/** A single address, or all Pods of its node, or of all nodes. */
export interface RangeChoice {
  readonly address: AddressChoice;
  readonly width: 'one' | 'node' | 'all';
}

/** What it does; what its place does not allow becomes another (see ruleText.ts). */
export type ActionChoice =
  | { readonly kind: 'accept' | 'drop' | 'mark' | 'unmark' | 'return' | 'jump' | 'goto' | 'notrack' | 'none' | 'log' }
  | { readonly kind: 'reject'; readonly with: string }
  | { readonly kind: 'translate'; readonly to: AddressChoice; readonly port: 8080 | 80 | undefined }
  | { readonly kind: 'redirect'; readonly port: 8080 | undefined }
  | { readonly kind: 'connmark'; readonly what: 'set' | 'save' | 'restore' }
  | { readonly kind: 'masquerade' };

export interface RuleChoice {
  readonly place: Place;
  readonly matches: readonly MatchChoice[];
  readonly action: ActionChoice;
  readonly end: 'first' | 'last';
}

const pick = <const Value>(...values: readonly Value[]): fc.Arbitrary<Value> => fc.constantFrom(...values);

const place: fc.Arbitrary<Place> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ table: fc.constant('raw' as const), chain: pick('PREROUTING', 'OUTPUT') }) },
  {
    weight: 2,
    arbitrary: fc.record({
      table: fc.constant('mangle' as const),
      chain: pick('PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      table: fc.constant('nat' as const),
      chain: pick('PREROUTING', 'OUTPUT', 'POSTROUTING', 'POSTROUTING', 'INPUT'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      table: fc.constant('filter' as const),
      chain: pick('FORWARD', 'FORWARD', 'INPUT', 'OUTPUT', 'USER'),
    }),
  },
);

export function ruleChoice(address: fc.Arbitrary<AddressChoice>): fc.Arbitrary<RuleChoice> {
  const not = pick('', '', '! ');
  const match: fc.Arbitrary<MatchChoice> = fc.oneof(
    fc.record({
      kind: pick('source', 'destination'),
      of: fc.record({ address, width: pick('one', 'one', 'node', 'all') }),
      not,
    }),
    fc.record({
      kind: fc.constant('device' as const),
      name: pick('eth0', 'bridge', 'ports'),
      way: pick('in', 'out'),
      not,
    }),
    fc.record({
      kind: fc.constant('protocol' as const),
      protocol: pick('tcp', 'udp', 'icmp'),
      port: pick(undefined, 8080, 80),
    }),
    fc.record({
      kind: fc.constant('state' as const),
      states: pick('NEW', 'RELATED,ESTABLISHED', 'INVALID', 'DNAT', 'SNAT', 'UNTRACKED', 'RELATED'),
      not,
    }),
    fc.record({ kind: fc.constant('mark' as const), not }),
    fc.record({
      kind: fc.constant('type' as const),
      side: pick('src', 'dst'),
      type: pick('LOCAL', 'LOCAL', 'UNICAST', 'BROADCAST', 'BLACKHOLE', 'UNREACHABLE', 'PROHIBIT'),
      not,
    }),
    fc.record({ kind: fc.constant('set' as const), side: pick('src', 'dst', 'src,src', 'dst,dst'), not }),
    fc.record({
      kind: fc.constant('ports' as const),
      protocol: pick('tcp', 'udp'),
      list: pick('--dports 80,8080', '--sports 8080', '--ports 9000:9999,80'),
      not,
    }),
    fc.record({
      kind: fc.constant('icmp' as const),
      type: pick('8', '0', '3', '3/3', '11', 'any'),
      not,
    }),
    fc.record({ kind: fc.constant('range' as const), side: pick('src', 'dst'), not }),
    fc.record({ kind: fc.constant('direction' as const), way: pick('ORIGINAL', 'REPLY') }),
    fc.record({ kind: fc.constant('connmark' as const), not }),
    fc.record({ kind: fc.constant('mac' as const), of: address, not }),
    fc.record({ kind: fc.constant('physical' as const), end: pick('in', 'out', 'bridged'), of: address, not }),
    fc.record({
      kind: fc.constant('recent' as const),
      action: pick('set', 'rcheck', 'update', 'remove'),
      side: pick('source', 'dest'),
      not,
    }),
  );
  const action: fc.Arbitrary<ActionChoice> = fc.oneof(
    fc.record({
      kind: pick('accept', 'drop', 'drop', 'mark', 'unmark', 'return', 'jump', 'goto', 'notrack', 'none', 'log'),
    }),
    fc.record({ kind: fc.constant('redirect' as const), port: pick(undefined, 8080) }),
    fc.record({ kind: fc.constant('connmark' as const), what: pick('set', 'save', 'restore') }),
    fc.record({
      kind: fc.constant('reject' as const),
      with: pick(
        'icmp-port-unreachable',
        'icmp-host-unreachable',
        'icmp-net-unreachable',
        'icmp-proto-unreachable',
        'icmp-net-prohibited',
        'icmp-host-prohibited',
        'icmp-admin-prohibited',
        'tcp-reset',
      ),
    }),
    fc.record({ kind: fc.constant('translate' as const), to: address, port: pick(undefined, 8080, 80) }),
    fc.record({ kind: fc.constant('masquerade' as const) }),
  );
  return fc.record({ place, matches: fc.array(match, { maxLength: 3 }), action, end: pick('first', 'last') });
}
