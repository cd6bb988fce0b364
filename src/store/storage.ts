// Where the page keeps texts between visits. A browser may refuse (private mode, a full disk): then nothing is kept,
// and everything else goes on.

import * as WORDS from './words.ts';

export interface TextStorage {
  /** The text kept under a key; undefined: none. */
  read(key: string): string | undefined;
  /** `refused`: the browser keeps nothing, or not this much. */
  write(key: string, text: string): 'kept' | 'refused';
  remove(key: string): void;
  /**
   * Moves a text that cannot be used to a key of its own, where nothing is written over it. Where there is no room for it
   * there, it stays.
   * @param why one sentence for the learner
   * @returns that key; undefined: there is no text
   */
  setAside(key: string, why: string): string | undefined;
}

const PREFIX = 'hoplab.';

/** The browser's own storage of this origin. */
export function browserStorage(): TextStorage {
  const attempt = <T>(act: () => T, otherwise: T): T => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  return withAside({
    read: key => attempt(() => localStorage.getItem(PREFIX + key) ?? undefined, undefined),
    write: (key, text) =>
      attempt(() => {
        localStorage.setItem(PREFIX + key, text);
        return 'kept' as const;
      }, 'refused' as const),
    remove: key => attempt(() => localStorage.removeItem(PREFIX + key), undefined),
  });
}

/** Keeps texts as long as the page lives: for tests, and where the browser keeps nothing. */
export function memoryStorage(texts: Readonly<Record<string, string>> = {}): TextStorage {
  const kept = new Map(Object.entries(texts));
  return withAside({
    read: key => kept.get(key),
    write(key, text) {
      kept.set(key, text);
      return 'kept';
    },
    remove(key) {
      kept.delete(key);
    },
  });
}

/** The same storage, which can set texts aside. */
export function withAside<Texts extends Omit<TextStorage, 'setAside'>>(texts: Texts): Texts & TextStorage {
  return {
    ...texts,
    setAside(key) {
      const text = texts.read(key);
      if (text === undefined) return undefined;
      let number = 1;
      while (texts.read(`${key}.aside${number}`) !== undefined) number++;
      const aside = `${key}.aside${number}`;
      // In this order: a full storage has room for it then, unless the longer name is too long.
      texts.remove(key);
      if (texts.write(aside, text) === 'refused') texts.write(key, text);
      return aside;
    },
  };
}

/** What is kept under a key, as `read` understands it; a text that it does not is set aside. */
export function readKept<T>(
  storage: TextStorage,
  key: string,
  read: (stored: unknown) => T | undefined,
): T | undefined {
  const text = storage.read(key);
  if (text === undefined) return undefined;
  const value = read(parseStored(text));
  if (value === undefined) storage.setAside(key, WORDS.damaged);
  return value;
}

/** A text read as JSON; undefined when there is none or it is damaged. */
export function parseStored(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object with fields that can be read one by one. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
