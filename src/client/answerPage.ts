// A lab of the page's own, in its Worker: it answers calls, says that it works on, and hands out snapshots of itself.

import { answerCalls } from './answerCalls.ts';
import { createBeat } from './beat.ts';
import { createInProcessClient } from './inProcess.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';
import { sendSnapshot, snapshotTimer } from './snapshots.ts';

/** A snapshot is packed in one go, in silence: the page is told to expect that much, in milliseconds. */
const PACKING_MS = 20_000;

/** @param post says something to the page; ports go over to it */
export function answerPage(
  post: (message: ReplyMessage, ports: MessagePort[]) => void,
): (message: CallMessage) => Promise<void> {
  const client = createInProcessClient();
  const say = (message: ReplyMessage): void => post(message, []);
  const beat = createBeat(() => say({ kind: 'beat' }));
  client.onProgress(beat.progress);

  function handOutSnapshot(): 'taken' | 'busy' {
    const snapshot = client.snapshot();
    if (snapshot === 'busy') return 'busy';
    if (snapshot === 'none') return 'taken';
    say({ kind: 'beat', silentFor: PACKING_MS });
    const port = sendSnapshot(snapshot);
    post({ kind: 'snapshot', port, done: client.takeDone() }, [port]);
    return 'taken';
  }

  const timer = snapshotTimer(handOutSnapshot, () => performance.now());
  const answer = answerCalls(client, say, beat, () => {
    const done = client.takeDone();
    if (done.length > 0) timer.changed();
    return done;
  });
  let waiting = 0;
  // The page waits longer for a program that is not there yet.
  say({ kind: 'beat' });

  return async message => {
    if (waiting++ === 0) timer.busy();
    await answer(message);
    if (message.method === 'open') timer.changed();
    if (--waiting === 0) timer.idle();
  };
}
