// The journeys that a lab keeps for the page: the last ones, and of the last repetition one for each way to end.

import { derivedConfigs } from './datapath/plainContext.ts';
import { type PlainExchange, plainExchange, revivedExchange } from './datapath/plainExchange.ts';
import type { ExchangeRecord } from './view/exchangeView.ts';

type PlainRecord = Omit<ExchangeRecord, 'exchange'> & { readonly exchange: PlainExchange };

/** The journeys as plain data. */
export interface KeptJourneysState {
  readonly records: readonly PlainRecord[];
  readonly repeated: readonly PlainRecord[];
  /** The number that the next one gets. */
  readonly next: number;
}

/** Older ones are forgotten. */
const MOST = 100;

/** Worked out once for each journey: every snapshot asks. */
const plainRecords = new WeakMap<ExchangeRecord, PlainRecord>();

function plainOf(record: ExchangeRecord): PlainRecord {
  const known = plainRecords.get(record) ?? { ...record, exchange: plainExchange(record.exchange) };
  plainRecords.set(record, known);
  return known;
}

export class KeptJourneys {
  #records: readonly ExchangeRecord[] = [];
  #repeated: ExchangeRecord[] = [];
  #next = 1;

  snapshot(): KeptJourneysState {
    return { records: this.#records.map(plainOf), repeated: this.#repeated.map(plainOf), next: this.#next };
  }

  restore({ records, repeated, next }: KeptJourneysState): void {
    const derivedFrom = derivedConfigs();
    const revived = (record: PlainRecord): ExchangeRecord => ({
      ...record,
      exchange: revivedExchange(record.exchange, derivedFrom),
    });
    this.#records = records.map(revived);
    this.#repeated = repeated.map(revived);
    this.#next = next;
  }

  /** How many there were over the lab's life. */
  get count(): number {
    return this.#next - 1;
  }

  /** Without those of a repetition, the newest last. */
  get all(): readonly ExchangeRecord[] {
    return this.#records;
  }

  /** Those after number `since`, counted from 1. */
  since(since: number): readonly ExchangeRecord[] {
    return this.#records.filter(record => Number(record.id.slice(1)) > since);
  }

  find(id: string): ExchangeRecord | undefined {
    return [...this.#records, ...this.#repeated].find(other => other.id === id);
  }

  keep(journey: Omit<ExchangeRecord, 'id'>): ExchangeRecord {
    const record = { ...journey, id: `x${this.#next++}` };
    this.#records = [...this.#records, record].slice(-MOST);
    return record;
  }

  /** Forgets the runs of the last repetition; keeps those that it is handed. */
  startRepetition(): (run: ExchangeRecord) => void {
    const kept: ExchangeRecord[] = [];
    this.#repeated = kept;
    return run => kept.push(run);
  }
}
