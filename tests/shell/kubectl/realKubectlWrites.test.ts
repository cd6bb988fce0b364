// The page's kubectl and the real one, line by line, on labs of the same manifests. Where there is no real one, what it
// printed when it was recorded takes its place:
//
//   RECORD=1 npx vitest run tests/shell/kubectl/realKubectlWrites.test.ts      records it again

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NO_KUBECTL } from '../../support/realKubectl.ts';
import type { Printed } from '../../support/servedLab.ts';
import { playPage, playReal, type Sequence, textOf } from './writes/playBoth.ts';
import { SEQUENCES } from './writes/sequences/index.ts';

const PATIENCE_MS = 120_000;

interface Recorded extends Printed {
  readonly line: string;
}

const isRecording = process.env.RECORD !== undefined && NO_KUBECTL === undefined;
const judge = NO_KUBECTL === undefined ? 'the real kubectl' : `recordings of kubectl v1.32.4 (${NO_KUBECTL})`;

describe(`writing verbs, against ${judge}`, () => {
  for (const sequence of SEQUENCES) {
    it(
      sequence.name,
      async () => {
        const [expected, page] = await Promise.all([
          NO_KUBECTL === undefined ? real(sequence) : recorded(sequence),
          playPage(sequence),
        ]);
        const [same, different] = [expected, page].map((printed, side) =>
          sequence.lines.map((line, i) =>
            typeof line === 'string'
              ? { line, ...printed[i] }
              : // A difference that is listed has to be one.
                { line: line.line, differs: side === 0 || !isSame(expected[i], page[i]) },
          ),
        );
        expect(different).toEqual(same);
      },
      PATIENCE_MS,
    );
  }

  it('has recordings of every line', () => {
    for (const sequence of SEQUENCES)
      expect(recorded(sequence).map(({ line }) => line)).toEqual(sequence.lines.map(textOf));
  });
});

function isSame(a: Printed | undefined, b: Printed | undefined): boolean {
  return a?.stdout === b?.stdout && a?.stderr === b?.stderr && a?.code === b?.code;
}

async function real(sequence: Sequence): Promise<readonly Printed[]> {
  const printed = await playReal(sequence);
  if (isRecording) {
    const lines = sequence.lines.map((line, i) => ({ line: textOf(line), ...printed[i] }));
    writeFileSync(fileOf(sequence), `${JSON.stringify(lines, undefined, 2)}\n`);
  }
  return printed;
}

function recorded(sequence: Sequence): readonly Recorded[] {
  const file = fileOf(sequence);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

function fileOf({ name }: Sequence): URL {
  return new URL(`writes/recorded/${name.replaceAll(/[^a-z]+/g, '-')}.json`, import.meta.url);
}
