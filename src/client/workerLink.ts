// A lab in a Worker of its own.

import { type Link, type LinkEvents, linkOver } from './link.ts';
import * as WORDS from './linkWords.ts';
import type { ReplyMessage } from './rpc.ts';

/** Starts a Worker. Throws where the browser has none; a program that does not load is a death. */
export function startWorker(events: LinkEvents, patience: number): Link {
  if (typeof Worker === 'undefined') throw new Error(WORDS.noWorkers);
  return linkOver(
    ({ onMessage, onBreak }) => {
      const worker = new Worker(new URL('./labWorker.ts', import.meta.url), { type: 'module', name: 'hoplab' });
      let hasSpoken = false;
      worker.onerror = event => onBreak(event.message || (hasSpoken ? WORDS.ended : WORDS.noProgram));
      worker.onmessageerror = () => onBreak(WORDS.unreadable);
      worker.onmessage = (event: MessageEvent<ReplyMessage>) => {
        hasSpoken = true;
        onMessage(event.data);
      };
      return {
        post: (message, ports) => worker.postMessage(message, ports),
        close() {
          worker.onerror = null;
          worker.onmessageerror = null;
          worker.onmessage = null;
          worker.terminate();
        },
      };
    },
    events,
    patience,
  );
}
