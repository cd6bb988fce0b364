// The lab's half of a link: calls by name, answered in the order in which they are done.

import type { Beat } from './beat.ts';
import type { JournalEntry } from './journal.ts';
import type { CommandOutput, LabClient } from './port.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';

/** Calls whose text comes while they run. */
const PRINTING: readonly CallMessage['method'][] = ['run', 'runOnFiles'];

/**
 * @param post says something to the page's half (link.ts)
 * @param takeDone what was done, and is over, since the last answer; it goes with the answer, so that the page knows of both
 */
export function answerCalls(
  client: LabClient,
  post: (message: ReplyMessage) => void,
  beat: Pick<Beat, 'begin' | 'end'>,
  takeDone: () => readonly JournalEntry[] = () => [],
): (message: CallMessage) => Promise<void> {
  let stopUpdates: (() => void) | undefined;

  async function answer({ id, method, args }: CallMessage): Promise<unknown> {
    if (method === 'sendUpdates') {
      stopUpdates?.();
      stopUpdates = client.onUpdate(update => post({ kind: 'update', update }));
      return undefined;
    }
    // It is no call to the lab: whoever hands out snapshots sees to it.
    if (method === 'sendSnapshot') return undefined;
    // The page's half (remoteClient.ts) has the types of the arguments; here they only pass through.
    const target = client[method] as (...given: readonly unknown[]) => unknown;
    const onOutput = (output: CommandOutput): void => post({ kind: 'output', id, output });
    return PRINTING.includes(method) ? target(...args, onOutput) : target(...args);
  }

  return async message => {
    const { id } = message;
    beat.begin();
    try {
      const value = await answer(message);
      post({ kind: 'result', id, value, done: takeDone() });
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      post({ kind: 'error', id, message: text, done: takeDone() });
    } finally {
      beat.end();
    }
  };
}
