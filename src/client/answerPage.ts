// A lab of the page's own, in its Worker: it answers calls, says that it works on, and hands out snapshots of itself.

import { answerCalls } from './answerCalls.ts';
import { createBeat } from './beat.ts';
import { createInProcessClient } from './inProcess.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';
import { sendSnapshot, snapshotTimer } from './snapshots.ts';

/**
 * How long it may say nothing, in milliseconds. What it does in one go is to look at every host of the lab (a list is
 * printed, the page is told what changed) or to read one text, so that grows with both. Measured: DECISIONS.md.
 */
const SILENCE = { least: 1500, perHost: 1, perCharacter: 0.005 } as const;
/** The same while the whole lab is packed or unpacked. */
const PACKING_MS = 20_000;

/** @param post says something to the page; ports go over to it */
export function answerPage(
  post: (message: ReplyMessage, ports: MessagePort[]) => void,
): (message: CallMessage) => Promise<void> {
  const client = createInProcessClient();
  let hosts = 0;
  /** The longest text that it was handed. */
  let characters = 0;
  /** Calls under way that open a lab, and those of them that unpack one. */
  let opening = 0;
  let unpacking = 0;
  /** The longest that it was silent, as a part of how long it might have been. */
  let share = 0;
  const allowed = (): number => SILENCE.least + SILENCE.perHost * hosts + SILENCE.perCharacter * characters;
  const beat = createBeat(
    () =>
      post(
        unpacking > 0
          ? { kind: 'beat', silentFor: PACKING_MS }
          : { kind: 'beat', silentFor: allowed(), usually: share * allowed() },
        [],
      ),
    ms => {
      // A lab that is opened is silent in ways that it never is again.
      if (opening === 0) share = Math.max(share, ms / allowed());
    },
  );
  client.onProgress(now => {
    hosts = now;
    beat.progress();
  });

  function handOutSnapshot(): 'taken' | 'busy' {
    const snapshot = client.snapshot();
    if (snapshot === 'busy') return 'busy';
    if (snapshot === 'none') return 'taken';
    post({ kind: 'beat', silentFor: PACKING_MS }, []);
    const port = sendSnapshot(snapshot);
    post({ kind: 'snapshot', port, done: client.takeDone() }, [port]);
    beat.progress();
    return 'taken';
  }

  const timer = snapshotTimer(handOutSnapshot, () => performance.now());
  const answer = answerCalls(
    client,
    message => post(message, []),
    beat,
    () => {
      const done = client.takeDone();
      if (done.length > 0) timer.changed();
      return done;
    },
  );
  let waiting = 0;
  // The page waits longer for a program that is not there yet.
  beat.progress();

  return async message => {
    if (waiting++ === 0) timer.busy();
    for (const given of message.args) characters = Math.max(characters, lengthOf(given));
    const source = openedFrom(message);
    const opens = source === undefined ? 0 : 1;
    const unpacks = source === 'lost' || source === 'doubted' ? 1 : 0;
    opening += opens;
    unpacking += unpacks;
    await answer(message);
    opening -= opens;
    unpacking -= unpacks;
    // An heir has nothing to hand out before it takes over.
    if ((source !== undefined && source !== 'doubted') || message.method === 'sendSnapshot') timer.changed();
    if (--waiting === 0) timer.idle();
  };
}

/** Of a text, or of all that is handed over with it. */
function lengthOf(given: unknown): number {
  return typeof given === 'string' ? given.length : (JSON.stringify(given)?.length ?? 0);
}

/** The kind of what is opened; undefined: nothing is. */
function openedFrom({ method, args: [source] }: CallMessage): unknown {
  return method === 'open' && typeof source === 'object' && source !== null && 'kind' in source
    ? source.kind
    : undefined;
}
