// ip route: the routing tables, and which route a destination would take.

import {
  addRoute,
  deleteRoute,
  formatRoute,
  type Ip,
  isIp,
  localRoutes,
  lookupRoute,
  ParseError,
  type Prefix,
  parseIp,
  parsePrefix,
  type Route,
  sourceFor,
} from '../../sim/index.ts';
import { type IpCall, pairs } from './ip.ts';

const MAIN = 254;
const LOCAL = 255;
const TABLES: Readonly<Record<string, number>> = { main: MAIN, local: LOCAL, default: 253 };

export function routeCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  switch (verb) {
    case 'get':
      return get(call, rest);
    case 'add':
    case 'replace':
      return add(call, verb, rest);
    case 'del':
    case 'delete':
      return remove(call, rest);
    default:
      return show(call, 'show'.startsWith(verb) || verb === 'list' || verb === 'ls' ? rest : call.words);
  }
}

function show(call: IpCall, words: readonly string[]): number {
  const { values, rest } = pairs(words, ['table', 'dev', 'via', 'proto', 'scope']);
  const tableName = values.get('table') ?? 'main';
  const table = TABLES[tableName] ?? Number(tableName);
  if (tableName !== 'all' && !Number.isInteger(table))
    return call.refuse(`Error: argument "${tableName}" is wrong: table id value is invalid\n`, 255);
  const routes =
    table === LOCAL
      ? sorted(localRoutes(call.netns.config.interfaces))
      : call.netns.config.routes.filter(route => tableName === 'all' || route.table === table);
  const device = values.get('dev');
  const wanted = rest[0];
  for (const route of routes) {
    if (device !== undefined && route.dev !== device) continue;
    if (wanted !== undefined && !isRouteFor(route, wanted)) continue;
    const line = formatRoute(route);
    call.print(`${device === undefined ? line : line.replace(` dev ${device}`, '')}\n`);
  }
  return 0;
}

function isRouteFor(route: Route, wanted: string): boolean {
  if (wanted === 'default') return route.dst === '0.0.0.0/0';
  return route.dst === wanted || route.dst === `${wanted}/32`;
}

/** By address, as the kernel lists the local table. */
function sorted(routes: readonly Route[]): readonly Route[] {
  const value = (route: Route): number =>
    route.dst
      .split('/')[0]
      ?.split('.')
      .reduce((sum, octet) => sum * 256 + Number(octet), 0) ?? 0;
  const length = (route: Route): number => Number(route.dst.split('/')[1]);
  return [...routes].sort((a, b) => value(a) - value(b) || length(a) - length(b));
}

function get(call: IpCall, words: readonly string[]): number {
  const { values, rest } = pairs(words, ['from', 'iif', 'oif', 'mark']);
  const [text = ''] = rest;
  const from = values.get('from');
  const iif = values.get('iif');
  if (!isIp(text)) return call.refuse(`Error: any valid prefix is expected rather than "${text}".`, 1);
  const dst = parseIp(text);
  const { derived } = call.netns;
  const lookup = lookupRoute(derived.fib, {
    dst,
    mark: 0,
    ...(from !== undefined && isIp(from) && { src: parseIp(from) }),
    ...(iif !== undefined && { inInterface: iif }),
  });
  if (lookup.kind === 'no-route') return call.refuse('RTNETLINK answers: Network is unreachable');
  const { route } = lookup;
  if (route.type === 'blackhole') return call.refuse('RTNETLINK answers: Invalid argument');
  if (route.type === 'unreachable') return call.refuse('RTNETLINK answers: No route to host');
  if (route.type === 'prohibit') return call.refuse('RTNETLINK answers: Permission denied');
  const isLocal = route.type === 'local';
  const source = isLocal ? dst : sourceFor(derived, route, dst);
  const words2 = [
    ...(isLocal ? ['local'] : []),
    dst,
    ...(from === undefined ? [] : ['from', from]),
    ...(route.via === undefined ? [] : ['via', route.via]),
    'dev',
    isLocal ? 'lo' : (route.dev ?? ''),
    ...(from === undefined && source !== undefined ? ['src', source, 'uid', '0'] : []),
  ];
  const notes = [...(isLocal ? ['<local>'] : []), ...(iif === undefined ? [] : ['iif', iif])];
  call.print(`${words2.join(' ')} \n    cache ${notes.map(note => `${note} `).join('')}\n`);
  return 0;
}

interface Wanted {
  readonly type: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit';
  readonly dst: Prefix;
  readonly via: Ip | undefined;
  readonly dev: string | undefined;
  readonly src: Ip | undefined;
  readonly metric: number | undefined;
  readonly onlink: boolean;
}

const TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit'] as const;

/** @throws ParseError with the words of iproute2 */
function readRoute(words: readonly string[]): Wanted {
  const { values, rest } = pairs(words, ['via', 'dev', 'src', 'metric', 'proto', 'scope', 'table']);
  const type = TYPES.find(known => known === rest[0]);
  const left = type === undefined ? rest : rest.slice(1);
  const [dst = ''] = left;
  const address = (name: string): Ip | undefined => {
    const text = values.get(name);
    if (text === undefined) return undefined;
    if (!isIp(text)) throw new ParseError(`Error: inet address is expected rather than "${text}".`);
    return parseIp(text);
  };
  let prefix: Prefix;
  try {
    prefix = parsePrefix(dst === 'default' ? '0.0.0.0/0' : dst);
  } catch {
    throw new ParseError(`Error: any valid prefix is expected rather than "${dst}".`);
  }
  const metric = values.get('metric');
  return {
    type: type ?? 'unicast',
    dst: prefix,
    via: address('via'),
    dev: values.get('dev'),
    src: address('src'),
    metric: metric === undefined ? undefined : Number(metric),
    onlink: left.includes('onlink'),
  };
}

function attempt(call: IpCall, words: readonly string[], act: (wanted: Wanted) => number): number {
  try {
    return act(readRoute(words));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return call.refuse(error.message, 1);
  }
}

function add(call: IpCall, verb: string, words: readonly string[]): number {
  return attempt(call, words, wanted => {
    if (verb === 'replace') deleteRoute(call.netns, { dst: wanted.dst });
    const done = addRoute(call.netns, {
      type: wanted.type,
      dst: wanted.dst,
      onlink: wanted.onlink,
      ...(wanted.via !== undefined && { via: wanted.via }),
      ...(wanted.dev !== undefined && { dev: wanted.dev }),
      ...(wanted.src !== undefined && { src: wanted.src }),
      ...(wanted.metric !== undefined && { metric: wanted.metric }),
    });
    return done.ok ? 0 : call.refuse(done.error.message, done.error.message.startsWith('Cannot find') ? 1 : 2);
  });
}

function remove(call: IpCall, words: readonly string[]): number {
  return attempt(call, words, wanted => {
    const done = deleteRoute(call.netns, {
      dst: wanted.dst,
      ...(wanted.via !== undefined && { via: wanted.via }),
      ...(wanted.dev !== undefined && { dev: wanted.dev }),
    });
    return done.ok ? 0 : call.refuse(done.error.message);
  });
}
