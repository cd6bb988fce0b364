// Random labs on the real kernel: every probe ends as the model predicts, and takes the predicted way. Needs Linux and
// root; elsewhere it is skipped. More labs: see command.ts.

import { describe, expect, it } from 'vitest';
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

describe.skipIf(reason !== undefined)('random labs in real network namespaces', () => {
  it(
    'end every probe as the model predicts',
    async () => {
      const unlike: string[] = [];
      await withoutErrorLimit(() =>
        runLabs(drawLabs(SEED, LABS), TOGETHER, ({ spec, differences, problem }) => {
          if (problem !== undefined) unlike.push(`${spec.name}: ${problem}`);
          unlike.push(...differences.map(difference => `${spec.name}\n${differenceText(difference)}`));
        }),
      );
      expect(unlike.join('\n')).toBe('');
    },
    TIME_LIMIT_MS,
  );
});
