import { describe, expect, it } from 'vitest';
import type { ExchangeSummary } from '../../../src/sim/index.ts';
import type { TerminalBlock } from '../../../src/store/terminalStore.ts';
import { blockOutcome, blockText, endMessage, listedExchanges } from '../../../src/ui/terminal/blockState.ts';
import recorded from '../fixture/recorded.json';

const exchange = recorded.lesson.exchanges[0] as unknown as ExchangeSummary;

function block(state: TerminalBlock['state'], text = '', more = 0): TerminalBlock {
  const output = text === '' ? [] : [{ stream: 'out' as const, text }];
  return { id: 'c1', prompt: '$', command: 'curl web', output, more, state };
}
const done = (exitCode: number): TerminalBlock['state'] => ({ kind: 'done', exitCode, exchanges: [] });

describe('the state of a block', () => {
  it.each([
    [{ kind: 'running' } as const, 'running', ''],
    [done(0), 'succeeded', 'exit 0, no output'],
    [done(28), 'failed', 'exit 28, no output'],
    [done(130), 'interrupted', 'exit 130, no output'],
    [{ kind: 'failed', message: 'x' } as const, 'failed', 'The command did not run'],
  ] as const)('%o', (state, outcome, message) => {
    expect(blockOutcome(block(state))).toBe(outcome);
    expect(endMessage(block(state))).toBe(message);
  });

  it('counts lines and reads the reason', () => {
    expect(endMessage(block(done(0), 'a\n'))).toBe('exit 0, 1 line');
    expect(endMessage(block(done(0), 'a\nb'))).toBe('exit 0, 2 lines');
    expect(endMessage(block(done(0), 'a\nb\n', 7))).toBe('exit 0, 9 lines');
    const explanation = { lead: 'Nothing answered.', rest: '', actions: [] };
    expect(endMessage(block({ kind: 'done', exitCode: 28, exchanges: [], explanation }, 'a'))).toBe(
      'exit 28, 1 line. Nothing answered.',
    );
  });

  it('copies what the screen shows', () => {
    expect(blockText(block(done(0), '0 %\r100 %\nok'))).toBe('$ curl web\n100 %\nok\n');
    expect(blockText(block(done(0), 'ok\n', 1200))).toMatch(/^\$ curl web\nok\n\[1,200 more lines .*\]\n$/);
  });

  it('does not list a journey that the explanation opens', () => {
    const exchanges = [exchange, { ...exchange, id: 'other' }];
    expect(listedExchanges(block({ kind: 'done', exitCode: 0, exchanges }))).toHaveLength(2);
    const explanation = { lead: '', rest: '', actions: [{ kind: 'open-trace' as const, exchange: exchange.id }] };
    const listed = listedExchanges(block({ kind: 'done', exitCode: 28, exchanges, explanation }));
    expect(listed.map(({ id }) => id)).toEqual(['other']);
    expect(listedExchanges(block({ kind: 'running' }))).toEqual([]);
  });

  it('lists name lookups only where nothing else was sent', () => {
    const lookup = { ...exchange, id: 'lookup', asked: 'web.default.svc.cluster.local' };
    const ids = (exchanges: readonly ExchangeSummary[]): readonly string[] =>
      listedExchanges(block({ kind: 'done', exitCode: 0, exchanges })).map(({ id }) => id);
    expect(ids([lookup, exchange])).toEqual([exchange.id]);
    expect(ids([lookup])).toEqual(['lookup']);
  });
});
