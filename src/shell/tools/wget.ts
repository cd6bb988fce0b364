// wget: fetches a page over HTTP, in the words of wget 1.21.3.
//
// Omits:   files (only -O - and -O /dev/null are written to), redirects, recursion, https.
// Read:    wget(1); wget src/http.c, connect.c, progress.c; recordings (tests/shell/tools/wget.test.ts).

import { type AppMessage, type Exchange, reasonPhrase, timestamp } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { resolutionError, resolveNames } from './resolve.ts';
import { type ParsedUrl, parseUrl } from './url.ts';

const OPTIONS = {
  '-q': 'flag',
  '--quiet': 'flag',
  '-n': 'value',
  '--no-verbose': 'flag',
  '-S': 'flag',
  '--server-response': 'flag',
  '--spider': 'flag',
  '-4': 'flag',
  '-O': 'value',
  '--output-document': 'value',
  '-T': 'value',
  '--timeout': 'value',
  '--connect-timeout': 'value',
  '-t': 'value',
  '--tries': 'value',
  '--header': 'value',
  '-V': 'flag',
  '--version': 'flag',
} as const;

/** Source: wget(1): --tries, --read-timeout; the kernel gives up connecting by itself. */
const DEFAULTS = { tries: 20, readTimeoutMs: 900_000 } as const;
/** Pauses between tries grow by a second up to this. Source: wget(1), --waitretry. */
const LONGEST_PAUSE_S = 10;

/** Exit codes. Source: wget(1), EXIT STATUS. */
const CODE = { ok: 0, generic: 1, usage: 2, file: 3, network: 4, server: 8 } as const;

type Url = Extract<ParsedUrl, { readonly kind: 'url' }>;

interface Wishes {
  /** `-q`: nothing; `-nv`: one line. */
  readonly talk: 'full' | 'short' | 'none';
  readonly showsResponse: boolean;
  readonly document: string;
  readonly method: 'GET' | 'HEAD';
  readonly timeoutMs: number;
  readonly tries: number;
}

export const wget: Command = {
  name: 'wget',
  at: ['host', 'container'],
  summary: 'fetch a page: wget -qO- URL',
  async run(words, context) {
    const say = (text: string): void => context.output.write('err', text);
    const usage = (message: string): number => {
      say(`wget: ${message}\nUsage: wget [OPTION]... [URL]...\n\nTry \`wget --help' for more options.\n`);
      return message === 'missing URL' ? CODE.generic : CODE.usage;
    };
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind === 'unknown')
      return usage(
        parsed.option.startsWith('--')
          ? `unrecognized option '${parsed.option}'`
          : `invalid option -- '${parsed.option.slice(1)}'`,
      );
    if (parsed.kind === 'value-missing')
      return usage(`option requires an argument -- '${parsed.option.replace(/^-+/, '')}'`);
    const { flags, values, rest } = parsed;
    if (flags.has('-V') || flags.has('--version')) {
      context.output.write('out', 'GNU Wget 1.21.3 built on linux-gnu.\n');
      return CODE.ok;
    }
    const [target] = rest;
    if (target === undefined) return usage('missing URL');
    const url = parseUrl(target);
    if (url.kind === 'malformed') {
      say(`${target}: Invalid host name.\n`);
      return CODE.generic;
    }
    if (url.scheme !== 'http') {
      say(`wget: this lab has http only, not ${url.scheme}\n`);
      return CODE.usage;
    }
    const timeoutText = values.get('-T') ?? values.get('--timeout') ?? values.get('--connect-timeout');
    if (timeoutText !== undefined && !(Number(timeoutText) >= 0)) {
      say(`wget: --timeout: Invalid time period ‘${timeoutText}’\n`);
      return CODE.usage;
    }
    const triesText = values.get('-t') ?? values.get('--tries');
    if (triesText !== undefined && !/^\d+$/.test(triesText)) {
      say(`wget: --tries: Invalid number ‘${triesText}’\n`);
      return CODE.usage;
    }
    const isSpider = flags.has('--spider');
    const document = values.get('-O') ?? values.get('--output-document');
    if (!isSpider && document !== '-' && document !== '/dev/null') {
      say(`wget: this terminal keeps no files; wget -O- ${target} prints the page\n`);
      return CODE.file;
    }
    const isShort = flags.has('--no-verbose') || values.get('-n') === 'v';
    const isQuiet = flags.has('-q') || flags.has('--quiet');
    return fetchInTurn(url, context, {
      talk: isQuiet ? 'none' : isShort ? 'short' : 'full',
      showsResponse: flags.has('-S') || flags.has('--server-response'),
      document: document ?? '',
      method: isSpider ? 'HEAD' : 'GET',
      timeoutMs:
        timeoutText === undefined || Number(timeoutText) === 0 ? DEFAULTS.readTimeoutMs : Number(timeoutText) * 1000,
      tries: triesText === undefined ? DEFAULTS.tries : Number(triesText) || Number.POSITIVE_INFINITY,
    });
  },
};

/** `2026-01-01 00:00:07`. */
const clock = (context: CommandContext): string => timestamp(context.lab.now).replace('T', ' ').replace('Z', '');

async function fetchInTurn(url: Url, context: CommandContext, wishes: Wishes): Promise<number> {
  const shown = `http://${url.host}${url.port === 80 ? '' : `:${url.port}`}${url.path}`;
  const say = (text: string): void => {
    if (wishes.talk === 'full') context.output.write('err', text);
  };
  if (wishes.method === 'HEAD') say('Spider mode enabled. Check if remote file exists.\n');
  for (let attempt = 1; ; attempt++) {
    if (context.isCancelled()) return 130;
    const again = attempt === 1 ? '' : `  (try:${String(attempt).padStart(2)})`;
    say(`--${clock(context)}--${again}  ${shown}\n`);
    const code = fetchOnce(url, shown, context, wishes, say);
    if (code !== 'try-again') return code;
    if (attempt >= wishes.tries) {
      say('Giving up.\n\n');
      return CODE.network;
    }
    say('Retrying.\n\n');
    context.sleep(Math.min(attempt, LONGEST_PAUSE_S) * 1000);
    await context.breathe();
  }
}

/** Errors that another try does not mend. Source: wget src/http.c, `retryable_socket_connect_error`. */
const FINAL_ERRORS = ['ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH'];

function fetchOnce(
  url: Url,
  shown: string,
  context: CommandContext,
  wishes: Wishes,
  say: (text: string) => void,
): number | 'try-again' {
  const isNamed = !/^[\d.]+$/.test(url.host);
  if (isNamed) say(`Resolving ${url.host} (${url.host})... `);
  const resolved = resolveNames(url.host, context, wishes.timeoutMs);
  if (resolved.kind !== 'found') {
    say(`failed: ${resolutionError(resolved)}.\n`);
    if (wishes.talk !== 'none') context.output.write('err', `wget: unable to resolve host address ‘${url.host}’\n`);
    return CODE.network;
  }
  if (isNamed) say(`${resolved.addresses.join(', ')}\n`);
  const { message, bytes } = requestFor(url, wishes.method);
  let exchange: Exchange | undefined;
  for (const [i, address] of resolved.addresses.entries()) {
    say(
      `Connecting to ${isNamed ? `${url.host} (${url.host})|${address}|:${url.port}` : `${url.host}:${url.port}`}... `,
    );
    ({ exchange } = context.exchange(
      {
        from: context.place.netns,
        to: address,
        protocol: 'tcp',
        port: url.port,
        message,
        requestBytes: bytes,
        timeoutMs: wishes.timeoutMs,
      },
      `${url.host}:${url.port}`,
    ));
    if (exchange.verdict === 'ok' || exchange.connectedUs !== undefined) break;
    say(`failed: ${errnoText(exchange.errno)}.\n`);
    if (i < resolved.addresses.length - 1) continue;
    return FINAL_ERRORS.includes(exchange.errno ?? 'ECONNREFUSED') ? CODE.network : 'try-again';
  }
  if (exchange === undefined) return CODE.network;
  say('connected.\nHTTP request sent, awaiting response... ');
  if (exchange.response?.kind !== 'http-response') {
    const why =
      exchange.verdict === 'stalled' || exchange.verdict === 'timeout'
        ? 'Connection timed out'
        : 'Connection reset by peer';
    say(`Read error (${why}) in headers.\n`);
    return 'try-again';
  }
  return showResponse(exchange.response, exchange, shown, context, wishes, say);
}

function requestFor(url: Url, method: 'GET' | 'HEAD'): { readonly message: AppMessage; readonly bytes: number } {
  const headers = {
    Host: url.port === 80 ? url.host : `${url.host}:${url.port}`,
    'User-Agent': 'Wget/1.21.3',
    Accept: '*/*',
    'Accept-Encoding': 'identity',
    Connection: 'Keep-Alive',
  };
  const lines = [
    `${method} ${url.path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return {
    message: { kind: 'http-request', method, path: url.path, headers },
    bytes: `${lines.join('\r\n')}\r\n\r\n`.length,
  };
}

function showResponse(
  response: Extract<AppMessage, { readonly kind: 'http-response' }>,
  exchange: Exchange,
  shown: string,
  context: CommandContext,
  wishes: Wishes,
  say: (text: string) => void,
): number {
  const { status, headers, body } = response;
  const reason = reasonPhrase(status);
  if (wishes.showsResponse) {
    const lines = [
      `HTTP/1.1 ${status} ${reason}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    say(`\n${lines.map(line => `  ${line}\n`).join('')}`);
  } else say(`${status} ${reason}\n`);
  if (status >= 400) {
    if (wishes.method === 'HEAD') {
      say('Remote file does not exist -- broken link!!!\n\n');
      return CODE.server;
    }
    if (wishes.talk === 'short') context.output.write('err', `${shown}:\n`);
    if (wishes.talk !== 'none') context.output.write('err', `${clock(context)} ERROR ${status}: ${reason}.\n`);
    say('\n');
    return CODE.server;
  }
  const human = body.length < 1024 ? '' : ` (${Math.round(body.length / 1024)}K)`;
  say(`Length: ${body.length}${human} [${headers['Content-Type'] ?? 'text/plain'}]\n`);
  if (wishes.method === 'HEAD') {
    say('Remote file exists.\n\n');
    return CODE.ok;
  }
  const isStdout = wishes.document === '-';
  const name = isStdout ? 'STDOUT' : wishes.document;
  say(`Saving to: ‘${name}’\n`);
  if (context.isTerminal) say(`\n${bar(wishes.document, 0, body.length, '           ')}`);
  if (isStdout) context.output.write('out', body);
  const speed = speedOf(body.length, exchange.elapsedUs - (exchange.connectedUs ?? 0));
  say(
    context.isTerminal
      ? `${bar(wishes.document, 100, body.length, 'in 0s      ')}\n\n`
      : `\n${dots(body.length, speed.short)}\n`,
  );
  const done = isStdout ? 'written to stdout' : `‘${name}’ saved`;
  say(`${clock(context)} (${speed.long}) - ${done} [${body.length}/${body.length}]\n\n`);
  if (wishes.talk === 'short')
    context.output.write(
      'err',
      `${clock(context)} URL:${shown} [${body.length}/${body.length}] -> "${wishes.document}" [1]\n`,
    );
  return CODE.ok;
}

/** A line of 160 columns. Source: wget src/progress.c, `create_image`. */
function bar(name: string, percent: number, bytes: number, tail: string): string {
  const filled = percent === 100 ? `${'='.repeat(79)}>` : ' '.repeat(80);
  const shown = percent === 100 ? bytes.toLocaleString('en-US') : '0';
  return `\r${name.padEnd(40).slice(0, 40)}${String(percent).padStart(3)}%[${filled}]${shown.padStart(8)}  --.-KB/s    ${tail}`;
}

/** A dot for each KiB, fifty a line. Source: wget src/progress.c, `dot_draw`. */
function dots(bytes: number, speed: string): string {
  const total = Math.ceil(bytes / 1024);
  const lines: string[] = [];
  for (let first = 0; first === 0 || first < total; first += 50) {
    const full = Math.min(50, Math.floor(bytes / 1024) - first);
    const row = Array.from({ length: 50 }, (_, i) => `${i % 10 === 0 ? ' ' : ''}${i < full ? '.' : ' '}`).join('');
    const isLast = first + 50 >= total;
    const percent = isLast ? 100 : Math.floor(((first + 50) * 1024 * 100) / bytes);
    lines.push(
      `${String(first).padStart(6)}K${row}${String(percent).padStart(3)}% ${speed.padStart(5)}${isLast ? '=0s' : ' 0s'}\n`,
    );
  }
  return lines.join('');
}

/** Three figures, as wget rounds them. Source: wget src/retr.c, `retr_rate`. */
function speedOf(bytes: number, us: number): { readonly short: string; readonly long: string } {
  let rate = (bytes * 1_000_000) / Math.max(1, us);
  const units = ['', 'K', 'M', 'G'];
  let unit = 0;
  for (; rate >= 1024 && unit < 3; unit++) rate /= 1024;
  const figures = rate >= 99.95 ? rate.toFixed(0) : rate >= 9.995 ? rate.toFixed(1) : rate.toFixed(2);
  return { short: `${figures}${units[unit] ?? ''}`, long: `${figures} ${units[unit] ?? ''}B/s` };
}
