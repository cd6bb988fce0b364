// Tunnels and stacked interfaces, in small literal worlds: who reaches whom, and what is on the wire.

import { describe, expect, it } from 'vitest';
import { send } from '../../../src/sim/datapath/exchange.ts';
import { firstOfRole, type Question, stepsOf } from '../../../src/sim/datapath/trace.ts';
import { buildWorld, type HostSpec, type KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../../src/sim/net/address.ts';

const answer = () => ({ bytes: 160 });

function asker(spec: KernelSpec): (from: string, to: string, change?: Partial<Question>) => ReturnType<typeof send> {
  const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
  return (from, to, change = {}) =>
    send(
      { world, programs: new Map([['answer', answer]]), seed: 1, now: 0 },
      { from, to: ip(to), protocol: 'tcp', port: 8080, requestBytes: 9, timeoutMs: 5000, ...change },
    );
}

const SERVER = [{ proto: 'tcp', port: 8080 }] as const;

/** Two routers on one cable, each with one host behind it. */
const routed = (left: Partial<HostSpec>, right: Partial<HostSpec>, cableMtu = 1500): KernelSpec => ({
  name: 'routed',
  hosts: [
    {
      name: 'a',
      interfaces: [{ name: 'eth0', addresses: ['10.1.0.2/24'] }],
      routes: ['default via 10.1.0.1'],
    },
    {
      name: 'n1',
      sysctl: { 'net.ipv4.ip_forward': 1 },
      ...left,
      interfaces: [
        { name: 'eth0', addresses: ['172.18.0.2/24'], mtu: cableMtu },
        { name: 'veth0', addresses: ['10.1.0.1/24'] },
        ...(left.interfaces ?? []),
      ],
    },
    {
      name: 'n2',
      sysctl: { 'net.ipv4.ip_forward': 1 },
      ...right,
      interfaces: [
        { name: 'eth0', addresses: ['172.18.0.3/24'], mtu: cableMtu },
        { name: 'veth0', addresses: ['10.2.0.1/24'] },
        ...(right.interfaces ?? []),
      ],
    },
    {
      name: 'b',
      interfaces: [{ name: 'eth0', addresses: ['10.2.0.2/24'] }],
      routes: ['default via 10.2.0.1'],
      listeners: SERVER,
    },
  ],
  links: [
    ['n1/eth0', 'n2/eth0'],
    ['n1/veth0', 'a/eth0'],
    ['n2/veth0', 'b/eth0'],
  ],
});

describe('an ipip device', () => {
  const tunnel = (local: string): HostSpec['interfaces'] => [
    { name: 'tunl0', type: 'ipip', local, addresses: [`10.9.0.${local.at(-1)}/32`] },
  ];
  const spec = routed(
    {
      interfaces: [...(tunnel('172.18.0.2') ?? [])],
      routes: [{ dst: '10.2.0.0/24', via: '172.18.0.3', dev: 'tunl0', onlink: true }],
    },
    {
      interfaces: [...(tunnel('172.18.0.3') ?? [])],
      routes: [{ dst: '10.1.0.0/24', via: '172.18.0.2', dev: 'tunl0', onlink: true }],
    },
  );

  it('carries packets to the next hop of the route, which stay as they are inside', () => {
    const exchange = asker(spec)('a', '10.2.0.2');
    expect(exchange.verdict).toBe('ok');
    expect(exchange.sourceSeen?.address).toBe('10.1.0.2');
    const request = firstOfRole(exchange, 'request');
    const wire = request && stepsOf(request).find(step => step.netns === 'n2' && step.stage === 'linkReceive');
    expect(wire?.after.payload).toMatchObject({
      src: '172.18.0.2',
      dst: '172.18.0.3',
      body: { kind: 'ipip', inner: { src: '10.1.0.2', dst: '10.2.0.2', ttl: 63 } },
    });
  });

  it('is answered with "protocol unreachable" where no tunnel takes it', () => {
    const closed = routed(
      {
        interfaces: [...(tunnel('172.18.0.2') ?? [])],
        routes: [{ dst: '10.2.0.0/24', via: '172.18.0.3', dev: 'tunl0', onlink: true }],
      },
      { routes: [{ dst: '10.1.0.0/24', via: '172.18.0.2' }] },
    );
    const exchange = asker(closed)('a', '10.2.0.2');
    expect(exchange.verdict).toBe('timeout');
    expect(firstOfRole(exchange, 'request')?.dropReason).toBe('UNHANDLED_PROTO');
  });
});

describe('a cable with a small MTU between two routers', () => {
  const small = routed(
    { routes: [{ dst: '10.2.0.0/24', via: '172.18.0.3' }] },
    { routes: [{ dst: '10.1.0.0/24', via: '172.18.0.2' }] },
    1400,
  );

  it('is told to the sender, whose segments get smaller', () => {
    const ask = asker(small);
    const exchange = ask('a', '10.2.0.2', { requestBytes: 5000 });
    expect(exchange.verdict).toBe('ok');
    const error = firstOfRole(exchange, 'icmp-error');
    expect(error?.label).toBe('ICMP fragmentation needed (mtu 1400)');
    // The way is known now: no second error.
    expect(firstOfRole(ask('a', '10.2.0.2', { requestBytes: 5000 }), 'icmp-error')).toBeUndefined();
  });

  it.each([
    ['want', 'emsgsize'],
    ['dont', 'timeout'],
    ['do', 'emsgsize'],
  ] as const)('ends a datagram of 1472 bytes with %s as %s where nobody listens to UDP', (fragmentation, verdict) => {
    const exchange = asker(small)('a', '10.2.0.2', { protocol: 'udp', port: 9, requestBytes: 1472, fragmentation });
    const expected = fragmentation === 'dont' ? 'rejected' : verdict;
    expect(exchange.verdict).toBe(expected);
  });
});

describe('macvlan devices on one interface', () => {
  const ask = asker({
    name: 'macvlans',
    hosts: [
      {
        name: 'sw',
        interfaces: [
          { name: 'br0', type: 'bridge' },
          { name: 'p1', master: 'br0' },
          { name: 'p2', master: 'br0' },
        ],
      },
      { name: 'n1', interfaces: [{ name: 'eth0', addresses: ['10.0.0.1/24'] }], listeners: SERVER },
      { name: 'n2', interfaces: [{ name: 'eth0', addresses: ['10.0.0.2/24'] }], listeners: SERVER },
      { name: 'x', interfaces: [{ name: 'eth0', addresses: ['10.0.0.11/24'] }], listeners: SERVER },
      { name: 'y', interfaces: [{ name: 'eth0', addresses: ['10.0.0.12/24'] }], listeners: SERVER },
    ],
    links: [
      ['sw/p1', 'n1/eth0'],
      ['sw/p2', 'n2/eth0'],
    ],
    macvlans: [
      ['n1/eth0', 'x/eth0'],
      ['n1/eth0', 'y/eth0'],
    ],
  });

  it.each([
    ['reach each other without the wire', 'x', '10.0.0.12', 'ok'],
    ['reach another machine', 'x', '10.0.0.2', 'ok'],
    ['are reached from another machine', 'n2', '10.0.0.11', 'ok'],
    ['do not reach their own machine', 'x', '10.0.0.1', 'unreachable'],
    ['are not reached by their own machine', 'n1', '10.0.0.11', 'unreachable'],
  ])('%s', (_, from, to, verdict) => {
    expect(ask(from, to).verdict).toBe(verdict);
  });
});
