// curl: one HTTP request, with the words and exit codes of curl 7.88.1.
//
// Omits:   HTTPS, redirects, uploads, everything that is not HTTP: refused by name.
// Read:    curl(1); recordings of curl 7.88.1 (tests/shell/tools/curl.test.ts names them).

import type { AppMessage, Exchange } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { resolveName } from './resolve.ts';
import { parseUrl } from './url.ts';

const OPTIONS = {
  '-s': 'flag',
  '--silent': 'flag',
  '-S': 'flag',
  '--show-error': 'flag',
  '-v': 'flag',
  '--verbose': 'flag',
  '-i': 'flag',
  '--include': 'flag',
  '-I': 'flag',
  '--head': 'flag',
  '-f': 'flag',
  '--fail': 'flag',
  '-4': 'flag',
  '-m': 'value',
  '--max-time': 'value',
  '--connect-timeout': 'value',
  '-o': 'value',
  '--output': 'value',
  '-w': 'value',
  '--write-out': 'value',
  '-H': 'value',
  '--header': 'value',
  '-X': 'value',
  '--request': 'value',
} as const;

/** What the learner asked for. */
interface Wishes {
  readonly silent: boolean;
  readonly showError: boolean;
  readonly verbose: boolean;
  readonly include: boolean;
  readonly head: boolean;
  readonly fail: boolean;
  readonly maxTimeMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly output: string | undefined;
  readonly writeOut: string | undefined;
  readonly headers: readonly string[];
  readonly method: string | undefined;
}

/** curl gives up connecting by itself after five minutes. Source: curl lib/connect.h, DEFAULT_CONNECT_TIMEOUT. */
const DEFAULT_TIMEOUT_MS = 300_000;

export const curl: Command = {
  name: 'curl',
  at: ['host', 'container'],
  summary: 'make an HTTP request',
  run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    const error = (text: string): void => context.output.write('err', text);
    if (parsed.kind === 'unknown') {
      error(
        `curl: option ${parsed.option}: is unknown\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      );
      return 2;
    }
    if (parsed.kind === 'value-missing') {
      error(
        `curl: option ${parsed.option}: requires parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
      );
      return 2;
    }
    const [target] = parsed.rest;
    if (target === undefined) {
      error("curl: try 'curl --help' or 'curl --manual' for more information\n");
      return 2;
    }
    const wishes = wishesOf(parsed.flags, parsed.values, words);
    for (const [name, ms] of [
      ['-m', wishes.maxTimeMs],
      ['--connect-timeout', wishes.connectTimeoutMs],
    ] as const) {
      if (ms !== undefined && !(ms >= 0)) {
        error(
          `curl: option ${name}: expected a proper numerical parameter\ncurl: try 'curl --help' or 'curl --manual' for more information\n`,
        );
        return 2;
      }
    }
    return fetchUrl(target, wishes, context);
  },
};

function wishesOf(flags: ReadonlySet<string>, values: ReadonlyMap<string, string>, words: readonly string[]): Wishes {
  const flag = (...names: readonly string[]): boolean => names.some(name => flags.has(name));
  const value = (...names: readonly string[]): string | undefined =>
    names.map(name => values.get(name)).find(found => found !== undefined);
  const seconds = (...names: readonly string[]): number | undefined => {
    const text = value(...names);
    return text === undefined ? undefined : text.trim() === '' ? Number.NaN : Number(text) * 1000;
  };
  const headers = words.flatMap((word, i) => (word === '-H' || word === '--header' ? [words[i + 1] ?? ''] : []));
  return {
    silent: flag('-s', '--silent'),
    showError: flag('-S', '--show-error'),
    verbose: flag('-v', '--verbose'),
    include: flag('-i', '--include'),
    head: flag('-I', '--head'),
    fail: flag('-f', '--fail'),
    maxTimeMs: seconds('-m', '--max-time'),
    connectTimeoutMs: seconds('--connect-timeout'),
    output: value('-o', '--output'),
    writeOut: value('-w', '--write-out'),
    headers,
    method: value('-X', '--request'),
  };
}

function fetchUrl(target: string, wishes: Wishes, context: CommandContext): number {
  const url = parseUrl(target);
  const err = (text: string): void => context.output.write('err', text);
  const fail = (code: number, message: string): number => {
    if (!wishes.silent || wishes.showError) err(`curl: (${code}) ${message}\n`);
    return code;
  };
  const note = (text: string): void => {
    if (wishes.verbose) err(`* ${text}\n`);
  };
  if (url.kind === 'malformed') return fail(3, 'URL using bad/illegal format or missing URL');
  if (url.scheme !== 'http') return fail(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`);
  const meter = progressMeter(wishes, context);
  meter.begin();
  const began = context.lab.now;
  // curl answers localhost by itself. Source: curl lib/hostip.c, `Curl_resolv`.
  const name = /^localhost\.?$/i.test(url.host) ? '127.0.0.1' : url.host;
  const resolved = resolveName(name, context, leastOf(wishes.maxTimeMs, wishes.connectTimeoutMs));
  const lookupMs = context.lab.now - began;
  if (resolved.kind !== 'address') {
    meter.end(undefined, lookupMs);
    const message =
      resolved.kind === 'interrupted'
        ? `Resolving timed out after ${Math.round(resolved.afterMs)} milliseconds`
        : `Could not resolve host: ${url.host}`;
    note(message);
    note('Closing connection 0');
    writeOut(wishes, context, undefined, url, undefined, lookupMs);
    return fail(resolved.kind === 'interrupted' ? 28 : 6, message);
  }
  note(`  Trying ${resolved.address}:${url.port}...`);
  const request = requestFor(url, wishes);
  const { exchange } = context.exchange(
    {
      from: context.place.netns,
      to: resolved.address,
      protocol: 'tcp',
      port: url.port,
      message: request.message,
      requestBytes: request.text.length,
      // Both limits count from the beginning, the lookup included.
      timeoutMs: Math.max(0, (wishes.maxTimeMs ?? DEFAULT_TIMEOUT_MS) - lookupMs),
      ...(wishes.connectTimeoutMs !== undefined && {
        connectTimeoutMs: Math.max(0, wishes.connectTimeoutMs - lookupMs),
      }),
    },
    `${url.host}:${url.port}`,
  );
  meter.end(exchange, lookupMs);
  const code = report(exchange, url, resolved.address, request.text, wishes, context, note, fail, lookupMs);
  writeOut(wishes, context, exchange, url, resolved.address, lookupMs);
  return code;
}

/** The smaller of two limits that may be absent. */
function leastOf(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

type Url = Extract<ReturnType<typeof parseUrl>, { kind: 'url' }>;

function requestFor(url: Url, wishes: Wishes): { readonly message: AppMessage; readonly text: string } {
  const method = wishes.method ?? (wishes.head ? 'HEAD' : 'GET');
  const own = new Map(
    wishes.headers.map(line => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1).trim()]),
  );
  const headers = new Map([
    ['Host', url.port === 80 ? url.host : `${url.host}:${url.port}`],
    ['User-Agent', 'curl/7.88.1'],
    ['Accept', '*/*'],
  ]);
  for (const [name, value] of own) {
    const known = [...headers.keys()].find(other => other.toLowerCase() === name.toLowerCase());
    headers.set(known ?? name, value);
  }
  const lines = [`${method} ${url.path} HTTP/1.1`, ...[...headers].map(([name, value]) => `${name}: ${value}`)];
  return {
    message: { kind: 'http-request', method, path: url.path, headers: Object.fromEntries(headers) },
    text: `${lines.join('\r\n')}\r\n\r\n`,
  };
}

function report(
  exchange: Exchange,
  url: Url,
  address: string,
  requestText: string,
  wishes: Wishes,
  context: CommandContext,
  note: (text: string) => void,
  fail: (code: number, message: string) => number,
  lookupMs: number,
): number {
  // In whole microseconds: the sum of two fractions would fall short of a limit that was reached.
  const elapsedMs = Math.round(lookupMs * 1000 + exchange.elapsedUs) / 1000;
  const ms = Math.round(elapsedMs);
  const finish = (code: number, message: string): number => {
    note(message);
    note('Closing connection 0');
    return fail(code, message);
  };
  switch (exchange.verdict) {
    case 'ok':
      break;
    case 'stalled':
      traceRequest(url, address, requestText, note, context, wishes);
      return finish(28, `Operation timed out after ${ms} milliseconds with 0 bytes received`);
    case 'reset':
      traceRequest(url, address, requestText, note, context, wishes);
      return finish(56, 'Recv failure: Connection reset by peer');
    case 'timeout': {
      if (wishes.maxTimeMs !== undefined && elapsedMs >= wishes.maxTimeMs)
        return finish(28, `Connection timed out after ${ms} milliseconds`);
      const byOption = wishes.connectTimeoutMs !== undefined && elapsedMs >= wishes.connectTimeoutMs;
      if (!byOption) note(`connect to ${address} port ${url.port} failed: Connection timed out`);
      return finish(
        28,
        `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: ${byOption ? 'Timeout was reached' : "Couldn't connect to server"}`,
      );
    }
    default:
      note(`connect to ${address} port ${url.port} failed: ${errnoText(exchange.errno)}`);
      return finish(7, `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Couldn't connect to server`);
  }
  traceRequest(url, address, requestText, note, context, wishes);
  return showResponse(exchange, wishes, context, note, fail);
}

function traceRequest(
  url: Url,
  address: string,
  text: string,
  note: (text: string) => void,
  context: CommandContext,
  wishes: Wishes,
): void {
  note(`Connected to ${url.host} (${address}) port ${url.port} (#0)`);
  if (wishes.verbose)
    context.output.write(
      'err',
      text
        .split('\r\n')
        .slice(0, -1)
        .map(line => `> ${line}\n`)
        .join(''),
    );
}

function showResponse(
  exchange: Exchange,
  wishes: Wishes,
  context: CommandContext,
  note: (text: string) => void,
  fail: (code: number, message: string) => number,
): number {
  const { response } = exchange;
  if (response?.kind !== 'http-response') {
    note('Closing connection 0');
    return fail(1, 'Received HTTP/0.9 when not allowed');
  }
  const lines = [
    `HTTP/1.1 ${response.status} ${REASONS[response.status] ?? ''}`,
    ...Object.entries(response.headers).map(([name, value]) => `${name}: ${value}`),
  ];
  if (wishes.verbose) context.output.write('err', `${lines.map(line => `< ${line}\n`).join('')}< \n`);
  if (wishes.fail && response.status >= 400) {
    note('Closing connection 0');
    return fail(22, `The requested URL returned error: ${response.status}`);
  }
  const body = wishes.head ? '' : response.body;
  const text = wishes.include || wishes.head ? `${lines.join('\r\n')}\r\n\r\n${body}` : body;
  if (wishes.output === undefined || wishes.output === '-') context.output.write('out', text.replaceAll('\r\n', '\n'));
  note('Closing connection 0');
  return 0;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  503: 'Service Unavailable',
};

function writeOut(
  wishes: Wishes,
  context: CommandContext,
  exchange: Exchange | undefined,
  url: Url,
  address: string | undefined,
  lookupMs: number,
): void {
  if (wishes.writeOut === undefined) return;
  const response = exchange?.response;
  const connected = exchange?.verdict === 'ok' || exchange?.verdict === 'stalled';
  const seconds = (us: number | undefined): string => ((us ?? 0) / 1_000_000).toFixed(6);
  const since = (us: number | undefined): string => seconds(us === undefined ? undefined : us + lookupMs * 1000);
  const variables: Readonly<Record<string, string>> = {
    http_code: response?.kind === 'http-response' ? String(response.status).padStart(3, '0') : '000',
    remote_ip: connected ? (address ?? '') : '',
    remote_port: connected ? String(url.port) : '0',
    local_ip: connected ? (exchange.client?.address ?? '') : '',
    local_port: connected ? String(exchange.client?.port ?? 0) : '0',
    time_namelookup: seconds(address === undefined ? 0 : lookupMs * 1000),
    time_connect: since(exchange?.connectedUs),
    time_total: since(exchange?.elapsedUs ?? 0),
    size_download: response?.kind === 'http-response' ? String(response.body.length) : '0',
    url_effective: `http://${url.host}${url.port === 80 ? '' : `:${url.port}`}${url.path}`,
  };
  const text = wishes.writeOut
    .replaceAll(/%\{(\w+)\}/g, (_whole, name: string) => variables[name] ?? '')
    .replaceAll('\\n', '\n')
    .replaceAll('\\t', '\t');
  context.output.write('out', text);
}

/** The meter that curl draws on stderr when its output goes into a pipe, as under `kubectl exec` without -t. */
function progressMeter(
  wishes: Wishes,
  context: CommandContext,
): { begin(): void; end(exchange: Exchange | undefined, lookupMs: number): void } {
  const isShown = !wishes.silent && !context.isTerminal && (wishes.output === undefined || wishes.output === '-');
  const row = (percent: number, bytes: number, spent: string, speed: number): string => {
    const cell = (value: number | string, width: number): string => String(value).padStart(width);
    return `\r${cell(percent, 3)} ${cell(bytes, 5)}  ${cell(percent, 3)} ${cell(bytes, 5)}    0     0 ${cell(speed, 6)}      0 --:--:-- ${spent} --:--:-- ${cell(speed, 5)}`;
  };
  const quiet = '\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0';
  const waited = (second: number): string =>
    `\r  0     0    0     0    0     0      0      0 --:--:--  0:${String(Math.floor(second / 60)).padStart(2, '0')}:${String(second % 60).padStart(2, '0')} --:--:--     0`;
  return {
    begin() {
      if (!isShown) return;
      context.output.write(
        'err',
        '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n',
      );
      context.output.write('err', quiet);
    },
    end(exchange, lookupMs) {
      if (!isShown) return;
      const seconds = Math.floor((exchange?.elapsedUs ?? 0) / 1_000_000 + lookupMs / 1000);
      if (seconds > 0) {
        context.output.write('err', quiet);
        for (let second = 1; second <= seconds; second++) context.output.write('err', waited(second));
      }
      const body = exchange?.response?.kind === 'http-response' ? exchange.response.body.length : 0;
      const speed =
        exchange === undefined || body === 0
          ? 0
          : Math.min(99_999, Math.round((body * 1_000_000) / Math.max(1, exchange.elapsedUs)));
      if (exchange?.verdict === 'ok') context.output.write('err', row(100, body, '--:--:--', speed));
      else if (seconds === 0) context.output.write('err', quiet);
      context.output.write('err', '\n');
    },
  };
}
