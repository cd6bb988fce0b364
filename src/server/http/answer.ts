// From an answer of the API server to HTTP.
//
// Models:  JSON, plain text, and watches: one JSON object a line for as long as both sides want.
// Read:    kubernetes.io/docs/reference/using-api/api-concepts, "Efficient detection of changes";
//          k8s.io/apiserver pkg/endpoints/handlers/watch.go.

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { ApiResponse, Json } from '../../sim/index.ts';

/** A watch whose client does not read is ended when this many bytes wait for it. */
const MOST_WAITING = 16 * 1024 * 1024;
/** A watch without a limit of its own ends after this long, in seconds. Source: kube-apiserver, `--min-request-timeout`. */
const WATCH_S = 1800;

export function sendAnswer(response: ServerResponse, headers: OutgoingHttpHeaders, answer: ApiResponse): void {
  const text = textOf(answer.body);
  response.writeHead(answer.status, { ...headers, ...wireHeaders(answer), 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** A failure as the API server writes it. */
export interface HttpFailure {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
}

export function sendStatus(response: ServerResponse, headers: OutgoingHttpHeaders, failure: HttpFailure): void {
  const body = statusOf(failure);
  sendAnswer(response, headers, { status: failure.code, headers: { 'content-type': 'application/json' }, body });
}

export function statusOf({ code, reason, message }: HttpFailure) {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
}

/**
 * Sends what happens until the client leaves, its time is up or the watch has failed.
 * @param timeoutSeconds as the client wrote it
 * @returns how to end it because its lab is gone: the client then lists anew
 */
export function sendWatch(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  answer: ApiResponse & { readonly watch: NonNullable<ApiResponse['watch']> },
  timeoutSeconds: string | undefined,
): () => void {
  const { watch } = answer;
  const seconds = Number(timeoutSeconds ?? WATCH_S);
  // A longer delay than this does not fit into a timer, and would ring at once.
  const delay = Math.min(Number.isFinite(seconds) && seconds > 0 ? seconds : WATCH_S, 86_400) * 1000;
  const timer = setTimeout(() => response.end(), delay);
  response.on('close', () => {
    clearTimeout(timer);
    watch.close();
  });
  response.writeHead(answer.status, { ...headers, ...wireHeaders(answer) });
  response.flushHeaders();
  const send = (event: unknown, isLast: boolean): void => {
    if (response.writableEnded) return;
    response.write(`${JSON.stringify(event)}\n`);
    if (isLast) response.end();
    else if (response.writableLength > MOST_WAITING) response.destroy();
  };
  watch.onEvent(event => send(event, event.type === 'ERROR'));
  return () => send({ type: 'ERROR', object: LAB_GONE }, true);
}

/** A log that is followed is looked at this often, in milliseconds. */
const LOOK_MS = 250;

/** Sends what there is and what comes, until it is over or the client leaves. @returns how to end it */
export function sendFollowed(
  response: ServerResponse,
  headers: OutgoingHttpHeaders,
  answer: ApiResponse & { readonly follow: NonNullable<ApiResponse['follow']> },
): () => void {
  response.writeHead(answer.status, { ...headers, ...wireHeaders(answer) });
  response.write(textOf(answer.body));
  response.flushHeaders();
  const timer = setInterval(() => {
    const { text, state } = answer.follow.read();
    if (text !== '') response.write(text);
    if (state === 'over') response.end();
  }, LOOK_MS);
  const end = () => {
    clearInterval(timer);
    response.end();
  };
  response.on('close', end);
  return end;
}

const LAB_GONE = {
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'too old resource version: another lab is served now',
  reason: 'Expired',
  code: 410,
};

function textOf(body: Json): string {
  return typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
}

/** Header values as bytes of UTF-8, as Go writes them: Node takes one character a byte. */
function wireHeaders({ headers }: ApiResponse): OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]),
  );
}
