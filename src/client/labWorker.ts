// The Worker's half: a lab that answers the page's calls.

import { createInProcessClient } from './inProcess.ts';
import type { CommandOutput, LabClient } from './port.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';

const client: LabClient = createInProcessClient();
const post = (message: ReplyMessage): void => self.postMessage(message);
let stopUpdates: (() => void) | undefined;

self.addEventListener('message', (event: MessageEvent<CallMessage>) => {
  const { id, method, args } = event.data;
  const onOutput = (output: CommandOutput): void => post({ kind: 'output', id, output });
  answer(method, args, onOutput).then(
    value => post({ kind: 'result', id, value }),
    (error: unknown) => post({ kind: 'error', id, message: error instanceof Error ? error.message : String(error) }),
  );
});

async function answer(
  method: string,
  args: readonly unknown[],
  onOutput: (output: CommandOutput) => void,
): Promise<unknown> {
  // Only that an answer comes matters (workerLink.ts).
  if (method === 'ping') return undefined;
  if (method === 'sendUpdates') {
    stopUpdates?.();
    stopUpdates = client.onUpdate(update => post({ kind: 'update', update }));
    return undefined;
  }
  // The page's half (worker.ts) has the types of the arguments; here they only pass through.
  const target = client[method as keyof LabClient] as ((...given: readonly unknown[]) => unknown) | undefined;
  if (target === undefined) throw new Error(`the lab knows no "${method}"`);
  return method === 'run' || method === 'apply' ? target(...args, onOutput) : target(...args);
}
