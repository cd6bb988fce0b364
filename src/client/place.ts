// What belongs to one of those who use a lab, whichever lab is open: their files, and what they have running.

import type { EditorFile } from './port.ts';

/** What somebody has at their seat, whichever lab is open. */
export interface Place {
  files(): readonly EditorFile[];
  setFiles(files: readonly EditorFile[]): void;
  /** Runs something that can be ended by its name. */
  running<T>(id: string, act: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Ends what has this name, or everything. */
  abort(id?: string): void;
}

export function createPlace(): Place {
  let files: readonly EditorFile[] = [];
  const controllers = new Map<string, AbortController>();
  return {
    files: () => files,
    setFiles(list) {
      files = list;
    },
    running(id, act) {
      const controller = new AbortController();
      controllers.set(id, controller);
      return act(controller.signal).finally(() => controllers.delete(id));
    },
    abort(id) {
      for (const [name, controller] of controllers) if (id === undefined || name === id) controller.abort();
    },
  };
}

/** Lets acts go one after the other; one that fails holds up none. */
export interface Turns {
  take<T>(act: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(act) {
      const turn = last.then(act);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
