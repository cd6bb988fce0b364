// Specs that say something that cannot be: the error names the host, the place and what was expected. A spec that is
// only unwise is built: what becomes of its packets is in tests/sim/datapath/loops.test.ts.

import { describe, expect, it } from 'vitest';
import { buildWorld, type HostSpec, type KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import { ParseError } from '../../../src/sim/runtime/errors.ts';

const PAIR: KernelSpec = {
  name: 'pair',
  hosts: [
    { name: 'n1', interfaces: [{ name: 'eth0', addresses: ['10.0.0.1/24'] }] },
    { name: 'n2', interfaces: [{ name: 'eth0', addresses: ['10.0.0.2/24'] }] },
  ],
  links: [['n1/eth0', 'n2/eth0']],
};

const problemOf = (spec: unknown): string => {
  try {
    buildWorld(spec as KernelSpec, () => ({ process: 'server', program: 'answer' }));
  } catch (error) {
    if (error instanceof ParseError) return error.message;
    throw error;
  }
  return 'none';
};

const filter = (...lines: readonly string[]): string =>
  ['*filter', ':FORWARD ACCEPT [0:0]', ...lines, 'COMMIT'].join('\n');

describe('a host of a spec', () => {
  const rows: readonly (readonly [what: string, host: Record<keyof HostSpec, unknown> | object, problem: string])[] = [
    [
      'a device without a cable',
      { interfaces: [{ name: 'eth1' }] },
      'host n1, interface eth1: no link is plugged into it',
    ],
    [
      'a device of an unknown type',
      { interfaces: [{ name: 'g0', type: 'gre' }] },
      'host n1, interface g0: unknown type "gre" (veth, bridge, vxlan, ipip, macvlan or dummy was expected)',
    ],
    [
      'an unknown word about a device',
      { interfaces: [{ name: 'v0', type: 'raw', args: 'type vxlan id 5 gbp' }] },
      'host n1, interface v0: unknown word "gbp" in "type vxlan id 5 gbp" (type, id, dstport, local, remote, dev, mode was expected)',
    ],
    [
      'a tunnel over a missing device',
      { interfaces: [{ name: 'v0', type: 'vxlan', vni: 1, dev: 'eth7' }] },
      'host n1, interface v0: Cannot find device "eth7" (expected one of lo, eth0)',
    ],
    [
      'a missing bridge',
      { interfaces: [{ name: 'eth0', master: 'br7' }] },
      'host n1, interface eth0: Error: argument "br7" is wrong: Device does not exist',
    ],
    [
      'two devices of one name',
      {
        interfaces: [
          { name: 'br0', type: 'bridge' },
          { name: 'br0', type: 'bridge' },
        ],
      },
      'host n1, interface br0: RTNETLINK answers: File exists',
    ],
    [
      'a MAC address that is none',
      { interfaces: [{ name: 'eth0', mac: 'zz:00' }] },
      'host n1, interface eth0: not a MAC address: "zz:00" (six pairs of hexadecimal digits were expected)',
    ],
    [
      'an address that is none',
      { interfaces: [{ name: 'eth0', addresses: ['10.0.0.300/24'] }] },
      'host n1, interface eth0: not an IP address: "10.0.0.300" (octet 4 is 300, above 255)',
    ],
    [
      'a size that is no number',
      { interfaces: [{ name: 'br0', type: 'bridge', mtu: 'big' }] },
      'host n1, interface br0: mtu "big" (a number was expected)',
    ],
    [
      'a route through a missing interface',
      { routes: ['10.9.0.0/16 via 10.0.0.2 dev eth9'] },
      'host n1, route "10.9.0.0/16 via 10.0.0.2 dev eth9": Cannot find device "eth9" (expected one of lo, eth0)',
    ],
    [
      'a route with an unknown word',
      { routes: ['10.9.0.0/16 through eth0'] },
      'host n1, route "10.9.0.0/16 through eth0": one of via, dev, src, proto, scope, metric, table, mtu with a value was expected at "through"',
    ],
    [
      'a gateway that is not behind any device',
      { routes: [{ dst: '10.9.0.0/16', via: '10.7.0.2' }] },
      'host n1, route 10.9.0.0/16: Error: Nexthop has invalid gateway.',
    ],
    [
      'a route of an unknown type',
      { routes: [{ type: 'nat', dst: '10.9.0.0/16' }] },
      'host n1, route 10.9.0.0/16: unknown route type "nat" (expected one of unicast, blackhole, unreachable, prohibit, throw)',
    ],
    [
      'a destination that is none',
      { routes: [{ dst: '10.9.0.0/36', dev: 'eth0' }] },
      'host n1, route 10.9.0.0/36: not a prefix: "10.9.0.0/36" (a length from 0 to 32 was expected)',
    ],
    [
      'an unknown scope',
      { routes: [{ dst: '10.9.0.0/16', dev: 'eth0', scope: 'moon' }] },
      'host n1, route 10.9.0.0/16: unknown scope "moon" (expected one of global, link, host)',
    ],
    [
      'an unknown table',
      { routes: [{ dst: '10.9.0.0/16', dev: 'eth0', table: 'blue' }] },
      'host n1, route 10.9.0.0/16: unknown table "blue" (main, local, default or a number was expected)',
    ],
    [
      'a policy rule with an unknown word',
      { rules: ['from 10.0.0.0/8 lokup 100'] },
      'host n1, rule "from 10.0.0.0/8 lokup 100": unknown word "lokup" (from, to, iif, fwmark, lookup or priority was expected)',
    ],
    [
      'a policy rule for an address that is none',
      { rules: ['from pods lookup 100'] },
      'host n1, rule "from pods lookup 100": not an IP address: "pods"',
    ],
    [
      'a neighbour on a missing interface',
      { neigh: [{ ip: '10.0.0.3', mac: '02:00:00:00:00:01', dev: 'eth9' }] },
      'host n1, neighbour 10.0.0.3: Cannot find device "eth9" (expected one of lo, eth0)',
    ],
    [
      'a forwarding entry of a missing interface',
      { fdb: [{ mac: '02:00:00:00:00:01', dev: 'eth9', dst: '10.0.0.2' }] },
      'host n1, fdb 02:00:00:00:00:01: Cannot find device "eth9" (expected one of lo, eth0)',
    ],
    [
      'an unknown setting',
      { sysctl: { 'net.ipv4.ip_foward': 1 } },
      'host n1, sysctl net.ipv4.ip_foward: sysctl: cannot stat /proc/sys/net/ipv4/ip_foward: No such file or directory',
    ],
    [
      'a setting of a missing interface',
      { sysctl: { 'net.ipv4.conf.eth9.rp_filter': 1 } },
      'host n1, sysctl net.ipv4.conf.eth9.rp_filter: Cannot find device "eth9" (expected one of lo, eth0)',
    ],
    [
      'a listener on an address that is none',
      { listeners: [{ proto: 'tcp', port: 80, addr: '10.0.0' }] },
      'host n1, listener tcp 80: not an IP address: "10.0.0"',
    ],
    [
      'an unknown match',
      { iptables: filter('-A FORWARD -m moon --phase full -j DROP') },
      'host n1, iptables: line 3: unknown match "moon"',
    ],
    [
      'a jump to a missing chain',
      { iptables: filter('-A FORWARD -j ACCEPT', '-A FORWARD -j NOWHERE') },
      'host n1, iptables: line 4: no chain "NOWHERE" to go to from FORWARD',
    ],
    [
      'a target where it has no place',
      { iptables: filter('-A FORWARD -p tcp -j DNAT --to-destination 10.0.0.2') },
      'host n1, iptables: line 3: DNAT in FORWARD of table filter (table nat, PREROUTING or OUTPUT was expected)',
    ],
    [
      'a match of a missing set',
      { iptables: filter('-A FORWARD -m set --match-set PODS src -j DROP') },
      "host n1, iptables: line 3: Set PODS doesn't exist.",
    ],
    [
      'chains in a circle',
      { iptables: filter(':A - [0:0]', ':B - [0:0]', '-A FORWARD -j A', '-A A -j B', '-A B -j A') },
      'host n1, iptables: line 7: chain B leads back to A: Too many links (a packet must come to an end of its chains)',
    ],
    [
      'chains that are too deep',
      {
        iptables: filter(
          ...Array.from({ length: 16 }, (_, i) => `:C${i} - [0:0]`),
          '-A FORWARD -j C0',
          ...Array.from({ length: 15 }, (_, i) => `-A C${i} -g C${i + 1}`),
        ),
      },
      'host n1, iptables: line 34: chain C15 is too deep: Too many links (at most 16 chains, one from the other, were expected)',
    ],
    ['a circle that no base chain leads to', { iptables: filter(':A - [0:0]', '-A A -j A') }, 'none'],
    [
      'an unknown kind of set',
      { ipset: 'create PODS list:set' },
      'host n1, ipset: line 1: unknown part of a set "set" (ip, net or port was expected)',
    ],
    [
      'a jump of nft to a missing chain',
      { nft: 'table ip t {\n  chain y {\n    jump z\n  }\n}' },
      'host n1, nft: line 3: there is no chain "z" in table ip t',
    ],
    [
      'chains of nft in a circle',
      {
        nft: 'table ip t {\n  chain b {\n    type filter hook forward priority 0;\n    jump y\n  }\n  chain y {\n    tcp dport vmap { 80 : jump y }\n  }\n}',
      },
      'host n1, nft: line 7: chain y leads back to y: Too many links (a packet must come to an end of its chains)',
    ],
  ];
  it.each(rows)('with %s', (_, part, problem) => {
    const hosts = PAIR.hosts.map(host => (host.name === 'n1' ? { ...host, ...part } : host));
    expect(problemOf({ ...PAIR, hosts })).toBe(problem);
  });
});

describe('a spec', () => {
  it.each([
    ['a cable to a missing host', { links: [['n1/eth0', 'n9/eth0']] }, 'link n1/eth0 - n9/eth0: no host "n9"'],
    [
      'two cables in one socket',
      { links: [...PAIR.links, ['n1/eth0', 'n2/eth1']] },
      'link n1/eth0 - n2/eth1: RTNETLINK answers: File exists',
    ],
    [
      'a macvlan on a missing interface',
      { macvlans: [['n1/eth7', 'n2/m0']] },
      'macvlan n1/eth7 - n2/m0: Cannot find device "eth7"',
    ],
    ['two hosts of one name', { hosts: [...PAIR.hosts, { name: 'n2' }] }, 'host n2: another name was expected'],
  ])('with %s', (_, part, problem) => {
    expect(problemOf({ ...PAIR, ...part })).toBe(problem);
  });
});
