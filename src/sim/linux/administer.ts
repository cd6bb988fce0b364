// What `ip link`, `ip addr`, `ip route` and `ip neigh` do to a namespace. Agents and learners write through these.
//
// Models:  the side effects that matter for a packet: connected routes come and go with addresses and links.
// Omits:   IPv6 link-local addresses, labels, lifetimes.
// Read:    kernel net/ipv4/devinet.c, net/ipv4/fib_frontend.c, net/core/rtnetlink.c.

import { familyOf, type InterfaceAddress, type Ip, networkOf, type Prefix, prefix } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import { failure, invariant, type Result, success } from '../runtime/errors.ts';
import { type FdbEntry, writtenFdbKey } from './fdb.ts';
import { ETHERNET_MTU, type Interface, type InterfaceRef, VXLAN_OVERHEAD_BYTES, type Vxlan } from './interface.ts';
import { type Neighbor, neighborKey } from './neighbors.ts';
import type { Netns } from './netns.ts';
import { lookupRoute, MAIN_TABLE, type Route, type RouteType, withRoute } from './routes.ts';
import type { World } from './world.ts';

/** A refusal in iproute2's words; the exit code is 2 for the kernel's answers. */
export interface NetlinkError {
  readonly message: string;
}

const refused = (message: string): { readonly ok: false; readonly error: NetlinkError } => failure({ message });
const done: Result<void, NetlinkError> = success(undefined);

/** What is asked for when an interface is made; the rest gets the kernel's defaults. */
export type NewInterface = Interface extends infer Kind
  ? Kind extends Interface
    ? Omit<Kind, 'index' | 'addresses' | 'up' | 'promiscuous'> & { readonly index?: number }
    : never
  : never;

/** Like `ip link add`. New interfaces are down and have no address; the index is the next free one. */
export function addInterface(netns: Netns, added: NewInterface): Result<void, NetlinkError> {
  if (netns.interface(added.name) !== undefined) return refused('RTNETLINK answers: File exists');
  const highest = netns.config.interfaces.reduce((top, device) => Math.max(top, device.index), 0);
  const device = {
    ...added,
    index: added.index ?? highest + 1,
    up: false,
    promiscuous: false,
    addresses: [],
  } as Interface;
  netns.configure({ interfaces: [...netns.config.interfaces, device] });
  return done;
}

/** Like `ip link del`: the other end of a cable goes too. */
export function deleteInterface(world: World, netns: Netns, name: string): Result<void, NetlinkError> {
  const device = netns.interface(name);
  if (device === undefined) return refused(`Cannot find device "${name}"`);
  const peer = device.kind === 'veth' ? device.peer : undefined;
  forgetInterface(netns, name);
  const other = peer === undefined ? undefined : world.find(peer.netns);
  if (peer !== undefined && other !== undefined) forgetInterface(other, peer.name);
  return done;
}

/** Takes an interface out with everything that hangs on it: routes, ports, neighbours, forwarding entries. */
export function forgetInterface(netns: Netns, name: string): void {
  const interfaces = netns.config.interfaces
    .filter(device => device.name !== name)
    .map(device => (device.port?.master === name ? withoutPort(device) : device));
  netns.configure({ interfaces, routes: netns.config.routes.filter(route => route.dev !== name) });
  flushNeighbors(netns, name);
  for (const [key, entry] of netns.fdb.view()) if (entry.device === name) netns.fdb.delete(key);
}

function withoutPort(device: Interface): Interface {
  const { port: _, ...rest } = device;
  return rest as Interface;
}

function flushNeighbors(netns: Netns, device: string): void {
  for (const [key, entry] of netns.neighbors.view()) if (entry.device === device) netns.neighbors.delete(key);
}

/** Changes one interface; the caller has checked that it exists. */
export function updateInterface(netns: Netns, name: string, change: Partial<Omit<Interface, 'kind' | 'name'>>): void {
  invariant(netns.interface(name) !== undefined, `an interface ${name} in ${netns.name}`);
  const interfaces = netns.config.interfaces.map(device =>
    device.name === name ? ({ ...device, ...change } as Interface) : device,
  );
  netns.configure({ interfaces });
}

/**
 * Like `ip link set NAME up|down`. Going down takes every route through the interface and its learned neighbours
 * away; coming up brings the connected routes back, but not those that an administrator had added.
 */
export function setLink(netns: Netns, name: string, state: 'up' | 'down'): Result<void, NetlinkError> {
  const device = netns.interface(name);
  if (device === undefined) return refused(`Cannot find device "${name}"`);
  const up = state === 'up';
  if (device.up === up) return done;
  updateInterface(netns, name, { up });
  if (up) {
    if (device.kind === 'loopback' && device.addresses.length === 0) {
      updateInterface(netns, name, { addresses: [{ address: '127.0.0.1' as Ip, prefixLength: 8 }] });
    }
    addConnectedRoutes(netns, name, netns.interface(name)?.addresses ?? []);
  } else {
    netns.configure({ routes: netns.config.routes.filter(route => route.dev !== name) });
    flushNeighbors(netns, name);
    // What a bridge has learned behind a port goes with it. Source: kernel net/bridge/br_stp_if.c, `br_stp_disable_port`.
    for (const [key, entry] of netns.fdb.view())
      if (entry.device === name && entry.state === 'learned') netns.fdb.delete(key);
  }
  return done;
}

/** Like `ip link set NAME master BRIDGE`. */
export function setMaster(netns: Netns, name: string, master: string, hairpin = false): Result<void, NetlinkError> {
  if (netns.interface(name) === undefined) return refused(`Cannot find device "${name}"`);
  if (netns.interface(master)?.kind !== 'bridge')
    return refused(`Error: argument "${master}" is wrong: Device does not exist`);
  updateInterface(netns, name, { port: { master, hairpin } });
  return done;
}

/** Like `ip link set NAME nomaster`. */
export function releasePort(netns: Netns, name: string): void {
  const interfaces = netns.config.interfaces.map(device => (device.name === name ? withoutPort(device) : device));
  netns.configure({ interfaces });
}

/** Limits of Ethernet devices. Source: RFC 791; kernel include/uapi/linux/if_ether.h, ETH_MIN_MTU and ETH_MAX_MTU. */
const MTU_LIMITS = { least: 68, most: 65535 } as const;

/** Like `ip link set NAME mtu N`. A tunnel that stands on a device leaves room for its headers. */
export function setDeviceMtu(netns: Netns, name: string, mtu: number): Result<void, NetlinkError> {
  const device = netns.interface(name);
  if (device === undefined) return refused(`Cannot find device "${name}"`);
  const isLimited = device.kind !== 'loopback';
  if (isLimited && mtu < MTU_LIMITS.least) return refused('Error: mtu less than device minimum.');
  if (isLimited && mtu > MTU_LIMITS.most) return refused('Error: mtu greater than device maximum.');
  const lower = device.kind === 'vxlan' && device.dev !== undefined ? netns.interface(device.dev) : undefined;
  if (lower !== undefined && mtu > lower.mtu - VXLAN_OVERHEAD_BYTES)
    return refused('RTNETLINK answers: Invalid argument');
  updateInterface(netns, name, { mtu });
  return done;
}

/** Like `ip addr add ADDRESS/LENGTH dev NAME`: an interface that is up gets its connected route. */
export function addAddress(netns: Netns, name: string, added: InterfaceAddress): Result<void, NetlinkError> {
  const device = netns.interface(name);
  if (device === undefined) return refused(`Cannot find device "${name}"`);
  if (device.addresses.some(old => old.address === added.address && old.prefixLength === added.prefixLength)) {
    return refused('Error: ipv4: Address already assigned.');
  }
  updateInterface(netns, name, { addresses: [...device.addresses, added] });
  if (device.up) addConnectedRoutes(netns, name, [added]);
  return done;
}

/**
 * Like `ip addr del`. With the last address every route through the interface goes.
 * Source: kernel net/ipv4/fib_frontend.c, `fib_disable_ip`.
 */
export function deleteAddress(netns: Netns, name: string, removed: InterfaceAddress): Result<void, NetlinkError> {
  const device = netns.interface(name);
  if (device === undefined) return refused(`Cannot find device "${name}"`);
  const left = device.addresses.filter(
    old => old.address !== removed.address || old.prefixLength !== removed.prefixLength,
  );
  if (left.length === device.addresses.length) return refused('Error: ipv4: Address not found.');
  updateInterface(netns, name, { addresses: left });
  const isGone = (route: Route): boolean => route.dev === name && (left.length === 0 || route.src === removed.address);
  netns.configure({ routes: netns.config.routes.filter(route => !isGone(route)) });
  return done;
}

/** The route to an interface's own network. Source: kernel net/ipv4/fib_frontend.c, `fib_add_ifaddr`. */
function addConnectedRoutes(netns: Netns, name: string, addresses: readonly InterfaceAddress[]): void {
  if (netns.interface(name)?.kind === 'loopback') return;
  for (const { address, prefixLength } of addresses) {
    if (familyOf(address) !== 'IPv4' || prefixLength >= 32) continue;
    const dst = networkOf(address, prefixLength);
    if (netns.config.routes.some(route => route.dst === dst && route.dev === name && route.protocol === 'kernel'))
      continue;
    const route: Route = {
      table: MAIN_TABLE,
      type: 'unicast',
      dst,
      dev: name,
      src: address,
      scope: 'link',
      metric: 0,
      protocol: 'kernel',
      onlink: false,
    };
    netns.configure({ routes: withRoute(netns.config.routes, route) });
  }
}

/** What `ip route add` is given. */
export interface NewRoute {
  readonly type?: RouteType;
  readonly dst: Prefix;
  readonly via?: Ip;
  readonly dev?: string;
  readonly src?: Ip;
  readonly scope?: Route['scope'];
  readonly metric?: number;
  readonly table?: number;
  readonly protocol?: string;
  readonly onlink?: boolean;
  readonly mtu?: number;
}

/** Like `ip route add`. The next hop must be on a link that is up, unless `onlink` says so. */
export function addRoute(netns: Netns, added: NewRoute): Result<Route, NetlinkError> {
  const type = added.type ?? 'unicast';
  const table = added.table ?? MAIN_TABLE;
  let dev = added.dev;
  if (type === 'unicast') {
    if (dev !== undefined) {
      const device = netns.interface(dev);
      if (device === undefined) return refused(`Cannot find device "${dev}"`);
      if (!device.up) return refused('RTNETLINK answers: Network is down');
    }
    if (added.via !== undefined && added.onlink !== true) {
      const hop = lookupRoute(netns.derived.fib, { dst: added.via, mark: 0 });
      const onLink = hop.kind === 'matched' && hop.route.type === 'unicast' && hop.route.via === undefined;
      if (!onLink || (dev !== undefined && hop.route.dev !== dev))
        return refused('Error: Nexthop has invalid gateway.');
      dev = hop.route.dev;
    }
    if (dev === undefined) return refused('RTNETLINK answers: No such device');
  }
  const metric = added.metric ?? 0;
  if (netns.config.routes.some(old => old.table === table && old.dst === added.dst && old.metric === metric)) {
    return refused('RTNETLINK answers: File exists');
  }
  const route: Route = {
    table,
    type,
    dst: added.dst,
    ...(added.via !== undefined && { via: added.via }),
    ...(dev !== undefined && { dev }),
    ...(added.src !== undefined && { src: added.src }),
    scope: added.scope ?? (type !== 'unicast' || added.via !== undefined ? 'global' : 'link'),
    metric,
    protocol: added.protocol ?? 'boot',
    onlink: added.onlink ?? false,
    ...(added.mtu !== undefined && { mtu: added.mtu }),
  };
  netns.configure({ routes: withRoute(netns.config.routes, route) });
  return success(route);
}

/** Like `ip route del`: the first route that fits what is given. */
export function deleteRoute(
  netns: Netns,
  wanted: { readonly dst: Prefix; readonly via?: Ip; readonly dev?: string; readonly table?: number },
): Result<Route, NetlinkError> {
  const found = netns.config.routes.find(
    route =>
      route.table === (wanted.table ?? MAIN_TABLE) &&
      route.dst === wanted.dst &&
      (wanted.via === undefined || route.via === wanted.via) &&
      (wanted.dev === undefined || route.dev === wanted.dev),
  );
  if (found === undefined) return refused('RTNETLINK answers: No such process');
  netns.configure({ routes: netns.config.routes.filter(route => route !== found) });
  return success(found);
}

/** Like `ip neigh replace ADDRESS lladdr MAC dev NAME nud permanent`. */
export function setPermanentNeighbor(netns: Netns, device: string, address: Ip, mac: Mac): Result<void, NetlinkError> {
  if (netns.interface(device) === undefined) return refused(`Cannot find device "${device}"`);
  const entry: Neighbor = { device, address, mac, state: 'PERMANENT', since: 0 };
  netns.neighbors.set(neighborKey(device, address), entry);
  return done;
}

/** Like `ip neigh del`, or `flush` without an address. */
export function forgetNeighbors(netns: Netns, device: string, address?: Ip): void {
  if (address === undefined) flushNeighbors(netns, device);
  else netns.neighbors.delete(neighborKey(device, address));
}

/**
 * Like `ip link add NAME type vxlan`. Bound to a device, its MTU is at most that of the device less what the tunnel
 * adds. Source: kernel drivers/net/vxlan/vxlan_core.c, `vxlan_change_mtu`.
 */
export function addVxlan(
  netns: Netns,
  added: Omit<Vxlan, 'kind' | 'index' | 'addresses' | 'up' | 'promiscuous' | 'mtu' | 'port'> & {
    readonly mtu?: number;
  },
): Result<void, NetlinkError> {
  const lower = added.dev === undefined ? undefined : netns.interface(added.dev);
  if (added.dev !== undefined && lower === undefined) return refused(`Cannot find device "${added.dev}"`);
  const most = lower === undefined ? undefined : lower.mtu - VXLAN_OVERHEAD_BYTES;
  if (most !== undefined && (added.mtu ?? 0) > most) return refused('RTNETLINK answers: Invalid argument');
  return addInterface(netns, { ...added, kind: 'vxlan', mtu: added.mtu ?? most ?? ETHERNET_MTU });
}

/** Like `ip link add link LOWER NAME type macvlan mode bridge`, made in one namespace and moved to another. */
export function addMacvlan(
  lower: { readonly netns: Netns; readonly name: string },
  added: { readonly netns: Netns; readonly name: string; readonly mac: Mac; readonly mtu?: number },
): Result<void, NetlinkError> {
  const below = lower.netns.interface(lower.name);
  if (below === undefined) return refused(`Cannot find device "${lower.name}"`);
  const made = addInterface(added.netns, {
    kind: 'macvlan',
    name: added.name,
    mac: added.mac,
    mtu: added.mtu ?? below.mtu,
    lower: { netns: lower.netns.name, name: lower.name },
  });
  if (!made.ok) return made;
  const upper: InterfaceRef = { netns: added.netns.name, name: added.name };
  updateInterface(lower.netns, lower.name, { uppers: [...(below.uppers ?? []), upper] });
  return done;
}

/** Like `bridge fdb replace MAC dev NAME [dst ADDRESS]`. */
export function setForwarding(netns: Netns, device: string, mac: Mac, remote?: Ip): Result<void, NetlinkError> {
  const found = netns.interface(device);
  if (found === undefined) return refused(`Cannot find device "${device}"`);
  const keeper = found.kind === 'vxlan' ? device : (found.port?.master ?? device);
  const entry: FdbEntry = { device, mac, ...(remote !== undefined && { remote }), state: 'permanent', since: 0 };
  netns.fdb.set(writtenFdbKey(keeper, mac, remote), entry);
  return done;
}

/** Like `bridge fdb del MAC dev NAME`. */
export function deleteForwarding(netns: Netns, device: string, mac: Mac, remote?: Ip): Result<void, NetlinkError> {
  for (const [key, entry] of netns.fdb.view()) {
    if (entry.device !== device || entry.mac !== mac) continue;
    if (remote !== undefined && entry.remote !== remote) continue;
    netns.fdb.delete(key);
    return done;
  }
  return refused('RTNETLINK answers: No such file or directory');
}

/** Joins two namespaces by a virtual cable. Both ends are down; an index is drawn like the kernel draws it. */
export function addVethPair(
  ends: readonly [
    { readonly netns: Netns; readonly name: string; readonly mac: Mac; readonly mtu: number },
    { readonly netns: Netns; readonly name: string; readonly mac: Mac; readonly mtu: number },
  ],
): Result<void, NetlinkError> {
  const [left, right] = ends;
  if (right.netns.interface(right.name) !== undefined) return refused('RTNETLINK answers: File exists');
  const first = addInterface(left.netns, {
    kind: 'veth',
    name: left.name,
    mac: left.mac,
    mtu: left.mtu,
    peer: { netns: right.netns.name, name: right.name },
  });
  if (!first.ok) return first;
  return addInterface(right.netns, {
    kind: 'veth',
    name: right.name,
    mac: right.mac,
    mtu: right.mtu,
    peer: { netns: left.netns.name, name: left.name },
  });
}

/** The prefix of `default`. */
export const DEFAULT_ROUTE: Prefix = prefix('0.0.0.0/0');
