// ping: ICMP echo, one an interval, in the words of iputils 20221126.
//
// Simplified: -I NAME takes the address of the interface; the route may still lead out of another one.
// Read:       ping(8); iputils ping/ping_common.c; recordings of iputils.

import { type Exchange, isIp } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { errnoText } from './errnoWords.ts';
import { type PingWishes, readPing } from './pingOptions.ts';
import { nameOfAddress, resolutionError, resolveName } from './resolve.ts';

/** Without -c it goes on until Ctrl+C; nobody reads more lines than these. */
const ENDLESS = 1000;
/** Requests that are sent together while one has no answer: those of ten seconds. */
const LONGEST_WAIT_MS = 10_000;
/** What an IPv4 datagram holds at most, with its headers. */
const LARGEST_DATAGRAM = 65_535;
const HEADERS = 28;
/** Shorter ones have no room for a time. */
const TIMED_FROM_BYTES = 16;

export const ping: Command = {
  name: 'ping',
  at: ['host', 'container'],
  summary: 'ask a host for an answer',
  async run(words, context) {
    const read = readPing(words);
    if (read.kind === 'version') {
      context.output.write('out', 'ping from iputils 20221126\n');
      return 0;
    }
    if (read.kind === 'refused') {
      context.output.write('err', read.message);
      return read.code;
    }
    const { wishes } = read;
    const refuse = (message: string): number => {
      context.output.write('err', `ping: ${message}\n`);
      return 2;
    };
    if (wishes.host.includes(':')) return refuse(`${wishes.host}: Address family for hostname not supported`);
    const resolved = resolveName(wishes.host, context, undefined);
    if (resolved.kind !== 'address') return refuse(`${wishes.host}: ${resolutionError(resolved)}`);
    const source = sourceOf(wishes.source, context);
    if (source.kind === 'refused') return refuse(source.message);
    return pingAll({ name: resolved.name, address: resolved.address, source, wishes, context });
  },
};

type Address = Extract<ReturnType<typeof resolveName>, { readonly kind: 'address' }>['address'];

type Source =
  | { readonly kind: 'routed' }
  | { readonly kind: 'bound'; readonly address: Address; readonly device: string }
  | { readonly kind: 'refused'; readonly message: string };

function sourceOf(wanted: string | undefined, context: CommandContext): Source {
  if (wanted === undefined) return { kind: 'routed' };
  context.lab.read(context.place.netns);
  const { interfaces } = context.lab.world.get(context.place.netns).config;
  const own = interfaces.flatMap(device => device.addresses.map(({ address }) => ({ address, device: device.name })));
  const found = own.find(({ address, device }) => address === wanted || device === wanted);
  if (found !== undefined)
    return { kind: 'bound', address: found.address, device: found.device === wanted ? wanted : '' };
  return {
    kind: 'refused',
    message: isIp(wanted) ? 'bind: Cannot assign requested address' : `SO_BINDTODEVICE ${wanted}: No such device`,
  };
}

interface Run {
  readonly name: string;
  readonly address: Address;
  readonly source: Source;
  readonly wishes: PingWishes;
  readonly context: CommandContext;
}

interface Tally {
  sent: number;
  errors: number;
  /** Round trips, in milliseconds. */
  readonly times: number[];
  replies: number;
  /** Most requests that were under way at a time. */
  pipe: number;
  lastSentMs: number;
}

async function pingAll(run: Run): Promise<number> {
  const { wishes, context } = run;
  const tally: Tally = { sent: 0, errors: 0, times: [], replies: 0, pipe: 0, lastSentMs: 0 };
  const nameOf = namer(run);
  const startedAt = context.lab.now;
  const inTime = Math.max(1, Math.ceil(wishes.deadlineMs / wishes.intervalMs));
  const count = Math.min(wishes.count, inTime, ENDLESS);
  let id: number | undefined;
  while (tally.sent < count && !context.isCancelled()) {
    const at = context.lab.now - startedAt;
    const exchange = askOnce(run, tally, count, at, id);
    if (exchange === undefined) {
      tooLarge(run, tally, LARGEST_DATAGRAM, at);
    } else {
      id = exchange.client?.port ?? id;
      if (exchange.verdict === 'unreachable-local') {
        context.output.write('err', `ping: ${tally.sent === 0 ? 'connect' : 'sendmsg'}: ${localError(exchange)}\n`);
        if (tally.sent === 0) return 2;
        tally.sent++;
      } else if (exchange.localMtu !== undefined) tooLarge(run, tally, exchange.localMtu, at);
      else report(run, exchange, tally, at, nameOf);
    }
    if (tally.sent < count) {
      const nextAt = tally.lastSentMs + wishes.intervalMs;
      const now = context.lab.now - startedAt;
      if (now < nextAt) context.sleep(nextAt - now);
      await context.breathe();
    }
  }
  context.output.write('out', summary(run, tally));
  return exitCode(run, tally);
}

/** -c with -w wants all of its answers; else one is enough. */
function exitCode({ wishes }: Run, { replies }: Tally): number {
  const wantsAll = Number.isFinite(wishes.deadlineMs) && Number.isFinite(wishes.count);
  return replies === 0 || (wantsAll && replies < wishes.count) ? 1 : 0;
}

const heading = ({ name, address, source, wishes }: Run): string => {
  const from = source.kind === 'bound' ? ` from ${source.address} ${source.device}:` : '';
  return `PING ${name} (${address})${from} ${wishes.bytes}(${wishes.bytes + HEADERS}) bytes of data.\n`;
};

/** The next request, and those that follow it while it has no answer; undefined: it is too large for any datagram. */
function askOnce(run: Run, tally: Tally, count: number, atMs: number, id: number | undefined): Exchange | undefined {
  const { wishes, context, address, source } = run;
  if (wishes.bytes + HEADERS > LARGEST_DATAGRAM) return undefined;
  const left = count - tally.sent - 1;
  const together = Math.min(left, Math.max(0, Math.ceil(LONGEST_WAIT_MS / wishes.intervalMs) - 1));
  // The last one is waited for; the ones before it until the next is due.
  const lastAtMs = atMs + together * wishes.intervalMs;
  const patienceMs = together < left || tally.replies > 0 ? wishes.intervalMs : wishes.waitMs;
  return context.exchange(
    {
      from: context.place.netns,
      to: address,
      protocol: 'icmp',
      port: 0,
      requestBytes: wishes.bytes,
      timeoutMs: Math.max(1, Math.min(patienceMs, wishes.deadlineMs - lastAtMs)),
      echo: {
        ...(id !== undefined && { id }),
        seq: tally.sent + 1,
        more: { count: together, intervalMs: wishes.intervalMs },
      },
      ...(source.kind === 'bound' && { bind: { address: source.address } }),
      ...(wishes.ttl !== undefined && { ttl: wishes.ttl }),
      ...(wishes.fragmentation !== undefined && { fragmentation: wishes.fragmentation }),
    },
    run.name,
  ).exchange;
}

function tooLarge(run: Run, tally: Tally, mtu: number, atMs: number): void {
  if (tally.sent === 0) run.context.output.write('out', heading(run));
  run.context.output.write('err', `ping: local error: message too long, mtu=${mtu}\n`);
  tally.sent++;
  tally.errors++;
  tally.lastSentMs = atMs;
}

function localError({ errno }: Exchange): string {
  return errno === 'EACCES'
    ? 'Do you want to ping broadcast? Then -b. If not, check your local firewall rules'
    : errnoText(errno ?? 'ENETUNREACH');
}

/** Prints what came back for the requests of one exchange, in the order of its coming. */
function report(run: Run, exchange: Exchange, tally: Tally, atMs: number, nameOf: (address: string) => string): void {
  const { wishes, context } = run;
  const print = (text: string): void => {
    const stamp = wishes.stamped ? `[${(context.lab.now / 1000).toFixed(6)}] ` : '';
    context.output.write('out', `${stamp}${text}\n`);
  };
  const { sent, answers } = exchange.echoes ?? { sent: 1, answers: [] };
  if (tally.sent === 0) context.output.write('out', heading(run));
  const first = tally.sent + 1;
  const sentMs = (seq: number): number => (seq - first) * wishes.intervalMs;
  let asked = first;
  /** -O: tells of what has no answer when the next one is sent, until a moment. */
  const sendUntil = (us: number): void => {
    for (; asked < first + sent - 1 && sentMs(asked + 1) * 1000 <= us; asked++)
      if (wishes.outstanding && !answers.some(({ seq, atUs }) => seq === asked && atUs <= sentMs(asked + 1) * 1000))
        print(`no answer yet for icmp_seq=${asked}`);
  };
  for (const { seq, sentUs, atUs, answer } of answers) {
    sendUntil(atUs);
    tally.pipe = Math.max(tally.pipe, asked - seq + 1);
    if (answer.kind === 'reply') {
      tally.replies++;
      const ms = (atUs - sentUs) / 1000;
      const isTimed = wishes.bytes >= TIMED_FROM_BYTES;
      if (isTimed) tally.times.push(ms);
      const time = isTimed ? ` time=${milliseconds(ms)} ms` : '';
      if (!wishes.quiet)
        print(`${wishes.bytes + 8} bytes from ${nameOf(answer.from)}: icmp_seq=${seq} ttl=${answer.ttl}${time}`);
    } else {
      tally.errors++;
      if (!wishes.quiet) print(`From ${nameOf(answer.icmp.from)} icmp_seq=${seq} ${errorWords(answer.icmp)}`);
    }
  }
  sendUntil(Number.POSITIVE_INFINITY);
  tally.sent += sent;
  tally.lastSentMs = atMs + sentMs(tally.sent);
}

/** Who answered: with its name when the target was given by name. The last name is kept. */
function namer({ wishes, context }: Run): (address: string) => string {
  let last: { readonly address: string; readonly name: string } | undefined;
  return address => {
    if (wishes.numeric) return address;
    if (last?.address !== address) last = { address, name: nameOfAddress(address, context) ?? address };
    return `${last.name} (${address})`;
  };
}

/** Source: iputils ping/ping.c, `pr_icmph`. */
function errorWords({ type, code, mtu = 0 }: NonNullable<Exchange['icmp']>): string {
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
      return `Frag needed and DF set (mtu = ${mtu})`;
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

/** Three figures behind the point at most. Source: ping_common.c, `gather_statistics`. */
function milliseconds(ms: number): string {
  if (ms >= 100) return ms.toFixed(0);
  if (ms >= 10) return ms.toFixed(1);
  return ms >= 1 ? ms.toFixed(2) : ms.toFixed(3);
}

/** Source: ping_common.c, `finish`. */
function summary({ name }: Run, { sent, errors, times, replies, pipe, lastSentMs }: Tally): string {
  const lost = sent === 0 ? 0 : Number((((sent - replies) * 100) / sent).toPrecision(6));
  const failures = errors === 0 ? '' : ` +${errors} errors,`;
  const head = `\n--- ${name} ping statistics ---\n${sent} packets transmitted, ${replies} received,${failures} ${lost}% packet loss, time ${Math.round(lastSentMs)}ms\n`;
  const pipes = pipe > 1 ? `pipe ${pipe}` : '';
  if (times.length === 0) return `${head}${pipes}\n`;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const deviation = Math.sqrt(times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / times.length);
  const figures = [Math.min(...times), mean, Math.max(...times), deviation].map(ms => ms.toFixed(3)).join('/');
  return `${head}rtt min/avg/max/mdev = ${figures} ms${pipes === '' ? '' : `, ${pipes}`}\n`;
}
