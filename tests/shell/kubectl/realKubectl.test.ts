// The page's kubectl against the real one: the same lab and the same line, the same bytes and exit code.
//
// Where there is no kubectl, the page's is held to what the real one printed when it was recorded, in a lab that may have
// had other random names since then: `RECORD=1 npx vitest run tests/shell/kubectl/realKubectl` records anew.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BothKubectls, bothKubectls } from '../../support/bothKubectls.ts';
import { NO_KUBECTL } from '../../support/realKubectl.ts';
import type { Printed } from '../../support/servedLab.ts';
import { type Goldens, readGoldens, seedAside, writeGoldens } from './goldens.ts';
import { READING } from './readingLines.ts';
import { FILES, WORLD } from './world.ts';

const isRecording = process.env.RECORD !== undefined && NO_KUBECTL === undefined;
const goldens: Goldens = isRecording ? { recordedAt: 0, lines: {} } : readGoldens();
const now = NO_KUBECTL === undefined ? Date.now() : goldens.recordedAt;

let both: BothKubectls;
const printed: Record<string, Printed> = {};
beforeAll(async () => {
  both = await bothKubectls(WORLD, FILES, now);
});
afterAll(async () => {
  await both.close();
  if (isRecording) writeGoldens({ recordedAt: now, lines: printed });
});

const how = NO_KUBECTL === undefined ? 'beside the real kubectl' : `beside its recording (${NO_KUBECTL})`;

describe(`the page's kubectl, reading, ${how}`, () => {
  it.each(READING)('kubectl %s', async line => {
    if (NO_KUBECTL !== undefined) {
      expect(seedAside(await both.page(line))).toEqual(seedAside(goldens.lines[line]));
      return;
    }
    const expected = await both.real(line);
    printed[line] = expected;
    expect(await both.page(line)).toEqual(expected);
  });
});

describe.skipIf(isRecording)('the recording of the real kubectl', () => {
  it('has every line that is compared', () => {
    expect(Object.keys(goldens.lines).sort()).toEqual([...READING].sort());
  });
});
