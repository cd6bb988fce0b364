// Where the page keeps states of labs between visits: IndexedDB, because they are too many and too large for localStorage.
// Where a browser keeps nothing (private mode), they live as long as the page.
//
// Read:    W3C Indexed Database API 3.0.

import { isFields } from './storage.ts';

/** A state of a lab. */
export interface KeptLab {
  /** Grows with every state that is kept. */
  readonly id: number;
  /** The lesson's, or the sandbox's. */
  readonly scope: string;
  /** When it was kept, in milliseconds since 1970. */
  readonly at: number;
  /**
   * - `change`: after a change, by itself.
   * - `replaced`: before another lab took its place.
   * - `checkpoint`: the learner gave it a name.
   */
  readonly kind: 'change' | 'replaced' | 'checkpoint';
  readonly name: string;
  /** What `open` takes, with the engine that wrote it. */
  readonly saved: { readonly engine: string; readonly text: string };
}

export interface LabArchive {
  /** - `page`: what is kept is gone with the page. */
  readonly keeps: 'visits' | 'page';
  /** Of one lesson or the sandbox, oldest first. What is damaged is left out. */
  list(scope: string): Promise<readonly KeptLab[]>;
  /** `full`: the browser has no room for it. */
  add(lab: Omit<KeptLab, 'id'>): Promise<'kept' | 'full'>;
  remove(ids: readonly number[]): Promise<void>;
}

const STORE = 'labs';
const BY_SCOPE = 'scope';

/** The browser's own; one in memory where there is none. */
export async function openArchive(name = 'hoplab'): Promise<LabArchive> {
  try {
    return browserArchive(await openDatabase(name), () => openDatabase(name));
  } catch {
    return memoryArchive();
  }
}

export function memoryArchive(): LabArchive {
  let labs: readonly KeptLab[] = [];
  let next = 1;
  return {
    keeps: 'page',
    list: scope => Promise.resolve(labs.filter(lab => lab.scope === scope)),
    add(lab) {
      labs = [...labs, { ...lab, id: next++ }];
      return Promise.resolve('kept');
    },
    remove(ids) {
      labs = labs.filter(({ id }) => !ids.includes(id));
      return Promise.resolve();
    },
  };
}

/** @param reopen the browser closes a database whose site's data are cleared */
function browserArchive(opened: IDBDatabase, reopen: () => Promise<IDBDatabase>): LabArchive {
  let database = opened;
  const begin = async (
    mode: IDBTransactionMode,
  ): Promise<{ readonly labs: IDBObjectStore; readonly end: Promise<void> }> => {
    const start = () => {
      const transaction = database.transaction(STORE, mode);
      return { labs: transaction.objectStore(STORE), end: endOf(transaction) };
    };
    try {
      return start();
    } catch {
      database = await reopen();
      return start();
    }
  };
  return {
    keeps: 'visits',
    async list(scope) {
      try {
        const { labs } = await begin('readonly');
        const found = await answerOf<unknown[]>(labs.index(BY_SCOPE).getAll(scope));
        return found.filter(isKeptLab);
      } catch {
        return [];
      }
    },
    async add(lab) {
      try {
        const { labs, end } = await begin('readwrite');
        labs.add(lab);
        await end;
        return 'kept';
      } catch {
        return 'full';
      }
    },
    async remove(ids) {
      try {
        const { labs, end } = await begin('readwrite');
        for (const id of ids) labs.delete(id);
        await end;
      } catch {
        // What is not there any more need not be removed; what is, is still listed.
      }
    },
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE, { keyPath: 'id', autoIncrement: true }).createIndex(BY_SCOPE, 'scope');
  };
  return answerOf(request);
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function endOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function isKeptLab(value: unknown): value is KeptLab {
  return (
    isFields(value) &&
    typeof value.id === 'number' &&
    typeof value.scope === 'string' &&
    typeof value.at === 'number' &&
    typeof value.name === 'string' &&
    (value.kind === 'change' || value.kind === 'replaced' || value.kind === 'checkpoint') &&
    isFields(value.saved) &&
    typeof value.saved.engine === 'string' &&
    typeof value.saved.text === 'string'
  );
}
