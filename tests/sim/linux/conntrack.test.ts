import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  type CtDirection,
  type CtEntry,
  type CtTcpState,
  findEntry,
  putEntry,
  removeEntry,
  tcpTransition,
} from '../../../src/sim/linux/conntrack.ts';
import { ip } from '../../../src/sim/net/address.ts';
import { type FlowKey, reverse } from '../../../src/sim/net/flow.ts';
import type { TcpFlags } from '../../../src/sim/net/packet.ts';

describe('TCP states of a tracked flow', () => {
  it('walks through a connection as the kernel does', () => {
    const packets: readonly [CtDirection, TcpFlags, CtTcpState | 'ignored'][] = [
      ['original', 'SYN', 'SYN_SENT'],
      ['reply', 'SYN-ACK', 'SYN_RECV'],
      ['original', 'ACK', 'ESTABLISHED'],
      ['original', 'PSH-ACK', 'ESTABLISHED'],
      ['reply', 'PSH-ACK', 'ESTABLISHED'],
      ['reply', 'FIN-ACK', 'FIN_WAIT'],
      ['original', 'FIN-ACK', 'LAST_ACK'],
      ['reply', 'ACK', 'TIME_WAIT'],
    ];
    let state: CtTcpState | undefined;
    for (const [direction, flags, wanted] of packets) {
      const next = tcpTransition(state, direction, flags);
      expect([direction, flags, next]).toEqual([direction, flags, wanted]);
      if (next !== 'ignored' && next !== 'invalid') state = next;
    }
  });

  it.each([
    [undefined, 'original', 'SYN-ACK', 'invalid'],
    [undefined, 'original', 'FIN-ACK', 'invalid'],
    [undefined, 'original', 'ACK', 'ESTABLISHED'],
    ['SYN_SENT', 'original', 'ACK', 'invalid'],
    ['SYN_SENT', 'reply', 'RST-ACK', 'CLOSE'],
    ['TIME_WAIT', 'original', 'SYN', 'SYN_SENT'],
  ] as const)('state %s, %s direction, %s: %s', (state, direction, flags, wanted) => {
    expect(tcpTransition(state, direction, flags)).toBe(wanted);
  });
});

describe('the table', () => {
  const flow = (src: string, srcPort: number, dst: string, dstPort: number): FlowKey => ({
    protocol: 'tcp',
    src: ip(src),
    srcPort,
    dst: ip(dst),
    dstPort,
  });
  const entry = (id: number, original: FlowKey, replyFrom: FlowKey): CtEntry => ({
    id,
    original,
    reply: reverse(replyFrom),
    tcpState: 'SYN_SENT',
    seenReply: false,
    assured: false,
    dnat: true,
    snat: false,
    mark: 0,
    expiresAt: 120_000,
  });

  it('finds an entry by what either direction looks like', () => {
    const table = new Map<number, readonly CtEntry[]>();
    const asked = flow('10.244.1.2', 40000, '10.96.0.10', 80);
    const translated = flow('10.244.1.2', 40000, '10.244.2.2', 8080);
    putEntry(table, entry(1, asked, translated));
    expect(findEntry(table, asked)?.id).toBe(1);
    expect(findEntry(table, reverse(translated))?.id).toBe(1);
    expect(findEntry(table, translated)).toBeUndefined();
  });

  it('has a flow and its answers in one bucket, and others with the same ports nearly always elsewhere', () => {
    const flows = Array.from({ length: 200 }, (_, i) => flow(`10.244.${i % 5}.${2 + i}`, 40000, '10.96.0.10', 80));
    for (const one of flows) expect(bucketOf(reverse(one))).toBe(bucketOf(one));
    expect(new Set(flows.map(bucketOf)).size).toBeGreaterThan(100);
  });

  it('keeps flows apart that share a bucket', () => {
    const table = new Map<number, readonly CtEntry[]>();
    const one = flow('10.244.1.2', 40000, '10.96.0.10', 80);
    const two = flow('10.99.1.2', 40000, '10.96.0.10', 80);
    putEntry(table, entry(1, one, one));
    putEntry(table, entry(2, two, two));
    expect(table.get(bucketOf(one))).toHaveLength(2);
    removeEntry(table, entry(1, one, one));
    expect(findEntry(table, one)).toBeUndefined();
    expect(findEntry(table, two)?.id).toBe(2);
  });
});
