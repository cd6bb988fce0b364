// What stands in the input while the terminal's pane is closed: another tab takes the pane's place.

import type { TerminalStore } from '../../store/terminalStore.ts';

interface Kept {
  readonly text: string;
  /** The proposal that was taken last. */
  readonly proposal: number;
}

const memory = new WeakMap<TerminalStore, Kept>();

export function keptInput(terminal: TerminalStore): Kept {
  return memory.get(terminal) ?? { text: '', proposal: 0 };
}

export function keepInput(terminal: TerminalStore, change: Partial<Kept>): void {
  memory.set(terminal, { ...keptInput(terminal), ...change });
}
