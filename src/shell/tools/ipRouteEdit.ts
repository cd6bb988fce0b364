// ip route add, replace, change, append, del and flush: what changes the routing tables.
//
// Omits:   several next hops in one route, encapsulation.

import { addRoute, type Ip, type Prefix, type Route, type RouteType } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { type RouteSelector, tableOf } from './ipRoute.ts';
import { IP_USAGE } from './ipUsage.ts';
import { addressOf, carry, deviceOf, IpRefusal, type IpWords, numberOf, prefixOf, wrongArgument } from './ipWords.ts';

type Verb = 'add' | 'replace' | 'change' | 'append' | 'delete';

interface Wanted {
  readonly type: RouteType | undefined;
  readonly dst: Prefix;
  readonly via: Ip | undefined;
  readonly dev: string | undefined;
  readonly src: Ip | undefined;
  readonly metric: number | undefined;
  readonly table: number | undefined;
  readonly protocol: string | undefined;
  readonly scope: Route['scope'] | undefined;
  readonly mtu: number | undefined;
  readonly onlink: boolean;
}

const TYPES: readonly RouteType[] = ['unicast', 'local', 'broadcast', 'blackhole', 'unreachable', 'prohibit', 'throw'];
const SCOPES = ['global', 'link', 'host'] as const;
/** Options of a route that change nothing here. */
const IGNORED = ['advmss', 'window', 'rtt', 'initcwnd', 'initrwnd', 'tos', 'realms', 'pref'];

function readWanted(call: IpCall, words: IpWords): Wanted {
  let type: RouteType | undefined;
  let dst: string | undefined;
  let [via, src]: (Ip | undefined)[] = [];
  let dev: string | undefined;
  let [metric, table, mtu]: (number | undefined)[] = [];
  let protocol: string | undefined;
  let scope: Route['scope'] | undefined;
  let onlink = false;
  for (let word = words.next(); word !== undefined; word = words.next()) {
    switch (word) {
      case 'via': {
        const text = words.value();
        via = addressOf(text === 'inet' ? words.value() : text);
        break;
      }
      case 'src':
        src = addressOf(words.value());
        break;
      case 'dev':
      case 'oif':
        dev = deviceOf(call, words.value()).name;
        break;
      case 'metric':
      case 'priority':
      case 'preference':
        metric = numberOf(words.value(), '"metric" value is invalid');
        break;
      case 'table':
        table = tableOf(words.value());
        break;
      case 'proto':
      case 'protocol':
        protocol = words.value();
        break;
      case 'scope': {
        const text = words.value();
        scope = SCOPES.find(known => known === text);
        if (scope === undefined) throw wrongArgument(text, 'invalid "scope" value');
        break;
      }
      case 'mtu': {
        const text = words.value();
        mtu = numberOf(text === 'lock' ? words.value() : text, '"mtu" value is invalid');
        break;
      }
      case 'onlink':
        onlink = true;
        break;
      case 'nexthop':
      case 'nhid':
      case 'encap':
        throw new IpRefusal(`ip: this lab's routes have one next hop: no "${word}"`, 2);
      default: {
        const known = dst === undefined ? TYPES.find(other => other === word) : undefined;
        if (IGNORED.includes(word)) words.value();
        else if (known !== undefined) type = known;
        else if (dst === undefined) dst = word === 'to' ? words.value() : word;
        else throw new IpRefusal(`Error: either "to" is duplicate, or "${word}" is a garbage.`, 255);
      }
    }
  }
  if (dst === undefined) throw new IpRefusal((IP_USAGE.route ?? '').trimEnd(), 255);
  const range = prefixOf(dst);
  if (dst.includes('/') && range !== dst) throw new IpRefusal('Error: Invalid prefix for given prefix length.', 2);
  return { type, dst: range, via, dev, src, metric, table, protocol, scope, mtu, onlink };
}

export function editRoutes(call: IpCall, verb: Verb, words: IpWords): number {
  const wanted = readWanted(call, words);
  if (verb === 'delete') return remove(call, wanted);
  const before = call.netns.config.routes;
  try {
    write(call, verb, wanted);
  } catch (error) {
    // Nothing is half done.
    call.netns.configure({ routes: before });
    throw error;
  }
  return 0;
}

const MAIN = 254;
const LOCAL = 255;

function write(call: IpCall, verb: Exclude<Verb, 'delete'>, wanted: Wanted): void {
  const { interfaces, routes } = call.netns.config;
  const { dst, via, dev, src, metric = 0, mtu, protocol, onlink } = wanted;
  const type = wanted.type ?? 'unicast';
  const table = wanted.table ?? (type === 'local' || type === 'broadcast' ? LOCAL : MAIN);
  if (src !== undefined && !interfaces.some(device => device.addresses.some(({ address }) => address === src)))
    throw new IpRefusal('Error: Invalid prefsrc address.', 2);
  const old = routes.filter(route => route.table === table && route.dst === dst && route.metric === metric);
  if (verb === 'change' && old.length === 0) throw new IpRefusal('RTNETLINK answers: No such file or directory', 2);
  const gone = verb === 'add' ? [] : verb === 'append' ? old : old.slice(0, 1);
  if (gone.length > 0) call.netns.configure({ routes: routes.filter(route => !gone.includes(route)) });
  const scope = wanted.scope ?? (type === 'local' ? 'host' : type === 'broadcast' ? 'link' : undefined);
  const added = addRoute(call.netns, {
    type,
    dst,
    table,
    metric,
    onlink,
    ...(via !== undefined && { via }),
    ...(dev !== undefined && { dev }),
    ...(src !== undefined && { src }),
    ...(scope !== undefined && { scope }),
    ...(mtu !== undefined && { mtu }),
    ...(protocol !== undefined && { protocol }),
  });
  carry(added);
  if (verb !== 'append' || !added.ok || gone.length === 0) return;
  // Behind those that were there.
  const now = call.netns.config.routes;
  const at = now.findIndex(route => route.dst === dst && route.table === table && route.metric === metric);
  call.netns.configure({ routes: now.toSpliced(at, 0, ...gone) });
}

function remove(call: IpCall, wanted: Wanted): number {
  const fits = (route: Route): boolean =>
    route.table === (wanted.table ?? (wanted.type === 'local' || wanted.type === 'broadcast' ? LOCAL : MAIN)) &&
    route.dst === wanted.dst &&
    (wanted.type === undefined || route.type === wanted.type) &&
    (wanted.via === undefined || route.via === wanted.via) &&
    (wanted.dev === undefined || route.dev === wanted.dev) &&
    (wanted.src === undefined || route.src === wanted.src) &&
    (wanted.metric === undefined || route.metric === wanted.metric) &&
    (wanted.protocol === undefined || route.protocol === wanted.protocol) &&
    (wanted.scope === undefined || route.scope === wanted.scope);
  const found = call.netns.config.routes.find(fits);
  if (found === undefined) throw new IpRefusal('RTNETLINK answers: No such process', 2);
  call.netns.configure({ routes: call.netns.config.routes.filter(route => route !== found) });
  return 0;
}

export function flushRoutes(call: IpCall, { table, test }: RouteSelector): number {
  const isGone = (route: Route): boolean => (table === 'all' || route.table === table) && test(route);
  call.netns.configure({ routes: call.netns.config.routes.filter(route => !isGone(route)) });
  return 0;
}
