// A lab as a Kubernetes API over HTTP, for programs on this machine and the page.

import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { InProcessClient } from '../../client/inProcess.ts';
import type { OpenReport } from '../../client/port.ts';
import { sendAnswer, sendFollowed, sendStatus, sendWatch } from './answer.ts';
import { checkCaller } from './caller.ts';
import { isNewLab, openNewLab } from './newLab.ts';
import { isOpenApiBytes, sendOpenApiBytes } from './openApiBytes.ts';
import { apiRequest, MAX_BODY, readHttpBody } from './request.ts';
import { createSeats, type Seats } from './seats.ts';
import { answerUpgrade } from './upgrade.ts';

export interface ServeOptions {
  /** 0: any that is free. */
  readonly port: number;
  /** Pages that may ask: `http://127.0.0.1:4173`. */
  readonly origins: readonly string[];
  /** Opens a fresh lab in the place of the one that is served. */
  open(manifests: string): Promise<OpenReport>;
  /** A fault of our own, which the client gets as an InternalError. */
  onFault(error: unknown): void;
}

export interface ServedLab {
  /** `http://127.0.0.1:8001` */
  readonly url: string;
  /** Ends every connection. The lab stays as it is. */
  close(): Promise<void>;
}

/** Serves the lab that is open in the client, on 127.0.0.1 only. Fails when the port is taken. */
export function serveLab(client: InProcessClient, options: ServeOptions): Promise<ServedLab> {
  const { port, origins, onFault } = options;
  /** How to end each watch that is open. */
  const watches = new Set<() => void>();
  const seats = createSeats(client);
  const open = async (manifests: string): Promise<OpenReport> => {
    const report = await options.open(manifests);
    if (report.kind === 'opened') for (const end of watches) end();
    return report;
  };
  const handle = async (message: IncomingMessage, response: ServerResponse, bound: number): Promise<void> => {
    const caller = checkCaller(message.method ?? '', message.headers, bound, origins);
    if (caller.kind === 'refused') {
      message.resume();
      sendStatus(response, {}, { code: 403, reason: 'Forbidden', message: caller.message });
      return;
    }
    if (caller.kind === 'preflight') {
      response.writeHead(204, caller.headers).end();
      return;
    }
    try {
      await answer({ client, open, watches, seats }, message, response, caller.headers);
    } catch (error) {
      onFault(error);
      if (response.headersSent) response.destroy();
      else
        sendStatus(response, caller.headers, {
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`,
        });
    }
  };
  return new Promise((resolve, reject) => {
    const server = createServer((message, response) => void handle(message, response, portOf(server)));
    /** Connections that are the server's no more: it does not end them by itself. */
    const streams = new Set<Duplex>();
    server.on('upgrade', (message, socket, head) => {
      streams.add(socket);
      socket.on('close', () => streams.delete(socket));
      answerUpgrade(client, message, socket, head, portOf(server), origins).catch((error: unknown) => {
        onFault(error);
        socket.destroy();
      });
    });
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const url = `http://127.0.0.1:${portOf(server)}`;
      client.servedAt(url);
      resolve({
        url,
        close: () =>
          new Promise(closed => {
            server.close(() => closed());
            server.closeAllConnections();
            for (const stream of streams) stream.destroy();
          }),
      });
    });
  });
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

interface Served {
  readonly client: InProcessClient;
  open(manifests: string): Promise<OpenReport>;
  readonly watches: Set<() => void>;
  readonly seats: Seats;
}

async function answer(
  { client, open, watches, seats }: Served,
  message: IncomingMessage,
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
): Promise<void> {
  const body = await readHttpBody(message);
  if (body.kind === 'broken') return;
  if (body.kind === 'too-large') {
    const limit = `Request entity too large: limit is ${MAX_BODY}`;
    sendStatus(response, headers, { code: 413, reason: 'RequestEntityTooLarge', message: limit });
    return;
  }
  const read = apiRequest(message, body.bytes);
  if (read.kind === 'refused') {
    sendStatus(response, headers, read);
    return;
  }
  const { request } = read;
  if (seats.answer(request, response, headers) === 'answered') return;
  if (isOpenApiBytes(request)) {
    sendOpenApiBytes(response, headers);
    return;
  }
  if (isNewLab(request)) {
    sendAnswer(response, headers, await openNewLab(open, request));
    return;
  }
  const answered = await client.request(request);
  const { watch, follow } = answered;
  let end: () => void;
  if (watch !== undefined) end = sendWatch(response, headers, { ...answered, watch }, request.query?.timeoutSeconds);
  else if (follow !== undefined) end = sendFollowed(response, headers, { ...answered, follow });
  else {
    sendAnswer(response, headers, answered);
    return;
  }
  watches.add(end);
  response.on('close', () => watches.delete(end));
}
