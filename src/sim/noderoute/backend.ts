// How one node reaches the Pods of another: a backend is a function from a lease to what goes into the kernel.
//
// Read:    flannel-io/flannel pkg/backend; Documentation/backends.md.

import type { NewRoute } from '../linux/administer.ts';
import type { Ip, Prefix } from '../net/address.ts';

/** A node's part of the Pod network, and where the node is. */
export interface Lease {
  readonly node: string;
  readonly subnet: Prefix;
  readonly publicIP: Ip;
}

export interface Backend {
  readonly name: string;
  /** The route by which the Pods of the lease's node are reached, out of this node's interface. */
  routeTo(lease: Lease, externalInterface: string): NewRoute;
}

/**
 * host-gw: the other node is the gateway. It must be on the same link: no header is added, and the LAN sees Pod
 * addresses. Source: flannel pkg/backend/hostgw/hostgw.go.
 */
export const hostGw: Backend = {
  name: 'host-gw',
  routeTo: (lease, externalInterface) => ({ dst: lease.subnet, via: lease.publicIP, dev: externalInterface }),
};

/** Backends by the word that the Lab config uses. One line a backend. */
export const BACKENDS: ReadonlyMap<string, Backend> = new Map([[hostGw.name, hostGw]]);
