// nc: whether a port takes connections, and what it answers to what comes through the pipe, as netcat-openbsd 1.219 says it.
//
// Omits:   typing while it runs, and listening: one command runs at a time here.
// Read:    nc(1); Debian netcat-openbsd netcat.c; recordings (tests/shell/tools/nc.test.ts).

import { type AppMessage, type Exchange, type Ip, isIp, statusLine } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { type Resolution, resolutionError, resolveName } from './resolve.ts';
import { serviceName, servicePort } from './services.ts';

const OPTIONS = {
  '-z': 'flag',
  '-v': 'flag',
  '-u': 'flag',
  '-n': 'flag',
  '-l': 'flag',
  '-k': 'flag',
  '-N': 'flag',
  '-d': 'flag',
  '-4': 'flag',
  '-h': 'flag',
  '-q': 'value',
  '-w': 'value',
  '-p': 'value',
  '-s': 'value',
} as const;

/** connect(2) gives up by itself after about this time: six retries of a SYN. Source: tcp(7), tcp_syn_retries. */
const PATIENT_MS = 140_000;
/** Source: netcat.c, UDP_SCAN_TIMEOUT. */
const UDP_SCAN_MS = 3000;
const USAGE = `usage: nc [-46CDdFhklNnrStUuvZz] [-I length] [-i interval] [-M ttl]
	  [-m minttl] [-O length] [-P proxy_username] [-p source_port]
	  [-q seconds] [-s sourceaddr] [-T keyword] [-V rtable] [-W recvlimit]
	  [-w timeout] [-X proxy_protocol] [-x proxy_address[:port]]
	  [destination] [port]
`;
/** Options of the real one that this lab does not have: letters alone, and those with a value. */
const NOT_HERE = { flags: 'CDFrStUZ6', values: 'IiMmOPTVWXx' } as const;

export const nc: Command = {
  name: 'nc',
  at: ['host', 'container'],
  summary: 'test whether a port is open: nc -zv HOST PORT',
  async run(words, context) {
    const say = (text: string): void => context.output.write('err', text);
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') {
      say(optionProblem(parsed.kind, parsed.option.replace(/^-+/, ''), words));
      return 1;
    }
    const { flags, values, rest } = parsed;
    if (flags.has('-h')) {
      say(`OpenBSD netcat (Debian patchlevel 1.219-1)\n${USAGE}`);
      return 1;
    }
    if (flags.has('-l')) return listen(values.get('-p') ?? rest.at(-1), flags.has('-u') ? 'udp' : 'tcp', context);
    const [host, portText] = rest;
    if (host === undefined || portText === undefined) {
      say(host === undefined ? USAGE : 'nc: missing port number\n');
      return 1;
    }
    const waitText = values.get('-w');
    if (waitText !== undefined && !(Number(waitText) > 0)) {
      say(`nc: timeout ${/^-?\d+$/.test(waitText) ? 'too small' : 'invalid'}: ${waitText}\n`);
      return 1;
    }
    const ports = portsOf(portText);
    if (ports.kind === 'refused') {
      say(`nc: ${ports.message}\n`);
      return 1;
    }
    const protocol = flags.has('-u') ? 'udp' : 'tcp';
    const isNumeric = flags.has('-n');
    const resolved: Resolution = isNumeric && !isIp(host) ? { kind: 'no-name' } : resolveName(host, context, undefined);
    if (resolved.kind !== 'address') {
      say(`nc: getaddrinfo for host "${host}" port ${portText}: ${resolutionError(resolved)}\n`);
      return 1;
    }
    const target: Target = {
      host,
      address: resolved.address,
      protocol,
      waitMs: waitText === undefined ? undefined : Number(waitText) * 1000,
      isVerbose: flags.has('-v'),
      numeric: isNumeric,
    };
    if (!flags.has('-z')) return converse(target, ports.ports[0] ?? 0, context);
    let open = 0;
    for (const port of ports.ports) {
      if (context.isCancelled()) return 130;
      if (test(target, port, context) === 'open') open++;
      await context.breathe();
    }
    return open > 0 ? 0 : 1;
  },
};

interface Target {
  readonly host: string;
  readonly address: Ip;
  readonly protocol: 'tcp' | 'udp';
  readonly waitMs: number | undefined;
  readonly isVerbose: boolean;
  readonly numeric: boolean;
}

function test(target: Target, port: number, context: CommandContext): 'open' | 'closed' {
  const { verdict, connectedUs } = reach(target, port, context, undefined);
  if (target.protocol === 'udp') return verdict === 'ok' || verdict === 'timeout' ? 'open' : 'closed';
  return connectedUs !== undefined || verdict === 'ok' ? 'open' : 'closed';
}

/** One connection, and with -v what nc says of it. */
function reach(target: Target, port: number, context: CommandContext, text: string | undefined): Exchange {
  const { host, address, protocol, waitMs, isVerbose } = target;
  const { exchange } = context.exchange(
    {
      from: context.place.netns,
      to: address,
      protocol,
      port,
      requestBytes: text?.length ?? (protocol === 'udp' ? 1 : 0),
      ...(text !== undefined && { message: messageOf(text) }),
      timeoutMs: protocol === 'udp' ? (waitMs ?? UDP_SCAN_MS) : (waitMs ?? PATIENT_MS),
    },
    `${host}:${port}`,
  );
  const say = (text: string): void => {
    if (isVerbose) context.output.write('err', `${text}\n`);
  };
  const named = host === address ? host : `${host} (${address})`;
  if (protocol === 'udp') {
    // Nobody has to answer: only "port unreachable" says that it is closed.
    if (exchange.verdict === 'unreachable-local' && exchange.sendError === undefined)
      say(`nc: connect to ${named} port ${port} (udp) failed: ${errnoText(exchange.errno)}`);
    if (exchange.verdict !== 'ok' && exchange.verdict !== 'timeout') return exchange;
  } else if (exchange.connectedUs === undefined && exchange.verdict !== 'ok') {
    const gaveUp = exchange.verdict === 'timeout' && waitMs !== undefined;
    const why = gaveUp ? 'timed out: Operation now in progress' : `failed: ${errnoText(exchange.errno)}`;
    say(`nc: connect to ${named} port ${port} (tcp) ${why}`);
    return exchange;
  }
  const service = target.numeric ? '*' : (serviceName(port, protocol) ?? '*');
  say(`Connection to ${named} ${port} port [${protocol}/${service}] succeeded!`);
  return exchange;
}

function optionProblem(kind: 'unknown' | 'value-missing', letter: string, words: readonly string[]): string {
  if (kind === 'value-missing') return `nc: option requires an argument -- '${letter}'\n${USAGE}`;
  if (NOT_HERE.values.includes(letter) && words.at(-1) === `-${letter}`)
    return optionProblem('value-missing', letter, []);
  return NOT_HERE.flags.includes(letter) || NOT_HERE.values.includes(letter)
    ? `nc: this lab has no -${letter}\n`
    : `nc: invalid option -- '${letter}'\n${USAGE}`;
}

/** Sends what came through the pipe, and prints what comes back. */
function converse(target: Target, port: number, context: CommandContext): number {
  const { stdin } = context;
  if (stdin === undefined) {
    context.output.write(
      'err',
      `nc: nothing can be typed while it runs; put the words in front: printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc ${target.host} ${port}\n`,
    );
    return 1;
  }
  const exchange = reach(target, port, context, stdin);
  if (exchange.connectedUs === undefined && exchange.verdict !== 'ok') return target.protocol === 'udp' ? 0 : 1;
  const { response } = exchange;
  if (response?.kind === 'http-response') {
    const headers = Object.entries(response.headers).map(([name, value]) => `${name}: ${value}\r\n`);
    context.output.write('out', `${statusLine(response.status)}\r\n${headers.join('')}\r\n${response.body}`);
  } else if (response?.kind === 'text') context.output.write('out', response.text);
  return 0;
}

/** The words of an HTTP client, or just text. */
function messageOf(text: string): AppMessage {
  const [, method, path] = /^([A-Z]+) (\/\S*) HTTP\/1\.[01]\r?\n/.exec(text) ?? [];
  if (method === undefined || path === undefined) return { kind: 'text', text };
  const headers = [...text.matchAll(/^([\w-]+): *(.*?)\r?$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return { kind: 'http-request', method, path, headers: Object.fromEntries(headers) };
}

type Ports =
  | { readonly kind: 'ports'; readonly ports: readonly number[] }
  | { readonly kind: 'refused'; readonly message: string };

/** One port, a service or a range. Source: netcat.c, `build_ports`. */
function portsOf(text: string): Ports {
  const named = servicePort(text);
  if (named !== undefined) return { kind: 'ports', ports: [named] };
  const [, firstText, lastText] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (firstText === undefined) return { kind: 'refused', message: `port number invalid: ${text}` };
  for (const one of [firstText, lastText ?? firstText]) {
    if (Number(one) < 1) return { kind: 'refused', message: `port number too small: ${one}` };
    if (Number(one) > 65535) return { kind: 'refused', message: `port number too large: ${one}` };
  }
  const ends = [Number(firstText), Number(lastText ?? firstText)].sort((a, b) => a - b);
  const [first = 0, last = first] = ends;
  return { kind: 'ports', ports: Array.from({ length: last - first + 1 }, (_, i) => first + i) };
}

function listen(portText: string | undefined, protocol: 'tcp' | 'udp', context: CommandContext): number {
  const port = servicePort(portText ?? '') ?? Number(portText);
  context.lab.read(context.place.netns);
  const { listeners } = context.lab.world.get(context.place.netns).config;
  const isTaken = listeners.some(listener => listener.protocol === protocol && listener.port === port);
  context.output.write(
    'err',
    isTaken
      ? 'nc: Address already in use\n'
      : 'nc: this terminal runs one command at a time: nothing could connect while nc listens. A Pod with the image web listens.\n',
  );
  return 1;
}
