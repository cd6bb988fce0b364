// Which chains of a hook are asked, and in which order. Facts measured on Linux 6.18: rules with counters in a network
// namespace, one packet, and which of them counted.

import { describe, expect, it } from 'vitest';
import { send } from '../../../../src/sim/datapath/exchange.ts';
import type { Exchange } from '../../../../src/sim/datapath/trace.ts';
import { buildWorld, type KernelSpec } from '../../../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../../../src/sim/net/address.ts';

interface Rules {
  readonly nft: string;
  readonly iptables?: string;
}

/** A client asks 10.0.2.2:80 behind a router with these rules; the server listens on the ports 1001 to 1009. */
function ask({ nft, iptables }: Rules): Exchange {
  const spec: KernelSpec = {
    name: 'order',
    hosts: [
      { name: 'client', interfaces: [{ name: 'eth0', addresses: ['10.0.1.2/24'] }], routes: ['default via 10.0.1.1'] },
      {
        name: 'router',
        sysctl: { 'net.ipv4.ip_forward': 1 },
        interfaces: [
          { name: 'a', addresses: ['10.0.1.1/24'] },
          { name: 'b', addresses: ['10.0.2.1/24'] },
        ],
        nft,
        ...(iptables !== undefined && { iptables }),
      },
      {
        name: 'server',
        interfaces: [{ name: 'eth0', addresses: ['10.0.2.2/24'] }],
        routes: ['default via 10.0.2.1'],
        listeners: Array.from({ length: 9 }, (_, i) => ({ proto: 'tcp' as const, port: 1001 + i })),
      },
    ],
    links: [
      ['client/eth0', 'router/a'],
      ['router/b', 'server/eth0'],
    ],
  };
  const world = buildWorld(spec, () => ({ process: 'server', program: 'answer' }));
  const programs = new Map([['answer', () => ({ bytes: 10, message: { kind: 'text', text: '' } as const })]]);
  return send(
    { world, programs, seed: 1, now: 0 },
    { from: 'client', to: ip('10.0.2.2'), protocol: 'tcp', port: 80, requestBytes: 9, timeoutMs: 1000 },
  );
}

/** What the tables of the router said to the first packet: `b o: DNAT`. */
function said(rules: Rules): readonly string[] {
  const request = ask(rules).traces.find(trace => trace.role === 'request');
  const steps = request?.hops.find(hop => hop.netns === 'router')?.steps ?? [];
  return steps.flatMap(({ detail }) => {
    if (detail.kind !== 'rules') return [];
    const { verdict, asked } = detail;
    const text = verdict.kind === 'target' ? verdict.target.kind : verdict.kind;
    return [`${asked.table.name} ${asked.chain.name}: ${text}`];
  });
}

const nat = (table: string, port: number, priority = '-100'): string =>
  `table ip ${table} {\n chain o { type nat hook prerouting priority ${priority}; tcp dport 80 dnat to 10.0.2.2:${port}; }\n}\n`;
const filter = (table: string, priority: number, rule: string): string =>
  `table ip ${table} {\n chain o { type filter hook forward priority ${priority}; ${rule}; }\n}\n`;

const IPTABLES_NAT =
  '*nat\n:PREROUTING ACCEPT\n-A PREROUTING -p tcp --dport 80 -j DNAT --to-destination 10.0.2.2:1009\nCOMMIT\n';

describe('chains of one hook', () => {
  it('of the same priority: the one registered last is asked first, and the first that translates ends nat', () => {
    expect(said({ nft: nat('a', 1001) + nat('b', 1002) })).toEqual(['ip b o: DNAT']);
  });

  it('lower priorities first, among the chains of nat too', () => {
    expect(said({ nft: nat('a', 1001) + nat('b', 1002, '-90') })).toEqual(['ip a o: DNAT']);
  });

  it('accept in one chain of nat leaves it to the others', () => {
    const accepts = 'table ip c {\n chain o { type nat hook prerouting priority -100; tcp dport 80 accept; }\n}\n';
    expect(said({ nft: nat('a', 1001) + accepts })).toEqual(['ip c o: ACCEPT', 'ip a o: DNAT']);
  });

  it('chains of nat are asked where nat is, whatever their priority', () => {
    const late = `${nat('d', 1004, '50')}table ip e {\n chain o { type filter hook prerouting priority 0; ct status dnat accept; }\n}\n`;
    expect(said({ nft: late })).toEqual(['ip d o: DNAT', 'ip e o: ACCEPT']);
  });

  it('accept in one chain that filters does not save the packet from the next', () => {
    const nft = `${nat('a', 1001)}${filter('g', 10, 'tcp dport 1001 drop')}${filter('f', 0, 'tcp dport 1001 accept')}`;
    expect(said({ nft })).toEqual(['ip a o: DNAT', 'ip f o: ACCEPT', 'ip g o: DROP']);
  });

  it('nft is registered after iptables: asked first at the same priority', () => {
    expect(said({ nft: nat('b', 1002), iptables: IPTABLES_NAT })).toEqual(['ip b o: DNAT']);
  });

  it('iptables and nft stand in one order', () => {
    const iptables =
      '*mangle\n:FORWARD ACCEPT\n-A FORWARD -j MARK --set-xmark 0x1/0xffffffff\nCOMMIT\n' +
      '*filter\n:FORWARD ACCEPT\n-A FORWARD -p tcp -j ACCEPT\nCOMMIT\n';
    const nft = `${filter('early', -160, 'meta mark 0x1 drop')}${filter('middle', -100, 'meta mark 0x1 accept')}${filter('late', 5, 'accept')}`;
    expect(said({ nft, iptables })).toEqual([
      'ip early o: policy',
      'mangle FORWARD: policy',
      'ip middle o: ACCEPT',
      'filter FORWARD: ACCEPT',
      'ip late o: ACCEPT',
    ]);
  });

  it('a chain of nat that drops ends the packet', () => {
    const drops = 'table ip c {\n chain o { type nat hook prerouting priority -100; tcp dport 80 drop; }\n}\n';
    const also = 'table ip k {\n chain p { ct state new accept; }\n}\n';
    expect(said({ nft: drops + also })).toEqual(['ip c o: DROP']);
  });

  it('without a rule that needs tracking, chains of nat are not asked', () => {
    const drops = 'table ip c {\n chain o { type nat hook prerouting priority -100; tcp dport 80 drop; }\n}\n';
    expect(said({ nft: drops })).toEqual([]);
  });
});
