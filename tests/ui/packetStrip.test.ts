import { describe, expect, it } from 'vitest';
import type { ExchangeView, TraceView } from '../../src/sim/index.ts';
import { packetStrip } from '../../src/ui/trace/packetStrip.ts';
import { exchangeOf, sandbox } from './traceRecordings.ts';

const packet = (id: number, startedMs: number, role: TraceView['role'] = 'client'): TraceView => ({
  id,
  role,
  label: String(id),
  leg: 'forward',
  startedMs,
  endedMs: startedMs,
  disposition: 'ACCEPTED',
  hops: [],
  forms: [],
});
const rowOf = (...traces: readonly TraceView[]) =>
  packetStrip({ ...exchangeOf(sandbox, 'x1'), traces }).map(({ trace, pauseMs }) => [trace.id, pauseMs]);

describe('the packets of an exchange in a row', () => {
  it('stand in the order of time, those of one moment in the order in which they were made', () => {
    expect(rowOf(packet(1, 5), packet(3, 0), packet(2, 0))).toEqual([
      [2, undefined],
      [3, undefined],
      [1, undefined],
    ]);
  });

  it('have a pause before what is sent again', () => {
    expect(rowOf(packet(1, 0), packet(2, 1000, 'retransmission'), packet(3, 3000), packet(4, 3000.4))).toEqual([
      [1, undefined],
      [2, 1000],
      [3, 2000],
      [4, undefined],
    ]);
  });

  it('are all but copies of flooded frames', () => {
    expect(rowOf(packet(1, 0), packet(2, 0, 'copy'))).toEqual([[1, undefined]]);
    const recorded: ExchangeView = exchangeOf(sandbox, 'x1');
    expect(packetStrip(recorded).length).toBe(recorded.traces.filter(({ role }) => role !== 'copy').length);
  });
});
