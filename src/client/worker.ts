// A lab in a Worker of its own: what the page uses. A Worker that died is replaced when a lab is opened again.

import type { CommandOutput, EditorFile, LabClient, LabUpdate } from './port.ts';
import { startWorker, type WorkerLink } from './workerLink.ts';

/**
 * Starts a Worker with a lab in it. `onFailure` is told when the Worker dies; every call under way fails then, and every
 * later one until `open` starts a fresh Worker.
 */
export function createWorkerClient(onFailure: (message: string) => void): LabClient {
  const listeners = new Set<(update: LabUpdate) => void>();
  let files: readonly EditorFile[] = [];
  let link: WorkerLink | undefined;
  /** Why there is no Worker. */
  let reason = 'the lab is closed';

  function start(): WorkerLink {
    const started = startWorker({
      onUpdate(update) {
        for (const listener of listeners) listener(update);
      },
      onDeath(message) {
        link = undefined;
        reason = message;
        onFailure(message);
      },
    });
    link = started;
    // A fresh Worker knows neither who listens nor the editor's files. When these fail, the Worker died: it is told.
    if (listeners.size > 0) started.call('sendUpdates', []).catch(() => undefined);
    if (files.length > 0) started.call('setFiles', [files]).catch(() => undefined);
    return started;
  }

  const call = <T>(method: string, args: readonly unknown[], onOutput?: (output: CommandOutput) => void): Promise<T> =>
    link === undefined ? Promise.reject(new Error(reason)) : link.call<T>(method, args, onOutput);

  // Its program loads while the page draws itself. Where that fails, `open` tries again and says why.
  try {
    start();
  } catch {
    link = undefined;
  }

  return {
    async open(source) {
      return (link ?? start()).call('open', [source]);
    },
    onUpdate(listener) {
      listeners.add(listener);
      call('sendUpdates', []).catch(() => undefined);
      return () => listeners.delete(listener);
    },
    request: request => call('request', [request]),
    run: (id, line, onOutput) => call('run', [id, line], onOutput),
    cancel: id => call('cancel', [id]),
    prompt: () => call('prompt', []),
    complete: (line, cursor) => call('complete', [line, cursor]),
    validate: text => call('validate', [text]),
    apply: (file, onOutput) => call('apply', [file], onOutput),
    setFiles(list) {
      files = list;
      return call('setFiles', [list]);
    },
    exchange: id => call('exchange', [id]),
    capture: (id, at) => call('capture', [id, at]),
    inspect: element => call('inspect', [element]),
    check: (checks, since) => call('check', [checks, since]),
    undo: () => call('undo', []),
    redo: () => call('redo', []),
    reset: () => call('reset', []),
    setClock: running => call('setClock', [running]),
    stepClock: () => call('stepClock', []),
    save: () => call('save', []),
    close() {
      link?.end();
      link = undefined;
    },
  };
}
