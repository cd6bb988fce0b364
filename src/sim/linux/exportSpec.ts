// A world as plain Linux state in one document: the reverse of kernelSpec.ts.
//
// Models:  all that administrators and agents write: interfaces, routes, permanent neighbours, forwarding entries,
//          rules, sets, settings, listeners.
// Omits:   what packets taught (it is not written down); numbers of interfaces: the order of cables is kept; what a
//          listener runs. What a spec has no words for is an error, never left out.

import { networkOf } from '../net/address.ts';
import { ParseError } from '../runtime/errors.ts';
import type { Bridge, Interface } from './interface.ts';
import type { HostSpec, InterfaceSpec, KernelSpec, RouteSpec } from './kernelSpec.ts';
import type { IpSets } from './netfilter/ipset.ts';
import { renderRuleset } from './netfilter/iptablesSave.ts';
import type { Netns } from './netns.ts';
import { renderNft } from './nftables/render.ts';
import { DEFAULT_POLICY_RULES, formatDestination, MAIN_TABLE, type PolicyRule, type Route } from './routes.ts';
import type { World } from './world.ts';

/**
 * The spec that {@link buildWorld} makes the same world of.
 * @throws ParseError `host n1, interface lo: a spec has no words for a loopback device that is down`
 */
export function exportSpec(world: World, name: string): KernelSpec {
  const namespaces = [...world.namespaces.values()];
  const macvlans = macvlansOf(namespaces);
  return {
    name,
    hosts: namespaces.map(hostOf),
    links: linksOf(namespaces),
    ...(macvlans.length > 0 && { macvlans }),
  };
}

function hostOf(netns: Netns): HostSpec {
  const { config } = netns;
  const rules = policyLines(netns);
  checkConnectedRoutes(netns);
  const interfaces = config.interfaces.flatMap(device => interfaceOf(netns, device));
  const routes = config.routes.filter(route => !isConnected(netns, route)).map(routeOf);
  const neigh = [...netns.neighbors.view().values()].flatMap(({ state, address, mac, device }) =>
    state === 'PERMANENT' && mac !== undefined ? [{ ip: address as string, mac: mac as string, dev: device }] : [],
  );
  const fdb = [...netns.fdb.view().values()]
    .filter(entry => entry.state === 'permanent')
    .map(({ mac, device, remote }) => ({ mac, dev: device, ...(remote !== undefined && { dst: remote }) }));
  const listeners = config.listeners.map(({ protocol, port, address, settings }) => ({
    proto: protocol,
    port,
    ...(address !== '0.0.0.0' && { addr: address }),
    ...(settings.name !== undefined && settings.name !== netns.name && { name: settings.name }),
  }));
  const iptables = renderRuleset(config.netfilter);
  return {
    name: netns.name,
    ...(netns.machine !== netns.name && { node: netns.machine }),
    ...(config.sysctls.size > 0 && { sysctl: Object.fromEntries(config.sysctls) }),
    ...(interfaces.length > 0 && { interfaces }),
    ...(routes.length > 0 && { routes: [...routes].sort((a, b) => turnOf(a) - turnOf(b)) }),
    ...(rules.length > 0 && { rules }),
    ...(neigh.length > 0 && { neigh }),
    ...(fdb.length > 0 && { fdb }),
    ...(config.ipsets.size > 0 && { ipset: ipsetText(config.ipsets) }),
    ...(iptables !== '' && { iptables }),
    ...(config.nft.length > 0 && { nft: renderNft(config.nft) }),
    ...(listeners.length > 0 && { listeners }),
  };
}

function wordless(netns: Netns, what: string, missing: string): ParseError {
  return new ParseError(`host ${netns.name}, ${what}: a spec has no words for ${missing}`);
}

function interfaceOf(netns: Netns, device: Interface): readonly InterfaceSpec[] {
  const addresses = device.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`);
  switch (device.kind) {
    case 'loopback': {
      if (!device.up) throw wordless(netns, `interface ${device.name}`, 'a loopback device that is down');
      const further = addresses.filter(address => address !== '127.0.0.1/8');
      return further.length > 0 ? [{ name: device.name, addresses: further }] : [];
    }
    case 'veth':
      return [commonOf(device, addresses)];
    case 'bridge':
      return [bridgeOf(netns, device, addresses)];
    case 'vxlan':
      return [
        {
          ...commonOf(device, addresses),
          type: 'vxlan',
          vni: device.vni,
          port: device.udpPort,
          learning: device.learning,
          df: device.df,
          ...(device.local !== undefined && { local: device.local }),
          ...(device.dev !== undefined && { dev: device.dev }),
        },
      ];
    case 'ipip':
      return [
        {
          ...commonOf(device, addresses),
          type: 'ipip',
          ...(device.local !== undefined && { local: device.local }),
          ...(device.remote !== undefined && { remote: device.remote }),
        },
      ];
    case 'macvlan':
    case 'dummy':
      return [{ ...commonOf(device, addresses), type: device.kind }];
  }
}

/** The MTU of a bridge follows its ports, unless somebody wrote it. */
function bridgeOf(netns: Netns, device: Bridge, addresses: readonly string[]): InterfaceSpec {
  const { mtu, ...spec } = { ...commonOf(device, addresses), type: 'bridge' };
  const hasPorts = netns.config.interfaces.some(other => other.port?.master === device.name);
  return device.mtuFrom === 'administrator' || !hasPorts ? { ...spec, ...(mtu !== undefined && { mtu }) } : spec;
}

function commonOf(device: Interface, addresses: readonly string[]): InterfaceSpec {
  return {
    name: device.name,
    mac: device.mac,
    mtu: device.mtu,
    ...(addresses.length > 0 && { addresses }),
    ...(device.port !== undefined && { master: device.port.master, hairpin: device.port.hairpin }),
    ...(device.promiscuous && { promisc: true }),
    ...(!device.up && { up: false }),
  };
}

/** Lines of `ip rule`, without those that every namespace has. */
function policyLines(netns: Netns): readonly string[] {
  const isUsual = ({ priority, ...rest }: PolicyRule): boolean =>
    DEFAULT_POLICY_RULES.some(usual => usual.priority === priority && usual.table === rest.table) &&
    Object.keys(rest).length === 1;
  const { policyRules } = netns.config;
  if (policyRules.filter(isUsual).length !== DEFAULT_POLICY_RULES.length)
    throw wordless(netns, 'policy rules', 'usual rules that were taken away');
  return policyRules
    .filter(rule => !isUsual(rule))
    .map(({ priority, from, to, inInterface, mark, table }) =>
      [
        `priority ${priority}`,
        ...(from === undefined ? [] : [`from ${from}`]),
        ...(to === undefined ? [] : [`to ${to}`]),
        ...(inInterface === undefined ? [] : [`iif ${inInterface}`]),
        ...(mark === undefined ? [] : [`fwmark ${mark.value}/${mark.mask}`]),
        `lookup ${table}`,
      ].join(' '),
    );
}

/** The route that comes with an address on an interface that is up: nobody writes it. */
function isConnected(netns: Netns, route: Route): boolean {
  if (route.protocol !== 'kernel' || route.via !== undefined || route.dev === undefined) return false;
  return (netns.interface(route.dev)?.addresses ?? []).some(
    ({ address, prefixLength }) => address === route.src && networkOf(address, prefixLength) === route.dst,
  );
}

/** Building makes the connected routes again, even those that somebody had taken away. */
function checkConnectedRoutes(netns: Netns): void {
  for (const device of netns.config.interfaces) {
    if (!device.up || device.kind === 'loopback') continue;
    for (const { address, prefixLength } of device.addresses) {
      if (prefixLength >= 32) continue;
      const dst = networkOf(address, prefixLength);
      const isThere = netns.config.routes.some(route => route.dst === dst && route.dev === device.name);
      if (!isThere) throw wordless(netns, `address ${address}/${prefixLength}`, 'an address without its route');
    }
  }
}

function routeOf(route: Route): RouteSpec {
  const usualScope = route.type !== 'unicast' || route.via !== undefined ? 'global' : 'link';
  return {
    ...(route.type !== 'unicast' && { type: route.type }),
    dst: formatDestination(route),
    ...(route.via !== undefined && { via: route.via }),
    ...(route.dev !== undefined && { dev: route.dev }),
    ...(route.src !== undefined && { src: route.src }),
    ...(route.scope !== usualScope && { scope: route.scope }),
    ...(route.metric !== 0 && { metric: route.metric }),
    ...(route.table !== MAIN_TABLE && { table: route.table }),
    ...(route.protocol !== 'boot' && { proto: route.protocol }),
    ...(route.onlink && { onlink: true }),
    ...(route.mtu !== undefined && { mtu: route.mtu }),
  };
}

/** A next hop must be on a link, and not behind a route that leads nowhere, when a route through it is added. */
function turnOf({ type, via }: RouteSpec): number {
  if (type !== undefined) return 2;
  return via === undefined ? 0 : 1;
}

/** The lines of `ipset save`. */
function ipsetText(sets: IpSets): string {
  const lines = [...sets.values()].flatMap(({ name, dimensions, entries }) => [
    `create ${name} hash:${dimensions.join(',')}`,
    ...entries.map(parts => {
      const words = parts.map(part =>
        part.kind === 'port' ? `${part.protocol}:${part.port}` : part.range.replace(/\/32$/, ''),
      );
      return `add ${name} ${words.join(',')}`;
    }),
  ]);
  return `${lines.join('\n')}\n`;
}

/**
 * Every cable once, in an order that gives each namespace its interfaces in the order that it has them in now: bridges
 * flood their ports in that order.
 */
function linksOf(namespaces: readonly Netns[]): readonly (readonly [string, string])[] {
  const waiting = new Map<string, Cable[]>(
    namespaces.map(({ name, config }) => [name, config.interfaces.filter(isCable)]),
  );
  const links: (readonly [string, string])[] = [];
  const plug = (netns: string, device: Cable): void => {
    const { peer } = device;
    links.push([`${netns}/${device.name}`, `${peer.netns}/${peer.name}`]);
    take(waiting.get(netns), device.name);
    take(waiting.get(peer.netns), peer.name);
  };
  for (;;) {
    const heads = [...waiting].flatMap(([netns, devices]) =>
      devices[0] === undefined ? [] : [{ netns, device: devices[0] }],
    );
    const ready = heads.find(({ netns, device }) => isNext(waiting, netns, device)) ?? heads[0];
    if (ready === undefined) return links;
    plug(ready.netns, ready.device);
  }
}

function macvlansOf(namespaces: readonly Netns[]): readonly (readonly [string, string])[] {
  return namespaces.flatMap(({ name, config }) =>
    config.interfaces.flatMap(device =>
      device.kind === 'macvlan'
        ? [[`${device.lower.netns}/${device.lower.name}`, `${name}/${device.name}`] as const]
        : [],
    ),
  );
}

type Cable = Extract<Interface, { readonly kind: 'veth' }>;
const isCable = (device: Interface): device is Cable => device.kind === 'veth';

type Waiting = ReadonlyMap<string, readonly Cable[]>;

/** Whether the other end of the cable is the next one of its namespace too. */
function isNext(waiting: Waiting, netns: string, { name, peer }: Cable): boolean {
  const others = (waiting.get(peer.netns) ?? []).filter(device => peer.netns !== netns || device.name !== name);
  return others[0]?.name === peer.name;
}

function take(devices: { readonly name: string }[] | undefined, name: string): void {
  const at = devices?.findIndex(device => device.name === name) ?? -1;
  if (at >= 0) devices?.splice(at, 1);
}
