import { describe, expect, test } from 'vitest';
import { EventLog } from '../../../src/sim/runtime/eventLog.ts';

describe('the event log', () => {
  const logOf = (count: number): EventLog => {
    const log = new EventLog(() => 5);
    for (let i = 0; i < count; i++)
      log.append({ source: 'lab', actor: 'terminal', reason: 'Ran', message: `line ${i}`, type: 'Normal' });
    return log;
  };

  test.each([
    ['nothing before the first event', 0, 0, []],
    ['all from the first on', 3, 0, [0, 1, 2]],
    ['those from a number on', 3, 2, [2]],
    ['none from the next number on', 3, 3, []],
  ])('has %s', (_, count, since, expected) => {
    expect(
      logOf(count)
        .since(since)
        .map(event => event.sequence),
    ).toEqual(expected);
  });

  test.each([2000, 2001, 4000, 4001, 9999])('keeps the latest 2,000 of %i, under their own numbers', count => {
    const log = logOf(count);
    const kept = log.since(0);
    expect(log.length).toBe(count);
    expect(kept).toHaveLength(2000);
    expect(kept[0]).toMatchObject({ sequence: count - 2000, message: `line ${count - 2000}`, time: 5 });
    expect(log.since(count - 1)).toMatchObject([{ sequence: count - 1, message: `line ${count - 1}` }]);
    expect(log.since(count - 2000)).toEqual(kept);
  });
});
