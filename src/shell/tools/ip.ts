// ip: addresses, links, routes, rules and neighbours of the place it runs in, as iproute2 6.1 prints and takes them.
//
// Read:    ip(8), ip-address(8), ip-link(8), ip-route(8), ip-neighbour(8); recordings (tests/shell/tools/ip.test.ts).

import type { Netns } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { addressCommand } from './ipAddress.ts';
import { linkCommand } from './ipLink.ts';
import { neighborCommand } from './ipNeighbor.ts';
import { routeCommand } from './ipRoute.ts';
import { ruleCommand } from './ipRule.ts';

/** What the objects of `ip` share. */
export interface IpCall {
  readonly words: readonly string[];
  readonly netns: Netns;
  readonly context: CommandContext;
  /** `-br`: one line an interface. */
  readonly brief: boolean;
  /** `-d`: what the kernel knows beside. */
  readonly details: boolean;
  readonly print: (text: string) => void;
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

export const ip: Command = {
  name: 'ip',
  at: ['host', 'container'],
  summary: 'show and change addresses, links, routes, rules and neighbours',
  run(words, context) {
    let brief = false;
    let details = false;
    let i = 0;
    for (; words[i]?.startsWith('-') === true; i++) {
      const option = words[i] ?? '';
      if (option === '-br' || option === '-brief') brief = true;
      else if (option.length > 1 && '-details'.startsWith(option)) details = true;
      else if (!['-4', '-o', '-n'].includes(option)) {
        context.output.write('err', `Option "${option}" is unknown, try "ip -help".\n`);
        return 255;
      }
    }
    const name = words[i] ?? '';
    const object = name === '' ? undefined : OBJECTS.find(other => other.name.startsWith(name));
    if (object === undefined) {
      context.output.write(
        'err',
        name === ''
          ? 'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neighbour | route | rule }\n'
          : `Object "${name}" is unknown, try "ip help".\n`,
      );
      return name === '' ? 255 : 1;
    }
    context.lab.read(context.place.netns);
    return object.run({
      words: words.slice(i + 1),
      netns: context.lab.world.get(context.place.netns),
      context,
      brief,
      details,
      print: text => context.output.write('out', text),
      refuse: (message, code = 2) => {
        context.output.write('err', `${message}\n`);
        return code;
      },
    });
  },
  complete: words =>
    words.length <= 1
      ? ['addr', 'link', 'neigh', 'route', 'rule']
      : words.length === 2
        ? ['show', 'get', 'add', 'del']
        : [],
};

/** Words of a command in pairs: `dev eth0 via 10.0.0.1`. Words alone get an empty value. */
export function pairs(
  words: readonly string[],
  withValue: readonly string[],
): { readonly values: ReadonlyMap<string, string>; readonly rest: readonly string[] } {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (withValue.includes(word)) values.set(word, words[++i] ?? '');
    else rest.push(word);
  }
  return { values, rest };
}
