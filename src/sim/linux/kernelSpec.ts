// A whole world as plain Linux state in one document: what recordings of the real kernel start from, and what a lab
// can be exported as.
//
// Omits:   interface types and keys that the model does not have are errors, never guesses.

import { interfaceAddress, ip, prefix } from '../net/address.ts';
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
import { DEFAULT_POLICY_RULES, DEFAULT_TABLE, LOCAL_TABLE, MAIN_TABLE, type PolicyRule } from './routes.ts';
import { canonicalName, withSysctl } from './sysctl.ts';
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
 * @throws ParseError `host n1, route 10.9.0.0/16: Cannot find device "eth9"`
 */
export function buildWorld(spec: KernelSpec, naming: ListenerNaming): World {
  const world = new World();
  for (const host of spec.hosts) {
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

function check(
  host: HostSpec,
  what: string,
  result: { readonly ok: true } | { readonly ok: false; readonly error: NetlinkError },
): void {
  if (!result.ok) throw problem(host, what, result.error.message);
}

function addOwnDevice(host: HostSpec, netns: Netns, device: InterfaceSpec): void {
  switch (device.type ?? 'veth') {
    case 'veth':
    case 'macvlan':
      return;
    case 'raw':
      addOwnDevice(host, netns, rawDevice(host, device));
      return;
    case 'dummy':
      check(host, `interface ${device.name}`, addInterface(netns, { kind: 'dummy', ...plain(host, device) }));
      return;
    case 'ipip':
      check(
        host,
        `interface ${device.name}`,
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
      check(
        host,
        `interface ${device.name}`,
        addInterface(netns, {
          kind: 'bridge',
          name: device.name,
          mac: macOf(host, device),
          mtu: device.mtu ?? ETHERNET_MTU,
        }),
      );
      return;
    case 'vxlan':
      check(
        host,
        `interface ${device.name}`,
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
      throw problem(
        host,
        `interface ${device.name}`,
        `unknown type "${device.type}" (veth, bridge, vxlan, ipip, macvlan or dummy was expected)`,
      );
  }
}

function plain(
  host: HostSpec,
  device: InterfaceSpec,
): { readonly name: string; readonly mac: Mac; readonly mtu: number } {
  return { name: device.name, mac: macOf(host, device), mtu: device.mtu ?? ETHERNET_MTU };
}

/** `type vxlan id 5 dstport 4789 dev eth0`, in the words of ip-link(8). */
function rawDevice(host: HostSpec, device: InterfaceSpec): InterfaceSpec {
  const words = (device.args ?? '').split(/\s+/).filter(word => word !== '');
  const values = new Map<string, string>();
  for (let i = 0; i < words.length; i++) {
    const key = words[i] ?? '';
    if (key === 'nolearning') values.set('learning', 'off');
    else if (RAW_OPTIONS.includes(key)) values.set(key, words[++i] ?? '');
    else throw problem(host, `interface ${device.name}`, `unknown word "${key}" in "${device.args ?? ''}"`);
  }
  const type = values.get('type');
  if (type === undefined || type === 'raw') throw problem(host, `interface ${device.name}`, '"type" was expected');
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
  return device?.mac === undefined ? drawnMac(host.name, device?.name ?? '') : mac(device.mac);
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
  for (const [name, value] of Object.entries(host.sysctl ?? {})) {
    const written = withSysctl(netns.config.sysctls, canonicalName(name), value);
    if (!written.ok) throw problem(host, `sysctl ${name}`, written.error.message);
    netns.configure({ sysctls: written.value });
  }
  for (const device of netns.config.interfaces) {
    const wanted = host.interfaces?.find(other => other.name === device.name);
    if (wanted?.master !== undefined)
      check(host, `interface ${device.name}`, setMaster(netns, device.name, wanted.master, wanted.hairpin ?? false));
    if (wanted?.promisc === true) updateInterface(netns, device.name, { promiscuous: true });
    for (const address of wanted?.addresses ?? [])
      check(host, `address ${address}`, addAddress(netns, device.name, interfaceAddress(address)));
    if (wanted?.up !== false) check(host, `interface ${device.name}`, setLink(netns, device.name, 'up'));
  }
  for (const wanted of host.interfaces ?? []) {
    if (netns.interface(wanted.name) === undefined)
      throw problem(host, `interface ${wanted.name}`, 'no link is plugged into it');
  }
  for (const route of host.routes ?? []) {
    const spec = typeof route === 'string' ? parseRouteText(host, route) : route;
    check(host, `route ${spec.dst}`, addRoute(netns, readRoute(spec)));
  }
  if (host.rules !== undefined && host.rules.length > 0) {
    const added = host.rules.map((text, i) => policyRule(host, text, FIRST_PRIORITY - i));
    const all = [...DEFAULT_POLICY_RULES, ...added].sort((a, b) => a.priority - b.priority);
    netns.configure({ policyRules: all });
  }
  for (const { mac: address, dev, dst } of host.fdb ?? []) {
    check(
      host,
      `forwarding entry ${address}`,
      setForwarding(netns, dev, mac(address), dst === undefined ? undefined : ip(dst)),
    );
  }
  for (const neighbor of host.neigh ?? []) {
    check(
      host,
      `neighbour ${neighbor.ip}`,
      setPermanentNeighbor(netns, neighbor.dev, ip(neighbor.ip), mac(neighbor.mac)),
    );
  }
  if (host.ipset !== undefined && host.ipset !== '') {
    try {
      netns.configure({ ipsets: parseIpSets(host.ipset) });
    } catch (error) {
      throw error instanceof ParseError ? problem(host, 'ipset', error.message) : error;
    }
  }
  if (host.iptables !== undefined && host.iptables !== '') {
    try {
      netns.configure({ netfilter: parseRuleset(host.iptables) });
    } catch (error) {
      throw error instanceof ParseError ? problem(host, 'iptables', error.message) : error;
    }
  }
  if (host.nft !== undefined && host.nft !== '') {
    try {
      netns.configure({ nft: parseNft(host.nft) });
    } catch (error) {
      throw error instanceof ParseError ? problem(host, 'nft', error.message) : error;
    }
  }
  netns.configure({
    listeners: (host.listeners ?? []).map(listener => ({
      protocol: listener.proto,
      address: ip(listener.addr ?? '0.0.0.0'),
      port: listener.port,
      settings: { name: listener.name ?? host.name },
      ...naming(host, listener.port),
    })),
  });
}

/** `ip rule add` gives the number before the lowest of the others. Source: kernel net/core/fib_rules.c. */
const FIRST_PRIORITY = 32_765;
const TABLES: Readonly<Record<string, number>> = { main: MAIN_TABLE, local: LOCAL_TABLE, default: DEFAULT_TABLE };

function policyRule(host: HostSpec, text: string, priority: number): PolicyRule {
  const words = text.split(/\s+/).filter(word => word !== '' && word !== 'add');
  const rule: { -readonly [Key in keyof PolicyRule]: PolicyRule[Key] } = { priority, table: MAIN_TABLE };
  for (let i = 0; i < words.length; i += 2) {
    const [key = '', value = ''] = [words[i], words[i + 1]];
    if (key === 'from' || key === 'to') {
      if (value !== 'all') rule[key] = prefix(value);
    } else if (key === 'iif') rule.inInterface = value;
    else if (key === 'fwmark') {
      const [mark = '0', mask = '0xffffffff'] = value.split('/');
      rule.mark = { value: Number(mark), mask: Number(mask) };
    } else if (key === 'lookup' || key === 'table') rule.table = TABLES[value] ?? Number(value);
    else if (key === 'priority' || key === 'pref' || key === 'preference') rule.priority = Number(value);
    else throw problem(host, `rule "${text}"`, `unknown word "${key}"`);
  }
  return rule;
}

const ROUTE_OPTIONS: readonly string[] = ['via', 'dev', 'src', 'proto', 'scope', 'metric', 'table', 'mtu'];
const ROUTE_TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit', 'throw'] as const;

function readRoute(spec: RouteSpec): Parameters<typeof addRoute>[1] {
  const type = ROUTE_TYPES.find(known => known === (spec.type ?? 'unicast'));
  if (type === undefined)
    throw new ParseError(`unknown route type "${spec.type}" (expected one of ${ROUTE_TYPES.join(', ')})`);
  return {
    type,
    dst: prefix(spec.dst === 'default' ? '0.0.0.0/0' : spec.dst),
    ...(spec.via !== undefined && { via: ip(spec.via) }),
    ...(spec.dev !== undefined && { dev: spec.dev }),
    ...(spec.src !== undefined && { src: ip(spec.src) }),
    ...(spec.metric !== undefined && { metric: spec.metric }),
    ...(spec.onlink !== undefined && { onlink: spec.onlink }),
    ...(spec.table !== undefined && { table: Number(spec.table) }),
    ...(spec.mtu !== undefined && { mtu: Number(spec.mtu) }),
    ...(spec.proto !== undefined && { protocol: String(spec.proto) }),
    ...(spec.scope === 'link' || spec.scope === 'host' || spec.scope === 'global' ? { scope: spec.scope } : {}),
  };
}

/** `default via 172.18.0.1`, `blackhole default`. */
function parseRouteText(host: HostSpec, text: string): RouteSpec {
  const words = text.split(/\s+/);
  const type = ROUTE_TYPES.find(known => known === words[0]);
  if (type !== undefined) words.shift();
  const [dst = '', ...options] = words;
  const values = new Map<string, string>();
  for (let i = 0; i < options.length; i++) {
    const key = options[i] ?? '';
    if (key === 'onlink') {
      values.set(key, 'yes');
      continue;
    }
    const value = options[++i];
    if (!ROUTE_OPTIONS.includes(key) || value === undefined)
      throw problem(
        host,
        `route "${text}"`,
        `one of ${ROUTE_OPTIONS.join(', ')} with a value was expected at "${key}"`,
      );
    values.set(key, value);
  }
  const said = (key: string): Record<string, string> => {
    const value = values.get(key);
    return value === undefined ? {} : { [key]: value };
  };
  const number = (key: string): Record<string, number> => {
    const value = values.get(key);
    return value === undefined ? {} : { [key]: Number(value) };
  };
  return {
    dst,
    ...(type !== undefined && { type }),
    ...said('via'),
    ...said('dev'),
    ...said('src'),
    ...said('proto'),
    ...said('scope'),
    ...number('metric'),
    ...number('table'),
    ...number('mtu'),
    ...(values.has('onlink') && { onlink: true }),
  };
}
