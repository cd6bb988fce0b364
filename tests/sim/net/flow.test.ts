import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromNumber } from '../../../src/sim/net/address.ts';
import { type FlowKey, formatFlow, reverse, sameFlow } from '../../../src/sim/net/flow.ts';

const flows = fc.record({
  protocol: fc.constantFrom('tcp', 'udp', 'icmp'),
  src: fc.integer({ min: 0, max: 0xffffffff }).map(fromNumber),
  srcPort: fc.integer({ min: 0, max: 65535 }),
  dst: fc.integer({ min: 0, max: 0xffffffff }).map(fromNumber),
  dstPort: fc.integer({ min: 0, max: 65535 }),
}) as fc.Arbitrary<FlowKey>;

describe('flows', () => {
  it('reversing twice gives the flow back', () => {
    fc.assert(fc.property(flows, flow => sameFlow(reverse(reverse(flow)), flow)));
  });

  it('a flow reads from client to server', () => {
    const flow = { protocol: 'tcp', src: '10.244.1.2', srcPort: 40000, dst: '10.96.0.10', dstPort: 80 } as FlowKey;
    expect(formatFlow(flow)).toBe('10.244.1.2:40000 > 10.96.0.10:80 TCP');
  });
});
