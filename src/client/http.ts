// A lab that is served over HTTP (src/server/http): the page's messages as requests, the lab's as lines of one answer
// that never ends.

import type { Wire, WireEvents } from './link.ts';
import type { CallMessage, ReplyMessage } from './rpc.ts';
import { answeredWith, nobodyAt, wentAway } from './servedWords.ts';

/** Where one takes a seat, and then calls. */
export const SEATS_PATH = '/apis/lab.hoplab.dev/v1alpha1/seats';

/** The first line of the answer: where this seat's calls go. */
export interface SeatTaken {
  readonly kind: 'seat';
  readonly id: string;
}

/** @param url `http://127.0.0.1:8001` */
export function openHttpWire(url: string, { onMessage, onBreak }: WireEvents): Wire {
  const leave = new AbortController();
  const fail = (message: string): void => {
    if (!leave.signal.aborted) onBreak(message);
  };

  const seat = takeSeat(url, leave.signal, onMessage, () => fail(wentAway(url)));
  seat.catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));

  /** One after the other: they arrive in the order in which they are said. */
  let posts: Promise<unknown> = seat.catch(() => undefined);
  const send = async (message: CallMessage): Promise<void> => {
    const response = await fetch(`${url}${SEATS_PATH}/${await seat}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(message),
      signal: leave.signal,
    });
    if (!response.ok) onMessage({ kind: 'error', id: message.id, message: await refusalOf(response), done: [] });
  };
  return {
    post(message) {
      posts = posts.then(() => send(message)).catch(() => fail(wentAway(url)));
    },
    close: () => leave.abort(),
  };
}

/** @returns the id of the seat */
async function takeSeat(
  url: string,
  signal: AbortSignal,
  onMessage: (message: ReplyMessage) => void,
  onEnd: () => void,
): Promise<string> {
  const response = await fetch(`${url}${SEATS_PATH}`, { signal }).catch(() => {
    throw new Error(nobodyAt(url));
  });
  if (!response.ok) throw new Error(await refusalOf(response));
  return new Promise((resolve, reject) => {
    readLines(response, line => {
      const message: SeatTaken | ReplyMessage = JSON.parse(line);
      if (message.kind === 'seat') resolve(message.id);
      else onMessage(message);
    })
      .catch(() => undefined)
      .then(() => {
        reject(new Error(nobodyAt(url)));
        onEnd();
      });
  });
}

/** Hands over each line that has something in it, until there is no more. */
async function readLines({ body }: Response, onLine: (line: string) => void): Promise<void> {
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  }
}

/** What a server that refuses says, as a Status or in whatever words. */
async function refusalOf(response: Response): Promise<string> {
  const text = await response.text().catch(() => '');
  try {
    const { message } = JSON.parse(text);
    if (typeof message === 'string') return message;
  } catch {
    // Some other server.
  }
  return answeredWith(response.status);
}
