// nc: whether a port takes connections, as netcat-openbsd 1.219 says it.
//
// Omits:   conversations (without -z) and listening: one command runs at a time here.
// Read:    nc(1); Debian netcat-openbsd netcat.c; recordings (tests/shell/tools/nc.test.ts).

import type { Ip } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { resolutionError, resolveName } from './resolve.ts';
import { serviceName, servicePort } from './services.ts';

const OPTIONS = {
  '-z': 'flag',
  '-v': 'flag',
  '-u': 'flag',
  '-n': 'flag',
  '-l': 'flag',
  '-k': 'flag',
  '-4': 'flag',
  '-w': 'value',
  '-p': 'value',
  '-s': 'value',
} as const;

/** connect(2) gives up by itself after about this time: six retries of a SYN. Source: tcp(7), tcp_syn_retries. */
const PATIENT_MS = 140_000;
/** Source: netcat.c, UDP_SCAN_TIMEOUT. */
const UDP_SCAN_MS = 3000;
const USAGE = 'usage: nc [-46CDdFhklNnrStUuvZz] [-w timeout] [destination] [port]\n';

export const nc: Command = {
  name: 'nc',
  at: ['host', 'container'],
  summary: 'test whether a port is open: nc -zv HOST PORT',
  async run(words, context) {
    const say = (text: string): void => context.output.write('err', text);
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') {
      const { kind, option } = parsed;
      say(
        `nc: ${kind === 'unknown' ? 'invalid option' : 'option requires an argument'} -- '${option.replace(/^-+/, '')}'\n${USAGE}`,
      );
      return 1;
    }
    const { flags, values, rest } = parsed;
    if (flags.has('-l')) return listen(values.get('-p') ?? rest.at(-1), flags.has('-u') ? 'udp' : 'tcp', context);
    const [host, portText] = rest;
    if (host === undefined || portText === undefined) {
      say(host === undefined ? USAGE : 'nc: missing port number\n');
      return 1;
    }
    if (!flags.has('-z')) {
      say('nc: no conversations in this terminal; nc -zv HOST PORT tests a port, curl talks to a web server\n');
      return 1;
    }
    const ports = portsOf(portText);
    if (ports === undefined) {
      say(`nc: port number invalid: ${portText}\n`);
      return 1;
    }
    const waitText = values.get('-w');
    if (waitText !== undefined && !(Number(waitText) > 0)) {
      say(`nc: timeout too small: ${waitText}\n`);
      return 1;
    }
    const protocol = flags.has('-u') ? 'udp' : 'tcp';
    const resolved = resolveName(host, context, undefined);
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
      numeric: flags.has('-n'),
    };
    let open = 0;
    for (const port of ports) {
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
  const { host, address, protocol, waitMs, isVerbose } = target;
  const { exchange } = context.exchange(
    {
      from: context.place.netns,
      to: address,
      protocol,
      port,
      requestBytes: protocol === 'udp' ? 1 : 0,
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
    if (exchange.verdict !== 'ok' && exchange.verdict !== 'timeout') return 'closed';
  } else if (exchange.connectedUs === undefined && exchange.verdict !== 'ok') {
    const gaveUp = exchange.verdict === 'timeout' && waitMs !== undefined;
    const why = gaveUp ? 'timed out: Operation now in progress' : `failed: ${errnoText(exchange.errno)}`;
    say(`nc: connect to ${named} port ${port} (tcp) ${why}`);
    return 'closed';
  }
  const service = target.numeric ? '*' : (serviceName(port, protocol) ?? '*');
  say(`Connection to ${named} ${port} port [${protocol}/${service}] succeeded!`);
  return 'open';
}

/** One port, a service or a range. */
function portsOf(text: string): readonly number[] | undefined {
  const named = servicePort(text);
  if (named !== undefined) return [named];
  const [, firstText, lastText] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const first = Number(firstText);
  const last = lastText === undefined ? first : Number(lastText);
  if (!(first >= 1 && last >= first && last <= 65535)) return undefined;
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
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
