// ip route get: which route a packet to a destination would take.
//
// Read:    ip-route(8); iproute2 ip/iproute.c, `iproute_get`; kernel net/ipv4/route.c.

import { type Ip, lookupRoute, type Route, sourceFor } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';
import { routeLine } from './ipRoute.ts';
import { addressOf, deviceOf, IpRefusal, type IpWords, numberOf, prefixOf } from './ipWords.ts';

interface Asked {
  readonly dst: Ip;
  readonly from: Ip | undefined;
  readonly iif: string | undefined;
  readonly oif: string | undefined;
  readonly mark: number;
  readonly form: 'cache' | 'fibmatch';
}

function readAsked(call: IpCall, words: IpWords): Asked {
  let dst: string | undefined;
  let [from, iif, oif]: (string | undefined)[] = [];
  let mark = 0;
  let form: Asked['form'] = 'cache';
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word === 'from') from = words.value();
    else if (word === 'iif') iif = deviceOf(call, words.value()).name;
    else if (word === 'oif' || word === 'dev') oif = deviceOf(call, words.value()).name;
    else if (word === 'mark') mark = numberOf(words.value(), 'mark value is invalid');
    else if (word === 'fibmatch') form = 'fibmatch';
    else if (['uid', 'tos', 'dsfield', 'ipproto', 'sport', 'dport'].includes(word)) words.value();
    else dst = word === 'to' ? words.value() : word;
  }
  if (dst === undefined) throw new IpRefusal('need at least a destination address', 1);
  const [address = ''] = prefixOf(dst).split('/');
  return { dst: addressOf(address), from: from === undefined ? undefined : addressOf(from), iif, oif, mark, form };
}

const UNREACHABLE = 'RTNETLINK answers: Network is unreachable';
const REFUSED: Partial<Record<Route['type'], string>> = {
  blackhole: 'RTNETLINK answers: Invalid argument',
  unreachable: 'RTNETLINK answers: No route to host',
  prohibit: 'RTNETLINK answers: Permission denied',
  throw: UNREACHABLE,
};

export function getRoute(call: IpCall, words: IpWords): number {
  const asked = readAsked(call, words);
  const { dst, from, iif, oif, mark } = asked;
  const { derived, config } = call.netns;
  const isOwn = config.interfaces.some(device => device.addresses.some(({ address }) => address === from));
  // Nobody else's address can be a source without saying where the packet came in.
  if (from !== undefined && iif === undefined && !isOwn) throw new IpRefusal(UNREACHABLE, 2);
  const lookup = lookupRoute(derived.fib, {
    dst,
    mark,
    ...(from !== undefined && { src: from }),
    ...(iif !== undefined && { inInterface: iif }),
  });
  const refused = lookup.kind === 'no-route' ? UNREACHABLE : REFUSED[lookup.route.type];
  if (lookup.kind === 'no-route' || refused !== undefined) throw new IpRefusal(refused ?? UNREACHABLE, 2);
  // A device that is asked for and not the route's: the destination is taken to be on its link.
  const found: Route =
    oif === undefined || lookup.route.dev === oif || lookup.route.type === 'local'
      ? lookup.route
      : { ...lookup.route, via: undefined, dev: oif, src: undefined };
  if (asked.form === 'fibmatch') {
    call.print(`${routeLine(found, { table: found.table, named: new Set() })}\n`);
    return 0;
  }
  call.print(answer(call, asked, found));
  return 0;
}

function kindOf(dst: Ip, route: Route): 'unicast' | 'local' | 'broadcast' | 'multicast' {
  if (route.type === 'local') return 'local';
  if (route.type === 'broadcast' || dst === '255.255.255.255') return 'broadcast';
  return /^2(2[4-9]|3\d)\./.test(dst) ? 'multicast' : 'unicast';
}

const NOTES = { unicast: [], local: ['<local>'], broadcast: ['<local,brd>'], multicast: ['<mc>'] } as const;

function answer(call: IpCall, { dst, from, iif, mark }: Asked, route: Route): string {
  const kind = kindOf(dst, route);
  const source = kind === 'local' ? dst : sourceFor(call.netns.derived, route, dst);
  const hasVia = route.via !== undefined && kind === 'unicast';
  const words = [
    ...(kind === 'unicast' ? [] : [kind]),
    dst,
    ...(from === undefined ? [] : ['from', from]),
    ...(hasVia ? ['via', route.via] : []),
    'dev',
    kind === 'local' ? 'lo' : (route.dev ?? ''),
    ...(route.table === 254 || route.table === 255 ? [] : ['table', String(route.table)]),
    ...(from === undefined && source !== undefined ? ['src', source] : []),
    ...(mark === 0 ? [] : ['mark', mark === 0 ? '' : String(mark)]),
    ...(iif === undefined ? ['uid', '0'] : []),
  ];
  const notes = [...NOTES[kind], ...mtuNotes(call, dst, route), ...(iif === undefined ? [] : ['iif', iif])];
  return `${words.join(' ')} \n    cache ${notes.map(note => `${note} `).join('')}\n`;
}

/** How long a learned path MTU holds: net.ipv4.route.mtu_expires. */
const EXPIRES_S = 600;

function mtuNotes(call: IpCall, dst: Ip, route: Route): readonly string[] {
  const learned = call.netns.pathMtus.get(dst);
  const left = learned === undefined ? 0 : EXPIRES_S - Math.floor((call.context.lab.now - learned.since) / 1000);
  if (learned !== undefined && left > 0) return ['expires', `${left}sec`, 'mtu', String(learned.mtu)];
  return route.mtu === undefined ? [] : ['mtu', String(route.mtu)];
}
