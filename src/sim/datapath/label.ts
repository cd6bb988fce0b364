// Short names of packets, as they stand on a moving packet: `SYN`, `GET /`, `A? web`.

import type { AppMessage } from '../net/packet.ts';

export function messageName(message: AppMessage): string {
  switch (message.kind) {
    case 'http-request':
      return `${message.method} ${message.path}`;
    case 'http-response':
      return `HTTP ${message.status}`;
    case 'dns-query':
      return `${message.type}? ${message.name}`;
    case 'dns-answer':
      return message.rcode === 'NOERROR' ? `${message.type} ${message.records[0]?.data ?? '-'}` : message.rcode;
    case 'text':
      return 'data';
  }
}
