// conntrack: tracked flows, as conntrack-tools 1.4.7 prints and takes them.
//
// Omits:   writing entries (-I, -U), events (-E), statistics (-S), expectations.
// Read:    conntrack(8); conntrack-tools src/conntrack.c; recordings (tests/shell/tools/conntrack.test.ts).

import {
  allEntries,
  type CtEntry,
  formatConntrackEntry,
  isIp,
  type Netns,
  type Prefix,
  parseIp,
  parsePrefix,
  prefixContains,
  removeEntry,
} from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { CONNTRACK_USAGE } from './conntrackUsage.ts';

const PROGRAM = 'conntrack v1.4.7 (conntrack-tools)';
const TRY = "Try `conntrack -h' or 'conntrack --help' for more information.";

type Verb = 'list' | 'delete' | 'flush' | 'count';
const VERBS: Readonly<Record<string, Verb>> = {
  '-L': 'list',
  '--dump': 'list',
  '-D': 'delete',
  '--delete': 'delete',
  '-F': 'flush',
  '--flush': 'flush',
  '-C': 'count',
  '--count': 'count',
};
const NOT_HERE = ['-I', '--create', '-U', '--update', '-G', '--get', '-E', '--event', '-S', '--stats'];

/** Forms of output of the real one; the lab has the first two. */
const OUTPUTS = ['extended', 'id', 'timestamp', 'labels', 'ktimestamp', 'xml', 'save'];

type Test = (entry: CtEntry) => boolean;

/** One read of a command line: what to do, and which entries it is about. */
interface Request {
  readonly verb: Verb;
  readonly tests: readonly Test[];
  /** `-o extended`, `-o id`. */
  readonly output: readonly string[];
}

export const conntrack: Command = {
  name: 'conntrack',
  at: ['host', 'container'],
  summary: 'list and delete tracked connections',
  run(words, context) {
    if (words.length === 0 || words[0] === '-h' || words[0] === '--help') {
      context.output.write('out', CONNTRACK_USAGE);
      return 0;
    }
    if (words[0] === '-V' || words[0] === '--version') {
      context.output.write('out', `${PROGRAM}\n`);
      return 0;
    }
    const request = readRequest(words);
    if (request.kind === 'refused') {
      context.output.write('err', `${request.message}\n`);
      return 2;
    }
    context.lab.read(context.place.netns);
    return act(request.request, context.lab.world.get(context.place.netns), context);
  },
  complete: words => (words.length <= 1 ? ['-L', '-D', '-F', '-C'] : ['-p', '-s', '-d', '--dport', '--sport']),
};

function act({ verb, tests, output }: Request, netns: Netns, context: CommandContext): number {
  const { now } = context.lab;
  const say = (text: string): void => context.output.write('err', `${PROGRAM}: ${text}\n`);
  const living = allEntries(netns.conntrack.values()).filter(entry => entry.expiresAt > now);
  if (verb === 'count') {
    context.output.write('out', `${living.length}\n`);
    return 0;
  }
  if (verb === 'flush') {
    for (const entry of living) removeEntry(netns.conntrack, entry);
    say('connection tracking table has been emptied.');
    return 0;
  }
  const chosen = living.filter(entry => tests.every(test => test(entry)));
  for (const entry of chosen) {
    const family = output.includes('extended') ? 'ipv4     2 ' : '';
    const id = output.includes('id') ? ` id=${entry.id}` : '';
    context.output.write('out', `${family}${formatConntrackEntry(entry, now)}${id}\n`);
    if (verb === 'delete') removeEntry(netns.conntrack, entry);
  }
  say(`${chosen.length} flow entries have been ${verb === 'delete' ? 'deleted' : 'shown'}.`);
  return verb === 'delete' && chosen.length === 0 ? 1 : 0;
}

type Read =
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'refused'; readonly message: string };

const PROTOCOLS: Readonly<Record<string, CtEntry['original']['protocol']>> = {
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
};

const ADDRESS: Readonly<Record<string, (entry: CtEntry) => string>> = {
  '-s': entry => entry.original.src,
  '--src': entry => entry.original.src,
  '--orig-src': entry => entry.original.src,
  '-d': entry => entry.original.dst,
  '--dst': entry => entry.original.dst,
  '--orig-dst': entry => entry.original.dst,
  '-r': entry => entry.reply.src,
  '--reply-src': entry => entry.reply.src,
  '-q': entry => entry.reply.dst,
  '--reply-dst': entry => entry.reply.dst,
};

/** Known once `-p` has named a protocol with ports. */
const PORT: Readonly<Record<string, (entry: CtEntry) => number>> = {
  '--sport': entry => entry.original.srcPort,
  '--orig-port-src': entry => entry.original.srcPort,
  '--dport': entry => entry.original.dstPort,
  '--orig-port-dst': entry => entry.original.dstPort,
  '--reply-port-src': entry => entry.reply.srcPort,
  '--reply-port-dst': entry => entry.reply.dstPort,
};

const TCP_STATES = ['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT', 'CLOSE'];

const STATUS: Readonly<Record<string, Test>> = {
  ASSURED: entry => entry.assured,
  SEEN_REPLY: entry => entry.seenReply,
  UNREPLIED: entry => !entry.seenReply,
  SRC_NAT: entry => isTranslated(entry, 'source'),
  DST_NAT: entry => isTranslated(entry, 'destination'),
};

/** Whether the flow looks different after it was translated. */
function isTranslated({ original, reply }: CtEntry, side: 'source' | 'destination'): boolean {
  return side === 'source'
    ? original.src !== reply.dst || original.srcPort !== reply.dstPort
    : original.dst !== reply.src || original.dstPort !== reply.srcPort;
}

const NAT: Readonly<Record<string, readonly ('source' | 'destination')[]>> = {
  '-n': ['source'],
  '--src-nat': ['source'],
  '-g': ['destination'],
  '--dst-nat': ['destination'],
  '-j': ['source', 'destination'],
  '--any-nat': ['source', 'destination'],
};

function readRequest(typed: readonly string[]): Read {
  const words = typed.flatMap(word => {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  const tests: Test[] = [];
  const output: string[] = [];
  let verb: Verb | undefined;
  let protocol: string | undefined;
  const refused = (message: string): Read => ({ kind: 'refused', message: `${PROGRAM}: ${message}\n${TRY}` });
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const value = words[i + 1];
    const meant = VERBS[word];
    if (meant !== undefined) {
      if (verb !== undefined) return refused('Invalid commands combination');
      verb = meant;
      if (value !== undefined && !value.startsWith('-')) {
        i++;
        if (value === 'expect') return { kind: 'refused', message: 'conntrack: this lab keeps no expectations' };
        if (value !== 'conntrack') return refused(`unknown type \`${value}'`);
      }
      continue;
    }
    if (NOT_HERE.includes(word))
      return { kind: 'refused', message: `conntrack: this lab has no ${word}; -L, -D, -F and -C are here` };
    const sides = NAT[word];
    if (sides !== undefined) {
      const wanted = value !== undefined && !value.startsWith('-') ? value : undefined;
      if (wanted !== undefined) i++;
      tests.push(entry => sides.some(side => isTranslated(entry, side) && hasNatAddress(entry, side, wanted)));
      continue;
    }
    if (word === '-z' || word === '--zero') continue;
    const address = ADDRESS[word];
    const port = PORT[word];
    const isKnown =
      address !== undefined ||
      ['-p', '--protonum', '--proto', '-u', '--status', '-o', '--output', '-m', '--mark', '-f', '--family'].includes(
        word,
      );
    const isOfProtocol = port !== undefined || word === '--state';
    if (!isKnown && !(isOfProtocol && (protocol === 'tcp' || (protocol === 'udp' && word !== '--state'))))
      return refused(word.startsWith('-') ? `unknown option \`${word}'` : `unknown argument \`${word}'`);
    if (value === undefined) return refused(`option \`${word}' requires an argument`);
    i++;
    if (address !== undefined) {
      const range = prefixOf(value);
      if (range === undefined) return refused(`Invalid IP address \`${value}'`);
      tests.push(entry => prefixContains(range, parseIp(address(entry))));
    } else if (port !== undefined) {
      const number = Number(value);
      tests.push(entry => port(entry) === number);
    } else if (word === '--state') {
      if (!TCP_STATES.includes(value)) return refused(`unknown TCP state \`${value}'`);
      tests.push(entry => entry.tcpState === value);
    } else if (word === '-u' || word === '--status') {
      const status = STATUS[value.toUpperCase()];
      if (status === undefined) return refused(`Bad parameter: \`${value}'`);
      tests.push(status);
    } else if (word === '-o' || word === '--output') {
      const unknown = value.split(',').find(kind => !OUTPUTS.includes(kind));
      if (unknown !== undefined) return refused(`Bad parameter \`${unknown}'`);
      output.push(...value.split(','));
    } else if (word === '-m' || word === '--mark') {
      const mark = Number(value);
      tests.push(entry => entry.mark === mark);
    } else if (word !== '-f' && word !== '--family') {
      protocol = PROTOCOLS[value.toLowerCase()];
      if (protocol === undefined) return refused(`\`${value}' unsupported protocol`);
      tests.push(entry => entry.original.protocol === PROTOCOLS[value.toLowerCase()]);
    }
  }
  if (verb === undefined) return refused('Need at least one command: -L, -D, -F or -C');
  return { kind: 'request', request: { verb, tests, output } };
}

function prefixOf(text: string): Prefix | undefined {
  const [address = ''] = text.split('/');
  if (!isIp(address)) return undefined;
  try {
    return parsePrefix(text);
  } catch {
    return undefined;
  }
}

function hasNatAddress({ reply }: CtEntry, side: 'source' | 'destination', wanted: string | undefined): boolean {
  return wanted === undefined || (side === 'source' ? reply.dst : reply.src) === wanted;
}
