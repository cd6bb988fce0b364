// traceroute: the hosts on the way, found by packets whose time to live runs out one hop further each time, in the words of traceroute 2.1.2.
//
// Simplified: one probe after the other; the real one has sixteen on the way at once.
// Read:    traceroute(8); traceroute-2.1.2 traceroute/traceroute.c; recordings (tests/shell/tools/traceroute.test.ts).

import type { Exchange, Ip, Question } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { nameOfAddress, resolutionError, resolveName } from './resolve.ts';
import { TRACEROUTE_USAGE as USAGE } from './tracerouteUsage.ts';

const OPTIONS = {
  '-n': 'flag',
  '-I': 'flag',
  '--icmp': 'flag',
  '-T': 'flag',
  '--tcp': 'flag',
  '-U': 'flag',
  '--udp': 'flag',
  '-F': 'flag',
  '--dont-fragment': 'flag',
  '-V': 'flag',
  '--version': 'flag',
  '-4': 'flag',
  '-m': 'value',
  '--max-hops': 'value',
  '-f': 'value',
  '--first': 'value',
  '-q': 'value',
  '--queries': 'value',
  '-w': 'value',
  '--wait': 'value',
  '-p': 'value',
  '--port': 'value',
  '-s': 'value',
  '--source': 'value',
  '-i': 'value',
  '--interface': 'value',
  '-N': 'value',
  '--sim-queries': 'value',
} as const;

/** IP and UDP headers; of ICMP the same. */
const HEADERS = 28;
const LARGEST = 65_000;

/** Source: traceroute.c, DEF_START_PORT, mod-tcp.c DEF_TCP_PORT; IP and UDP headers with 32 bytes of data make 60. */
const DEFAULTS = { hops: 30, queries: 3, waitS: 5, udpPort: 33434, tcpPort: 80, fixedUdpPort: 53, bytes: 60 } as const;

interface Wishes {
  readonly protocol: Question['protocol'];
  readonly port: number;
  readonly first: number;
  readonly last: number;
  readonly queries: number;
  readonly waitMs: number;
  readonly names: 'numeric' | 'named';
  /** Each datagram to the next port, so that answers can be told apart, or all of them to one (-U). */
  readonly ports: 'counted' | 'one';
  /** Of a whole packet. */
  readonly bytes: number;
  readonly fragmentation: 'dont' | 'do';
  readonly source: Ip | undefined;
}

export const traceroute: Command = {
  name: 'traceroute',
  at: ['host', 'container'],
  summary: 'show the hosts on the way to a host',
  async run(words, context) {
    const say = (text: string): void => context.output.write('err', text);
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') {
      const at = words.findIndex(word => word.includes(parsed.option.replace(/^-+/, ''))) + 1;
      say(
        parsed.kind === 'unknown'
          ? `Bad option \`${parsed.option}' (argc ${at})\n`
          : `Option \`${parsed.option}' (argc ${at}) requires an argument\n`,
      );
      return 2;
    }
    const { flags, values, rest } = parsed;
    const [host, length] = rest;
    if (flags.has('-V') || flags.has('--version')) {
      context.output.write(
        'out',
        'Modern traceroute for Linux, version 2.1.2\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later\n',
      );
      return 0;
    }
    if (host === undefined) {
      say(words.length === 0 ? USAGE : 'Specify "host" missing argument.\n');
      return words.length === 0 ? 0 : 2;
    }
    const wrong = NUMBERS.find(option => values.has(option) && !/^\d*\.?\d+$/.test(values.get(option) ?? ''));
    if (wrong !== undefined) {
      say(`Cannot handle \`${wrong}' option with arg \`${values.get(wrong)}' (argc ${words.indexOf(wrong) + 2})\n`);
      return 2;
    }
    if (length !== undefined && !/^\d+$/.test(length)) {
      say(`Cannot handle "packetlen" cmdline arg \`${length}' on position 2 (argc ${words.indexOf(length) + 1})\n`);
      return 2;
    }
    const number = (otherwise: number, ...names: readonly string[]): number =>
      Number(names.map(name => values.get(name)).find(value => value !== undefined) ?? otherwise);
    const has = (...names: readonly (keyof typeof OPTIONS)[]): boolean => names.some(name => flags.has(name));
    const protocol = has('-I', '--icmp') ? 'icmp' : has('-T', '--tcp') ? 'tcp' : 'udp';
    const isFixed = has('-U', '--udp');
    const port = protocol === 'tcp' ? DEFAULTS.tcpPort : isFixed ? DEFAULTS.fixedUdpPort : DEFAULTS.udpPort;
    const named = values.get('-s') ?? values.get('--source');
    const device = values.get('-i') ?? values.get('--interface');
    const source = sourceOf(named, device, context);
    const wishes: Wishes = {
      protocol,
      port: number(port, '-p', '--port'),
      first: number(1, '-f', '--first'),
      last: number(DEFAULTS.hops, '-m', '--max-hops'),
      queries: number(DEFAULTS.queries, '-q', '--queries'),
      waitMs: number(DEFAULTS.waitS, '-w', '--wait') * 1000,
      names: flags.has('-n') ? 'numeric' : 'named',
      ports: isFixed ? 'one' : 'counted',
      bytes: protocol === 'tcp' ? DEFAULTS.bytes : Math.max(HEADERS, Number(length ?? DEFAULTS.bytes)),
      fragmentation: has('-F', '--dont-fragment') ? 'do' : 'dont',
      source: source.kind === 'bound' ? source.address : undefined,
    };
    const problem = problemOf(wishes);
    if (problem !== undefined) {
      say(`${problem}\n`);
      return 2;
    }
    const resolved = resolveName(host, context, undefined);
    if (resolved.kind !== 'address') {
      say(
        `${host}: ${resolutionError(resolved)}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${words.indexOf(host) + 1})\n`,
      );
      return 2;
    }
    if (source.kind === 'refused') {
      context.output.write('out', heading(host, resolved.address, wishes));
      say(`${source.message}\n`);
      return 1;
    }
    return trace(host, resolved.address, wishes, context);
  },
};

const NUMBERS = ['-m', '-f', '-q', '-w', '-p', '-N'];

type Source =
  | { readonly kind: 'routed' }
  | { readonly kind: 'bound'; readonly address: Ip }
  | { readonly kind: 'refused'; readonly message: string };

/** What -s and -i name. Simplified: an interface gives its address; the route may still lead out of another one. */
function sourceOf(named: string | undefined, device: string | undefined, context: CommandContext): Source {
  context.lab.read(context.place.netns);
  const { interfaces } = context.lab.world.get(context.place.netns).config;
  if (device !== undefined && !interfaces.some(other => other.name === device))
    return { kind: 'refused', message: 'setsockopt SO_BINDTODEVICE: No such device' };
  if (named === undefined && device === undefined) return { kind: 'routed' };
  const own = interfaces.flatMap(other => (named === undefined && other.name !== device ? [] : other.addresses));
  const found = own.find(({ address }) => named === undefined || address === named);
  return found === undefined
    ? { kind: 'refused', message: 'bind: Cannot assign requested address' }
    : { kind: 'bound', address: found.address };
}

/** Source: traceroute.c, `main`. */
function problemOf({ first, last, queries, waitMs, port, bytes }: Wishes): string | undefined {
  if (!(Number.isInteger(last) && last <= 255)) return 'max hops cannot be more than 255';
  if (!(Number.isInteger(first) && first >= 1 && first <= last)) return 'first hop out of range';
  if (bytes > LARGEST) return `too big packetlen ${bytes} specified`;
  if (!(Number.isInteger(queries) && queries >= 1 && queries <= 10)) return 'no more than 10 probes per hop';
  if (!(waitMs >= 0)) return 'bad wait specifications';
  return Number.isInteger(port) && port > 0 && port < 65536 ? undefined : 'bad port number';
}

/** What one probe came to know. */
interface Answer {
  /** Who answered; undefined: nobody. */
  readonly from: Ip | undefined;
  readonly ms: number;
  readonly mark: string;
  readonly end: 'reached' | 'refused' | 'goes-on';
}

const heading = (host: string, address: Ip, { last, bytes }: Wishes): string =>
  `traceroute to ${host} (${address}), ${last} hops max, ${bytes} byte packets\n`;

async function trace(host: string, address: Ip, wishes: Wishes, context: CommandContext): Promise<number> {
  const print = (text: string): void => context.output.write('out', text);
  const nameOf = (from: Ip): string =>
    wishes.names === 'numeric' ? from : `${nameOfAddress(from, context) ?? from} (${from})`;
  print(heading(host, address, wishes));
  let probe = 0;
  for (let ttl = wishes.first; ttl <= wishes.last; ttl++) {
    let shown: Ip | undefined;
    let isEnd = false;
    for (let query = 0; query < wishes.queries; query++) {
      if (context.isCancelled()) return 130;
      const exchange = ask(host, address, ttl, probe++, wishes, context);
      if (exchange.verdict === 'unreachable-local') {
        context.output.write('err', `connect: ${errnoText(exchange.errno)}\n`);
        return 1;
      }
      if (query === 0) print(String(ttl).padStart(2));
      if (query === 0) print(' ');
      const answer = answerOf(exchange, address);
      if (answer.end !== 'goes-on') isEnd = true;
      if (answer.from === undefined) print(' *');
      else {
        const named = answer.from === shown ? '' : ` ${query === 0 ? '' : ' '}${nameOf(answer.from)}`;
        print(`${named}  ${answer.ms.toFixed(3)} ms${answer.mark}`);
        shown = answer.from;
      }
      await context.breathe();
    }
    print('\n');
    if (isEnd) return 0;
  }
  return 0;
}

function ask(host: string, address: Ip, ttl: number, probe: number, wishes: Wishes, context: CommandContext): Exchange {
  const { protocol, port } = wishes;
  const { exchange } = context.exchange(
    {
      from: context.place.netns,
      to: address,
      protocol,
      // Every datagram goes to a port of its own, so that the answers can be told apart.
      port: protocol === 'udp' && wishes.ports === 'counted' ? ((port + probe - 1) % 65535) + 1 : port,
      requestBytes: protocol === 'tcp' ? 0 : wishes.bytes - HEADERS,
      timeoutMs: wishes.waitMs,
      ttl,
      attempt: probe,
      fragmentation: wishes.fragmentation,
      ...(wishes.source !== undefined && { bind: { address: wishes.source } }),
      ...(protocol === 'udp' && { hears: 'every-error' as const }),
      ...(protocol === 'icmp' && { echo: { id: 1 + ((context.lab.now % 60_000) | 0), seq: probe + 1 } }),
    },
    host,
  );
  return exchange;
}

/** Source: traceroute.c, `parse_icmp_res`. */
const MARKS: Readonly<Record<number, string>> = {
  0: '!N',
  1: '!H',
  2: '!P',
  4: '!F',
  5: '!S',
  13: '!X',
  14: '!V',
  15: '!C',
};

function answerOf(exchange: Exchange, address: Ip): Answer {
  const ms = exchange.elapsedUs / 1000;
  const { icmp, verdict } = exchange;
  if (icmp !== undefined) {
    if (icmp.type === 11) return { from: icmp.from, ms, mark: '', end: 'goes-on' };
    // "Port unreachable" is what the last host says to a datagram.
    if (icmp.code === 3) return { from: icmp.from, ms, mark: '', end: 'reached' };
    return { from: icmp.from, ms, mark: ` ${MARKS[icmp.code] ?? `!<${icmp.code}>`}`, end: 'refused' };
  }
  if (verdict === 'timeout') return { from: undefined, ms, mark: '', end: 'goes-on' };
  // A TCP probe is answered by the port: open or closed.
  const answeredUs =
    exchange.question.protocol === 'tcp' ? (exchange.connectedUs ?? exchange.elapsedUs) : exchange.elapsedUs;
  return { from: address, ms: answeredUs / 1000, mark: '', end: 'reached' };
}
