// traceroute: the hosts on the way, found by packets whose time to live runs out one hop further each time, in the words of traceroute 2.1.2.
//
// Simplified: one probe after the other; the real one has sixteen on the way at once.
// Read:    traceroute(8); traceroute-2.1.2 traceroute/traceroute.c; recordings (tests/shell/tools/traceroute.test.ts).

import type { Exchange, Ip, Question } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { resolutionError, resolveName } from './resolve.ts';

const OPTIONS = {
  '-n': 'flag',
  '-I': 'flag',
  '--icmp': 'flag',
  '-T': 'flag',
  '--tcp': 'flag',
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
} as const;

/** Source: traceroute.c, DEF_START_PORT, mod-tcp.c DEF_TCP_PORT; IP and UDP headers with 32 bytes of data make 60. */
const DEFAULTS = { hops: 30, queries: 3, waitS: 5, udpPort: 33434, tcpPort: 80, dataBytes: 32 } as const;

interface Wishes {
  readonly protocol: Question['protocol'];
  readonly port: number;
  readonly first: number;
  readonly last: number;
  readonly queries: number;
  readonly waitMs: number;
  readonly names: 'numeric' | 'named';
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
    const [host] = rest;
    if (host === undefined) {
      say(
        'Usage:\n  traceroute [ -nIT ] [ -f first_ttl ] [ -m max_ttl ] [ -q nqueries ] [ -w wait ] [ -p port ] host\n',
      );
      return 2;
    }
    const number = (otherwise: number, ...names: readonly string[]): number =>
      Number(names.map(name => values.get(name)).find(value => value !== undefined) ?? otherwise);
    const protocol =
      flags.has('-I') || flags.has('--icmp') ? 'icmp' : flags.has('-T') || flags.has('--tcp') ? 'tcp' : 'udp';
    const wishes: Wishes = {
      protocol,
      port: number(protocol === 'tcp' ? DEFAULTS.tcpPort : DEFAULTS.udpPort, '-p', '--port'),
      first: number(1, '-f', '--first'),
      last: number(DEFAULTS.hops, '-m', '--max-hops'),
      queries: number(DEFAULTS.queries, '-q', '--queries'),
      waitMs: number(DEFAULTS.waitS, '-w', '--wait') * 1000,
      names: flags.has('-n') ? 'numeric' : 'named',
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
    return trace(host, resolved.address, wishes, context);
  },
};

/** Source: traceroute.c, `main`. */
function problemOf({ first, last, queries, waitMs, port }: Wishes): string | undefined {
  if (!(Number.isInteger(first) && first >= 1 && first <= last)) return 'first hop out of range';
  if (!(Number.isInteger(last) && last <= 255)) return 'max hops cannot be more than 255';
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

async function trace(host: string, address: Ip, wishes: Wishes, context: CommandContext): Promise<number> {
  const print = (text: string): void => context.output.write('out', text);
  print(`traceroute to ${host} (${address}), ${wishes.last} hops max, 60 byte packets\n`);
  let probe = 0;
  for (let ttl = wishes.first; ttl <= wishes.last; ttl++) {
    let shown: Ip | undefined;
    let isEnd = false;
    for (let query = 0; query < wishes.queries; query++) {
      if (context.isCancelled()) return 130;
      const exchange = ask(host, address, ttl, probe++, wishes, context);
      // Its sockets hear of every error, those for TCP too.
      if (exchange.sendError !== undefined) {
        context.output.write('err', `send: ${errnoText(exchange.sendError)}\n`);
        return 1;
      }
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
        const named = wishes.names === 'numeric' ? answer.from : `${answer.from} (${answer.from})`;
        print(
          `${answer.from === shown ? '' : ` ${query === 0 ? '' : ' '}${named}`}  ${answer.ms.toFixed(3)} ms${answer.mark}`,
        );
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
      port: protocol === 'udp' ? ((port + probe - 1) % 65535) + 1 : port,
      requestBytes: protocol === 'tcp' ? 0 : DEFAULTS.dataBytes,
      timeoutMs: wishes.waitMs,
      ttl,
      attempt: probe,
      fragmentation: 'dont',
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
