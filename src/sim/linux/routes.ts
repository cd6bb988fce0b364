// Routing: which way an address lies.
//
// Models:  several tables, policy rules, longest prefix then metric, unicast, local, broadcast, blackhole,
//          unreachable and prohibit routes, preferred source addresses.
// Omits:   multipath, type of service, IPv6 (types allow it).
// Read:    ip-route(8), ip-rule(8); kernel net/ipv4/fib_trie.c, fib_semantics.c, fib_rules.c.

import { contains, type Ip, maskNumber, type Prefix, prefixBits, toNumber } from '../net/address.ts';

export const MAIN_TABLE = 254;
export const LOCAL_TABLE = 255;
export const DEFAULT_TABLE = 253;

/**
 * - `unicast`: to a next hop, or to a neighbour on the link.
 * - `local`: this host's own address.
 * - `broadcast`: every station of a link.
 * - `blackhole`: dropped without a word.
 * - `unreachable`: dropped, and the sender is told "host unreachable".
 * - `prohibit`: dropped, and the sender is told "administratively prohibited".
 * - `throw`: this table does not know; go on with the next policy rule.
 */
export type RouteType = 'unicast' | 'local' | 'broadcast' | 'blackhole' | 'unreachable' | 'prohibit' | 'throw';

export interface Route {
  readonly table: number;
  readonly type: RouteType;
  readonly dst: Prefix;
  /** The next hop; absent: the destination is on the link. */
  readonly via?: Ip | undefined;
  readonly dev?: string | undefined;
  /** Preferred source address for packets of this host. */
  readonly src?: Ip | undefined;
  readonly scope: 'global' | 'link' | 'host';
  readonly metric: number;
  /** Who wrote it: `kernel`, `boot`, `static` ... */
  readonly protocol: string;
  /** The next hop is taken to be on the link even if no route says so. */
  readonly onlink: boolean;
  readonly mtu?: number | undefined;
}

const EVERY_FIELD: Readonly<Record<keyof Route, undefined>> = {
  table: undefined,
  type: undefined,
  dst: undefined,
  via: undefined,
  dev: undefined,
  src: undefined,
  scope: undefined,
  metric: undefined,
  protocol: undefined,
  onlink: undefined,
  mtu: undefined,
};

/** The same route with every field, absent ones as undefined: see {@link interface.inOneShape} for why. */
export function routeInOneShape(route: Route): Route {
  const hasEvery = 'via' in route && 'dev' in route && 'src' in route && 'mtu' in route;
  return hasEvery ? route : { ...EVERY_FIELD, ...route };
}

/** An `ip rule` entry: which packets look in which table. Never called just "rule". */
export interface PolicyRule {
  readonly priority: number;
  readonly from?: Prefix;
  readonly to?: Prefix;
  readonly inInterface?: string;
  readonly mark?: { readonly value: number; readonly mask: number };
  readonly table: number;
}

/** The three rules of every namespace. Source: kernel net/ipv4/fib_rules.c, `fib_default_rules_init`. */
export const DEFAULT_POLICY_RULES: readonly PolicyRule[] = [
  { priority: 0, table: LOCAL_TABLE },
  { priority: 32766, table: MAIN_TABLE },
  { priority: 32767, table: DEFAULT_TABLE },
];

/** What a lookup asks. */
export interface RouteQuery {
  readonly dst: Ip;
  readonly src?: Ip | undefined;
  readonly inInterface?: string;
  readonly mark: number;
}

/** The answer, with the routes that it was chosen from. */
export type RouteLookup =
  | { readonly kind: 'matched'; readonly route: Route; readonly fib: Fib }
  | { readonly kind: 'no-route'; readonly fib: Fib };

/** One table, ready for lookups: prefix lengths from long to short. */
interface FibTable {
  readonly lengths: readonly { readonly length: number; readonly byNetwork: ReadonlyMap<number, readonly Route[]> }[];
}

/** All tables of a namespace, ready for lookups. */
export interface Fib {
  readonly routes: readonly Route[];
  readonly policyRules: readonly PolicyRule[];
  readonly tables: ReadonlyMap<number, FibTable>;
  /** Answers given so far, where the destination alone decides them: no policy rule asks for more. */
  readonly answers: Map<Ip, RouteLookup> | undefined;
}

export function compileFib(routes: readonly Route[], policyRules: readonly PolicyRule[]): Fib {
  const byTable = new Map<number, Map<number, Map<number, Route[]>>>();
  for (const route of routes) {
    const bits = prefixBits(route.dst);
    if (bits.family !== 'IPv4') continue;
    const lengths = byTable.get(route.table) ?? new Map<number, Map<number, Route[]>>();
    byTable.set(route.table, lengths);
    const networks = lengths.get(bits.length) ?? new Map<number, Route[]>();
    lengths.set(bits.length, networks);
    const network = toNumber(bits.network);
    const same = networks.get(network) ?? [];
    networks.set(network, same);
    const place = same.findIndex(other => other.metric > route.metric);
    same.splice(place < 0 ? same.length : place, 0, route);
  }
  const tables = new Map<number, FibTable>();
  for (const [id, lengths] of byTable) {
    const sorted = [...lengths].sort(([a], [b]) => b - a);
    tables.set(id, { lengths: sorted.map(([length, byNetwork]) => ({ length, byNetwork })) });
  }
  const asksForMore = policyRules.some(
    ({ from, inInterface, mark }) => from !== undefined || inInterface !== undefined || mark !== undefined,
  );
  return { routes, policyRules, tables, answers: asksForMore ? undefined : new Map() };
}

/** Policy rules in order of priority; in each table the longest prefix wins, then the lowest metric. */
export function lookupRoute(fib: Fib, query: RouteQuery): RouteLookup {
  const known = fib.answers?.get(query.dst);
  if (known !== undefined) return known;
  const found = walkTables(fib, query);
  fib.answers?.set(query.dst, found);
  return found;
}

function walkTables(fib: Fib, query: RouteQuery): RouteLookup {
  const destination = toNumber(query.dst);
  for (const rule of fib.policyRules) {
    if (!policyMatches(rule, query)) continue;
    const table = fib.tables.get(rule.table);
    if (table === undefined) continue;
    const route = lookupTable(table, destination);
    if (route !== undefined && route.type !== 'throw') return { kind: 'matched', route, fib };
  }
  return { kind: 'no-route', fib };
}

function lookupTable(table: FibTable, destination: number): Route | undefined {
  for (const { length, byNetwork } of table.lengths) {
    const routes = byNetwork.get(maskNumber(destination, length));
    if (routes !== undefined && routes[0] !== undefined) return routes[0];
  }
  return undefined;
}

function policyMatches(rule: PolicyRule, query: RouteQuery): boolean {
  if (rule.from !== undefined && (query.src === undefined || !contains(rule.from, query.src))) return false;
  if (rule.to !== undefined && !contains(rule.to, query.dst)) return false;
  if (rule.inInterface !== undefined && rule.inInterface !== query.inInterface) return false;
  if (rule.mark !== undefined && (query.mark & rule.mark.mask) >>> 0 !== rule.mark.value) return false;
  return true;
}

/** Why a route was or was not taken: the learner's question is "why this one?". */
export interface RouteCandidate {
  readonly route: Route;
  /**
   * - `wins`: this route was taken.
   * - `matches`: the destination lies in it, but a longer prefix, a lower metric or an earlier table won.
   * - `no`: the destination does not lie in it.
   */
  readonly fit: 'wins' | 'matches' | 'no';
}

/** Every route of the tables that were asked, in the order of `ip route`, each with how it fits. */
export function routeCandidates(lookup: RouteLookup, dst: Ip): readonly RouteCandidate[] {
  const winner = lookup.kind === 'matched' ? lookup.route : undefined;
  return lookup.fib.routes
    .filter(route => route.table !== LOCAL_TABLE || route === winner)
    .map(route => ({ route, fit: route === winner ? 'wins' : contains(route.dst, dst) ? 'matches' : 'no' }));
}

/** Adds a route where `ip route` shows it: by prefix, then metric. */
export function withRoute(routes: readonly Route[], added: Route): readonly Route[] {
  return [...routes, added].sort(compareRoutes);
}

/** The order in which the kernel lists routes: by address, longer prefixes of one address first, then metric. */
export function compareRoutes(a: Route, b: Route): number {
  if (a.table !== b.table) return b.table - a.table;
  const x = prefixBits(a.dst);
  const y = prefixBits(b.dst);
  return toNumber(x.network) - toNumber(y.network) || y.length - x.length || a.metric - b.metric;
}

export function formatDestination(route: Route): string {
  if (route.dst === '0.0.0.0/0') return 'default';
  const bits = prefixBits(route.dst);
  return bits.length === 32 ? bits.network : route.dst;
}
