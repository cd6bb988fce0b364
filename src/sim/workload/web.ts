// web: an HTTP server that tells who it is and whom it talks to. Made for lessons.

import type { Program } from '../datapath/programs.ts';
import type { AppMessage, Payload } from '../net/packet.ts';
import { failure, success } from '../runtime/errors.ts';
import { statusLine } from './httpStatus.ts';
import type { Image } from './image.ts';

/** A response with the headers that the recorded server sends. */
export function httpResponse(
  status: number,
  body: string,
  contentType = 'text/plain',
  more: Readonly<Record<string, string>> = {},
): Payload {
  const headers = { 'Content-Type': contentType, ...more, 'Content-Length': String(body.length), Connection: 'close' };
  const message: AppMessage = { kind: 'http-response', status, headers, body };
  return { bytes: headerBytes(status, headers) + body.length, message };
}

function headerBytes(status: number, headers: Readonly<Record<string, string>>): number {
  const first = `${statusLine(status)}\r\n`.length;
  return Object.entries(headers).reduce((bytes, [name, value]) => bytes + name.length + value.length + 4, first) + 2;
}

/** Only HTTP is answered as HTTP; other bytes get "bad request", as servers do. */
export function httpProgram(respond: (path: string, pod: string, client: string) => Payload): Program {
  return request => {
    const { message } = request.payload;
    if (message?.kind !== 'http-request') return httpResponse(400, 'Bad Request\n');
    return respond(message.path, request.listener.settings.pod ?? request.netns, request.peer.address);
  };
}

export const web: Image = {
  name: 'web',
  aliases: [],
  process: 'web',
  endsOnTerm: true,
  listens({ args }) {
    let port = 8080;
    let address = '0.0.0.0';
    for (const arg of args) {
      const [name, value = ''] = arg.split('=', 2);
      if (name === '--port' && /^\d+$/.test(value) && Number(value) > 0 && Number(value) < 65536) port = Number(value);
      else if (name === '--bind' && value !== '') address = value;
      else return failure(`web: unknown argument "${arg}" (--port=NUMBER or --bind=ADDRESS was expected)`);
    }
    return success([{ protocol: 'tcp', address, port }]);
  },
  program: httpProgram((_path, pod, client) => httpResponse(200, `pod=${pod} client=${client}\n`)),
};
