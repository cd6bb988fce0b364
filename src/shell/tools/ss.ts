// ss: listening sockets, as iproute2 6.1 prints them.
//
// Simplified: connections live as long as one exchange, so that none is open when ss looks; process ids and file
//             descriptors are made up, the queue of a listener is 64.
// Read:    ss(8); iproute2 6.1 misc/ss.c; recordings (tests/shell/tools/ss.test.ts).

import type { Listener, Netns } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { parseOptions } from './flags.ts';
import { serviceName } from './services.ts';
import { columnsText, type SocketRow } from './ssColumns.ts';
import { readFilter, type SocketTest } from './ssFilter.ts';
import { SS_USAGE } from './ssUsage.ts';

const FLAGS = [
  '-t',
  '-u',
  '-l',
  '-n',
  '-p',
  '-a',
  '-4',
  '-H',
  '-r',
  '-e',
  '-i',
  '-o',
  '-m',
  '-s',
  '-x',
  '-w',
  '-6',
  '-h',
  '-V',
] as const;
const LONG: Readonly<Record<string, string>> = {
  '--tcp': '-t',
  '--udp': '-u',
  '--listening': '-l',
  '--numeric': '-n',
  '--processes': '-p',
  '--all': '-a',
  '--ipv4': '-4',
  '--no-header': '-H',
  '--summary': '-s',
  '--unix': '-x',
  '--raw': '-w',
  '--ipv6': '-6',
  '--help': '-h',
  '--version': '-V',
};
/** What the recordings were made on; the page's terminal scrolls where it is narrower. */
const TERMINAL_COLUMNS = 160;
const BACKLOG = 64;

export const ss: Command = {
  name: 'ss',
  at: ['host', 'container'],
  summary: 'list listening sockets: ss -tlnp',
  run(words, context) {
    const table = Object.fromEntries(FLAGS.map(flag => [flag, 'flag' as const]));
    const parsed = parseOptions(
      words.map(word => LONG[word] ?? word),
      table,
    );
    const complain = (message: string, code: number): number => {
      context.output.write('err', `${message}\n`);
      return code;
    };
    if (parsed.kind !== 'parsed') {
      const { option } = parsed;
      return complain(
        `${option.startsWith('--') ? `ss: unrecognized option '${option}'` : `ss: invalid option -- '${option.slice(1)}'`}\n${SS_USAGE.trimEnd()}`,
        255,
      );
    }
    const { flags } = parsed;
    if (flags.has('-h') || flags.has('-V')) {
      context.output.write('out', flags.has('-h') ? SS_USAGE : 'ss utility, iproute2-6.1.0\n');
      return 0;
    }
    if (flags.has('-s')) {
      context.lab.read(context.place.netns);
      context.output.write('out', summary(context.lab.world.get(context.place.netns).config.listeners));
      return 0;
    }
    const filterWords = parsed.rest[0] === 'state' ? parsed.rest.slice(2) : parsed.rest;
    const filter = readFilter(filterWords);
    if (filter.kind === 'refused') return complain(`ss: bad filter: ${filter.message}`, 255);
    const one = flags.has('-t') !== flags.has('-u');
    const protocols: readonly Listener['protocol'][] = one ? [flags.has('-t') ? 'tcp' : 'udp'] : ['udp', 'tcp'];
    context.lab.read(context.place.netns);
    const isElsewhere = ['-x', '-w', '-6'].some(flag => flags.has(flag));
    const isListing = !isElsewhere && (flags.has('-l') || flags.has('-a') || parsed.rest[1] === 'listening');
    const rows = isListing ? protocols.flatMap(protocol => rowsOf(protocol, filter.test, flags, context)) : [];
    context.output.write(
      'out',
      columnsText(
        rows,
        one ? ['Netid'] : [],
        flags.has('-H') ? 'hidden' : 'shown',
        context.isTerminal ? TERMINAL_COLUMNS : undefined,
      ),
    );
    return 0;
  },
  complete: words => (words.length <= 1 ? ['-tlnp', '-ulnp', '-tuln'] : []),
};

/** Source: iproute2 misc/ss.c, `print_summary`. */
function summary(listeners: readonly Listener[]): string {
  const [tcp, udp] = (['tcp', 'udp'] as const).map(
    kind => listeners.filter(({ protocol }) => protocol === kind).length,
  );
  const row = (name: string, count: number): string =>
    `${name}\t  ${String(count).padEnd(9)} ${String(count).padEnd(9)} ${'0'.padEnd(9)}\n`;
  return `Total: ${listeners.length}\nTCP:   ${tcp} (estab 0, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\n${row('RAW', 0)}${row('UDP', udp ?? 0)}${row('TCP', tcp ?? 0)}${row('INET', listeners.length)}${row('FRAG', 0)}\n`;
}

function rowsOf(
  protocol: Listener['protocol'],
  test: SocketTest,
  flags: ReadonlySet<string>,
  context: CommandContext,
): readonly SocketRow[] {
  const netns = context.lab.world.get(context.place.netns);
  const { listeners } = netns.config;
  return listeners
    .filter(listener => listener.protocol === protocol && test(listener))
    .map(listener => {
      const port = flags.has('-n')
        ? String(listener.port)
        : (serviceName(listener.port, protocol) ?? String(listener.port));
      return [
        protocol,
        protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
        '0'.padEnd(6),
        String(protocol === 'tcp' ? BACKLOG : 0).padEnd(6),
        `${listener.address}:`,
        port,
        '0.0.0.0:',
        '*',
        flags.has('-p') ? processText(listener, netns, context.place.kind) : '',
      ];
    });
}

/** ` users:(("web",pid=1,fd=3))`. A container's program is the first process of its namespace. */
function processText(listener: Listener, netns: Netns, kind: 'host' | 'container'): string {
  const { listeners } = netns.config;
  const names = [...new Set(listeners.map(other => other.process))];
  const pid = kind === 'container' ? 1 : 21_612 + 37 * names.indexOf(listener.process);
  const own = listeners.filter(other => other.process === listener.process);
  return ` users:(("${listener.process}",pid=${pid},fd=${3 + 2 * own.indexOf(listener)}))`;
}
