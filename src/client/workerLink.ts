// A lab in a Worker of its own.

import { type Link, type LinkEvents, linkOver } from './link.ts';
import type { ReplyMessage } from './rpc.ts';

/** Starts a Worker. Throws where the browser has none; a program that does not load is a death. */
export function startWorker(events: LinkEvents, patience: number): Link {
  if (typeof Worker === 'undefined') throw new Error('this browser has no Web Workers, and the lab runs in one');
  return linkOver(
    ({ onMessage, onBreak }) => {
      const worker = new Worker(new URL('./labWorker.ts', import.meta.url), { type: 'module', name: 'hoplab' });
      let hasSpoken = false;
      worker.onerror = event => onBreak(event.message || (hasSpoken ? 'it ended' : 'its program could not be loaded'));
      worker.onmessageerror = () => onBreak('it sent something that cannot be read');
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
