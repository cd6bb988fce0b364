// Messages between the page and a Worker: calls by name with their answers, and what the lab says by itself.

import type { CommandOutput, LabUpdate } from './port.ts';

/** From the page. */
export interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** From the Worker. */
export type ReplyMessage =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: number; readonly message: string }
  /** Text of a command that is still running: the call that started it. */
  | { readonly kind: 'output'; readonly id: number; readonly output: CommandOutput }
  | { readonly kind: 'update'; readonly update: LabUpdate };
