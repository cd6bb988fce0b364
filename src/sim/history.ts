// Undo and redo by whole snapshots: nothing is replayed.

/** One change that can be taken back. */
export interface HistoryEntry<State> {
  /** In words, for the button: `kubectl apply -f service.yaml`. */
  readonly name: string;
  readonly before: State;
  readonly after: State;
  /** - `reset`: after it everything is as it was opened. */
  readonly kind: 'change' | 'reset';
}

/** What can be taken back, oldest first, and brought back, next last. */
export interface HistoryState<State> {
  readonly past: readonly HistoryEntry<State>[];
  readonly future: readonly HistoryEntry<State>[];
}

/** Changes kept; older ones are forgotten. */
const LIMIT = 100;

export class History<State> {
  #past: HistoryEntry<State>[] = [];
  #future: HistoryEntry<State>[] = [];

  /** A change was made: what could be redone is gone. */
  push(entry: HistoryEntry<State>): void {
    this.#past = [...this.#past, entry].slice(-LIMIT);
    this.#future = [];
  }

  undo(): HistoryEntry<State> | undefined {
    const entry = this.#past.pop();
    if (entry !== undefined) this.#future.push(entry);
    return entry;
  }

  redo(): HistoryEntry<State> | undefined {
    const entry = this.#future.pop();
    if (entry !== undefined) this.#past.push(entry);
    return entry;
  }

  snapshot(): HistoryState<State> {
    return { past: [...this.#past], future: [...this.#future] };
  }

  restore({ past, future }: HistoryState<State>): void {
    this.#past = [...past];
    this.#future = [...future];
  }

  get undoName(): string | undefined {
    return this.#past[this.#past.length - 1]?.name;
  }

  get redoName(): string | undefined {
    return this.#future[this.#future.length - 1]?.name;
  }

  /** The names of what undo would take back, oldest first. */
  get past(): readonly string[] {
    return this.#past.map(({ name }) => name);
  }

  /** The names of what redo would bring back, in this order. */
  get future(): readonly string[] {
    return this.#future.map(({ name }) => name).reverse();
  }

  /** Changes since the lab was opened or reset. */
  get changes(): number {
    return this.#past.length - 1 - this.#past.findLastIndex(entry => entry.kind === 'reset');
  }
}
