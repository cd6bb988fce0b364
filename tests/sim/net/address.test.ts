import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  broadcastOf,
  contains,
  fromNumber,
  interfaceAddress,
  ip,
  isIp,
  networkOf,
  nthAddress,
  prefix,
  toNumber,
} from '../../../src/sim/net/address.ts';

describe('addresses', () => {
  it.each([
    ['10.0.300.1', 'not an IP address: "10.0.300.1" (octet 3 is 300, above 255)'],
    ['10.0.0', 'not an IP address: "10.0.0"'],
    ['010.0.0.1', 'not an IP address: "010.0.0.1" (octet 1 has a leading zero)'],
    ['fe80::1%eth0', 'not an IP address: "fe80::1%eth0"'],
    ['', 'not an IP address: ""'],
  ])('%j is refused with what is wrong about it', (text, message) => {
    expect(() => ip(text)).toThrow(message);
    expect(isIp(text)).toBe(false);
  });

  it('IPv6 is written in the form of RFC 5952', () => {
    expect(ip('FD00:0:0::0001')).toBe('fd00::1');
  });

  it('an IPv4 address and its number stand for each other', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffffff }), n => toNumber(fromNumber(n)) === n));
  });
});

describe('prefixes', () => {
  it.each([
    ['10.244.1.7/24', '10.244.1.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['10.96.0.10', '10.96.0.10/32'],
    ['fd00:10:244::5/64', 'fd00:10:244::/64'],
  ])('%s is the range %s', (text, range) => {
    expect(prefix(text)).toBe(range);
  });

  it.each(['10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/x'])('%s is refused', text => {
    expect(() => prefix(text)).toThrow('(a length from 0 to 32 was expected)');
  });

  it.each([
    ['10.244.0.0/16', '10.244.255.255', true],
    ['10.244.0.0/16', '10.245.0.0', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['10.96.0.10/32', '10.96.0.11', false],
    ['10.0.0.0/8', 'fd00::1', false],
    ['fd00::/8', 'fd12::1', true],
  ] as const)('%s and %s: inside is %s', (range, address, inside) => {
    expect(contains(prefix(range), ip(address))).toBe(inside);
  });

  it('an address lies in its own network, whatever the length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffffff }), fc.integer({ min: 0, max: 32 }), (n, length) =>
        contains(networkOf(fromNumber(n), length), fromNumber(n)),
      ),
    );
  });

  it('host bits are kept in an interface address', () => {
    expect(interfaceAddress('10.244.1.1/24')).toEqual({ address: '10.244.1.1', prefixLength: 24 });
  });

  it('the first and the last address of a range are known', () => {
    expect(nthAddress(prefix('10.244.1.0/24'), 1)).toBe('10.244.1.1');
    expect(broadcastOf(prefix('10.244.1.0/24'))).toBe('10.244.1.255');
  });
});
