// The page's kubectl against the real one: the same lab and the same line, the same bytes and exit code.
//
// Where there is no kubectl, the page's is held to what the real one printed when it was recorded:
// `RECORD=1 npx vitest run tests/shell/kubectl` records anew.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothKubectls, bothKubectls } from '../../support/bothKubectls.ts';
import { NO_KUBECTL } from '../../support/realKubectl.ts';
import type { Printed } from '../../support/servedLab.ts';
import { type Goldens, readGoldens, writeGoldens } from './goldens.ts';
import { READING } from './readingLines.ts';
import { FILES, WORLD } from './world.ts';

const isRecording = process.env.RECORD !== undefined;
const goldens: Goldens | undefined = isRecording ? undefined : readGoldens();
const now = NO_KUBECTL === undefined ? Date.now() : (goldens?.recordedAt ?? 0);

let both: BothKubectls;
const printed: Record<string, Printed> = {};
beforeAll(async () => {
  both = await bothKubectls(WORLD, FILES, now);
});
afterAll(async () => {
  await both.close();
  if (isRecording && NO_KUBECTL === undefined) writeGoldens({ recordedAt: now, lines: printed });
});

const how = NO_KUBECTL === undefined ? 'beside the real kubectl' : `beside its recording (${NO_KUBECTL})`;

describe(`the page's kubectl, reading, ${how}`, () => {
  it.each(READING)('kubectl %s', async line => {
    const expected = NO_KUBECTL === undefined ? await both.real(line) : goldens?.lines[line];
    if (expected !== undefined) printed[line] = expected;
    expect(await both.page(line)).toEqual(expected);
  });
});

describe.skipIf(NO_KUBECTL !== undefined || isRecording)('the recording of the real kubectl', () => {
  it('has every line that is compared', () => {
    expect(Object.keys(goldens?.lines ?? {}).sort()).toEqual([...READING].sort());
  });

  it('is what it prints today, but for ages', () => {
    expect(Object.entries(printed).map(withoutAges)).toEqual(
      READING.map(line => withoutAges([line, goldens?.lines[line]])),
    );
  });
});

/** Ages that count up to the machine's clock, and what they do to the width of columns. */
function withoutAges([line, golden]: [string, Printed | undefined]): unknown {
  const plain = (text = ''): string => text.replace(/\b\d+[dy]\b|<invalid>/g, 'AGE').replace(/ {2,}/g, '  ');
  return { line, stdout: plain(golden?.stdout), stderr: plain(golden?.stderr), code: golden?.code };
}
