// What packets write while they travel: laid over the namespaces, then merged (send) or thrown away (probe).
//
// A fork costs nothing until a packet touches a namespace, and then only what it touches.

import type { Ip } from '../net/address.ts';
import type { CowMap } from '../runtime/cowMap.ts';
import type { CtEntry } from './conntrack.ts';
import type { FdbEntry } from './fdb.ts';
import type { Veth } from './interface.ts';
import type { Neighbor } from './neighbors.ts';
import type { NetDevice } from './netDevice.ts';
import { type Derived, deviceNamed, type Mentions, type Netns, type PathMtu } from './netns.ts';
import type { World } from './world.ts';

/** In the place of an entry that a fork has deleted. */
const DELETED = Symbol('deleted');

/** A table as one fork sees it. */
export class OverlayMap<K, V> {
  readonly #base: CowMap<K, V>;
  #changes: Map<K, V | typeof DELETED> | undefined;

  constructor(base: CowMap<K, V>) {
    this.#base = base;
  }

  get(key: K): V | undefined {
    const changed = this.#changes?.get(key);
    if (changed === undefined) return this.#base.get(key);
    return changed === DELETED ? undefined : changed;
  }

  set(key: K, value: V): void {
    this.#changes ??= new Map();
    this.#changes.set(key, value);
  }

  delete(key: K): void {
    this.#changes ??= new Map();
    this.#changes.set(key, DELETED);
  }

  /** Every entry of the table as this fork sees it. */
  *values(): Generator<V> {
    for (const [key, value] of this.#base.view()) if (this.#changes?.has(key) !== true) yield value;
    for (const value of this.#changes?.values() ?? []) if (value !== DELETED) yield value;
  }

  commit(): void {
    if (this.#changes === undefined) return;
    this.#changes.forEach((value, key) => {
      if (value === DELETED) this.#base.delete(key);
      else this.#base.set(key, value);
    });
    this.#changes = undefined;
  }
}

/** One namespace as a fork sees it: its configuration, and its tables with what packets wrote. */
export class NetnsView {
  readonly netns: Netns;
  readonly name: string;
  readonly derived: Derived;
  readonly conntrack: OverlayMap<number, readonly CtEntry[]>;
  readonly neighbors: OverlayMap<string, Neighbor>;
  readonly fdb: OverlayMap<string, FdbEntry>;
  readonly counters: OverlayMap<string, number>;
  readonly recent: OverlayMap<string, Mentions>;
  readonly pathMtus: OverlayMap<Ip, PathMtu>;
  /** The cables that packets have crossed, either way, the latest first. */
  cables: Cable | undefined = undefined;

  constructor(netns: Netns) {
    this.netns = netns;
    this.name = netns.name;
    this.derived = netns.derived;
    this.conntrack = new OverlayMap(netns.conntrack);
    this.neighbors = new OverlayMap(netns.neighbors);
    this.fdb = new OverlayMap(netns.fdb);
    this.counters = new OverlayMap(netns.counters);
    this.recent = new OverlayMap(netns.recent);
    this.pathMtus = new OverlayMap(netns.pathMtus);
  }

  /** Merges what packets wrote into the namespace. */
  commit(): void {
    this.conntrack.commit();
    this.neighbors.commit();
    this.fdb.commit();
    this.counters.commit();
    this.recent.commit();
    this.pathMtus.commit();
  }
}

/** Where the frames of one end of a cable arrive. A list of them is short: a packet leaves by few devices of one host. */
export interface Cable {
  readonly from: NetDevice;
  readonly view: NetnsView;
  readonly device: NetDevice;
  readonly next: Cable | undefined;
}

/** The world as a fork sees it. */
export class WorldView {
  readonly world: World;
  readonly #views = new Map<string, NetnsView>();
  readonly #prepare: (netns: string) => void;

  /** `prepare` is called before a namespace is looked at for the first time: lazy agents catch up there. */
  constructor(world: World, prepare: (netns: string) => void = () => undefined) {
    this.world = world;
    this.#prepare = prepare;
  }

  get(name: string): NetnsView {
    const known = this.#views.get(name);
    if (known !== undefined) return known;
    this.#prepare(name);
    const netns = this.world.get(name);
    const view = new NetnsView(netns);
    this.#views.set(name, view);
    return view;
  }

  /** The cable of a veth device, or `down` where no frame can leave: see {@link World.hasCarrier}. */
  cableOf(view: NetnsView, from: NetDevice, link: Veth): Cable | 'down' {
    for (let known = view.cables; known !== undefined; known = known.next) if (known.from === from) return known;
    const { peer } = link;
    const other = this.world.find(peer.netns);
    if (!link.up || other === undefined || from.peerIn(other.derived.devices, peer.name)?.link?.up !== true)
      return 'down';
    const far = this.get(peer.netns);
    const device = from.peerIn(far.derived.devices, peer.name) ?? deviceNamed(far.derived, peer.name);
    const cable: Cable = { from, view: far, device, next: view.cables };
    view.cables = cable;
    // What goes there comes back, and both ends are up.
    if (far !== view) far.cables = { from: device, view, device: from, next: far.cables };
    return cable;
  }

  /** Merges what packets wrote into the world. */
  commit(): void {
    for (const view of this.#views.values()) view.commit();
  }
}

/** Takes the next number of a counter that starts at `first`. */
export function takeNumber(view: NetnsView, counter: string, first: number): number {
  const value = view.counters.get(counter) ?? first;
  view.counters.set(counter, value + 1);
  return value;
}
