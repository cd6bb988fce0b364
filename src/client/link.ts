// The page's half of a link to a lab, from its start to its end: calls and their answers, and how the page learns of its
// death.

import type { CommandOutput, LabUpdate } from './port.ts';
import type { CallMessage, Method, ReplyMessage } from './rpc.ts';

/** Where no call has this number: the answer to a ping is not looked at, only that it came. */
const PING_ID = 0;
/** While an answer is due, a lab that says nothing is asked this often whether it is there, in milliseconds. */
const PING_EVERY_MS = 2000;
/**
 * Pings in a row without any word after which a lab counts as dead. They are counted, not timed: a machine that slept
 * finds one of them due, not all.
 */
const MOST_UNANSWERED = 5;
/** While a call is being worked on that nobody wants to end: ten thousand Pods are made in one go. */
const MOST_UNANSWERED_BUSY = 90;

/** What carries the messages: a Worker's port, or HTTP. */
export interface Wire {
  post(message: CallMessage): void;
  /** Nothing is said after it. */
  close(): void;
}

export interface WireEvents {
  onMessage(message: ReplyMessage): void;
  /** The wire broke, and why. */
  onBreak(message: string): void;
}

export interface Link {
  /** Fails when the lab refuses, and when it dies before it answers. */
  call<T>(method: Method, args: readonly unknown[], onOutput?: (output: CommandOutput) => void): Promise<T>;
  /** Ends it on purpose: nobody is told. */
  end(): void;
}

export interface LinkEvents {
  onUpdate(update: LabUpdate): void;
  /** At most once. The link is gone by then, and every call under way has failed. */
  onDeath(message: string): void;
}

interface PendingCall {
  readonly method: Method;
  /** - `begun`: the lab said that it turns to it. */
  readonly state: 'asked' | 'begun';
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly onOutput?: (output: CommandOutput) => void;
}

/** Starts a link. Throws where there can be no such wire. */
export function linkOver(start: (events: WireEvents) => Wire, { onUpdate, onDeath }: LinkEvents): Link {
  const pending = new Map<number, PendingCall>();
  let nextId = PING_ID + 1;
  let unanswered = 0;
  let pings: ReturnType<typeof setInterval> | undefined;
  let isOver = false;

  const end = (message: string): void => {
    isOver = true;
    wire.close();
    clearInterval(pings);
    for (const call of pending.values()) call.reject(new Error(message));
    pending.clear();
  };
  const die = (message: string): void => {
    if (isOver) return;
    end(message);
    onDeath(message);
  };
  const ping = (): void => {
    const calls = [...pending.values()];
    const isBusy = calls.some(call => call.state === 'begun') && !calls.some(call => call.method === 'cancel');
    if (unanswered >= (isBusy ? MOST_UNANSWERED_BUSY : MOST_UNANSWERED)) die('it does not answer');
    else {
      unanswered++;
      wire.post({ kind: 'call', id: PING_ID, method: 'ping', args: [] });
    }
  };
  const begin = (id: number): void => {
    const call = pending.get(id);
    if (call !== undefined) pending.set(id, { ...call, state: 'begun' });
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

  const wire = start({
    onBreak: die,
    onMessage(message) {
      if (isOver) return;
      unanswered = 0;
      switch (message.kind) {
        case 'update':
          onUpdate(message.update);
          break;
        case 'begun':
          begin(message.id);
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
    },
  });

  return {
    // The lab's half (answerCalls.ts) calls the method of the same name, so the answer has that method's type.
    call<T>(method: Method, args: readonly unknown[], onOutput?: (output: CommandOutput) => void) {
      if (isOver) return Promise.reject(new Error('the lab was closed'));
      const id = nextId++;
      return new Promise<T>((resolve, reject) => {
        pending.set(id, {
          method,
          state: 'asked',
          resolve: value => resolve(value as T),
          reject,
          ...(onOutput !== undefined && { onOutput }),
        });
        if (pings === undefined) {
          unanswered = 0;
          pings = setInterval(ping, PING_EVERY_MS);
        }
        wire.post({ kind: 'call', id, method, args });
      });
    },
    end: () => end('the lab was closed'),
  };
}
