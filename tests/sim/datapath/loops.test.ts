// Circles: of routes, of cables, of tunnels. Every packet comes to an end, and its trace says why. (Chains in a circle are
// refused when they are loaded: tests/sim/linux/badSpec.test.ts.)

import { describe, expect, it } from 'vitest';
import { probe } from '../../../src/sim/datapath/exchange.ts';
import type { Exchange } from '../../../src/sim/datapath/trace.ts';
import { buildWorld, type HostSpec, type KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../../src/sim/net/address.ts';

function ping(spec: KernelSpec, to: string): Exchange {
  const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
  return probe(
    { world, programs: new Map(), seed: 1, now: 0 },
    { from: 'a', to: ip(to), protocol: 'icmp', port: 0, requestBytes: 9, timeoutMs: 4000 },
  );
}

/** How the packets of an exchange ended, each way once. */
const endsOf = ({ traces }: Exchange): readonly string[] => [
  ...new Set(traces.map(({ disposition, dropReason }) => `${disposition} ${dropReason ?? ''}`.trim())),
];

const station = (name: string, address: string, more: Partial<HostSpec> = {}): HostSpec => ({
  name,
  interfaces: [{ name: 'eth0', addresses: [address] }],
  ...more,
});

const bridge = (name: string, ports: readonly string[], hairpin = false): HostSpec => ({
  name,
  interfaces: [{ name: 'br0', type: 'bridge' }, ...ports.map(port => ({ name: port, master: 'br0', hairpin }))],
});

const TWO = [station('a', '10.0.0.1/24'), station('b', '10.0.0.2/24')];

const router = (name: string, address: string, gateway: string): HostSpec =>
  station(name, address, { routes: [`default via ${gateway}`], sysctl: { 'net.ipv4.ip_forward': 1 } });

describe('a circle of routes', () => {
  it('uses the time to live up, and the sender is told', () => {
    const exchange = ping(
      {
        name: 'routes',
        hosts: [
          station('a', '10.0.0.1/24', { routes: ['default via 10.0.0.2'] }),
          router('b', '10.0.0.2/24', '10.0.0.3'),
          router('c', '10.0.0.3/24', '10.0.0.2'),
          bridge('s', ['a', 'b', 'c']),
        ],
        links: ['a', 'b', 'c'].map(name => [`${name}/eth0`, `s/${name}`] as const),
      },
      '192.0.2.9',
    );
    expect(exchange.verdict).toBe('ttl-exceeded');
    const request = exchange.traces.find(({ role }) => role === 'request');
    expect(request).toMatchObject({ disposition: 'UNREACHABLE', dropReason: 'IP_INHDR' });
    // 64 routers, a cable and the switch before each, and the sender.
    expect(request?.hops.filter(({ netns }) => netns === 'b' || netns === 'c')).toHaveLength(64);
  });
});

describe('a circle of cables', () => {
  const rows: readonly (readonly [what: string, spec: Omit<KernelSpec, 'name'>])[] = [
    [
      'two cables between two bridges',
      {
        hosts: [...TWO, bridge('s1', ['a', 'x', 'y']), bridge('s2', ['b', 'x', 'y'])],
        links: [
          ['a/eth0', 's1/a'],
          ['b/eth0', 's2/b'],
          ['s1/x', 's2/x'],
          ['s1/y', 's2/y'],
        ],
      },
    ],
    [
      'a cable from a bridge to itself',
      {
        hosts: [...TWO, bridge('s1', ['a', 'b', 'x', 'y'])],
        links: [
          ['a/eth0', 's1/a'],
          ['b/eth0', 's1/b'],
          ['s1/x', 's1/y'],
        ],
      },
    ],
    [
      'hairpin mode at both ends of a cable',
      {
        hosts: [...TWO, bridge('s1', ['a', 'x'], true), bridge('s2', ['b', 'x'], true)],
        links: [
          ['a/eth0', 's1/a'],
          ['b/eth0', 's2/b'],
          ['s1/x', 's2/x'],
        ],
      },
    ],
  ];
  it.each(rows)('%s: what comes back to a bridge ends there', (_, spec) => {
    const exchange = ping({ name: 'cables', ...spec }, '10.0.0.2');
    expect(endsOf(exchange)).toContain('LOOPED LAB_BRIDGE_LOOP');
    expect(exchange.traces.length).toBeLessThan(60);
  });

  it('of nine bridges, each wired to each: ends all the same', () => {
    const names = Array.from({ length: 9 }, (_, i) => `s${i}`);
    const portsOf = (own: string): readonly string[] => names.filter(name => name !== own);
    const exchange = ping(
      {
        name: 'mesh',
        hosts: [...TWO, ...names.map((name, i) => bridge(name, [...portsOf(name), ...(i < 2 ? ['host'] : [])]))],
        links: [
          ['a/eth0', 's0/host'],
          ['b/eth0', 's1/host'],
          ...names.flatMap((from, i) => names.slice(i + 1).map(to => [`${from}/${to}`, `${to}/${from}`] as const)),
        ],
      },
      '10.0.0.2',
    );
    expect(endsOf(exchange)).toContain('LOOPED LAB_TOO_MANY_STEPS');
  });
});
