// The last repetition of a journey's question: what was asked for and how the runs ended.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabClient, RepeatReport } from '../client/port.ts';
import type { ExchangeSummary } from '../sim/index.ts';
import { type Journey, mainJourney } from './journey.ts';
import { messageOf } from './labStore.ts';

export interface RepeatState {
  readonly panel: 'closed' | 'open';
  /** What the field says. */
  readonly count: string;
  /**
   * - `gone`: the lab does not keep the journey any more.
   * - `failed`: the lab did not answer.
   */
  readonly result:
    | { readonly kind: 'none' | 'gone' }
    | { readonly kind: 'running'; readonly of: ExchangeSummary; readonly count: number }
    | { readonly kind: 'done'; readonly of: ExchangeSummary; readonly asked: number; readonly report: RepeatReport }
    | { readonly kind: 'failed'; readonly message: string };
  /** The runs of a result that is done, as the graph shows them: a journey for each way to end, and how many ended so. */
  readonly runs: readonly RunsOfOne[];
}

export interface RunsOfOne {
  readonly journey: Journey;
  readonly count: number;
}

export interface RepeatStore extends StoreApi<RepeatState> {
  toggle(): void;
  setCount(count: string): void;
  run(of: ExchangeSummary, count: number): Promise<void>;
  /** Ends what runs; the runs until there are shown. */
  cancel(): void;
}

const RUN = 'repeat';
const NOBODY: readonly RunsOfOne[] = [];

export function createRepeatStore(client: LabClient): RepeatStore {
  const store = createStore<RepeatState>(() => ({
    panel: 'closed',
    count: '50',
    result: { kind: 'none' },
    runs: NOBODY,
  }));
  return {
    ...store,
    toggle: () =>
      store.setState(({ panel, runs }) => ({
        panel: panel === 'open' ? 'closed' : 'open',
        runs: panel === 'open' ? NOBODY : runs,
      })),
    setCount: count => store.setState({ count }),
    async run(of, count) {
      const running: RepeatState['result'] = { kind: 'running', of, count };
      store.setState({ result: running, runs: NOBODY });
      const result = await client.repeat(RUN, of.id, count).then(
        (report): RepeatState['result'] =>
          report === undefined ? { kind: 'gone' } : { kind: 'done', of, asked: count, report },
        (error: unknown): RepeatState['result'] => ({ kind: 'failed', message: messageOf(error) }),
      );
      if (store.getState().result !== running) return;
      store.setState({ result });
      const runs = result.kind === 'done' ? await runsOf(client, result.report) : NOBODY;
      const { result: shown, panel } = store.getState();
      if (shown === result && panel === 'open') store.setState({ runs });
    },
    cancel: () => void client.cancel(RUN).catch(() => undefined),
  };
}

/** The journeys that stand for the runs; one that is forgotten meanwhile is left out. */
async function runsOf(client: LabClient, { outcomes }: RepeatReport): Promise<readonly RunsOfOne[]> {
  const found = outcomes.map(async ({ exchange, count }) => {
    const view = await client.exchange(exchange).catch(() => undefined);
    return view === undefined ? [] : [{ journey: mainJourney(view), count }];
  });
  return (await Promise.all(found)).flat();
}

const stores = new WeakMap<LabClient, RepeatStore>();

/** The page's own. It is made with the first look at it: nothing before a trace needs it. */
export function repeatStoreOf(client: LabClient): RepeatStore {
  const store = stores.get(client) ?? createRepeatStore(client);
  stores.set(client, store);
  return store;
}
