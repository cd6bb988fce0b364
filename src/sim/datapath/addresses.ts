// Which own address a host puts into packets that it sends.
//
// Read:    kernel net/ipv4/devinet.c, `inet_select_addr`; net/ipv4/fib_semantics.c, `fib_result_prefsrc`.

import type { NetDevice } from '../linux/netDevice.ts';
import { type Derived, deviceNamed } from '../linux/netns.ts';
import type { Route } from '../linux/routes.ts';
import { contains, type InterfaceAddress, type Ip, isLoopbackAddress, networkOf } from '../net/address.ts';

/** The address of an interface for talking to `peer`: one of the same network if there is one, else the first. */
export function outgoingAddress(derived: Derived, device: NetDevice, peer: Ip): Ip | undefined {
  const addresses = device.link?.addresses ?? [];
  const near =
    addresses.length > 1
      ? addresses.find(own => isForOthers(own) && contains(networkOf(own.address, own.prefixLength), peer))
      : undefined;
  return (near ?? addresses.find(isForOthers))?.address ?? anyAddress(derived);
}

/** The source address of a packet that leaves by this route: the route's own preference, else the interface's. */
export function sourceFor(derived: Derived, route: Route, dst: Ip): Ip | undefined {
  if (route.src !== undefined) return route.type === 'local' ? dst : route.src;
  return route.dev === undefined
    ? undefined
    : outgoingAddress(derived, deviceNamed(derived, route.dev), route.via ?? dst);
}

/** 127.0.0.1 is of scope "host": no packet for anybody else gets it. */
function isForOthers({ address }: InterfaceAddress): boolean {
  return !isLoopbackAddress(address);
}

/** An interface without an address borrows the first one that another interface has, whether that is up or not. */
function anyAddress(derived: Derived): Ip | undefined {
  for (const { link } of derived.devices.values()) {
    const first = link?.addresses.find(isForOthers);
    if (first !== undefined) return first.address;
  }
  return undefined;
}
