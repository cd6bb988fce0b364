// ip route: the routing tables, and which route a destination would take.

import { localRoutes, type Prefix, parseIp, prefixContains, type Route } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { editRoutes, flushRoutes } from './ipRouteEdit.ts';
import { getRoute } from './ipRouteGet.ts';
import { begins, deviceOf, garbage, IpRefusal, IpWords, prefixOf, unknownVerb, wrongArgument } from './ipWords.ts';

const MAIN = 254;
const LOCAL = 255;
const TABLES: Readonly<Record<string, number>> = { main: MAIN, local: LOCAL, default: 253 };

/** The number of a table that is given by name or number. */
export function tableOf(text: string): number {
  const table = TABLES[text] ?? (/^\d+$/.test(text) ? Number(text) : undefined);
  if (table === undefined) throw wrongArgument(text, 'table id value is invalid');
  return table;
}

export function routeCommand(call: IpCall): number {
  const [verb = 'show', ...rest] = call.words;
  const words = new IpWords(rest);
  if (begins(verb, 'get')) return getRoute(call, words);
  if (begins(verb, 'add')) return editRoutes(call, 'add', words);
  if (verb === 'replace' || verb === 'change' || verb === 'chg' || verb === 'append')
    return editRoutes(call, verb === 'chg' ? 'change' : verb, words);
  if (begins(verb, 'delete')) return editRoutes(call, 'delete', words);
  if (begins(verb, 'flush')) {
    if (words.left === 0) throw new IpRefusal('"ip route flush" requires arguments.', 1);
    return flushRoutes(call, readSelector(call, words));
  }
  if (begins(verb, 'show') || verb === 'list' || verb === 'lst' || verb === 'ls') return show(call, words);
  throw unknownVerb(verb, 'route');
}

/** What `show` and `flush` are about. */
export interface RouteSelector {
  readonly table: number | 'all' | 'cache';
  /** Fields that were named are not printed again. */
  readonly named: ReadonlySet<'dev' | 'via' | 'proto' | 'scope' | 'type'>;
  readonly test: (route: Route) => boolean;
}

const TYPES = ['unicast', 'local', 'broadcast', 'multicast', 'throw', 'unreachable', 'prohibit', 'blackhole'];

/** Source: iproute2 ip/iproute.c, `iproute_list_flush_or_save`. */
function readSelector(call: IpCall, words: IpWords): RouteSelector {
  let table: RouteSelector['table'] = MAIN;
  const named = new Set<'dev' | 'via' | 'proto' | 'scope' | 'type'>();
  const tests: ((route: Route) => boolean)[] = [];
  const also = (field: 'dev' | 'via' | 'proto' | 'scope' | 'type', test: (route: Route) => boolean): void => {
    named.add(field);
    tests.push(test);
  };
  const exactly = (range: Prefix): void => {
    tests.push(route => route.dst === range);
  };
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (begins(word, 'table')) {
      const text = words.value();
      table = text === 'all' || text === 'cache' ? text : tableOf(text);
    } else if (word === 'cache') table = 'cache';
    else if (word === 'dev' || word === 'oif') {
      const { name } = deviceOf(call, words.value());
      also('dev', route => route.dev === name);
    } else if (word === 'via') {
      const via = words.value();
      also('via', route => route.via === via);
    } else if (begins(word, 'protocol')) {
      const protocol = words.value();
      also('proto', route => route.protocol === protocol);
    } else if (word === 'scope') {
      const scope = words.value();
      also('scope', route => route.scope === scope);
    } else if (word === 'src') {
      const src = words.value();
      tests.push(route => route.src === src);
    } else if (word === 'type' || TYPES.includes(word)) {
      const type = word === 'type' ? words.value() : word;
      also('type', route => route.type === type);
    } else if (word === 'metric') {
      const metric = words.value();
      tests.push(route => String(route.metric) === metric);
    } else if (word === 'root') {
      const range = prefixOf(words.value());
      tests.push(route => lengthOf(route.dst) >= lengthOf(range) && prefixContains(range, startOf(route.dst)));
    } else if (word === 'match') {
      const range = prefixOf(words.value());
      tests.push(route => lengthOf(route.dst) <= lengthOf(range) && prefixContains(route.dst, startOf(range)));
    } else if (word === 'exact' || begins(word, 'to')) exactly(prefixOf(words.value()));
    else if (tests.length > 0 && !/^[\d.]+(\/\d+)?$|^default$/.test(word)) throw garbage(word);
    else exactly(prefixOf(word));
  }
  return { table, named, test: route => tests.every(test => test(route)) };
}

const startOf = (range: Prefix): ReturnType<typeof parseIp> => parseIp(range.split('/')[0] ?? '');
const lengthOf = (range: Prefix): number => Number(range.split('/')[1]);

/** The routes of a table, or of all of them: written ones first, those that addresses bring last. */
export function routesOf(call: IpCall, table: RouteSelector['table']): readonly Route[] {
  if (table === 'cache') return [];
  const { routes, interfaces } = call.netns.config;
  if (table === LOCAL) return sorted([...routes.filter(route => route.table === LOCAL), ...localRoutes(interfaces)]);
  if (table !== 'all') return routes.filter(route => route.table === table);
  return [...routes.filter(route => route.table !== LOCAL), ...routesOf(call, LOCAL)];
}

function show(call: IpCall, words: IpWords): number {
  const selector = readSelector(call, words);
  if (call.family === 'IPv6') return 0;
  const routes = routesOf(call, selector.table);
  const { table } = selector;
  if (routes.length === 0 && typeof table === 'number' && table !== MAIN && table !== LOCAL)
    throw new IpRefusal('Error: ipv4: FIB table does not exist.\nDump terminated', 2);
  for (const route of routes) if (selector.test(route)) call.print(`${routeLine(route, selector)}\n`);
  return 0;
}

/** Source: iproute2 ip/iproute.c, `print_route`. */
export function routeLine(route: Route, { table, named }: Pick<RouteSelector, 'table' | 'named'>): string {
  const isDefault = route.dst === '0.0.0.0/0';
  const tableName = Object.keys(TABLES).find(name => TABLES[name] === route.table) ?? String(route.table);
  const words = [
    ...(route.type === 'unicast' ? [] : [route.type]),
    isDefault ? 'default' : route.dst.replace(/\/32$/, ''),
    ...(route.via === undefined || named.has('via') ? [] : ['via', route.via]),
    ...(route.dev === undefined || named.has('dev') ? [] : ['dev', route.dev]),
    ...(table === 'all' && route.table !== MAIN ? ['table', tableName] : []),
    ...(route.protocol === 'boot' || named.has('proto') ? [] : ['proto', route.protocol]),
    ...(route.scope === 'global' || named.has('scope') ? [] : ['scope', route.scope]),
    ...(route.src === undefined ? [] : ['src', route.src]),
    ...(route.metric === 0 ? [] : ['metric', String(route.metric)]),
    ...(route.onlink ? ['onlink'] : []),
    ...(route.mtu === undefined ? [] : ['mtu', String(route.mtu)]),
  ];
  return `${words.join(' ')} `;
}

/** By address, as the kernel lists the local table. */
function sorted(routes: readonly Route[]): readonly Route[] {
  const value = (route: Route): number =>
    route.dst
      .split('/')[0]
      ?.split('.')
      .reduce((sum, octet) => sum * 256 + Number(octet), 0) ?? 0;
  return [...routes].sort((a, b) => value(a) - value(b) || lengthOf(a.dst) - lengthOf(b.dst));
}
