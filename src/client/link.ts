// The page's half of a link to a lab, from its start to its end: calls and their answers, and how the page learns of its
// death.

import type { JournalEntry } from './journal.ts';
import { noAnswer, wasClosed } from './linkWords.ts';
import type { CommandOutput, LabUpdate } from './port.ts';
import type { CallMessage, Method, ReplyMessage } from './rpc.ts';

/** While an answer is due, the page listens for a word this often, in milliseconds. */
const TICK_MS = 100;
/**
 * Silence is counted in ticks that came on time. One that came late says that the page slept, was in the background or
 * busy itself, and that says nothing of the lab.
 */
const LATEST_TICK_MS = 2 * TICK_MS;
/**
 * When another lab had better stand by, and when it may take over: after so many times the longest silence that was usual,
 * but no smaller part of what is allowed. Silences of labs that lived were never more than 0.3 of that (DECISIONS.md), and a
 * slow machine makes the other late, too.
 */
const DOUBT = { times: 2, part: 1 / 8 } as const;
const GIVE_UP = { times: 4, part: 1 / 3 } as const;
/** Until its first word: its program is still loaded. */
const FIRST_WORD_MS = 60_000;
/** A lab that works on and on although somebody wants it to stop. */
const STOP_MS = 10_000;

/** What carries the messages: a Worker's port, or HTTP. */
export interface Wire {
  /** @param ports go over to the lab's half */
  post(message: CallMessage, ports: MessagePort[]): void;
  /** Nothing is said after it. */
  close(): void;
}

export interface WireEvents {
  onMessage(message: ReplyMessage): void;
  /** The wire broke, and why. */
  onBreak(message: string): void;
}

export interface CallOptions {
  onOutput?(output: CommandOutput): void;
  readonly ports?: MessagePort[];
}

export interface Link {
  /** Fails when the lab refuses, and when it dies before it answers. */
  call<T>(method: Method, args: readonly unknown[], options?: CallOptions): Promise<T>;
  /** Another stands ready: this one is given up sooner, if it does not say a word. */
  hurry(): void;
  /** Ends it on purpose: nobody is told. */
  end(): void;
}

export interface LinkEvents {
  onUpdate(update: LabUpdate): void;
  /** What was done, and is over; told before the answer to the call that did it. */
  onDone(entries: readonly JournalEntry[]): void;
  /** The lab, after all that was told of as done, waits at this port. */
  onSnapshot(port: MessagePort): void;
  /** `doubt`: it has been silent for longer than usual while an answer is due. `trust`: then it spoke after all. */
  onDoubt(doubt: 'doubt' | 'trust'): void;
  /** At most once. The link is gone by then, and every call under way has failed. `silence`: it may live, and is slow. */
  onDeath(message: string, cause: 'silence' | 'end'): void;
}

interface PendingCall {
  readonly method: Method;
  resolve(value: unknown): void;
  reject(error: Error): void;
  readonly options: CallOptions;
}

/**
 * Starts a link. Throws where there can be no such wire.
 * @param patience how many times as long as it says the lab may be silent while an answer is due
 */
export function linkOver(start: (events: WireEvents) => Wire, events: LinkEvents, patience = 1): Link {
  const pending = new Map<number, PendingCall>();
  let nextId = 1;
  let ticks: ReturnType<typeof setInterval> | undefined;
  let lastTick = 0;
  /** In milliseconds of ticks on time. */
  let silence = 0;
  let silenceAllowed = FIRST_WORD_MS;
  let usual = Number.POSITIVE_INFINITY;
  let isDoubted = false;
  let isHurried = false;
  let stopping = 0;
  let isOver = false;

  const end = (message: string): void => {
    isOver = true;
    wire.close();
    clearInterval(ticks);
    for (const call of pending.values()) call.reject(new Error(message));
    pending.clear();
  };
  const die = (message: string, cause: 'silence' | 'end'): void => {
    if (isOver) return;
    end(message);
    events.onDeath(message, cause);
  };
  const tick = (): void => {
    const passed = performance.now() - lastTick;
    lastTick += passed;
    if (passed > LATEST_TICK_MS) return;
    silence += passed;
    stopping = [...pending.values()].some(({ method }) => method === 'cancel') ? stopping + passed : 0;
    const allowed = isHurried ? Math.min(silenceAllowed, longestOf(GIVE_UP)) : silenceAllowed;
    if (silence > allowed || stopping > STOP_MS) die(noAnswer, 'silence');
    else if (!isDoubted && silence > longestOf(DOUBT)) {
      isDoubted = true;
      events.onDoubt('doubt');
    }
  };
  const longestOf = ({ times, part }: typeof DOUBT | typeof GIVE_UP): number =>
    Math.max(part * silenceAllowed, times * usual);
  const settle = (id: number): PendingCall | undefined => {
    const call = pending.get(id);
    pending.delete(id);
    if (pending.size === 0) {
      clearInterval(ticks);
      ticks = undefined;
    }
    return call;
  };

  const wire = start({
    onBreak: message => die(message, 'end'),
    onMessage(message) {
      if (isOver) return;
      silence = 0;
      isHurried = false;
      if (isDoubted) {
        isDoubted = false;
        events.onDoubt('trust');
      }
      if ('done' in message && message.done.length > 0) events.onDone(message.done);
      switch (message.kind) {
        case 'beat':
          silenceAllowed = patience * message.silentFor;
          usual = patience * (message.usually ?? Number.POSITIVE_INFINITY);
          break;
        case 'update':
          events.onUpdate(message.update);
          break;
        case 'snapshot':
          events.onSnapshot(message.port);
          break;
        case 'output':
          pending.get(message.id)?.options.onOutput?.(message.output);
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
    call<T>(method: Method, args: readonly unknown[], options: CallOptions = {}) {
      if (isOver) return Promise.reject(new Error(wasClosed));
      const id = nextId++;
      return new Promise<T>((resolve, reject) => {
        pending.set(id, { method, resolve: value => resolve(value as T), reject, options });
        if (ticks === undefined) {
          silence = stopping = 0;
          lastTick = performance.now();
          ticks = setInterval(tick, TICK_MS);
        }
        wire.post({ kind: 'call', id, method, args }, options.ports ?? []);
      });
    },
    hurry() {
      isHurried = true;
    },
    end: () => end(wasClosed),
  };
}
