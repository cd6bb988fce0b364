// WebSockets, as much of them as clients of Kubernetes use: one peer, whole messages, no extensions.
//
// Read:    RFC 6455, sections 4.2, 5.2 to 5.5 and 7.4.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

export interface WebSocketPeer {
  send(message: Buffer): void;
  /** Says that all is said. */
  close(): void;
}

export interface WebSocketEvents {
  onMessage(message: Buffer): void;
  /** At most once: the peer left, or what it sent is no WebSocket. */
  onClose(): void;
}

const KEY_SUFFIX = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;
/** Bytes of one message. */
const MOST_BYTES = 4 * 1024 * 1024;
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8]);

/** The first of our protocols that the client speaks, too; undefined: it asks for no WebSocket, or for none of these. */
export function protocolOf({ headers }: IncomingMessage, ours: readonly string[]): string | undefined {
  if (headers.upgrade?.toLowerCase() !== 'websocket' || headers['sec-websocket-key'] === undefined) return undefined;
  const theirs = headers['sec-websocket-protocol']?.split(',').map(name => name.trim()) ?? [];
  return ours.find(name => theirs.includes(name));
}

/** Accepts what {@link protocolOf} found. `head`: what came behind the request already. */
export function acceptWebSocket(
  { headers }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
  { onMessage, onClose }: WebSocketEvents,
): WebSocketPeer {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}${KEY_SUFFIX}`).digest('base64');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
  );
  let waiting: Buffer = Buffer.alloc(0);
  /** Frames of a message that is not complete. */
  let parts: Buffer[] = [];
  let hasClosed = false;

  const send = (opcode: number, payload: Buffer): void => {
    if (!hasClosed && socket.writable) socket.write(Buffer.concat([headOf(opcode, payload.length), payload]));
  };
  const close = (): void => {
    send(OPCODE.close, NORMAL_CLOSURE);
    hasClosed = true;
    socket.end();
  };
  const receive = ({ opcode, isLast, payload }: Frame): void => {
    switch (opcode) {
      case OPCODE.close:
        close();
        return;
      case OPCODE.ping:
        send(OPCODE.pong, payload);
        return;
      case OPCODE.pong:
        return;
      default:
        parts.push(payload);
        if (!isLast) return;
        onMessage(Buffer.concat(parts));
        parts = [];
    }
  };
  const read = (data: Buffer): void => {
    waiting = Buffer.concat([waiting, data]);
    for (;;) {
      const taken = takeFrame(waiting);
      if (taken === 'incomplete') return;
      if (taken === 'broken' || parts.reduce((sum, part) => sum + part.length, 0) > MOST_BYTES) {
        socket.destroy();
        return;
      }
      waiting = taken.rest;
      receive(taken.frame);
    }
  };
  socket.on('data', read);
  socket.on('error', () => socket.destroy());
  // The server's sockets stay half open by themselves.
  socket.on('end', () => socket.end());
  socket.on('close', onClose);
  if (head.length > 0) read(head);
  return { send: message => send(OPCODE.binary, message), close };
}

interface Frame {
  readonly opcode: number;
  readonly isLast: boolean;
  readonly payload: Buffer;
}

type Taken = { readonly frame: Frame; readonly rest: Buffer } | 'incomplete' | 'broken';

/** The first frame. Those of clients are masked. */
function takeFrame(bytes: Buffer): Taken {
  if (bytes.length < 2) return 'incomplete';
  const [first, second] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  const short = second & 0x7f;
  const more = short === 127 ? 8 : short === 126 ? 2 : 0;
  const start = 2 + more + 4;
  if ((second & 0x80) === 0) return 'broken';
  if (bytes.length < start) return 'incomplete';
  const length = more === 8 ? Number(bytes.readBigUInt64BE(2)) : more === 2 ? bytes.readUInt16BE(2) : short;
  if (length > MOST_BYTES) return 'broken';
  if (bytes.length < start + length) return 'incomplete';
  const mask = bytes.subarray(start - 4, start);
  const payload = Buffer.from(bytes.subarray(start, start + length));
  for (let i = 0; i < length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return {
    frame: { opcode: first & 0x0f, isLast: (first & 0x80) !== 0, payload },
    rest: bytes.subarray(start + length),
  };
}

function headOf(opcode: number, length: number): Buffer {
  const first = 0x80 | opcode;
  if (length < 126) return Buffer.from([first, length]);
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff]);
  const head = Buffer.alloc(10);
  head.writeUInt8(first, 0);
  head.writeUInt8(127, 1);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
