// `-w` of curl: what it knows of a transfer, by name.
//
// Omits:   variables of TLS, proxies and FTP: they are unknown here.
// Read:    curl(1), --write-out; curl src/tool_writeout.c.

import type { AppMessage, Exchange } from '../../sim/index.ts';

/** What a transfer left behind. */
export interface Transferred {
  readonly url: string;
  readonly method: string;
  readonly requestBytes: number;
  readonly sentBytes: number;
  /** The last of its tries to connect. */
  readonly exchange: Exchange | undefined;
  readonly address: string | undefined;
  readonly port: number;
  readonly response: Extract<AppMessage, { readonly kind: 'http-response' }> | undefined;
  readonly headerBytes: number;
  readonly bodyBytes: number;
  readonly code: number;
  readonly message: string;
  /** Milliseconds before the connection that stood was tried: the lookup, and connections that failed. */
  readonly lookupMs: number;
  readonly beforeMs: number;
  readonly totalMs: number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Writes the text piece by piece, to the streams that it names. */
export function writeOut(
  format: string,
  transferred: Transferred,
  write: (stream: 'out' | 'err', text: string) => void,
): void {
  const variables = variablesOf(transferred);
  let stream: 'out' | 'err' = 'out';
  for (const [whole, name, escaped] of format.matchAll(/%\{([^}]*)\}|%%|\\(.)|[^%\\]+|[%\\]/gs)) {
    if (name === 'stderr' || name === 'stdout') stream = name === 'stderr' ? 'err' : 'out';
    else if (name === 'onerror') {
      if (transferred.code === 0) return;
    } else if (name !== undefined) {
      const value = variables[name];
      if (value === undefined) write('err', `curl: unknown --write-out variable: '${name}'\n`);
      else write(stream, value);
    } else if (escaped !== undefined) write(stream, ESCAPES[escaped] ?? `\\${escaped}`);
    else write(stream, whole === '%%' ? '%' : whole);
  }
}

function variablesOf(transferred: Transferred): Readonly<Record<string, string>> {
  const { exchange, response, address, beforeMs, totalMs, code } = transferred;
  const connected = exchange?.connectedUs !== undefined;
  const status = String(response?.status ?? 0).padStart(3, '0');
  const seconds = (ms: number): string => (ms / 1000).toFixed(6);
  const connect = connected ? seconds(beforeMs + (exchange.connectedUs ?? 0) / 1000) : seconds(0);
  return {
    content_type: response?.headers['Content-Type'] ?? '',
    errormsg: transferred.message,
    exitcode: String(code),
    http_code: status,
    http_connect: '000',
    http_version: response === undefined ? '0' : '1.1',
    local_ip: connected ? (exchange.client?.address ?? '') : '',
    local_port: connected ? String(exchange.client?.port ?? 0) : '0',
    method: transferred.method,
    num_connects: connected ? '1' : '0',
    num_headers: String(Object.keys(response?.headers ?? {}).length),
    num_redirects: '0',
    redirect_url: '',
    remote_ip: connected ? (address ?? '') : '',
    remote_port: connected ? String(transferred.port) : '0',
    response_code: status,
    scheme: connected ? 'HTTP' : '',
    size_download: String(transferred.bodyBytes),
    size_header: String(transferred.headerBytes),
    size_request: connected ? String(transferred.requestBytes) : '0',
    size_upload: connected ? String(transferred.sentBytes) : '0',
    speed_download: String(Math.floor((transferred.bodyBytes * 1000) / Math.max(0.001, totalMs))),
    ssl_verify_result: '0',
    time_appconnect: seconds(0),
    time_connect: connect,
    time_namelookup: address === undefined ? seconds(0) : seconds(transferred.lookupMs),
    time_pretransfer: connect,
    time_redirect: seconds(0),
    time_starttransfer: response === undefined ? seconds(0) : seconds(totalMs),
    time_total: seconds(totalMs),
    url: transferred.url,
    url_effective: transferred.url,
    urlnum: '0',
  };
}
