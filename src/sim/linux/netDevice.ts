// An interface as packets meet it: with what the configuration of its namespace says about it, found once. Packets hold
// on to these, so that no stage has to look a name up.
//
// Read:    kernel include/linux/netdevice.h, `struct net_device`.

import type { Ip } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';
import { pairKey } from '../runtime/pairKey.ts';
import type { Interface, InterfaceKind, InterfaceRef } from './interface.ts';
import type { SysctlView } from './sysctl.ts';

/** What a step at a device tells about it. */
export interface LinkFacts {
  readonly kind: 'link';
  readonly device: string;
  readonly deviceKind: InterfaceKind;
  readonly peer: InterfaceRef | undefined;
  /** Of a frame that was too large: what the device, or the other end of its cable, takes in bytes. */
  readonly takes: number | undefined;
}

/** Somebody on the link of a device, by IP or MAC address. */
export interface Station {
  /** {@link pairKey} of the device's name and the address: under it stand its neighbours, and a bridge's forwarding entries. */
  readonly key: string;
  /** Of a bridge: it takes frames for the address itself. */
  readonly isOwn: boolean;
}

const NO_MACS: ReadonlySet<Mac> = new Set();

export class NetDevice {
  readonly name: string;
  /** As it is configured; none: nothing here has the name (any more). */
  readonly link: Interface | undefined;
  /** Of a bridge: the addresses for which it takes frames itself, its own and those of its ports. */
  readonly ownMacs: ReadonlySet<Mac>;
  /** Of a frame that comes in by it, or ends here; most steps of a journey tell no more. */
  readonly arrival: LinkFacts;
  /** Of a frame that leaves by it, for the other end of its cable if it is one. */
  readonly departure: LinkFacts;
  readonly #siblings: NetDevices;
  #bridge: NetDevice | undefined;
  readonly #sysctl: SysctlView;
  #rpFilter: number | undefined;
  /** The other end of the cable, and the devices of its namespace that it was found among. */
  #peer: NetDevice | undefined;
  #peers: NetDevices | undefined;
  #stations: Map<string, Station> | undefined;

  constructor(
    name: string,
    link: Interface | undefined,
    sysctl: SysctlView,
    siblings: NetDevices,
    ownMacs: ReadonlySet<Mac> = NO_MACS,
  ) {
    this.name = name;
    this.link = link;
    this.ownMacs = ownMacs;
    const facts: LinkFacts = {
      kind: 'link',
      device: name,
      deviceKind: link?.kind ?? 'veth',
      peer: undefined,
      takes: undefined,
    };
    this.arrival = facts;
    this.departure = link?.kind === 'veth' ? { ...facts, peer: link.peer } : facts;
    this.#siblings = siblings;
    this.#sysctl = sysctl;
  }

  /** The bridge that it is a port of. */
  get bridge(): NetDevice | undefined {
    const master = this.link?.port?.master;
    if (master === undefined) return undefined;
    this.#bridge ??= this.#siblings.get(master);
    return this.#bridge;
  }

  /** 0 off, 1 strict (RFC 3704), 2 loose. */
  get rpFilter(): number {
    this.#rpFilter ??= this.#sysctl.rpFilter(this.name);
    return this.#rpFilter;
  }

  /** The other end of its cable, one of the devices of the namespace there. */
  peerIn(devices: NetDevices, name: string): NetDevice | undefined {
    if (this.#peers !== devices) {
      this.#peers = devices;
      this.#peer = devices.get(name);
    }
    return this.#peer;
  }

  /** Whoever has an address on its link. */
  station(address: Ip | Mac): Station {
    return this.#stations?.get(address) ?? this.#newStation(address);
  }

  #newStation(address: Ip | Mac): Station {
    const station: Station = { key: pairKey(this.name, address), isOwn: this.ownMacs.has(address as Mac) };
    this.#stations ??= new Map();
    this.#stations.set(address, station);
    return station;
  }
}

/** The devices of a namespace by name. */
export type NetDevices = ReadonlyMap<string, NetDevice>;

export function netDevices(interfaces: readonly Interface[], sysctl: SysctlView): NetDevices {
  const devices = new Map<string, NetDevice>();
  const portsOf = (bridge: Interface): readonly Interface[] =>
    interfaces.filter(({ port }) => port?.master === bridge.name);
  for (const link of interfaces) {
    const macs = link.kind === 'bridge' ? new Set([link, ...portsOf(link)].map(({ mac }) => mac)) : NO_MACS;
    devices.set(link.name, new NetDevice(link.name, link, sysctl, devices, macs));
  }
  return devices;
}
