// tcpdump: the packets that crossed an interface, as tcpdump 4.99.3 prints them.
//
// Simplified: one command runs at a time here, so that nothing could be caught while tcpdump waits. It shows what the
//             journeys that the lab has kept left at the interface, and says so where that is nothing. Only
//             wires and waits take time.
// Read:    tcpdump(8); recordings (tests/shell/tools/tcpdump.test.ts).

import { type ExchangeRecord, type Interface, sendersOf, sightingsOf, timestamp } from '../../sim/index.ts';
import type { Command } from '../command.ts';
import { parseOptions } from './flags.ts';
import { readFrameFilter } from './tcpdumpFilter.ts';
import { type Caught, newConversations, type PacketFormat, packetText } from './tcpdumpText.ts';

const OPTIONS = {
  '-n': 'flag',
  '-e': 'flag',
  '-v': 'flag',
  '-l': 'flag',
  '-q': 'flag',
  '-t': 'flag',
  '-S': 'flag',
  '-N': 'flag',
  '-D': 'flag',
  '--list-interfaces': 'flag',
  '-L': 'flag',
  '-h': 'flag',
  '--version': 'flag',
  '--immediate-mode': 'flag',
  '-p': 'flag',
  '-U': 'flag',
  '-i': 'value',
  '--interface': 'value',
  '-c': 'value',
  '-s': 'value',
} as const;

/** Without -c it shows the last journeys that have no more packets than these together. */
const SHOWN = 100;
const NOTE =
  'tcpdump: one command runs at a time here: tcpdump shows what crossed before it, and nothing like that did\n';

export const tcpdump: Command = {
  name: 'tcpdump',
  at: ['host', 'container'],
  summary: 'show the packets that crossed an interface: tcpdump -ni eth0',
  run(words, context) {
    const say = (text: string): void => context.output.write('err', text);
    const parsed = parseOptions(words, OPTIONS);
    if (parsed.kind !== 'parsed') {
      say(optionProblem(parsed.kind, parsed.option));
      return 1;
    }
    const { flags, values, rest } = parsed;
    if (flags.has('-h') || flags.has('--version')) {
      say(flags.has('-h') ? USAGE : VERSION);
      return 0;
    }
    context.lab.read(context.place.netns);
    const { config } = context.lab.world.get(context.place.netns);
    const first = config.interfaces.find(device => device.kind !== 'loopback' && device.up)?.name ?? 'lo';
    if (flags.has('-D') || flags.has('--list-interfaces')) {
      context.output.write('out', deviceList(config.interfaces));
      return 0;
    }
    const name = values.get('-i') ?? values.get('--interface') ?? first;
    if (name !== 'any' && !config.interfaces.some(device => device.name === name)) {
      say(`tcpdump: ${name}: No such device exists\n(No such device exists)\n`);
      return 1;
    }
    const countText = values.get('-c');
    const count = countText === undefined ? SHOWN : Number(countText);
    if (!(Number.isInteger(count) && count > 0)) {
      say(`tcpdump: invalid packet count ${countText ?? ''}\n`);
      return 1;
    }
    const filter = readFrameFilter(rest);
    if (filter.kind === 'refused') {
      say(`tcpdump: ${filter.message}\n`);
      return 1;
    }
    const format: PacketFormat = {
      link: !flags.has('-e') ? 'hidden' : name === 'any' ? 'cooked' : 'shown',
      detail: flags.has('-v') ? 'verbose' : flags.has('-q') ? 'quiet' : 'plain',
      numbers: flags.has('-S') ? 'absolute' : 'relative',
    };
    say(heading(name, format));
    const perJourney = context.lab
      .journeys()
      .map(record =>
        caughtAt(record, context.place.netns, config.interfaces, name).filter(({ frame }) => filter.test(frame)),
      );
    const seen = lastJourneys(perJourney, countText === undefined ? 'at-most' : 'at-least', count);
    const stamp = stampOf(words);
    const conversations = newConversations();
    const lines = seen.map(sighting => {
      const where =
        name === 'any' ? `${sighting.device.padEnd(5)} ${wordFor(sighting, config.interfaces).padEnd(3)} ` : '';
      const text = packetText(sighting, format, conversations);
      return `${stamp(sighting.us)}${where}${text}\n`;
    });
    if (lines.length === 0) say(NOTE);
    for (const line of lines.slice(0, countText === undefined ? lines.length : count))
      context.output.write('out', line);
    const captured = countText === undefined ? lines.length : Math.min(count, lines.length);
    const plural = captured === 1 ? '' : 's';
    say(
      `${captured} packet${plural} captured\n${lines.length} packet${lines.length === 1 ? '' : 's'} received by filter\n0 packets dropped by kernel\n`,
    );
    return 0;
  },
  complete: words =>
    words.length <= 1 ? ['-ni'] : ['any', 'eth0', 'cni0', '-c', 'icmp', 'arp', 'tcp', 'udp', 'host', 'port'],
};

function heading(name: string, { detail }: PacketFormat): string {
  const isAny = name === 'any';
  const type = isAny ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)';
  const listening = `listening on ${name}, link-type ${type}, snapshot length 262144 bytes\n`;
  const data = isAny ? 'tcpdump: data link type LINUX_SLL2\n' : '';
  return detail === 'verbose'
    ? `${data}tcpdump: ${listening}`
    : `${data}tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\n${listening}`;
}

/** Whole journeys, so that what is shown begins with a first packet: the last ones that have so many packets. */
function lastJourneys(
  journeys: readonly (readonly Caught[])[],
  limit: 'at-most' | 'at-least',
  count: number,
): readonly Caught[] {
  const taken: (readonly Caught[])[] = [];
  let total = 0;
  for (const journey of journeys.toReversed()) {
    if (total > 0 && (limit === 'at-least' ? total >= count : total + journey.length > count)) break;
    taken.unshift(journey);
    total += journey.length;
  }
  return taken.flat();
}

function caughtAt(
  record: ExchangeRecord,
  netns: string,
  interfaces: readonly Interface[],
  name: string,
): readonly Caught[] {
  const senders = sendersOf(record);
  const indexOf = (device: string): number => interfaces.find(other => other.name === device)?.index ?? 0;
  return sightingsOf(record)
    .filter(sighting => sighting.netns === netns && (name === 'any' || sighting.device === name))
    .map(sighting => ({ ...sighting, sender: senders.get(sighting.trace), index: indexOf(sighting.device) }));
}

/** Who the frame was for, as `-i any` says it. Source: print-sll.c. */
function wordFor({ way, frame, device: name }: Caught, interfaces: readonly Interface[]): string {
  if (way === 'out') return 'Out';
  const destination = frame.ethernet?.dst;
  if (destination === 'ff:ff:ff:ff:ff:ff') return 'B';
  const own = interfaces.find(device => device.name === name)?.mac;
  return destination === undefined || destination === own ? 'In' : 'P';
}

/** `01:10:20.984668`; -tttt has the date in front, -t nothing. */
function stampOf(words: readonly string[]): (us: number) => string {
  const count =
    words
      .join(' ')
      .match(/(?<= |^)-[a-zA-Z]*/g)
      ?.join('')
      .replace(/[^t]/g, '').length ?? 0;
  return us => {
    const whole = Math.floor(us);
    const text = timestamp(whole / 1000);
    const micro = String(whole % 1_000_000).padStart(6, '0');
    if (count === 1) return '';
    return `${count === 4 ? `${text.slice(0, 10)} ` : ''}${text.slice(11, 19)}.${micro} `;
  };
}

const VERSION = 'tcpdump version 4.99.3\nlibpcap version 1.10.3 (with TPACKET_V3)\nOpenSSL 3.0.19 27 Jan 2026\n';
const USAGE = `${VERSION}Usage: tcpdump [-AbdDefhHIJKlLnNOpqStuUvxX#] [ -B size ] [ -c count ] [--count]
\t\t[ -C file_size ] [ -E algo:secret ] [ -F file ] [ -G seconds ]
\t\t[ -i interface ] [ --immediate-mode ] [ -j tstamptype ]
\t\t[ -M secret ] [ --number ] [ --print ] [ -Q in|out|inout ]
\t\t[ -r file ] [ -s snaplen ] [ -T type ] [ --version ]
\t\t[ -V file ] [ -w file ] [ -W filecount ] [ -y datalinktype ]
\t\t[ --time-stamp-precision precision ] [ --micro ] [ --nano ]
\t\t[ -z postrotate-command ] [ -Z user ] [ expression ]
`;

/** Options of the real one that this lab does not have, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  '-A': 'its packets have no bytes to print',
  '-x': 'its packets have no bytes to print',
  '-X': 'its packets have no bytes to print',
  '-w': 'this terminal keeps no files',
  '-r': 'this terminal keeps no files',
  '-d': 'filters are not compiled here',
};

function optionProblem(kind: 'unknown' | 'value-missing', option: string): string {
  const why = NOT_HERE[option];
  if (kind === 'unknown' && why !== undefined) return `tcpdump: this lab has no ${option}: ${why}\n`;
  const said = option.startsWith('--')
    ? `unrecognized option '${option}'`
    : `${kind === 'unknown' ? 'invalid option' : 'option requires an argument'} -- '${option.slice(1)}'`;
  return `tcpdump: ${said}\n${USAGE}`;
}

function deviceList(interfaces: readonly Interface[]): string {
  const real = interfaces.filter(device => device.kind !== 'loopback');
  const lines = [
    ...real.map(({ name, up }) => `${name} [${up ? 'Up, Running, Connected' : 'none'}]`),
    'any (Pseudo-device that captures on all interfaces) [Up, Running]',
    ...interfaces.filter(device => device.kind === 'loopback').map(({ name }) => `${name} [Up, Running, Loopback]`),
  ];
  return lines.map((line, i) => `${i + 1}.${line}\n`).join('');
}
