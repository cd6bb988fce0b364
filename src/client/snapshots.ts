// Snapshots of the Worker's lab, in the page's memory: when one is taken, and how it gets to the next Worker.
//
// A snapshot waits at a port that nobody has started, as bytes: the page never unpacks it, and hands the port on to the
// Worker that takes over. Nothing of it is ever stored.

import type { SessionSnapshot } from './labSession.ts';

/** A snapshot is taken when nobody has asked for anything for so long, in milliseconds. */
const QUIET_MS = 300;
/** At most this part of the time goes into snapshots. */
const SHARE = 0.05;
/** A snapshot that waits is there at once; one that does not come within this is not waiting, in milliseconds. */
const RECEIVE_MS = 1000;

/** Puts a snapshot where the next Worker finds it. */
export function sendSnapshot(snapshot: SessionSnapshot): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(snapshot);
  return port2;
}

/** Undefined: there is none, or it cannot be read. */
export function receiveSnapshot(port: MessagePort): Promise<SessionSnapshot | undefined> {
  return new Promise(resolve => {
    const settle = (snapshot: SessionSnapshot | undefined): void => {
      clearTimeout(late);
      port.close();
      resolve(snapshot);
    };
    const late = setTimeout(() => settle(undefined), RECEIVE_MS);
    port.onmessage = event => settle(event.data);
    port.onmessageerror = () => settle(undefined);
  });
}

export interface SnapshotTimer {
  /** Something was done: what is known of the lab is out of date. */
  changed(): void;
  /** Somebody asks for something: not now. */
  busy(): void;
  /** Nobody waits for an answer any more. */
  idle(): void;
}

/**
 * Says when to take a snapshot: after a change, when it is quiet, and so seldom that it costs little.
 * @param take takes one, unless it cannot be done just now
 * @param now what a clock says, in milliseconds
 */
export function snapshotTimer(take: () => 'taken' | 'busy', now: () => number): SnapshotTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isDue = false;
  let isIdle = true;
  let cost = 0;
  let earliest = Number.NEGATIVE_INFINITY;

  const fire = (): void => {
    timer = undefined;
    const started = now();
    if (take() === 'busy') {
      plan();
      return;
    }
    isDue = false;
    cost = now() - started;
    earliest = now() + cost / SHARE;
  };
  const plan = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // Whoever makes a large one interrupts more: it waits for a longer rest.
    if (isDue && isIdle) timer = setTimeout(fire, Math.max(QUIET_MS, cost, earliest - now()));
  };

  return {
    changed() {
      isDue = true;
      if (timer === undefined) plan();
    },
    busy() {
      isIdle = false;
      plan();
    },
    idle() {
      isIdle = true;
      plan();
    },
  };
}
