// What a kubelet asks over the network, as an exchange of real packets, with the answer in the words of Go's net package.
//
// Read:    golang net/net.go (`OpError.Error`), net/http/client.go; golang syscall, errors table of Linux.

import { type ExchangeWorld, send } from './datapath/exchange.ts';
import type { Errno, Exchange } from './datapath/trace.ts';
import type { NodeAnswer, NodeQuestion } from './kubelet/context.ts';
import { ip, isIp } from './net/address.ts';

const ERRORS: Readonly<Partial<Record<Errno, string>>> = {
  ECONNREFUSED: 'connect: connection refused',
  EHOSTUNREACH: 'connect: no route to host',
  ENETUNREACH: 'connect: network is unreachable',
  EACCES: 'connect: permission denied',
  ETIMEDOUT: 'connect: connection timed out',
  EINVAL: 'connect: invalid argument',
  ECONNRESET: 'read: connection reset by peer',
};

export function askFromNode(world: ExchangeWorld, { from, address, port, timeoutMs, http }: NodeQuestion): NodeAnswer {
  if (port < 1 || port > 65_535) return { kind: 'failed', message: `invalid port number: ${port}` };
  if (!isIp(address)) return { kind: 'failed', message: `dial tcp: lookup ${address}: no such host` };
  const request =
    http === undefined
      ? undefined
      : ({ kind: 'http-request', method: 'GET', path: http.path, headers: http.headers } as const);
  const exchange = send(world, {
    from,
    to: ip(address),
    protocol: 'tcp',
    port,
    ...(request !== undefined && { message: request }),
    requestBytes: http === undefined ? 0 : bytesOf(http.path, http.headers),
    timeoutMs,
  });
  const { response } = exchange;
  if (exchange.connectedUs !== undefined && http === undefined) return { kind: 'connected' };
  if (response?.kind === 'http-response') return { kind: 'response', status: response.status };
  return { kind: 'failed', message: failureOf(exchange, `${address}:${port}`, http === undefined ? 'tcp' : 'http') };
}

function failureOf({ errno, connectedUs }: Exchange, address: string, client: 'tcp' | 'http'): string {
  const words = errno === undefined || errno === 'ETIMEDOUT' ? undefined : ERRORS[errno];
  if (words !== undefined && connectedUs === undefined) return `dial tcp ${address}: ${words}`;
  if (words !== undefined) return words;
  return client === 'tcp'
    ? `dial tcp ${address}: i/o timeout`
    : 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)';
}

function bytesOf(path: string, headers: Readonly<Record<string, string>>): number {
  const first = `GET ${path} HTTP/1.1\r\n`.length;
  return Object.entries(headers).reduce((bytes, [name, value]) => bytes + name.length + value.length + 4, first) + 2;
}
