// curl: HTTP requests, with the words and exit codes of curl 7.88.1.
//
// Omits:      HTTPS and everything that is not HTTP/1.1, files, redirects: no server of the lab sends one.
// Simplified: a transfer that stalls ends after five minutes without -m; the real one waits for ever.
// Read:       curl(1); curl lib/http.c, lib/sendf.c, src/tool_operate.c, src/tool_cb_hdr.c; recordings of curl 7.88.1.

import { type AppMessage, statusLine } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { connectInTurn, type DnsCache, findAddresses, type Target, type Teller } from './curlConnect.ts';
import { type Meter, NO_METER, progressMeter } from './curlMeter.ts';
import { type CurlWishes, readCurl } from './curlOptions.ts';
import { type Transferred, writeOut } from './curlWriteOut.ts';
import { type ParsedUrl, parseUrl } from './url.ts';

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -s, --silent               Silent mode
 -A, --user-agent <name>    Send User-Agent <name> to server
 -v, --verbose              Make the operation more talkative
 -V, --version              Show version number and quit

This is not the full help. This lab also has -I, -m, -w, -H, -X, -S, -4, -6, --connect-timeout and --resolve.
`;

export const curl: Command = {
  name: 'curl',
  at: ['host', 'container'],
  summary: 'make an HTTP request',
  run(words, context) {
    const read = readCurl(words);
    switch (read.kind) {
      case 'help':
        context.output.write('out', HELP);
        return 0;
      case 'version':
        context.output.write('out', 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nProtocols: http\n');
        return 0;
      case 'refused':
        context.output.write('err', `${read.message === '' ? '' : `curl: ${read.message}\n`}${TRY}`);
        return 2;
      case 'wishes':
        return fetchAll(read.wishes, context);
    }
  },
  complete: () => ['-s', '-v', '-m', '-I', '--connect-timeout', 'http://'],
};

function fetchAll(wishes: CurlWishes, context: CommandContext): number {
  const cache: DnsCache = new Map();
  for (const entry of wishes.resolve) {
    const match = /^\+?([^:]+):(\d+):(.+)$/.exec(entry);
    if (match === null) {
      context.output.write('err', `curl: (49) Couldn't parse CURLOPT_RESOLVE entry '${entry}'\n`);
      return 49;
    }
    const [, host = '', port, addresses = ''] = match;
    cache.set(`${host}:${port}`, addresses.split(','));
    if (wishes.verbose) context.output.write('err', `* Added ${entry.replace(/^\+/, '')} to DNS cache\n`);
  }
  let code = 0;
  for (const [i, url] of wishes.urls.entries()) {
    if (context.isCancelled()) return 130;
    code = fetchUrl(url, i, wishes, cache, context);
  }
  return code;
}

type Url = Extract<ParsedUrl, { kind: 'url' }>;
type Response = Extract<AppMessage, { readonly kind: 'http-response' }>;

/** Where a body goes. */
type Sink = 'terminal' | 'pipe' | 'nowhere' | 'unwritable';

function sinkOf(name: string | undefined, context: CommandContext): Sink {
  if (name === undefined || name === '-') return context.isTerminal ? 'terminal' : 'pipe';
  if (name === '/dev/null') return 'nowhere';
  return name === '/dev/stdout' || name === '/dev/stderr' ? 'pipe' : 'unwritable';
}

/** How a transfer ended, for the exit code, the message and -w. */
type Ending = Pick<Transferred, 'code' | 'message'> & Partial<Transferred>;

/** One transfer under way. */
interface Transfer extends Teller {
  readonly number: number;
  readonly url: Url;
  readonly target: Target;
  readonly wishes: CurlWishes;
  readonly sink: Sink;
  readonly fileName: string;
  readonly meter: Meter;
  readonly context: CommandContext;
  /** Text for stdout: at once on a terminal, behind everything else in a pipe. */
  print(text: string): void;
  err(text: string): void;
}

function fetchUrl(typed: string, number: number, wishes: CurlWishes, cache: DnsCache, context: CommandContext): number {
  const err = (text: string): void => context.output.write('err', text);
  const name = wishes.outputs[number];
  const sink = sinkOf(name, context);
  const url = parseUrl(typed);
  const startedAt = context.lab.now;
  const elapsedMs = (): number => Math.round((context.lab.now - startedAt) * 1000) / 1000;
  const held: string[] = [];
  const isShown = sink !== 'terminal' && !wishes.silent && wishes.meter === 'shown';
  const end = (ending: Ending): number => {
    if (held.length > 0) context.output.write('out', held.join(''));
    if (ending.code !== 0 && ending.message !== '' && (!wishes.silent || wishes.showError))
      err(`curl: (${ending.code}) ${ending.message}\n`);
    if (wishes.writeOut !== undefined)
      writeOut(wishes.writeOut, { ...nothingDone(typed, wishes), totalMs: elapsedMs(), ...ending }, (stream, text) =>
        context.output.write(stream, text),
      );
    return ending.code;
  };
  if (url.kind === 'malformed') return end({ code: 3, message: 'URL using bad/illegal format or missing URL' });
  if (url.scheme !== 'http')
    return end({ code: 1, message: `Protocol "${url.scheme}" not supported or disabled in libcurl` });
  return end(
    transfer(
      {
        number,
        url,
        target: { host: url.host.replace(/^\[|\]$/g, ''), port: url.port },
        wishes,
        sink,
        fileName: name ?? '',
        meter: isShown ? progressMeter(err) : NO_METER,
        context,
        elapsedMs,
        err,
        note: text => {
          if (wishes.verbose) err(`* ${text}\n`);
        },
        print: text => {
          if (sink === 'terminal') context.output.write('out', text);
          else if (sink === 'pipe') held.push(text);
        },
      },
      cache,
    ),
  );
}

function nothingDone(url: string, wishes: CurlWishes): Transferred {
  return {
    url: /^[a-z]+:\/\/[^/]+$/i.test(url) ? `${url}/` : url.includes('://') ? url : `http://${url}`,
    method: methodOf(wishes),
    requestBytes: 0,
    sentBytes: 0,
    exchange: undefined,
    address: undefined,
    port: 0,
    response: undefined,
    headerBytes: 0,
    bodyBytes: 0,
    code: 0,
    message: '',
    lookupMs: 0,
    beforeMs: 0,
    totalMs: 0,
  };
}

function transfer(run: Transfer, cache: DnsCache): Ending {
  const { target, wishes, meter, note, context } = run;
  const isCached = cache.has(`${target.host}:${target.port}`);
  if (isCached) note(`Hostname ${target.host} was found in DNS cache`);
  meter.begin();
  const found = findAddresses(target, wishes, cache, context);
  const lookupMs = run.elapsedMs();
  meter.wait(lookupMs);
  if (found.kind === 'failed') {
    note(found.message);
    note(`Closing connection ${run.number}`);
    return { code: found.code, message: found.message };
  }
  const request = requestFor(run.url, wishes);
  const sent = { requestBytes: request.text.length, sentBytes: wishes.data?.length ?? 0, lookupMs, port: target.port };
  const bytes = sent.requestBytes + sent.sentBytes;
  const connection = connectInTurn(target, found.addresses, { message: request.message, bytes }, wishes, run, context);
  const ended = { ...sent, exchange: connection.exchange, address: connection.address };
  if (connection.kind === 'failed') {
    meter.wait(run.elapsedMs());
    return { ...close(run, connection.message, 0), ...ended, code: connection.code, message: connection.message };
  }
  const { exchange, address, beforeMs } = connection;
  note(`Connected to ${target.host} (${address}) port ${target.port} (#${run.number})`);
  if (wishes.verbose) {
    run.err(request.text.replaceAll(/[^\n]*\n/g, line => `> ${line}`));
    if (sent.sentBytes > 0 && run.sink !== 'terminal') run.err(`} [${sent.sentBytes} bytes data]\n`);
  }
  meter.wait(run.elapsedMs());
  const ending = answerOf(run, exchange.verdict, exchange.response);
  return { ...ending, ...ended, beforeMs };
}

/** The last lines of a transfer: what went wrong, the meter's last line, the connection. */
function close(run: Transfer, message: string, bytes: number, total = bytes): Ending {
  if (message !== '') run.note(message);
  run.meter.end(run.elapsedMs(), bytes, total, bytes === 0 ? 0 : (run.wishes.data?.length ?? 0));
  run.note(`Closing connection ${run.number}`);
  return { code: 0, message };
}

function methodOf(wishes: CurlWishes): string {
  return wishes.method ?? (wishes.head ? 'HEAD' : wishes.data === undefined ? 'GET' : 'POST');
}

function requestFor(url: Url, wishes: CurlWishes): { readonly message: AppMessage; readonly text: string } {
  const method = methodOf(wishes);
  const headers = new Map([
    ['Host', url.port === 80 ? url.host : `${url.host}:${url.port}`],
    ['User-Agent', wishes.userAgent],
    ['Accept', '*/*'],
  ]);
  const nameIn = (name: string): string =>
    [...headers.keys()].find(other => other.toLowerCase() === name.toLowerCase()) ?? name;
  const given = wishes.headers.map(line => /^([^:;]+)([:;])\s*(.*)$/.exec(line)).filter(match => match !== null);
  for (const [, name = '', mark, value = ''] of given) {
    // A header without a value is not sent; with a semicolon it is sent empty.
    if (value === '' && mark === ':') headers.delete(nameIn(name));
    else headers.set(nameIn(name), value);
  }
  if (wishes.data !== undefined) {
    headers.set('Content-Length', String(wishes.data.length));
    if (nameIn('Content-Type') === 'Content-Type' && !headers.has('Content-Type'))
      headers.set('Content-Type', 'application/x-www-form-urlencoded');
  }
  const lines = [`${method} ${url.path} HTTP/1.1`, ...[...headers].map(([name, value]) => `${name}: ${value}`)];
  return {
    message: { kind: 'http-request', method, path: url.path, headers: Object.fromEntries(headers) },
    text: `${lines.join('\r\n')}\r\n\r\n`,
  };
}

function answerOf(run: Transfer, verdict: string, response: AppMessage | undefined): Ending {
  const failed = (code: number, message: string): Ending => ({ ...close(run, message, 0), code, message });
  if (verdict === 'reset') return failed(56, 'Recv failure: Connection reset by peer');
  if (verdict !== 'ok')
    return failed(28, `Operation timed out after ${Math.round(run.elapsedMs())} milliseconds with 0 bytes received`);
  if (response === undefined) return failed(52, 'Empty reply from server');
  if (response.kind !== 'http-response') return failed(1, 'Received HTTP/0.9 when not allowed');
  return showResponse(run, response);
}

function showResponse(run: Transfer, response: Response): Ending {
  const { wishes, sink } = run;
  const lines = [
    statusLine(response.status),
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
  ].map(line => `${line}\r\n`);
  const got = { response, headerBytes: lines.join('').length + 2 };
  if (wishes.verbose) run.err(lines.map(line => `< ${line}`).join(''));
  const total = Number(response.headers['Content-Length'] ?? 0);
  const isError = response.status >= 400 && wishes.fail !== 'never';
  const message = isError ? `The requested URL returned error: ${response.status}` : '';
  if (isError && wishes.fail === 'without-body') return { ...close(run, message, 0, total), ...got, code: 22, message };
  if (wishes.verbose) run.err('< \r\n');
  if (wishes.include || wishes.head) run.print(`${lines.map(line => styled(line, sink)).join('')}\r\n`);
  const body = wishes.head ? '' : response.body;
  if (body !== '' && wishes.verbose && sink !== 'terminal') run.err(`{ [${body.length} bytes data]\n`);
  if (body !== '' && sink === 'unwritable') {
    if (!wishes.silent) run.err(`Warning: Failed to open the file ${run.fileName}: Read-only file system\n`);
    const failure = 'Failure writing output to destination';
    return { ...close(run, failure, body.length), ...got, code: 23, message: failure };
  }
  run.print(body);
  const bodyBytes = body.length;
  if (response.headers.Connection?.toLowerCase() === 'close') close(run, message, bodyBytes, total);
  else {
    run.meter.end(run.elapsedMs(), bodyBytes);
    run.note(`Connection #${run.number} to host ${run.target.host} left intact`);
  }
  return { ...got, bodyBytes, code: isError ? 22 : 0, message };
}

/** Names of headers are bold on a terminal. Source: curl src/tool_cb_hdr.c. */
function styled(line: string, sink: Sink): string {
  return sink === 'terminal' ? line.replace(/^([^:\s]+):/, '\u001b[1m$1\u001b[0m:') : line;
}
