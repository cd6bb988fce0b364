// Random labs and the lab's own clusters on the real kernel: every probe ends as the model predicts, and takes the
// predicted way. Needs Linux and
// root; elsewhere it is skipped. More labs: see command.ts.

import { describe, expect, it } from 'vitest';
import type { RecordedSpec } from '../conformance/recording.ts';
import { clusterSpec } from './clusterSpec.ts';
import { differenceText, drawLabs, runLabs } from './labs.ts';
import { whyNotHere } from './machine.ts';
import { withoutErrorLimit } from './replay.ts';

const SEED = 1;
const LABS = 10;
/** Nearly all the time is waiting for what never answers. */
const TOGETHER = 4;
const TIME_LIMIT_MS = 180_000;

const reason = whyNotHere();
if (reason !== undefined) console.log(`tests/kernel/replay: skipped, ${reason}`);

async function differencesOf(specs: readonly RecordedSpec[]): Promise<string> {
  const unlike: string[] = [];
  await withoutErrorLimit(() =>
    runLabs(specs, TOGETHER, ({ spec, differences, problem }) => {
      if (problem !== undefined) unlike.push(`${spec.name}: ${problem}`);
      unlike.push(...differences.map(difference => `${spec.name}\n${differenceText(difference)}`));
    }),
  );
  return unlike.join('\n');
}

describe.skipIf(reason !== undefined)('in real network namespaces', () => {
  it(
    'random labs end every probe as the model predicts',
    async () => {
      expect(await differencesOf(drawLabs(SEED, LABS))).toBe('');
    },
    TIME_LIMIT_MS,
  );

  it(
    "the lab's own clusters do, with every backend",
    async () => {
      expect(await differencesOf(['host-gw', 'vxlan'].map(clusterSpec))).toBe('');
    },
    TIME_LIMIT_MS,
  );
});
