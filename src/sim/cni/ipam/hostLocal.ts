// host-local: gives addresses out of a range of this machine, round robin, and remembers them in files.
//
// Models:  the search from the last address given, one file an address, the gateway and the ends of the range kept free.
// Omits:   several ranges, address requests.
// Read:    containernetworking/plugins plugins/ipam/host-local/backend/allocator/allocator.go, backend/disk/backend.go.

import {
  broadcastOf,
  fromNumber,
  type InterfaceAddress,
  type Ip,
  ip,
  nthAddress,
  type Prefix,
  prefixBits,
  toNumber,
} from '../../net/address.ts';
import type { Result } from '../../runtime/errors.ts';
import { failure, success } from '../../runtime/errors.ts';
import type { CniError, PluginHost } from '../plugin.ts';

const DIRECTORY = '/var/lib/cni/networks';

/** An address of the range for a container, with the length of the range. */
export function allocate(
  host: PluginHost,
  network: string,
  range: Prefix,
  gateway: Ip,
  owner: string,
): Result<InterfaceAddress, CniError> {
  const directory = `${DIRECTORY}/${network}`;
  const lastFile = `${directory}/last_reserved_ip.0`;
  const bits = prefixBits(range);
  const first = toNumber(nthAddress(range, 1));
  const last = toNumber(broadcastOf(range)) - 1;
  const size = last - first + 1;
  const previous = host.files.get(lastFile);
  const start = previous === undefined ? 0 : toNumber(ip(previous)) - first + 1;
  for (let i = 0; i < size; i++) {
    const address = fromNumber(first + ((start + i) % size));
    const file = `${directory}/${address}`;
    if (address === gateway || host.files.has(file)) continue;
    host.files.set(file, owner);
    host.files.set(lastFile, address);
    return success({ address, prefixLength: bits.length });
  }
  return failure({
    code: 11,
    msg: `failed to allocate for range 0: no IP addresses available in range set: ${nthAddress(range, 1)}-${fromNumber(last)}`,
  });
}

/** Gives back what the container had. */
export function release(host: PluginHost, network: string, owner: string): void {
  for (const [path, content] of host.files.view()) {
    if (content === owner && path.startsWith(`${DIRECTORY}/${network}/`) && !path.endsWith('last_reserved_ip.0'))
      host.files.delete(path);
  }
}
