// The Worker's half: a lab that answers the page's calls, says that it works on, and hands out snapshots of itself.

import { answerCalls } from './answerCalls.ts';
import { createBeat } from './beat.ts';
import { createInProcessClient } from './inProcess.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';
import { sendSnapshot, snapshotTimer } from './snapshots.ts';

/** A snapshot is made in one go, in silence: the page is told to expect that much, in milliseconds. */
const SNAPSHOT_SILENCE_MS = 20_000;

const post = (message: ReplyMessage, ports: MessagePort[] = []): void => self.postMessage(message, { transfer: ports });
const client = createInProcessClient();
const timer = snapshotTimer(
  () => {
    post({ kind: 'beat', silentFor: SNAPSHOT_SILENCE_MS });
    const snapshot = client.snapshot();
    if (snapshot === 'busy') return 'busy';
    if (snapshot !== 'none') {
      const port = sendSnapshot(snapshot);
      post({ kind: 'snapshot', port, done: client.takeDone() }, [port]);
    }
    return 'taken';
  },
  () => performance.now(),
);
const beat = createBeat(() => post({ kind: 'beat' }));
client.onProgress(beat.progress);

let waiting = 0;
const answer = answerCalls(client, post, beat, () => {
  const done = client.takeDone();
  if (done.length > 0) timer.changed();
  return done;
});
self.addEventListener('message', async ({ data }: MessageEvent<CallMessage>) => {
  if (waiting++ === 0) timer.busy();
  await answer(data);
  if (data.method === 'open') timer.changed();
  if (--waiting === 0) timer.idle();
});
// The page waits longer for a program that is not there yet.
post({ kind: 'beat' });
