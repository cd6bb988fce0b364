// vxlan: Pods' packets travel between nodes in UDP. Each node has a device flannel.1, whose address is the first of the
// node's range; the other nodes' devices are next hops that need no ARP.
//
// Read:    flannel-io/flannel pkg/backend/vxlan/device.go, vxlan_network.go.

import {
  addAddress,
  addVxlan,
  deleteForwarding,
  forgetNeighbors,
  setForwarding,
  setLink,
  setPermanentNeighbor,
} from '../linux/administer.ts';
import { fdbKey } from '../linux/fdb.ts';
import { VXLAN_OVERHEAD_BYTES, VXLAN_PORT } from '../linux/interface.ts';
import { neighborKey } from '../linux/neighbors.ts';
import type { Netns } from '../linux/netns.ts';
import { type Ip, type Prefix, prefixBits } from '../net/address.ts';
import { drawnMac, type Mac } from '../net/mac.ts';
import type { Backend, Lease } from './backend.ts';

/** flannel names the device after its network identifier. */
const VNI = 1;
const DEVICE = `flannel.${VNI}`;

/** The device's address: the network address of the node's range. */
const tunnelAddress = (subnet: Prefix): Ip => prefixBits(subnet).network;
/** What the node's annotation `flannel.alpha.coreos.com/backend-data` tells the others. */
const tunnelMac = (node: string): Mac => drawnMac(node, DEVICE);

export const vxlan: Backend = {
  name: 'vxlan',
  overheadBytes: VXLAN_OVERHEAD_BYTES,
  prepare(netns, own, externalInterface) {
    if (netns.interface(DEVICE) !== undefined) return [];
    const made = addVxlan(netns, {
      name: DEVICE,
      mac: tunnelMac(own.node),
      vni: VNI,
      udpPort: VXLAN_PORT,
      local: own.publicIP,
      dev: externalInterface,
      learning: false,
      df: 'unset',
    });
    if (!made.ok) return [];
    addAddress(netns, DEVICE, { address: tunnelAddress(own.subnet), prefixLength: 32 });
    setLink(netns, DEVICE, 'up');
    return [
      `ip link add ${DEVICE} type vxlan id ${VNI} dev ${externalInterface} local ${own.publicIP} dstport ${VXLAN_PORT} nolearning`,
      `ip addr add ${tunnelAddress(own.subnet)}/32 dev ${DEVICE}`,
    ];
  },
  routeTo: lease => ({ dst: lease.subnet, via: tunnelAddress(lease.subnet), dev: DEVICE, onlink: true }),
  connect(netns, lease) {
    const [address, mac] = [tunnelAddress(lease.subnet), tunnelMac(lease.node)];
    return [...connectNeighbor(netns, address, mac), ...connectForwarding(netns, mac, lease)];
  },
  disconnect(netns, lease) {
    forgetNeighbors(netns, DEVICE, tunnelAddress(lease.subnet));
    deleteForwarding(netns, DEVICE, tunnelMac(lease.node));
  },
};

function connectNeighbor(netns: Netns, address: Ip, mac: Mac): readonly string[] {
  const known = netns.neighbors.get(neighborKey(DEVICE, address));
  if (known?.mac === mac && known.state === 'PERMANENT') return [];
  setPermanentNeighbor(netns, DEVICE, address, mac);
  return [`ip neigh replace ${address} lladdr ${mac} dev ${DEVICE} nud permanent`];
}

function connectForwarding(netns: Netns, mac: Mac, { publicIP }: Lease): readonly string[] {
  const known = netns.fdb.get(fdbKey(DEVICE, mac));
  if (known?.remote === publicIP) return [];
  setForwarding(netns, DEVICE, mac, publicIP);
  return [`bridge fdb replace ${mac} dev ${DEVICE} dst ${publicIP}`];
}
