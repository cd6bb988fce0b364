// Requests to change the protocol: streams to and from a Pod. `exec` works; what would need the host's own sockets is
// refused in words.

import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { InProcessClient } from '../../client/inProcess.ts';
import type { Json } from '../../sim/index.ts';
import { type HttpFailure, statusOf } from './answer.ts';
import { checkCaller } from './caller.ts';
import { EXEC_PROTOCOLS, startExec } from './exec.ts';
import { target } from './request.ts';
import { acceptWebSocket, protocolOf, type WebSocketPeer } from './webSocket.ts';

const POD_STREAM = /^(\/api\/v1\/namespaces\/([^/]+)\/pods\/([^/]+))\/(exec|attach|portforward)$/;

/** What is said of streams that there are not. */
const REFUSALS: Readonly<Record<string, string>> = {
  exec: 'exec works over WebSockets here (kubectl 1.31 or newer), and in the terminal of the lab',
  attach: 'attach is not available in this lab: its programs read nothing. kubectl logs and kubectl exec are',
  portforward:
    'port-forward is not available in this lab: its network is not that of this machine. ' +
    'kubectl exec POD -- curl asks from inside, and the terminal of the lab from outside',
};

/** @param port where the server listens */
export async function answerUpgrade(
  client: InProcessClient,
  message: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  port: number,
  origins: readonly string[],
): Promise<void> {
  socket.on('error', () => socket.destroy());
  // Browsers let pages open WebSockets to anywhere: the Origin is all that tells them from programs.
  const caller = checkCaller(message.method ?? '', message.headers, port, origins);
  if (caller.kind === 'refused') {
    refuse(socket, { code: 403, reason: 'Forbidden', message: caller.message });
    return;
  }
  const { path, query } = target(message);
  const [, podPath = '', namespace = '', pod = '', stream = ''] = POD_STREAM.exec(path) ?? [];
  const refusal = REFUSALS[stream];
  if (refusal === undefined) {
    refuse(socket, { code: 404, reason: 'NotFound', message: 'the server could not find the requested resource' });
    return;
  }
  const found = await client.request({ method: 'GET', path: podPath });
  if (found.status >= 400) {
    refuseWith(socket, found.status, found.body);
    return;
  }
  const container = query.get('container');
  if (container !== null && !containersOf(found.body).includes(container)) {
    const invalid = `container ${container} is not valid for pod ${pod}`;
    refuse(socket, { code: 400, reason: 'BadRequest', message: invalid });
    return;
  }
  const protocol = stream === 'exec' ? protocolOf(message, EXEC_PROTOCOLS) : undefined;
  if (protocol === undefined) {
    refuse(socket, { code: 400, reason: 'BadRequest', message: refusal });
    return;
  }
  const seat = client.join();
  const session = startExec(seat, { namespace, pod, query }, () => peer);
  const peer: WebSocketPeer = acceptWebSocket(message, socket, head, protocol, {
    onMessage: received => session.onMessage(received),
    onClose() {
      session.onClose();
      seat.close();
    },
  });
}

/** The names of a Pod's containers. */
function containersOf(pod: Json): readonly string[] {
  const { spec } = Object(pod);
  const lists = [spec?.containers, spec?.initContainers, spec?.ephemeralContainers];
  return lists.flatMap(list => (Array.isArray(list) ? list.map(({ name }) => String(name)) : []));
}

function refuse(socket: Duplex, failure: HttpFailure): void {
  refuseWith(socket, failure.code, statusOf(failure));
}

function refuseWith(socket: Duplex, code: number, body: unknown): void {
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: application/json\r\nConnection: close\r\n` +
      `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
