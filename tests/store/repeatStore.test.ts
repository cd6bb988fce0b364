import { describe, expect, it } from 'vitest';
import type { LabClient, RepeatReport } from '../../src/client/port.ts';
import type { ExchangeSummary, ExchangeView } from '../../src/sim/index.ts';
import { createRepeatStore, repeatStoreOf } from '../../src/store/repeatStore.ts';
import recorded from '../ui/fixture/recorded.json';

const [of, other] = recorded.sandbox.exchanges as unknown as readonly [ExchangeSummary, ExchangeSummary];
const report: RepeatReport = { runs: 3, outcomes: [] };

const storeWith = (repeat: LabClient['repeat']) => createRepeatStore({ repeat } as LabClient);

describe('the repetition of a journey', () => {
  it('runs, and is done with what the lab tells', async () => {
    const store = storeWith(async () => report);
    const run = store.run(of, 3);
    expect(store.getState().result).toEqual({ kind: 'running', of, count: 3 });
    await run;
    expect(store.getState().result).toEqual({ kind: 'done', of, asked: 3, report });
  });

  it.each<[string, LabClient['repeat'], unknown]>([
    ['whose journey is gone', async () => undefined, { kind: 'gone' }],
    ['that fails', () => Promise.reject(new Error('the lab stopped')), { kind: 'failed', message: 'the lab stopped' }],
  ])('%s says so', async (_, repeat, expected) => {
    const store = storeWith(repeat);
    await store.run(of, 3);
    expect(store.getState().result).toEqual(expected);
  });

  it('shows the one that was asked for last', async () => {
    const answers = new Map<string, (report: RepeatReport) => void>();
    const store = storeWith((_, id) => new Promise(resolve => answers.set(id, resolve)));
    const runs = [store.run(of, 3), store.run(other, 5)];
    answers.get(other.id)?.({ runs: 5, outcomes: [] });
    answers.get(of.id)?.(report);
    await Promise.all(runs);
    expect(store.getState().result).toMatchObject({ kind: 'done', of: other, asked: 5 });
  });

  describe('as the graph shows it', () => {
    const views = new Map((recorded.sandbox.exchanges as unknown as readonly ExchangeView[]).map(x => [x.id, x]));
    const outcomes = [...views.keys(), 'forgotten'].map((exchange, i) => ({ exchange, count: i + 1 }));
    const client = {
      repeat: async () => ({ runs: 10, outcomes }),
      exchange: async (id: string) => views.get(id),
    } as unknown as LabClient;

    it('has a journey for each way to end that the lab still keeps, with its count', async () => {
      const store = createRepeatStore(client);
      store.toggle();
      await store.run(of, 10);
      const { runs } = store.getState();
      expect(runs.map(({ journey, count }) => [journey.exchange.id, count])).toEqual(
        [...views.keys()].map((id, i) => [id, i + 1]),
      );
    });

    it('is away with its panel, and does not come when that was closed meanwhile', async () => {
      const store = createRepeatStore(client);
      store.toggle();
      await store.run(of, 10);
      store.toggle();
      expect(store.getState().runs).toEqual([]);
      await store.run(of, 10);
      expect(store.getState().runs).toEqual([]);
    });
  });

  it('is cancelled by the name under which it runs', async () => {
    const named: string[] = [];
    const store = createRepeatStore({
      repeat: async (id: string) => {
        named.push(id);
        return report;
      },
      cancel: async (id: string) => {
        named.push(id);
      },
    } as unknown as LabClient);
    await store.run(of, 3);
    store.cancel();
    expect(named[1]).toBe(named[0]);
  });

  it('has one store for a client', () => {
    const [one, two] = [{} as LabClient, {} as LabClient];
    expect(repeatStoreOf(one)).toBe(repeatStoreOf(one));
    expect(repeatStoreOf(one)).not.toBe(repeatStoreOf(two));
  });
});
