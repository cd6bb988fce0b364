import { describe, expect, it } from 'vitest';
import { ip } from '../../../src/sim/net/address.ts';
import { isGroup, mac, macOfIp } from '../../../src/sim/net/mac.ts';
import type { IpPacket, TcpFlags } from '../../../src/sim/net/packet.ts';
import { frameBytes, ipBytes } from '../../../src/sim/net/size.ts';

const segment = (flags: TcpFlags, bytes = 0): IpPacket => ({
  kind: 'ip',
  src: ip('10.244.1.2'),
  dst: ip('10.244.2.2'),
  ttl: 64,
  df: true,
  id: 1,
  body: { kind: 'tcp', srcPort: 40000, dstPort: 8080, flags, seq: 1, ack: 0, payload: { bytes } },
});

describe('sizes on the wire, as recorded from Linux', () => {
  it.each([
    ['SYN', 0, 60],
    ['SYN-ACK', 0, 60],
    ['ACK', 0, 52],
    ['PSH-ACK', 21, 73],
    ['RST-ACK', 0, 40],
  ] as const)('%s with %i bytes of data is an IP packet of %i bytes', (flags, data, bytes) => {
    expect(ipBytes(segment(flags, data))).toBe(bytes);
  });

  it('an ICMP error about a SYN has 88 bytes', () => {
    const error: IpPacket = {
      ...segment('SYN'),
      body: { kind: 'icmp', type: 'destination-unreachable', code: 3, quoted: segment('SYN') },
    };
    expect(ipBytes(error)).toBe(88);
  });

  it('VXLAN adds 50 bytes to the inner packet', () => {
    const ethernet = { src: mac('02:00:00:00:00:01'), dst: mac('02:00:00:00:00:02') };
    const inner = segment('SYN');
    const outer: IpPacket = {
      ...inner,
      body: {
        kind: 'udp',
        srcPort: 40000,
        dstPort: 8472,
        payload: { bytes: 0 },
        vxlan: { vni: 1, frame: { ethernet, payload: inner } },
      },
    };
    expect(ipBytes(outer) - ipBytes(inner)).toBe(50);
    expect(frameBytes({ ethernet, payload: inner })).toBe(74);
  });
});

describe('MAC addresses', () => {
  it.each([
    ['ff:ff:ff:ff:ff:ff', true],
    ['01:00:5e:00:00:01', true],
    ['33:33:00:00:00:01', true],
    ['0a:58:0a:f4:01:02', false],
    ['02:42:c0:a8:0a:0b', false],
    ['0f:00:00:00:00:00', true],
    ['1e:00:00:00:00:00', false],
  ])('%s is for a group: %s', (text, group) => {
    expect(isGroup(mac(text))).toBe(group);
  });

  it("a Pod's MAC follows from its address", () => {
    expect(macOfIp('0a:58', ip('10.244.1.2'))).toBe('0a:58:0a:f4:01:02');
  });

  it('a wrong MAC is refused with what was expected', () => {
    expect(() => mac('0a:58')).toThrow('not a MAC address: "0a:58" (six pairs of hexadecimal digits were expected)');
  });
});
