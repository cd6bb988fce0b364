// ip: addresses, links, routes, rules and neighbours of the place it runs in, as iproute2 6.1 prints and takes them.
//
// Omits:   colours, JSON, counters of packets, IPv6: its lists are empty.
// Read:    ip(8), ip-address(8), ip-link(8), ip-route(8), ip-neighbour(8); recordings of iproute2 6.1.

import type { Netns } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { addressCommand } from './ipAddress.ts';
import { linkCommand } from './ipLink.ts';
import { neighborCommand } from './ipNeighbor.ts';
import { routeCommand } from './ipRoute.ts';
import { ruleCommand } from './ipRule.ts';
import { IP_USAGE } from './ipUsage.ts';
import { begins, IpRefusal } from './ipWords.ts';

/** What the objects of `ip` share. */
export interface IpCall {
  readonly words: readonly string[];
  readonly netns: Netns;
  readonly context: CommandContext;
  /** `-br`: one line an interface. */
  readonly brief: boolean;
  /** `-d`: what the kernel knows beside. */
  readonly details: boolean;
  /** `-4`, `-6`, or both. */
  readonly family: 'any' | 'IPv4' | 'IPv6';
  readonly oneline: boolean;
  /** Prints one record; with `-o` its lines become one. */
  readonly print: (record: string) => void;
  /** Prints to stderr and returns the exit code. */
  readonly refuse: (message: string, code?: number) => number;
}

const OBJECTS: readonly { readonly name: string; readonly run: (call: IpCall) => number }[] = [
  { name: 'address', run: addressCommand },
  { name: 'link', run: linkCommand },
  { name: 'route', run: routeCommand },
  { name: 'neighbour', run: neighborCommand },
  { name: 'neighbor', run: neighborCommand },
  { name: 'rule', run: ruleCommand },
];

/** Objects of the real one that this lab does not have. */
const NOT_HERE = ['addrlabel', 'maddress', 'monitor', 'mroute', 'netconf', 'netns', 'nexthop', 'tunnel', 'vrf', 'xfrm'];

/** Options that change nothing here, and those that this lab does not have, with the reason. */
const IGNORED = ['-c', '-color', '-n', '-N', '-Numeric', '-p', '-pretty', '-h', '-human', '-human-readable'];
const MISSING: Readonly<Record<string, string>> = {
  '-s': 'it counts no packets',
  '-stats': 'it counts no packets',
  '-statistics': 'it counts no packets',
  '-j': 'it prints no JSON',
  '-json': 'it prints no JSON',
  '-b': 'this terminal keeps no files',
  '-batch': 'this terminal keeps no files',
};

type Options = Pick<IpCall, 'brief' | 'details' | 'family' | 'oneline'> & { readonly used: number };
type ReadOptions = Options | { readonly refused: string; readonly code: number };

function readOptions(words: readonly string[]): ReadOptions {
  let [brief, details, oneline, used] = [false, false, false, 0];
  let family: IpCall['family'] = 'any';
  for (; words[used]?.startsWith('-') === true; used++) {
    const option = (words[used] ?? '').replace(/^--/, '-');
    const missing = MISSING[option];
    if (missing !== undefined) return { refused: `ip: this lab has no ${option}: ${missing}\n`, code: 255 };
    if (option === '-br' || option === '-brief') brief = true;
    else if (option.length > 1 && '-details'.startsWith(option)) details = true;
    else if (option.length > 1 && '-oneline'.startsWith(option)) oneline = true;
    else if (option === '-4' || option === '-6') family = option === '-4' ? 'IPv4' : 'IPv6';
    else if (option === '-V' || option === '-Version') return { refused: 'version', code: 0 };
    else if (option.length > 1 && '-help'.startsWith(option) && option !== '-h')
      return { refused: IP_USAGE.ip ?? '', code: 255 };
    else if (!IGNORED.includes(option))
      return { refused: `Option "${words[used]}" is unknown, try "ip -help".\n`, code: 255 };
  }
  return { brief, details, oneline, family, used };
}

export const ip: Command = {
  name: 'ip',
  at: ['host', 'container'],
  summary: 'show and change addresses, links, routes, rules and neighbours',
  run(words, context) {
    const options = readOptions(words);
    if ('refused' in options) {
      const isVersion = options.refused === 'version';
      context.output.write(
        isVersion ? 'out' : 'err',
        isVersion ? 'ip utility, iproute2-6.1.0, libbpf 1.1.2\n' : options.refused,
      );
      return options.code;
    }
    const [name, ...rest] = words.slice(options.used);
    const refuse = (message: string, code = 2): number => {
      context.output.write('err', `${message}\n`);
      return code;
    };
    const usage = (object: string): number => {
      context.output.write('err', IP_USAGE[object] ?? '');
      return 255;
    };
    if (name === undefined || name === 'help') return usage('ip');
    const object = OBJECTS.find(other => begins(name, other.name));
    if (object === undefined)
      return NOT_HERE.some(other => begins(name, other))
        ? refuse(`ip: this lab has no "ip ${name}"; addr, link, route, neigh and rule are here`, 1)
        : refuse(`Object "${name}" is unknown, try "ip help".`, 1);
    if (rest[0] === 'help') return usage(object.name.replace('neighbor', 'neighbour'));
    context.lab.read(context.place.netns);
    try {
      return object.run({
        ...options,
        words: rest,
        netns: context.lab.world.get(context.place.netns),
        context,
        print: record =>
          context.output.write(
            'out',
            options.oneline ? `${record.replace(/\n$/, '').replaceAll('\n', '\\')}\n` : record,
          ),
        refuse,
      });
    } catch (error) {
      if (!(error instanceof IpRefusal)) throw error;
      return refuse(error.message, error.code);
    }
  },
  complete: words =>
    words.length <= 1
      ? ['addr', 'link', 'neigh', 'route', 'rule']
      : words.length === 2
        ? ['show', 'get', 'add', 'del', 'set', 'replace', 'flush']
        : [],
};
