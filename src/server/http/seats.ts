// Seats at a served lab: the page, and the terminal from a terminal. One answer that never ends carries what the lab
// says, and every call is a request of its own. The messages are those between the page and its Worker (client/rpc.ts).
//
//   GET  .../seats       {"kind":"seat","id":"..."}, then one message a line, for as long as the seat is taken
//   POST .../seats/ID    a call; its answer comes as a message

import { randomUUID } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { answerCalls } from '../../client/answerCalls.ts';
import { createBeat } from '../../client/beat.ts';
import { SEATS_PATH, type SeatTaken } from '../../client/http.ts';
import type { InProcessClient } from '../../client/inProcess.ts';
import { type CallMessage, type ReplyMessage, readCall } from '../../client/rpc.ts';
import type { ApiRequest } from '../../sim/index.ts';
import { sendStatus } from './answer.ts';

/** Clients give up an answer in which nothing comes for minutes; an empty line means nothing. In milliseconds. */
const ALIVE_EVERY_MS = 15_000;
/** A lab that is served may be large, and a network is between. In milliseconds. */
const SILENT_FOR_MS = 12_000;
/** A seat whose client does not read is taken away when this many bytes wait for it. */
const MOST_WAITING = 64 * 1024 * 1024;

export interface Seats {
  /** Answers what is about seats. */
  answer(request: ApiRequest, response: ServerResponse, headers: OutgoingHttpHeaders): 'answered' | 'not-about-seats';
}

export function createSeats(client: InProcessClient): Seats {
  const seats = new Map<string, (call: CallMessage) => Promise<void>>();

  function take(response: ServerResponse, headers: OutgoingHttpHeaders): void {
    const id = randomUUID();
    const own = client.join();
    const post = (message: SeatTaken | ReplyMessage): void => {
      response.write(`${JSON.stringify(message)}\n`);
      if (response.writableLength > MOST_WAITING) response.destroy();
    };
    response.writeHead(200, { ...headers, 'Content-Type': 'application/x-ndjson' });
    post({ kind: 'seat', id });
    const beat = createBeat(() => {
      post({ kind: 'beat', silentFor: SILENT_FOR_MS });
      // Now, and not when the lab has nothing more to do.
      response.socket?.uncork();
    });
    const stop = client.onProgress(beat.progress);
    seats.set(id, answerCalls(own, post, beat));
    const alive = setInterval(() => response.write('\n'), ALIVE_EVERY_MS);
    response.on('close', () => {
      clearInterval(alive);
      stop();
      seats.delete(id);
      own.close();
    });
  }

  return {
    answer({ method, path, body }, response, headers) {
      if (path === SEATS_PATH && method === 'GET') {
        take(response, headers);
        return 'answered';
      }
      if (!path.startsWith(`${SEATS_PATH}/`) || method !== 'POST') return 'not-about-seats';
      const seat = seats.get(path.slice(SEATS_PATH.length + 1));
      const call = readCall(parsed(body));
      if (seat === undefined)
        sendStatus(response, headers, { code: 404, reason: 'NotFound', message: 'this seat is not taken' });
      else if (call === undefined)
        sendStatus(response, headers, { code: 400, reason: 'BadRequest', message: 'a call was expected' });
      else {
        void seat(call);
        response.writeHead(202, { ...headers, 'Content-Length': 0 }).end();
      }
      return 'answered';
    },
  };
}

function parsed(body: ApiRequest['body']): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : body;
  } catch {
    return undefined;
  }
}
