// A whole world as plain Linux state in one document: what recordings of the real kernel start from, and what a lab
// can be exported as.
//
// Omits:   interface types and keys that the model does not have are errors, never guesses.

import { interfaceAddress, ip } from '../net/address.ts';
import { drawnMac, type Mac, mac, ZERO_MAC } from '../net/mac.ts';
import { ParseError } from '../runtime/errors.ts';
import {
  addAddress,
  addInterface,
  addMacvlan,
  addRoute,
  addVethPair,
  addVxlan,
  type NetlinkError,
  setDeviceMtu,
  setForwarding,
  setLink,
  setMaster,
  setPermanentNeighbor,
  updateInterface,
} from './administer.ts';
import { ETHERNET_MTU, IPIP_OVERHEAD_BYTES, LOOPBACK_MTU, VXLAN_PORT } from './interface.ts';
import { parseIpSets } from './netfilter/ipset.ts';
import { parseRuleset } from './netfilter/iptablesSave.ts';
import type { Netns } from './netns.ts';
import { parseNft } from './nftables/parse.ts';
import { DEFAULT_POLICY_RULES, type PolicyRule } from './routes.ts';
import type { Listener } from './sockets.ts';
import { FIRST_PRIORITY, parseRouteText, policyRule, readRoute } from './specRoutes.ts';
import { canonicalName, deviceOf, withSysctl } from './sysctl.ts';
import { World } from './world.ts';

/** One network namespace of a spec. */
export interface HostSpec {
  readonly name: string;
  readonly role?: string;
  /** The machine that it is on, when that is not itself. */
  readonly node?: string;
  readonly sysctl?: Readonly<Record<string, number>>;
  readonly interfaces?: readonly InterfaceSpec[];
  readonly routes?: readonly (string | RouteSpec)[];
  /** Lines of `ip rule`: `from 10.0.0.0/8 lookup 100`. */
  readonly rules?: readonly string[];
  readonly neigh?: readonly { readonly ip: string; readonly mac: string; readonly dev: string }[];
  readonly fdb?: readonly { readonly mac: string; readonly dev: string; readonly dst?: string }[];
  /** Lines of `ipset save`. */
  readonly ipset?: string;
  readonly iptables?: string;
  /** What `nft -f` reads. */
  readonly nft?: string;
  readonly listeners?: readonly {
    readonly proto: 'tcp' | 'udp';
    readonly port: number;
    readonly addr?: string;
    readonly name?: string;
  }[];
}

export interface InterfaceSpec {
  readonly name: string;
  readonly type?: string;
  readonly mac?: string;
  readonly mtu?: number;
  readonly addresses?: readonly string[];
  readonly master?: string;
  readonly hairpin?: boolean;
  readonly promisc?: boolean;
  readonly up?: boolean;
  /** Of a VXLAN device. */
  readonly vni?: number;
  readonly port?: number;
  readonly local?: string;
  readonly dev?: string;
  readonly learning?: boolean;
  readonly df?: 'set' | 'unset' | 'inherit';
  /** Of an ipip device; absent: the next hop of the route. */
  readonly remote?: string;
  /** Of a `raw` device: what stands after `ip link add NAME`. */
  readonly args?: string;
}

export interface RouteSpec {
  readonly type?: string;
  readonly dst: string;
  readonly via?: string;
  readonly dev?: string;
  readonly src?: string;
  readonly metric?: number;
  readonly onlink?: boolean;
  readonly table?: number;
  readonly scope?: string;
  readonly proto?: string;
  readonly mtu?: number;
}

export interface KernelSpec {
  readonly name: string;
  readonly hosts: readonly HostSpec[];
  /** `["hostA/ifA", "hostB/ifB"]`: cables. */
  readonly links: readonly (readonly [string, string])[];
  /** `["lowerHost/lowerIf", "host/if"]`. */
  readonly macvlans?: readonly (readonly [string, string])[];
}

/** Which program a listener of a spec runs, and what it is called. */
export type ListenerNaming = (host: HostSpec, port: number) => { readonly process: string; readonly program: string };

/**
 * Builds the world of a spec.
 * @throws ParseError `host n1, route 10.9.0.0/16: Cannot find device "eth9" (expected one of lo, eth0)`
 */
export function buildWorld(spec: KernelSpec, naming: ListenerNaming): World {
  const world = new World();
  for (const host of spec.hosts) {
    if (world.find(host.name) !== undefined) throw new ParseError(`host ${host.name}: another name was expected`);
    const netns = world.add(host.name, host.node ?? host.name);
    addInterface(netns, { kind: 'loopback', name: 'lo', mac: ZERO_MAC, mtu: LOOPBACK_MTU });
    setLink(netns, 'lo', 'up');
  }
  for (const [left, right] of spec.links) addCable(spec, world, left, right);
  for (const [lower, upper] of spec.macvlans ?? []) addUpper(spec, world, lower, upper);
  // Cables are plugged in first, bridges and tunnels made on top of them: so they are numbered.
  for (const host of spec.hosts)
    for (const device of host.interfaces ?? []) addOwnDevice(host, world.get(host.name), device);
  for (const host of spec.hosts) configure(host, world.get(host.name), naming);
  return world;
}

function problem(host: HostSpec, what: string, message: string): ParseError {
  return new ParseError(`host ${host.name}, ${what}: ${message}`);
}

/** What a part of the spec has wrong is told with its host and place. */
function within<Value>(host: HostSpec, what: string, part: () => Value): Value {
  try {
    return part();
  } catch (error) {
    throw error instanceof ParseError ? problem(host, what, error.message) : error;
  }
}

function check(result: { readonly ok: true } | { readonly ok: false; readonly error: NetlinkError }): void {
  if (!result.ok) throw new ParseError(result.error.message);
}

/** Whether a device is there that a route, a neighbour, an entry or a setting names. */
function checkDevice(netns: Netns, name: string | undefined): void {
  if (name === undefined || netns.interface(name) !== undefined) return;
  const known = netns.config.interfaces.map(device => device.name);
  throw new ParseError(`Cannot find device "${name}" (expected one of ${known.join(', ')})`);
}

function addOwnDevice(host: HostSpec, netns: Netns, device: InterfaceSpec): void {
  within(host, `interface ${device.name}`, () => makeDevice(host, netns, device));
}

function makeDevice(host: HostSpec, netns: Netns, device: InterfaceSpec): void {
  if (device.mtu !== undefined && !Number.isInteger(device.mtu))
    throw new ParseError(`mtu ${JSON.stringify(device.mtu)} (a number was expected)`);
  switch (device.type ?? 'veth') {
    case 'veth':
    case 'macvlan':
      return;
    case 'raw':
      makeDevice(host, netns, rawDevice(device));
      return;
    case 'dummy':
      check(addInterface(netns, { kind: 'dummy', ...plain(host, device) }));
      return;
    case 'ipip':
      check(
        addInterface(netns, {
          kind: 'ipip',
          ...plain(host, device),
          mtu: device.mtu ?? ETHERNET_MTU - IPIP_OVERHEAD_BYTES,
          ...(device.local !== undefined && { local: ip(device.local) }),
          ...(device.remote !== undefined && { remote: ip(device.remote) }),
        }),
      );
      return;
    case 'bridge':
      check(addInterface(netns, { kind: 'bridge', ...plain(host, device), mtu: ETHERNET_MTU }));
      if (device.mtu !== undefined) check(setDeviceMtu(netns, device.name, device.mtu));
      return;
    case 'vxlan':
      checkDevice(netns, device.dev);
      check(
        addVxlan(netns, {
          name: device.name,
          mac: macOf(host, device),
          vni: device.vni ?? 0,
          udpPort: device.port ?? VXLAN_PORT,
          learning: device.learning ?? true,
          df: device.df ?? 'unset',
          ...(device.mtu !== undefined && { mtu: device.mtu }),
          ...(device.local !== undefined && { local: ip(device.local) }),
          ...(device.dev !== undefined && { dev: device.dev }),
        }),
      );
      return;
    default:
      throw new ParseError(`unknown type "${device.type}" (veth, bridge, vxlan, ipip, macvlan or dummy was expected)`);
  }
}

function plain(
  host: HostSpec,
  device: InterfaceSpec,
): { readonly name: string; readonly mac: Mac; readonly mtu: number } {
  return { name: device.name, mac: macOf(host, device), mtu: device.mtu ?? ETHERNET_MTU };
}

/** `type vxlan id 5 dstport 4789 dev eth0`, in the words of ip-link(8). */
function rawDevice(device: InterfaceSpec): InterfaceSpec {
  const words = (device.args ?? '').split(/\s+/).filter(word => word !== '');
  const values = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const key = words[i] ?? '';
    if (key === 'nolearning') values.set('learning', 'off');
    else if (RAW_OPTIONS.includes(key)) values.set(key, words[++i] ?? '');
    else
      throw new ParseError(`unknown word "${key}" in "${device.args ?? ''}" (${RAW_OPTIONS.join(', ')} was expected)`);
  }
  const type = values.get('type');
  if (type === undefined || type === 'raw') throw new ParseError('"type" was expected');
  const vni = values.get('id');
  const port = values.get('dstport');
  const said = (key: 'local' | 'remote' | 'dev'): Partial<InterfaceSpec> => {
    const value = values.get(key);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    ...device,
    type,
    ...(vni !== undefined && { vni: Number(vni) }),
    ...(port !== undefined && { port: Number(port) }),
    ...(values.get('learning') === 'off' && { learning: false }),
    ...said('local'),
    ...said('remote'),
    ...said('dev'),
  };
}

const RAW_OPTIONS: readonly string[] = ['type', 'id', 'dstport', 'local', 'remote', 'dev', 'mode'];

function macOf(host: HostSpec, device: InterfaceSpec | undefined): Mac {
  const written = device?.mac;
  if (written === undefined) return drawnMac(host.name, device?.name ?? '');
  return within(host, `interface ${device?.name}`, () => mac(written));
}

function addUpper(spec: KernelSpec, world: World, lower: string, upper: string): void {
  const end = (text: string): { readonly host: HostSpec; readonly name: string } => {
    const slash = text.indexOf('/');
    const host = spec.hosts.find(other => other.name === text.slice(0, slash));
    if (host === undefined) throw new ParseError(`macvlan ${lower} - ${upper}: no host "${text.slice(0, slash)}"`);
    return { host, name: text.slice(slash + 1) };
  };
  const [below, above] = [end(lower), end(upper)];
  const device = above.host.interfaces?.find(other => other.name === above.name);
  const made = addMacvlan(
    { netns: world.get(below.host.name), name: below.name },
    {
      netns: world.get(above.host.name),
      name: above.name,
      mac: device === undefined ? drawnMac(above.host.name, above.name) : macOf(above.host, device),
      ...(device?.mtu !== undefined && { mtu: device.mtu }),
    },
  );
  if (!made.ok) throw new ParseError(`macvlan ${lower} - ${upper}: ${made.error.message}`);
}

function addCable(spec: KernelSpec, world: World, left: string, right: string): void {
  const end = (text: string): { netns: Netns; name: string; mac: Mac; mtu: number } => {
    const slash = text.indexOf('/');
    const host = spec.hosts.find(other => other.name === text.slice(0, slash));
    if (host === undefined) throw new ParseError(`link ${left} - ${right}: no host "${text.slice(0, slash)}"`);
    const name = text.slice(slash + 1);
    const device = host.interfaces?.find(other => other.name === name);
    const address = device === undefined ? drawnMac(host.name, name) : macOf(host, device);
    return { netns: world.get(host.name), name, mac: address, mtu: device?.mtu ?? ETHERNET_MTU };
  };
  const made = addVethPair([end(left), end(right)]);
  if (!made.ok) throw new ParseError(`link ${left} - ${right}: ${made.error.message}`);
}

function configure(host: HostSpec, netns: Netns, naming: ListenerNaming): void {
  for (const [name, value] of Object.entries(host.sysctl ?? {}))
    within(host, `sysctl ${name}`, () => {
      const device = deviceOf(canonicalName(name));
      if (device !== 'all' && device !== 'default') checkDevice(netns, device);
      const written = withSysctl(netns.config.sysctls, canonicalName(name), value);
      if (!written.ok) throw new ParseError(written.error.message);
      netns.configure({ sysctls: written.value });
    });
  for (const wanted of host.interfaces ?? [])
    within(host, `interface ${wanted.name}`, () => {
      if (netns.interface(wanted.name) === undefined) throw new ParseError('no link is plugged into it');
    });
  for (const device of netns.config.interfaces)
    within(host, `interface ${device.name}`, () => {
      const wanted = host.interfaces?.find(other => other.name === device.name);
      if (wanted?.master !== undefined) check(setMaster(netns, device.name, wanted.master, wanted.hairpin ?? false));
      if (wanted?.promisc === true) updateInterface(netns, device.name, { promiscuous: true });
      for (const address of wanted?.addresses ?? []) check(addAddress(netns, device.name, interfaceAddress(address)));
      if (wanted?.up !== false) check(setLink(netns, device.name, 'up'));
    });
  for (const route of host.routes ?? [])
    within(host, `route ${typeof route === 'string' ? `"${route}"` : route.dst}`, () => {
      const spec = typeof route === 'string' ? parseRouteText(route) : route;
      checkDevice(netns, spec.dev);
      check(addRoute(netns, readRoute(spec)));
    });
  const rules: PolicyRule[] = [];
  for (const [i, text] of (host.rules ?? []).entries())
    within(host, `rule "${text}"`, () => rules.push(policyRule(text, FIRST_PRIORITY - i)));
  if (rules.length > 0)
    netns.configure({ policyRules: [...DEFAULT_POLICY_RULES, ...rules].sort((a, b) => a.priority - b.priority) });
  for (const { mac: address, dev, dst } of host.fdb ?? [])
    within(host, `fdb ${address}`, () => {
      checkDevice(netns, dev);
      check(setForwarding(netns, dev, mac(address), dst === undefined ? undefined : ip(dst)));
    });
  for (const neighbor of host.neigh ?? [])
    within(host, `neighbour ${neighbor.ip}`, () => {
      checkDevice(netns, neighbor.dev);
      check(setPermanentNeighbor(netns, neighbor.dev, ip(neighbor.ip), mac(neighbor.mac)));
    });
  const { ipset, iptables, nft } = host;
  if (ipset) within(host, 'ipset', () => netns.configure({ ipsets: parseIpSets(ipset) }));
  if (iptables)
    within(host, 'iptables', () => netns.configure({ netfilter: parseRuleset(iptables, netns.config.ipsets) }));
  if (nft) within(host, 'nft', () => netns.configure({ nft: parseNft(nft) }));
  const listeners: Listener[] = [];
  for (const listener of host.listeners ?? [])
    within(host, `listener ${listener.proto} ${listener.port}`, () =>
      listeners.push({
        protocol: listener.proto,
        address: ip(listener.addr ?? '0.0.0.0'),
        port: listener.port,
        settings: { name: listener.name ?? host.name },
        ...naming(host, listener.port),
      }),
    );
  netns.configure({ listeners });
}
