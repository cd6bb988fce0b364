// One question put again and again, each time over a new connection, in a copy of the lab: the lab itself stays as it is.
//
// What the runs leave behind (connection tracking, neighbours, the ports that are taken) is there for the next one, as if
// a program had asked them one after the other.

import { type ExchangeWorld, send } from './datapath/exchange.ts';
import type { Exchange, Question } from './datapath/trace.ts';
import { World } from './linux/world.ts';
import type { VirtualMs } from './runtime/clock.ts';
import { type Directory, type ExchangeRecord, summarize } from './view/exchangeView.ts';
import { type TalliedOutcome, tallied } from './view/tally.ts';

/** A run and when it began, in the time of the copy. */
interface Run {
  readonly exchange: Exchange;
  readonly at: VirtualMs;
}

/** Runs without end; the first is what the lab itself would do now. */
function* repetition(lab: ExchangeWorld, question: Question): Generator<Run, never> {
  const { prepare } = lab;
  const world = copyOf(lab.world);
  const caughtUp = new Set<string>();
  let now = lab.now;
  for (;;) {
    const exchange = send(
      {
        ...lab,
        world,
        now,
        // Lazy agents work on the lab; what they write is carried over once.
        prepare(name) {
          if (caughtUp.has(name)) return;
          caughtUp.add(name);
          prepare?.(name);
          const { config } = lab.world.get(name);
          if (world.get(name).config !== config) world.get(name).configure(config);
        },
      },
      question,
    );
    yield { exchange, at: now };
    now += exchange.elapsedUs / 1000;
  }
}

function copyOf(world: World): World {
  const copy = new World();
  copy.restore(world.snapshot());
  return copy;
}

/**
 * How the runs of a journey's question so far ended, after each of them.
 * @param keep is handed the first run of each way to end, which is named after the journey: `x5.3`
 */
export function* tallyRuns(
  lab: ExchangeWorld,
  { id, exchange: { question }, target }: ExchangeRecord,
  directory: Directory,
  keep: (run: ExchangeRecord) => void,
): Generator<readonly TalliedOutcome[], undefined> {
  let outcomes: readonly TalliedOutcome[] = [];
  let number = 0;
  for (const run of repetition(lab, question)) {
    const record = { ...run, id: `${id}.${++number}`, target };
    const before = outcomes.length;
    outcomes = tallied(outcomes, summarize(record, directory));
    if (outcomes.length > before) keep(record);
    yield outcomes;
  }
}
