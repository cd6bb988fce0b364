// How one node reaches the Pods of another: what a backend writes into a node's kernel for a lease.
//
// Read:    flannel-io/flannel pkg/backend; Documentation/backends.md.

import type { NewRoute } from '../linux/administer.ts';
import type { Netns } from '../linux/netns.ts';
import type { Ip, Prefix } from '../net/address.ts';
import { hostGw } from './hostGw.ts';
import { vxlan } from './vxlan.ts';

/** A node's part of the Pod network, and where the node is. */
export interface Lease {
  readonly node: string;
  readonly subnet: Prefix;
  readonly publicIP: Ip;
}

export interface Backend {
  readonly name: string;
  /** What it adds to every packet between nodes, in bytes: the Pods' MTU is that much smaller. */
  readonly overheadBytes: number;
  /** Makes what the node itself needs, unless it is there. Returns what it did, as commands. */
  prepare(netns: Netns, own: Lease, externalInterface: string): readonly string[];
  /** The route by which the Pods of the lease's node are reached, out of this node's interface. */
  routeTo(lease: Lease, externalInterface: string): NewRoute;
  /** Writes what the route needs beside itself: neighbours and forwarding entries. Returns what it did, as commands. */
  connect(netns: Netns, lease: Lease): readonly string[];
  /** Takes away what {@link Backend.connect} wrote. */
  disconnect(netns: Netns, lease: Lease): void;
}

/** Backends by the word that the Lab config uses. One line a backend. */
export const BACKENDS: ReadonlyMap<string, Backend> = new Map([
  [hostGw.name, hostGw],
  [vxlan.name, vxlan],
]);
