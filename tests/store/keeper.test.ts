import { describe, expect, it } from 'vitest';
import { createKeeper } from '../../src/store/keeper.ts';
import { memoryStorage, readKept, type TextStorage, withAside } from '../../src/store/storage.ts';

/** A storage that has room for so many characters of keys and texts together. */
function narrow(room: number): TextStorage & { widen(more: number): void } {
  const lengths = new Map<string, number>();
  let free = room;
  const forget = (key: string): void => {
    free += lengths.get(key) ?? 0;
    lengths.delete(key);
  };
  const texts = memoryStorage();
  return withAside({
    read: texts.read,
    write(key, text) {
      const length = key.length + text.length;
      if (length > free + (lengths.get(key) ?? 0)) return 'refused';
      forget(key);
      lengths.set(key, length);
      free -= length;
      return texts.write(key, text);
    },
    remove(key) {
      forget(key);
      texts.remove(key);
    },
    widen(more: number) {
      free += more;
    },
  });
}

/** A storage that has room for texts of at most this many characters. */
function small(room: number): TextStorage {
  const texts = memoryStorage();
  return { ...texts, write: (key, text) => (text.length > room ? 'refused' : texts.write(key, text)) };
}

const kinds = (keeper: ReturnType<typeof createKeeper>): readonly string[] =>
  keeper.getState().troubles.map(({ kind }) => kind);

describe('a text that the browser refuses', () => {
  it('lives as long as the page, and is told of once', () => {
    const keeper = createKeeper(small(3));
    expect(keeper.write('lab.a', 'long text')).toBe('refused');
    expect(keeper.write('lab.b', 'long text')).toBe('refused');
    expect(keeper.read('lab.a')).toBe('long text');
    expect(kinds(keeper)).toEqual(['refused']);
  });

  it('gives way to a shorter one that is kept', () => {
    const texts = small(3);
    const keeper = createKeeper(texts);
    keeper.write('lab.a', 'long text');
    expect(keeper.write('lab.a', 'abc')).toBe('kept');
    expect(texts.read('lab.a')).toBe('abc');
    expect(keeper.read('lab.a')).toBe('abc');
  });
});

describe('a storage in which there is room again', () => {
  it('is no trouble any more when all is kept', () => {
    const texts = narrow(10);
    const keeper = createKeeper(texts);
    keeper.write('a', 'ten of them');
    keeper.write('b', 'ten of them');
    texts.widen(50);
    keeper.write('b', 'ten of them');
    expect(kinds(keeper)).toEqual(['refused']);
    keeper.write('a', 'ten of them');
    expect(kinds(keeper)).toEqual([]);
  });
});

describe('a text that cannot be used', () => {
  const number = (stored: unknown): number | undefined => (typeof stored === 'number' ? stored : undefined);

  it('is set aside, and what is aside already stays', () => {
    const texts = memoryStorage({ 'lab.a': '{"dam', 'lab.a.aside1': 'older' });
    const keeper = createKeeper(texts);
    expect(readKept(keeper, 'lab.a', number)).toBeUndefined();
    expect(texts.read('lab.a')).toBeUndefined();
    expect(texts.read('lab.a.aside1')).toBe('older');
    expect(texts.read('lab.a.aside2')).toBe('{"dam');
    expect(keeper.getState().troubles).toMatchObject([{ kind: 'aside', key: 'lab.a.aside2' }]);
  });

  it('stays where it is when there is no room for it elsewhere, and nothing is written over it', () => {
    const texts = narrow('lab.a{"dam'.length);
    texts.write('lab.a', '{"dam');
    const keeper = createKeeper(texts);
    expect(readKept(keeper, 'lab.a', number)).toBeUndefined();
    expect(keeper.getState().troubles).toMatchObject([{ kind: 'aside', key: 'lab.a.aside1' }]);
    expect(keeper.read('lab.a.aside1')).toBe('{"dam');
    expect(keeper.write('lab.a', '7')).toBe('refused');
    expect(keeper.read('lab.a')).toBe('7');
    expect(texts.read('lab.a')).toBe('{"dam');
    keeper.remove('lab.a');
    expect(keeper.read('lab.a')).toBeUndefined();
    expect(texts.read('lab.a')).toBe('{"dam');
  });

  it('is nothing to tell of when it can be, or when there is none', () => {
    const keeper = createKeeper(memoryStorage({ 'lab.a': '7' }));
    expect(readKept(keeper, 'lab.a', number)).toBe(7);
    expect(readKept(keeper, 'lab.b', number)).toBeUndefined();
    expect(kinds(keeper)).toEqual([]);
  });
});

describe('a lab that another tab keeps', () => {
  it('is written here only as long as the page lives, until it is claimed', () => {
    const texts = memoryStorage({ 'lab.sandbox': 'theirs' });
    const keeper = createKeeper(texts);
    keeper.enter('sandbox');
    keeper.standBack();
    expect(keeper.keeperOf('sandbox')).toBe('elsewhere');
    keeper.write('lab.sandbox', 'mine');
    keeper.write('layout', 'wide');
    expect(keeper.read('lab.sandbox')).toBe('mine');
    expect(texts.read('lab.sandbox')).toBe('theirs');
    expect(texts.read('layout')).toBe('wide');
    keeper.claim();
    expect(texts.read('lab.sandbox')).toBe('mine');
    expect(kinds(keeper)).toEqual([]);
  });

  it('is not removed here either', () => {
    const texts = memoryStorage({ 'lab.sandbox': 'theirs' });
    const keeper = createKeeper(texts);
    keeper.enter('sandbox');
    keeper.standBack();
    keeper.remove('lab.sandbox');
    expect(texts.read('lab.sandbox')).toBe('theirs');
  });

  it('says nothing of the next one', () => {
    const texts = memoryStorage();
    const keeper = createKeeper(texts);
    keeper.enter('sandbox');
    keeper.standBack();
    expect(kinds(keeper)).toEqual(['elsewhere']);
    keeper.enter('lesson.a');
    expect(kinds(keeper)).toEqual([]);
    keeper.write('lab.lesson.a', 'mine');
    expect(texts.read('lab.lesson.a')).toBe('mine');
  });
});
