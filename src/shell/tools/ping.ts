// ping: ICMP echo, one a second, in the words of iputils 20221126.
//
// Read:    ping(8); recordings of iputils (tests/shell/tools/ping.test.ts names them).

import type { Exchange, Question } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { parseOptions } from './flags.ts';
import { resolutionError, resolveName } from './resolve.ts';

/** What `-M` may say. */
const FRAGMENTATION = ['do', 'want', 'dont', 'probe'] as const;

const OPTIONS = {
  '-c': 'value',
  '-W': 'value',
  '-i': 'value',
  '-s': 'value',
  '-t': 'value',
  '-w': 'value',
  '-M': 'value',
  '-q': 'flag',
  '-n': 'flag',
  '-4': 'flag',
} as const;

/** Without -c it goes on until Ctrl+C; nobody reads more lines than these. */
const ENDLESS = 1000;

export const ping: Command = {
  name: 'ping',
  at: ['host', 'container'],
  summary: 'ask a host for an answer',
  async run(words, context) {
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind === 'unknown') {
      context.output.write('err', `ping: invalid option -- '${parsed.option.replace(/^-+/, '')}'\n`);
      return 2;
    }
    if (parsed.kind === 'value-missing') {
      context.output.write('err', `ping: option requires an argument -- '${parsed.option.replace(/^-+/, '')}'\n`);
      return 2;
    }
    const hint = parsed.values.get('-M');
    if (hint !== undefined && !FRAGMENTATION.some(word => word === hint)) {
      context.output.write('err', `ping: invalid -M argument: ${hint}\n`);
      return 1;
    }
    const [host] = parsed.rest;
    if (host === undefined) {
      context.output.write('err', 'ping: usage error: Destination address required\n');
      return 1;
    }
    const number = (option: string, otherwise: number): number => Number(parsed.values.get(option) ?? otherwise);
    const wishes: Wishes = {
      count: parsed.values.has('-c') ? number('-c', 1) : ENDLESS,
      waitMs: number('-W', 10) * 1000,
      intervalMs: number('-i', 1) * 1000,
      bytes: number('-s', 56),
      ttl: parsed.values.has('-t') ? number('-t', 64) : undefined,
      fragmentation: FRAGMENTATION.find(word => word === parsed.values.get('-M')),
      quiet: parsed.flags.has('-q'),
    };
    const wrong = Object.entries({ count: wishes.count, interval: wishes.intervalMs, bytes: wishes.bytes }).find(
      ([, value]) => !(value >= 0),
    );
    if (wrong !== undefined) {
      context.output.write(
        'err',
        `ping: invalid argument: '${parsed.values.get({ count: '-c', interval: '-i', bytes: '-s' }[wrong[0]] ?? '') ?? ''}'\n`,
      );
      return 1;
    }
    const resolved = resolveName(host, context, undefined);
    if (resolved.kind !== 'address') {
      context.output.write('err', `ping: ${host}: ${resolutionError(resolved)}\n`);
      return 2;
    }
    return pingAll(resolved.name, resolved.address, wishes, context);
  },
};

interface Wishes {
  readonly count: number;
  readonly waitMs: number;
  readonly intervalMs: number;
  readonly bytes: number;
  readonly ttl: number | undefined;
  readonly fragmentation: Question['fragmentation'];
  readonly quiet: boolean;
}

type Address = Extract<ReturnType<typeof resolveName>, { readonly kind: 'address' }>['address'];

async function pingAll(host: string, address: Address, wishes: Wishes, context: CommandContext): Promise<number> {
  const print = (text: string): void => context.output.write('out', text);
  const size = wishes.bytes + 28;
  print(`PING ${host} (${address}) ${wishes.bytes}(${size}) bytes of data.\n`);
  const times: number[] = [];
  let errors = 0;
  let sent = 0;
  const began = context.lab.now;
  const id = 1 + ((sent + address.length * 7) % 60_000);
  for (let seq = 1; seq <= wishes.count; seq++) {
    if (context.isCancelled()) break;
    const startedAt = context.lab.now;
    const isLast = seq === wishes.count;
    const { exchange } = context.exchange(
      {
        from: context.place.netns,
        to: address,
        protocol: 'icmp',
        port: 0,
        socket: 'unconnected',
        requestBytes: wishes.bytes,
        // Every answer that is late is lost for this line; the last one is waited for in full.
        timeoutMs: isLast ? wishes.waitMs : Math.max(wishes.intervalMs, Math.min(wishes.waitMs, wishes.intervalMs)),
        echo: { id, seq },
        ...(wishes.ttl !== undefined && { ttl: wishes.ttl }),
        ...(wishes.fragmentation !== undefined && { fragmentation: wishes.fragmentation }),
      },
      host,
    );
    sent++;
    if (exchange.verdict === 'unreachable-local' && exchange.sendError === undefined) {
      context.output.write('err', `ping: ${connectError(exchange.errno)}\n`);
      return 2;
    }
    const line = lineFor(exchange, seq, wishes.bytes, host, address);
    if (line.kind === 'reply') times.push(exchange.elapsedUs / 1000);
    if (line.kind === 'error') errors++;
    if (line.text !== '' && !(wishes.quiet && line.kind === 'reply')) print(line.text);
    // Of a packet that was not sent it says so only where an ICMP error came as well (20221126; measured).
    if (line.kind === 'error' && exchange.sendError !== undefined)
      context.output.write('err', `ping: sendmsg: ${errnoText(exchange.sendError)}\n`);
    if (line.kind === 'silence' && isLast && exchange.sendError !== undefined)
      context.sleep(wishes.waitMs - (context.lab.now - startedAt));
    if (!isLast) {
      const spent = context.lab.now - startedAt;
      if (spent < wishes.intervalMs) context.sleep(wishes.intervalMs - spent);
      await context.breathe();
    }
  }
  const lastWait = times.length === 0 ? 0 : (times[times.length - 1] ?? 0);
  const total =
    sent <= 1 ? 0 : Math.round(Math.min(context.lab.now - began, (sent - 1) * wishes.intervalMs + lastWait));
  print(summary(address === host ? address : host, sent, errors, times, total));
  if (context.isCancelled()) return times.length > 0 ? 0 : 1;
  return times.length > 0 ? 0 : 1;
}

type Line = { readonly kind: 'reply' | 'error' | 'silence'; readonly text: string };

function lineFor(exchange: Exchange, seq: number, bytes: number, host: string, address: string): Line {
  const { icmp } = exchange;
  if (exchange.verdict === 'ok') {
    const from = host === address ? address : `${host} (${address})`;
    return {
      kind: 'reply',
      text: `${bytes + 8} bytes from ${from}: icmp_seq=${seq} ttl=${exchange.replyTtl ?? 0} time=${milliseconds(exchange.elapsedUs / 1000)} ms\n`,
    };
  }
  if (icmp === undefined) return { kind: 'silence', text: '' };
  return { kind: 'error', text: `From ${icmp.from} icmp_seq=${seq} ${errorWords(icmp.type, icmp.code)}\n` };
}

/** Source: iputils ping/ping.c: EACCES is what the kernel says of broadcasts. */
function connectError(errno: string | undefined): string {
  return errno === 'EACCES'
    ? 'Do you want to ping broadcast? Then -b. If not, check your local firewall rules'
    : `connect: ${errnoText(errno)}`;
}

/** Source: iputils ping/ping_common.c, `pr_icmph`. */
function errorWords(type: number, code: number): string {
  if (type === 11) return code === 0 ? 'Time to live exceeded' : 'Frag reassembly time exceeded';
  switch (code) {
    case 0:
      return 'Destination Net Unreachable';
    case 1:
      return 'Destination Host Unreachable';
    case 2:
      return 'Destination Protocol Unreachable';
    case 3:
      return 'Destination Port Unreachable';
    case 4:
      return 'Frag needed and DF set';
    case 9:
      return 'Destination Net Prohibited';
    case 10:
      return 'Destination Host Prohibited';
    case 13:
      return 'Packet filtered';
    default:
      return `Dest Unreachable, Bad Code: ${code}`;
  }
}

/** Four significant figures at most, as ping prints them. Source: ping_common.c, `gather_statistics`. */
function milliseconds(ms: number): string {
  if (ms >= 100) return ms.toFixed(0);
  if (ms >= 10) return ms.toFixed(1);
  return ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

function summary(host: string, sent: number, errors: number, times: readonly number[], totalMs: number): string {
  const lost = sent === 0 ? 0 : Math.round(((sent - times.length) * 100) / sent);
  const failed = errors === 0 ? '' : ` +${errors} errors,`;
  const head = `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${times.length} received,${failed} ${lost}% packet loss, time ${totalMs}ms\n`;
  if (times.length === 0) return `${head}\n`;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
  const figures = [Math.min(...times), mean, Math.max(...times), deviation].map(ms => ms.toFixed(3)).join('/');
  return `${head}rtt min/avg/max/mdev = ${figures} ms\n`;
}
