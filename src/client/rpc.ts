// Messages between the page and a lab elsewhere: calls by name with their answers, and what the lab says by itself.

import type { JournalEntry } from './journal.ts';
import type { CommandOutput, LabClient, LabUpdate } from './port.ts';

/** What can be called: the port's methods, but those that are about the link itself. */
export const METHODS = [
  'open',
  'request',
  'run',
  'cancel',
  'prompt',
  'complete',
  'validate',
  'runOnFiles',
  'manifest',
  'setFiles',
  'exchange',
  'capture',
  'repeat',
  'inspect',
  'reachEnds',
  'reach',
  'send',
  'readSelector',
  'check',
  'undo',
  'redo',
  'steps',
  'travel',
  'reset',
  'setClock',
  'stepClock',
  'save',
  'manifests',
  'playBack',
  'readLab',
  'readRecorded',
  'realCluster',
] as const satisfies readonly (keyof LabClient)[];

/** `sendUpdates`: what the lab holds, then every change. `sendSnapshot`: one more, although nothing changed. */
export type Method = (typeof METHODS)[number] | 'sendUpdates' | 'sendSnapshot';

/** From the page. */
export interface CallMessage {
  readonly kind: 'call';
  readonly id: number;
  readonly method: Method;
  readonly args: readonly unknown[];
}

/** From the lab. */
export type ReplyMessage =
  /**
   * The lab works on (beat.ts); from now on it says something at least so often, in milliseconds. `usually`: the same, as
   * far as it is known from how it did; absent: nothing is known.
   */
  | { readonly kind: 'beat'; readonly silentFor: number; readonly usually?: number }
  | ({ readonly kind: 'result'; readonly id: number; readonly value: unknown } & Done)
  | ({ readonly kind: 'error'; readonly id: number; readonly message: string } & Done)
  /** The whole lab, after all that was done: it waits at a port for the Worker that takes over (snapshots.ts). */
  | ({ readonly kind: 'snapshot'; readonly port: MessagePort } & Done)
  /** Text of a command that is still running: the call that started it. */
  | { readonly kind: 'output'; readonly id: number; readonly output: CommandOutput }
  | { readonly kind: 'update'; readonly update: LabUpdate };

/** What was done, and is over, since such a message came last: how the lab can be made again if it dies. */
interface Done {
  readonly done: readonly JournalEntry[];
}

/** A call that came as text; undefined: it is none. */
export function readCall(value: unknown): CallMessage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('id' in value && 'method' in value && 'args' in value)) return undefined;
  const { id, args } = value;
  const method = ([...METHODS, 'sendUpdates'] as const).find(known => known === value.method);
  if (method === undefined || typeof id !== 'number' || !Array.isArray(args)) return undefined;
  return { kind: 'call', id, method, args };
}
