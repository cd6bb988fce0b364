import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LessonState } from '../../src/lesson/lessonState.ts';
import { lessonProgress, type Migration, readProgress, withLesson, writeProgress } from '../../src/lesson/progress.ts';
import { isMap } from '../../src/lesson/schema.ts';

const STATE: LessonState = {
  lesson: 'small',
  version: 1,
  place: { kind: 'step', step: 'one' },
  steps: {
    one: {
      since: 3,
      runs: 2,
      goals: [
        { kind: 'met', evidence: 'seen' },
        { kind: 'open' },
        { kind: 'lost', because: 'x', change: 'you scaled web to 0' },
      ],
      clicks: ['pod/default/web'],
      hints: 1,
      solution: 'hidden',
      nearMissStamps: [-1, 4],
      nearMiss: 1,
      outcome: 'open',
    },
  },
  questions: { p: { tries: 1, first: ['b'], firstGrade: 'wrong', last: ['b'], grade: 'wrong', found: '' } },
};
const STORED = writeProgress(withLesson({ lessons: {} }, STATE));

describe('progress', () => {
  it('is read back as it was written', () => {
    const { progress, aside } = readProgress(STORED);
    expect(progress.lessons).toEqual({ small: STATE });
    expect(lessonProgress(progress, 'small')).toEqual(STATE);
    expect(lessonProgress(progress, 'toString')).toBeUndefined();
    expect(aside).toEqual([]);
  });

  it('begins empty', () => {
    expect(readProgress(undefined)).toEqual({ progress: { lessons: {} }, aside: [] });
  });

  it.each([
    ['', 'damaged'],
    ['{"version":1', 'damaged'],
    ['[]', 'damaged'],
    ['{"version":"1","lessons":{}}', 'damaged'],
    ['{"version":0,"lessons":{}}', 'damaged'],
    ['{"version":1,"lessons":[]}', 'damaged'],
    ['{"version":99,"lessons":{}}', 'newer'],
  ])('%s is kept aside as %s', (text, reason) => {
    expect(readProgress(text)).toEqual({ progress: { lessons: {} }, aside: [{ text, reason }] });
  });

  it('loses no lesson to another that is damaged', () => {
    const damaged = STORED.replace(
      '"lessons":{',
      `"lessons":{"broken":{"lesson":"broken","version":"x"},"other":${JSON.stringify(STATE)},`,
    );
    const { progress, aside } = readProgress(damaged);
    expect(Object.keys(progress.lessons)).toEqual(['small']);
    expect(aside).toEqual([
      { text: '{"lesson":"broken","version":"x"}', reason: 'damaged', lesson: 'broken' },
      { text: JSON.stringify(STATE), reason: 'damaged', lesson: 'other' },
    ]);
  });

  describe('of an earlier version', () => {
    const toSecond: Migration = old => ({
      ...(isMap(old) ? old : {}),
      version: 2,
      lessons: isMap(old) ? old.done : null,
    });
    const toThird: Migration = old => ({ ...(isMap(old) ? old : {}), version: 3 });

    it('is brought up to date, from any version', () => {
      const first = JSON.stringify({ version: 1, done: { small: STATE } });
      const second = JSON.stringify({ version: 2, lessons: { small: STATE } });
      for (const text of [first, second]) {
        expect(readProgress(text, [toSecond, toThird]).progress.lessons).toEqual({ small: STATE });
      }
    });

    it('is kept aside when a migration meets damage', () => {
      const broken: Migration = () => {
        throw new Error('damaged');
      };
      expect(readProgress(STORED, [broken]).aside).toEqual([{ text: STORED, reason: 'damaged' }]);
    });
  });

  it('survives any damage', () => {
    fc.assert(
      fc.property(fc.nat(STORED.length - 1), fc.string({ maxLength: 5 }), (at, noise) => {
        const text = STORED.slice(0, at) + noise + STORED.slice(at + noise.length);
        const { progress, aside } = readProgress(text);
        expect(Object.keys(progress.lessons).length + aside.length).toBeGreaterThanOrEqual(0);
        expect(readProgress(writeProgress(progress)).aside).toEqual([]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
