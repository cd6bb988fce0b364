// One Worker with a lab in it, from its start to its end: calls and their answers, and how the page learns of its death.

import type { CommandOutput, LabUpdate } from './port.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';

/** Where no call has this number: the answer to a ping is not looked at, only that it came. */
const PING_ID = 0;
/** While an answer is due, a Worker that says nothing is asked this often whether it is there, in milliseconds. */
const PING_EVERY_MS = 2000;
/**
 * Pings in a row without any word after which a Worker counts as dead. They are counted, not timed: a machine that
 * slept finds one of them due, not all.
 */
const MOST_UNANSWERED = 5;

export interface WorkerLink {
  /** Fails when the lab refuses, and when the Worker dies before it answers. */
  call<T>(method: string, args: readonly unknown[], onOutput?: (output: CommandOutput) => void): Promise<T>;
  /** Ends the Worker on purpose: nobody is told. */
  end(): void;
}

export interface WorkerEvents {
  onUpdate(update: LabUpdate): void;
  /** At most once. The Worker is gone by then, and every call under way has failed. */
  onDeath(message: string): void;
}

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly onOutput?: (output: CommandOutput) => void;
}

/** Starts a Worker. Throws where the browser has none; a program that does not load is a death. */
export function startWorker({ onUpdate, onDeath }: WorkerEvents): WorkerLink {
  if (typeof Worker === 'undefined') throw new Error('this browser has no Web Workers, and the lab runs in one');
  const worker = new Worker(new URL('./labWorker.ts', import.meta.url), { type: 'module', name: 'hoplab' });
  const pending = new Map<number, PendingCall>();
  let nextId = PING_ID + 1;
  let hasSpoken = false;
  let unanswered = 0;
  let pings: ReturnType<typeof setInterval> | undefined;

  const end = (message: string): void => {
    worker.terminate();
    clearInterval(pings);
    for (const call of pending.values()) call.reject(new Error(message));
    pending.clear();
  };
  const die = (message: string): void => {
    worker.onerror = null;
    worker.onmessageerror = null;
    worker.onmessage = null;
    end(message);
    onDeath(message);
  };
  const post = (message: CallMessage): void => worker.postMessage(message);
  const ping = (): void => {
    if (unanswered >= MOST_UNANSWERED) die('it does not answer');
    else {
      unanswered++;
      post({ kind: 'call', id: PING_ID, method: 'ping', args: [] });
    }
  };
  const settle = (id: number): PendingCall | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) {
      clearInterval(pings);
      pings = undefined;
    }
    return call;
  };

  worker.onerror = event => die(event.message || (hasSpoken ? 'it ended' : 'its program could not be loaded'));
  worker.onmessageerror = () => die('it sent something that cannot be read');
  worker.onmessage = (event: MessageEvent<ReplyMessage>) => {
    const message = event.data;
    hasSpoken = true;
    unanswered = 0;
    switch (message.kind) {
      case 'update':
        onUpdate(message.update);
        break;
      case 'output':
        pending.get(message.id)?.onOutput?.(message.output);
        break;
      case 'result':
        settle(message.id)?.resolve(message.value);
        break;
      case 'error':
        settle(message.id)?.reject(new Error(message.message));
        break;
    }
  };

  return {
    // The Worker's half (labWorker.ts) calls the method of the same name, so the answer has that method's type.
    call<T>(method: string, args: readonly unknown[], onOutput?: (output: CommandOutput) => void) {
      const id = nextId++;
      return new Promise<T>((resolve, reject) => {
        pending.set(id, { resolve: value => resolve(value as T), reject, ...(onOutput !== undefined && { onOutput }) });
        if (pings === undefined) {
          unanswered = 0;
          pings = setInterval(ping, PING_EVERY_MS);
        }
        post({ kind: 'call', id, method, args });
      });
    },
    end: () => end('the lab was closed'),
  };
}
