// A lab in a Web Worker of its own: what the page uses.

import type { CommandOutput, LabClient, LabUpdate } from './port.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';

/** Starts a Worker with a lab in it. `onFailure` is told when the Worker dies; every call under way fails then. */
export function createWorkerClient(onFailure: (message: string) => void): LabClient {
  const worker = new Worker(new URL('./labWorker.ts', import.meta.url), { type: 'module', name: 'hoplab' });
  const pending = new Map<
    number,
    { resolve(value: unknown): void; reject(error: Error): void; onOutput?: (output: CommandOutput) => void }
  >();
  const listeners = new Set<(update: LabUpdate) => void>();
  let nextId = 1;

  const fail = (message: string): void => {
    for (const call of pending.values()) call.reject(new Error(message));
    pending.clear();
    onFailure(message);
  };
  worker.addEventListener('error', event => fail(event.message || 'the lab could not be loaded'));
  worker.addEventListener('messageerror', () => fail('the lab sent something that cannot be read'));
  worker.addEventListener('message', (event: MessageEvent<ReplyMessage>) => {
    const message = event.data;
    if (message.kind === 'update') {
      for (const listener of listeners) listener(message.update);
      return;
    }
    const call = pending.get(message.id);
    if (message.kind === 'output') {
      call?.onOutput?.(message.output);
      return;
    }
    pending.delete(message.id);
    if (message.kind === 'result') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });

  // The Worker's half (labWorker.ts) calls the method of the same name, so the answer has that method's type.
  function call<T>(method: string, args: readonly unknown[], onOutput?: (output: CommandOutput) => void): Promise<T> {
    const id = nextId++;
    return new Promise<T>((resolve, reject) => {
      pending.set(id, { resolve: value => resolve(value as T), reject, ...(onOutput !== undefined && { onOutput }) });
      const message: CallMessage = { kind: 'call', id, method, args };
      worker.postMessage(message);
    });
  }

  return {
    open: source => call('open', [source]),
    onUpdate(listener) {
      listeners.add(listener);
      void call('sendUpdates', []);
      return () => listeners.delete(listener);
    },
    request: request => call('request', [request]),
    run: (id, line, onOutput) => call('run', [id, line], onOutput),
    cancel: id => call('cancel', [id]),
    prompt: () => call('prompt', []),
    complete: (line, cursor) => call('complete', [line, cursor]),
    validate: text => call('validate', [text]),
    apply: (file, onOutput) => call('apply', [file], onOutput),
    setFiles: files => call('setFiles', [files]),
    exchange: id => call('exchange', [id]),
    inspect: element => call('inspect', [element]),
    check: (checks, since) => call('check', [checks, since]),
    undo: () => call('undo', []),
    redo: () => call('redo', []),
    reset: () => call('reset', []),
    setClock: running => call('setClock', [running]),
    stepClock: () => call('stepClock', []),
    save: () => call('save', []),
    close: () => worker.terminate(),
  };
}
