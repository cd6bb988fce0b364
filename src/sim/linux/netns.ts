// A network namespace: one isolated network stack, the owner of everything that a packet can meet in it.
//
// What administrators and agents write is an immutable configuration that is replaced whole. What packets write
// (connection tracking, neighbours, forwarding database) are tables; packets write to an overlay (overlay.ts) that
// is merged or thrown away.
//
// Read:    ip-netns(8), network_namespaces(7).

import { broadcastOf, familyOf, type Ip, networkOf, prefix } from '../net/address.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { CowMap } from '../runtime/cowMap.ts';
import type { CtEntry, CtTable } from './conntrack.ts';
import type { FdbEntry } from './fdb.ts';
import { type Interface, inOneShape } from './interface.ts';
import type { Neighbor } from './neighbors.ts';
import { NetDevice, type NetDevices, netDevices } from './netDevice.ts';
import { type HookPlans, planHooks, tracksConnections } from './netfilter/hookPlan.ts';
import type { IpSets } from './netfilter/ipset.ts';
import { goneLists } from './netfilter/recentLists.ts';
import { EMPTY_RULESET, type Ruleset } from './netfilter/types.ts';
import { type NftRuleset, NO_NFT_TABLES } from './nftables/types.ts';
import {
  compileFib,
  DEFAULT_POLICY_RULES,
  type Fib,
  LOCAL_TABLE,
  type PolicyRule,
  type Route,
  routeInOneShape,
} from './routes.ts';
import type { Listener } from './sockets.ts';
import { type Sysctls, type SysctlView, sysctlView } from './sysctl.ts';

/** What administrators and agents write. */
export interface NetnsConfig {
  /** In the order of their indexes. */
  readonly interfaces: readonly Interface[];
  /** All tables but the local one, which follows from the addresses. In the order of `ip route`. */
  readonly routes: readonly Route[];
  readonly policyRules: readonly PolicyRule[];
  /** The tables of iptables. */
  readonly netfilter: Ruleset;
  /** The tables of nft: registered after those of iptables. */
  readonly nft: NftRuleset;
  /** What `-m set` asks. */
  readonly ipsets: IpSets;
  readonly sysctls: Sysctls;
  readonly listeners: readonly Listener[];
}

/** A whole namespace as a value. */
export interface NetnsState {
  readonly name: string;
  readonly machine: string;
  readonly config: NetnsConfig;
  readonly conntrack: ReadonlyMap<number, readonly CtEntry[]>;
  readonly neighbors: ReadonlyMap<string, Neighbor>;
  readonly fdb: ReadonlyMap<string, FdbEntry>;
  readonly counters: ReadonlyMap<string, number>;
  readonly recent: ReadonlyMap<string, Mentions>;
  readonly pathMtus: ReadonlyMap<Ip, PathMtu>;
}

/** When an address was noted in a list of `-m recent`, the newest first. */
export type Mentions = readonly VirtualMs[];

/** What "fragmentation needed" taught about the way to an address. Source: RFC 1191; kernel net/ipv4/route.c. */
export interface PathMtu {
  readonly mtu: number;
  readonly since: VirtualMs;
}

const NEW_NETNS: NetnsConfig = {
  interfaces: [],
  routes: [],
  policyRules: DEFAULT_POLICY_RULES,
  netfilter: EMPTY_RULESET,
  nft: NO_NFT_TABLES,
  ipsets: new Map(),
  sysctls: new Map(),
  listeners: [],
};

export class Netns {
  readonly name: string;
  /** The machine whose kernel this is; several namespaces can be of one machine. */
  readonly machine: string;
  readonly conntrack: CtTable;
  readonly neighbors: CowMap<string, Neighbor>;
  readonly fdb: CowMap<string, FdbEntry>;
  /** Running numbers: the next ephemeral port, connection tracking ids, packet ids. */
  readonly counters: CowMap<string, number>;
  /** Lists of `-m recent`: by list and address. */
  readonly recent: CowMap<string, Mentions>;
  /** Learned path MTUs by destination. */
  readonly pathMtus: CowMap<Ip, PathMtu>;
  #config: NetnsConfig;
  #derived: Derived | undefined;
  /** The interfaces of the configuration by name: all that most writes have to look at. */
  #byName: { readonly of: readonly Interface[]; readonly interfaces: ReadonlyMap<string, Interface> } | undefined;
  #state: NetnsState | undefined;

  constructor(name: string, machine: string, state?: NetnsState) {
    this.name = name;
    this.machine = machine;
    this.#config = state?.config ?? NEW_NETNS;
    this.conntrack = new CowMap(state?.conntrack);
    this.neighbors = new CowMap(state?.neighbors);
    this.fdb = new CowMap(state?.fdb);
    this.counters = new CowMap(state?.counters);
    this.recent = new CowMap(state?.recent);
    this.pathMtus = new CowMap(state?.pathMtus);
    this.#state = state;
  }

  get config(): NetnsConfig {
    return this.#config;
  }

  configure(change: Partial<NetnsConfig>): void {
    const { interfaces, routes, netfilter } = change;
    if (netfilter !== undefined && this.recent.size > 0) this.#forget(goneLists(this.#config.netfilter, netfilter));
    this.#config = {
      ...this.#config,
      ...change,
      ...(interfaces !== undefined && { interfaces: interfaces.map(inOneShape) }),
      ...(routes !== undefined && { routes: routes.map(routeInOneShape) }),
    };
    this.#derived = undefined;
  }

  #forget(lists: ReadonlySet<string>): void {
    if (lists.size === 0) return;
    for (const key of this.recent.snapshot().keys())
      if (lists.has(key.slice(0, key.lastIndexOf(' ')))) this.recent.delete(key);
  }

  /** What follows from the configuration, computed once for each configuration. */
  get derived(): Derived {
    this.#derived ??= derive(this.#config);
    return this.#derived;
  }

  interface(name: string): Interface | undefined {
    return this.#interfaces.get(name);
  }

  get #interfaces(): ReadonlyMap<string, Interface> {
    const of = this.#config.interfaces;
    if (this.#byName?.of !== of) this.#byName = { of, interfaces: new Map(of.map(device => [device.name, device])) };
    return this.#byName.interfaces;
  }

  snapshot(): NetnsState {
    const conntrack = this.conntrack.snapshot();
    const neighbors = this.neighbors.snapshot();
    const fdb = this.fdb.snapshot();
    const counters = this.counters.snapshot();
    const recent = this.recent.snapshot();
    const pathMtus = this.pathMtus.snapshot();
    const last = this.#state;
    if (
      last?.config === this.#config &&
      last.conntrack === conntrack &&
      last.neighbors === neighbors &&
      last.fdb === fdb &&
      last.counters === counters &&
      last.recent === recent &&
      last.pathMtus === pathMtus
    ) {
      return last;
    }
    const { name, machine } = this;
    const config = this.#config;
    this.#state = { name, machine, config, conntrack, neighbors, fdb, counters, recent, pathMtus };
    return this.#state;
  }
}

/** Indexes over one configuration. */
export interface Derived {
  readonly config: NetnsConfig;
  readonly devices: NetDevices;
  /** The ports of each bridge, in the order of their indexes. */
  readonly ports: ReadonlyMap<string, readonly Interface[]>;
  /** Every local address and the interface that has it. */
  readonly localAddresses: ReadonlyMap<Ip, string>;
  readonly fib: Fib;
  readonly sysctl: SysctlView;
  readonly ipsets: IpSets;
  readonly tracksConnections: boolean;
  /** What each hook asks, in its order: only tables that have something to say there. */
  readonly hooks: HookPlans;
}

function derive(config: NetnsConfig): Derived {
  const ports = new Map<string, Interface[]>();
  const localAddresses = new Map<Ip, string>();
  for (const device of config.interfaces) {
    if (device.kind === 'bridge') ports.set(device.name, ports.get(device.name) ?? []);
    if (device.port !== undefined) {
      const siblings = ports.get(device.port.master) ?? [];
      ports.set(device.port.master, siblings);
      siblings.push(device);
    }
    for (const { address } of device.addresses)
      if (!localAddresses.has(address)) localAddresses.set(address, device.name);
  }
  const sysctl = sysctlView(config.sysctls);
  return {
    config,
    devices: netDevices(config.interfaces, sysctl),
    ports,
    localAddresses,
    fib: compileFib([...localRoutes(config.interfaces), ...config.routes], config.policyRules),
    sysctl,
    ipsets: config.ipsets,
    tracksConnections: tracksConnections(config.netfilter, config.nft),
    hooks: planHooks(config.netfilter, config.nft),
  };
}

/** The device of this name, or one that stands for a name that nothing here has (any more). */
export function deviceNamed({ devices, sysctl }: Derived, name: string | undefined): NetDevice {
  return devices.get(name ?? '') ?? new NetDevice(name ?? '', undefined, sysctl, devices);
}

/** The local table: this host's addresses and the broadcast addresses of its links. Source: fib_frontend.c, `fib_add_ifaddr`. */
export function localRoutes(interfaces: readonly Interface[]): readonly Route[] {
  const routes: Route[] = [];
  for (const device of interfaces) {
    for (const { address, prefixLength } of device.addresses) {
      if (familyOf(address) !== 'IPv4') continue;
      const common = {
        table: LOCAL_TABLE,
        dev: device.name,
        metric: 0,
        protocol: 'kernel',
        onlink: false,
        src: address,
      } as const;
      routes.push({ ...common, type: 'local', dst: prefix(address), scope: 'host' });
      const network = networkOf(address, prefixLength);
      if (device.kind === 'loopback') routes.push({ ...common, type: 'local', dst: network, scope: 'host' });
      // Going down takes the broadcast addresses, not the own ones. Source: fib_semantics.c, `fib_sync_down_dev`.
      if (prefixLength < 31 && device.up)
        routes.push({ ...common, type: 'broadcast', dst: prefix(broadcastOf(network)), scope: 'link' });
    }
  }
  return routes.map(routeInOneShape);
}
