// Where the page keeps texts between visits. A browser may refuse (private mode, a full disk): then nothing is kept,
// and everything else goes on.

export interface TextStorage {
  /** The text kept under a key; undefined: none. */
  read(key: string): string | undefined;
  /** `refused`: the browser keeps nothing, or not this much. */
  write(key: string, text: string): 'kept' | 'refused';
  remove(key: string): void;
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
  return {
    read: key => attempt(() => localStorage.getItem(PREFIX + key) ?? undefined, undefined),
    write: (key, text) =>
      attempt(() => {
        localStorage.setItem(PREFIX + key, text);
        return 'kept' as const;
      }, 'refused' as const),
    remove: key => attempt(() => localStorage.removeItem(PREFIX + key), undefined),
  };
}

/** Keeps texts as long as the page lives: for tests, and where the browser keeps nothing. */
export function memoryStorage(texts: Readonly<Record<string, string>> = {}): TextStorage {
  const kept = new Map(Object.entries(texts));
  return {
    read: key => kept.get(key),
    write(key, text) {
      kept.set(key, text);
      return 'kept';
    },
    remove(key) {
      kept.delete(key);
    },
  };
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
