// The states of a lab that are kept: which, how many, and what makes room.

import { describe, expect, it } from 'vitest';
import { type KeptLab, type LabArchive, memoryArchive } from '../../src/store/labArchive.ts';
import { createLabHistory, MOST_STATES } from '../../src/store/labHistory.ts';

const saved = (text = 'x') => ({ engine: '1', text });
const changed = (undo: string, changes: number) => ({ undo, changes });

async function historyOn(archive: LabArchive = memoryArchive()) {
  let time = 1000;
  const history = await createLabHistory(() => time++, Promise.resolve(archive));
  const names = async (scope = 'sandbox') => (await history.list(scope)).map(({ name }) => name);
  return { history, names };
}

/** Takes no more than so many labs. */
function narrowArchive(most: number): LabArchive {
  const archive = memoryArchive();
  const all: KeptLab[] = [];
  return {
    ...archive,
    async add(lab) {
      const count = (await archive.list(lab.scope)).length;
      return count >= most ? 'full' : archive.add(lab);
    },
    list: async scope => [...all, ...(await archive.list(scope))],
  };
}

describe('what is kept of a lab', () => {
  it('is each change once, newest first, with its name and the time', async () => {
    const { history } = await historyOn();
    await history.note('sandbox', saved('a'), changed('kubectl run a', 1));
    await history.note('sandbox', saved('a later'), changed('kubectl run a', 1));
    await history.note('sandbox', saved('b'), changed('kubectl run b', 2));
    expect((await history.list('sandbox')).map(({ name, at, saved: { text } }) => [name, at, text])).toEqual([
      ['kubectl run b', 1001, 'b'],
      ['kubectl run a', 1000, 'a'],
    ]);
  });

  it('is not what was undone: that was kept when it was done', async () => {
    const { history, names } = await historyOn();
    await history.note('sandbox', saved(), changed('kubectl run b', 2));
    await history.note('sandbox', saved(), { ...changed('kubectl run a', 1), redo: 'kubectl run b' });
    await history.note('sandbox', saved(), { changes: 0 });
    expect(await names()).toEqual(['kubectl run b']);
  });

  it('is a lesson’s or the sandbox’s own', async () => {
    const { history, names } = await historyOn();
    await history.note('lesson.a', saved(), changed('kubectl run a', 1));
    expect(await names()).toEqual([]);
    expect(await names('lesson.a')).toEqual(['kubectl run a']);
  });

  it(`is the last ${MOST_STATES} states, and every checkpoint`, async () => {
    const { history, names } = await historyOn();
    await history.keep('sandbox', 'checkpoint', 'mine', saved());
    for (let i = 1; i <= MOST_STATES + 3; i++) await history.note('sandbox', saved(), changed(`change ${i}`, i));
    const kept = await names();
    expect(kept).toHaveLength(MOST_STATES + 1);
    expect(kept[0]).toBe(`change ${MOST_STATES + 3}`);
    expect(kept.slice(-2)).toEqual(['change 4', 'mine']);
    await history.keep('sandbox', 'checkpoint', 'another', saved());
    expect(await names()).toHaveLength(MOST_STATES + 2);
  });

  it('makes room for a checkpoint, and says so when there is none', async () => {
    const { history, names } = await historyOn(narrowArchive(2));
    await history.note('sandbox', saved(), changed('a', 1));
    await history.note('sandbox', saved(), changed('b', 2));
    expect(await history.keep('sandbox', 'checkpoint', 'one', saved())).toBe('kept');
    expect(await history.keep('sandbox', 'checkpoint', 'two', saved())).toBe('kept');
    expect(await names()).toEqual(['two', 'one']);
    expect(await history.keep('sandbox', 'checkpoint', 'three', saved())).toBe('full');
    expect(history.room()).toBe('enough');
    await history.note('sandbox', saved(), changed('c', 3));
    expect(history.room()).toBe('full');
    expect(await names()).toEqual(['two', 'one']);
  });
});
