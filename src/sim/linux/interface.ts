// Network interfaces of one network namespace.
//
// Models:  loopback, veth, bridge, vxlan, ipip, macvlan and dummy devices; bridge port options.
// Omits:   queues, offloads, VLAN devices, bonds.
// Read:    ip-link(8), bridge(8); kernel drivers/net/veth.c, drivers/net/vxlan, net/bridge.

import type { InterfaceAddress, Ip } from '../net/address.ts';
import type { Mac } from '../net/mac.ts';

/** Where an interface is: its namespace and its name there. */
export interface InterfaceRef {
  readonly netns: string;
  readonly name: string;
}

/** What an interface does as a port of a bridge. Source: bridge(8), `bridge link set`. */
export interface BridgePort {
  readonly master: string;
  /** Frames may leave by the port that they came in by. */
  readonly hairpin: boolean;
}

interface Common {
  readonly name: string;
  /** Unique in the namespace; counts from 1 (`lo`). */
  readonly index: number;
  readonly mac: Mac;
  /** Largest IP packet in bytes. */
  readonly mtu: number;
  /** Set up by the administrator. Whether a wire is live as well depends on the other end: {@link World.hasCarrier}. */
  readonly up: boolean;
  readonly promiscuous: boolean;
  readonly addresses: readonly InterfaceAddress[];
  readonly port?: BridgePort | undefined;
  /** The macvlan devices that stand on this one. */
  readonly uppers?: readonly InterfaceRef[] | undefined;
}

/** `lo`: what goes out comes in again. */
export type Loopback = Common & { readonly kind: 'loopback' };

/** One end of a virtual cable; frames that leave here arrive at `peer`. */
export type Veth = Common & { readonly kind: 'veth'; readonly peer: InterfaceRef };

/** A learning switch; its ports are the interfaces whose `port.master` names it. */
export type Bridge = Common & {
  readonly kind: 'bridge';
  /** Who wrote its MTU; absent: it is the smallest of its ports. */
  readonly mtuFrom?: 'administrator' | undefined;
};

/** A tunnel that carries Ethernet frames in UDP (RFC 7348). */
export type Vxlan = Common & {
  readonly kind: 'vxlan';
  readonly vni: number;
  /** Destination UDP port. */
  readonly udpPort: number;
  /** Source address of the outer packets; absent: by route. */
  readonly local?: Ip | undefined;
  /** The interface that the outer packets leave by, when fixed. */
  readonly dev?: string | undefined;
  readonly learning: boolean;
  /** Don't-fragment of the outer packet: cleared, set, or as inside. */
  readonly df: 'unset' | 'set' | 'inherit';
};

/** A tunnel that carries IP packets in IP (RFC 2003). */
export type Ipip = Common & {
  readonly kind: 'ipip';
  readonly local?: Ip | undefined;
  readonly remote?: Ip | undefined;
};

/** A second MAC address on another interface, possibly of another namespace. */
export type Macvlan = Common & { readonly kind: 'macvlan'; readonly lower: InterfaceRef };

/** A device that swallows what is sent to it; used to hold an address. */
export type Dummy = Common & { readonly kind: 'dummy' };

export type Interface = Loopback | Veth | Bridge | Vxlan | Ipip | Macvlan | Dummy;

export type InterfaceKind = Interface['kind'];

type InterfaceField = Interface extends infer One ? (One extends Interface ? keyof One : never) : never;

const EVERY_FIELD: Readonly<Record<InterfaceField, undefined>> = {
  kind: undefined,
  name: undefined,
  index: undefined,
  mac: undefined,
  mtu: undefined,
  up: undefined,
  promiscuous: undefined,
  addresses: undefined,
  port: undefined,
  uppers: undefined,
  peer: undefined,
  lower: undefined,
  local: undefined,
  remote: undefined,
  dev: undefined,
  vni: undefined,
  udpPort: undefined,
  learning: undefined,
  df: undefined,
  mtuFrom: undefined,
};

/**
 * The same interface with every field that any kind has, absent ones as undefined. Each step of a packet reads some
 * interface: an engine that sees objects of one shape reads a field without looking for it.
 */
export function inOneShape(device: Interface): Interface {
  // No kind has both of its own.
  return 'vni' in device && 'lower' in device ? device : { ...EVERY_FIELD, ...device };
}

/** What Linux uses unless told otherwise; IANA's is 4789. Source: ip-link(8), vxlan. */
export const VXLAN_PORT = 8472;
/** What VXLAN adds to an IP packet: outer IP, UDP and VXLAN headers, and the inner Ethernet header (RFC 7348). */
export const VXLAN_OVERHEAD_BYTES = 50;
/** What IP-in-IP adds: one IP header (RFC 2003). */
export const IPIP_OVERHEAD_BYTES = 20;
/** Default MTU of Ethernet devices (RFC 894). */
export const ETHERNET_MTU = 1500;
/** MTU of `lo`. Source: kernel drivers/net/loopback.c. */
export const LOOPBACK_MTU = 65536;

/** Devices that put an Ethernet header before their packets and resolve neighbours. */
export function hasEthernet(device: Interface): boolean {
  return device.kind !== 'loopback' && device.kind !== 'ipip';
}
