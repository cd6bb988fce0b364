// What the real tools print, in parts of the lessons' world: the recordings of tests/tools/recordings, in the format that
// `npm run conformance -- --tools FOLDER` reads. Recorded in network namespaces on a Linux 6.18 kernel with Debian 12's
// curl 7.88.1, wget 1.21.3, iputils ping 20221126, traceroute 2.1.2, netcat-openbsd 1.219, iproute2 6.1.0, iptables 1.8.9,
// conntrack 1.4.7, tcpdump 4.99.3, procps sysctl and bind9-dnsutils 9.18.

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plainText } from './plain.ts';
import { compareFolder } from './recordedTools.ts';

const compared = await compareFolder(fileURLToPath(new URL('./recordings', import.meta.url)));

describe('the tools print what the real ones printed', () => {
  it('in many recordings', () => {
    expect(compared.length).toBeGreaterThan(80);
  });

  it.each(compared.map(one => [`${one.recording.name}: ${one.recording.line}`, one] as const))('%s', (_, one) => {
    expect(one.got).toBe(one.wanted);
  });
});

describe('what two runs do not have in common', () => {
  const world = { name: 'one', links: [], hosts: [{ name: 'h', listeners: [{ proto: 'tcp' as const, port: 8080 }] }] };
  const isSame = (line: string, one: string, other: string): boolean =>
    plainText(line, one, world) === plainText(line, other, world);

  it.each([
    ['curl x', 'after 0 ms: refused', 'after 36 ms: refused'],
    ['ping x', 'time=0.106 ms', 'time=0.093 ms'],
    [
      'tcpdump',
      '01:10:20.984668 IP 10.0.0.1.40000 > 10.0.0.2.8080',
      '02:10:20.000001 IP 10.0.0.1.50000 > 10.0.0.2.8080',
    ],
    ['conntrack -L', 'b 1\na 2', 'a 2\nb 1'],
    ['ip link', 'link/ether d2:6f:5f:5f:c8:aa brd', 'link/ether 12:79:bc:10:39:53 brd'],
  ])('is left out of %s', (line, one, other) => {
    expect(isSame(line, one, other)).toBe(true);
  });

  it.each([
    ['curl x', 'after 1000 ms: refused', 'after 3000 ms: refused'],
    ['ping x', 'ttl=62 time=0.1 ms', 'ttl=63 time=0.1 ms'],
    ['tcpdump', 'IP 10.0.0.1.40000 > 10.0.0.2.8080', 'IP 10.0.0.1.40000 > 10.0.0.3.8080'],
    ['conntrack -L', 'sport=8080 dport=40000', 'sport=40000 dport=8080'],
    ['ip route', 'b 1\na 2', 'a 2\nb 1'],
  ])('is all that is left out of %s', (line, one, other) => {
    expect(isSame(line, one, other)).toBe(false);
  });
});
