import { describe, expect, it } from 'vitest';
import {
  compileFib,
  DEFAULT_POLICY_RULES,
  lookupRoute,
  MAIN_TABLE,
  type Route,
  routeCandidates,
} from '../../../src/sim/linux/routes.ts';
import { ip, prefix } from '../../../src/sim/net/address.ts';

const route = (dst: string, change: Partial<Route> = {}): Route => ({
  table: MAIN_TABLE,
  type: 'unicast',
  dst: prefix(dst),
  dev: 'eth0',
  scope: 'global',
  metric: 0,
  protocol: 'boot',
  onlink: false,
  ...change,
});

const DEFAULT = route('0.0.0.0/0', { via: ip('192.168.10.1') });
const TO_NODE_2 = route('10.244.2.0/24', { via: ip('192.168.10.12') });
const OWN_PODS = route('10.244.1.0/24', { dev: 'cni0', scope: 'link' });

describe('route lookup', () => {
  const fib = compileFib([DEFAULT, OWN_PODS, TO_NODE_2], DEFAULT_POLICY_RULES);
  it.each([
    ['10.244.2.2', TO_NODE_2, 'the longest prefix wins'],
    ['10.244.1.9', OWN_PODS, 'a connected network is on its link'],
    ['203.0.113.80', DEFAULT, 'what nothing else fits goes by the default route'],
  ])('%s: %o (%s)', (dst, wanted) => {
    const found = lookupRoute(fib, { dst: ip(dst), mark: 0 });
    expect(found.kind === 'matched' && found.route).toBe(wanted);
  });

  it('of equal prefixes the lowest metric wins', () => {
    const worse = route('10.9.0.0/16', { metric: 100, dev: 'eth1' });
    const better = route('10.9.0.0/16', { metric: 50, dev: 'eth2' });
    const found = lookupRoute(compileFib([worse, better], DEFAULT_POLICY_RULES), { dst: ip('10.9.1.1'), mark: 0 });
    expect(found.kind === 'matched' && found.route).toBe(better);
  });

  it('no route is an answer of its own', () => {
    expect(lookupRoute(compileFib([TO_NODE_2], DEFAULT_POLICY_RULES), { dst: ip('8.8.8.8'), mark: 0 }).kind).toBe(
      'no-route',
    );
  });

  it('policy rules are asked in order, and one can send a source to a table of its own', () => {
    const special = route('0.0.0.0/0', { table: 100, dev: 'eth9' });
    const rules = [{ priority: 100, from: prefix('10.244.1.2/32'), table: 100 }, ...DEFAULT_POLICY_RULES];
    const tables = compileFib([DEFAULT, special], rules);
    const from = (src: string) => lookupRoute(tables, { dst: ip('203.0.113.80'), src: ip(src), mark: 0 });
    const [one, other] = [from('10.244.1.2'), from('10.244.1.3')];
    expect(one.kind === 'matched' && one.route).toBe(special);
    expect(other.kind === 'matched' && other.route).toBe(DEFAULT);
  });

  it('the answer tells what else would have fitted', () => {
    const found = lookupRoute(fib, { dst: ip('10.244.2.2'), mark: 0 });
    expect(routeCandidates(found, ip('10.244.2.2')).map(({ route: r, fit }) => [r.dst, fit])).toEqual([
      ['0.0.0.0/0', 'matches'],
      ['10.244.1.0/24', 'no'],
      ['10.244.2.0/24', 'wins'],
    ]);
  });
});
