// Node IPAM: gives each node its range of Pod addresses.
//
// Models:  one IPv4 range of /24 a node, the lowest that is free.
// Read:    kubernetes pkg/controller/nodeipam/ipam/range_allocator.go, cidrset/cidr_set.go.

import { type Controller, ofKind } from '../api/controller.ts';
import { type Node, nodes } from '../api/kinds/node.ts';
import { fromNumber, type Prefix, prefix, prefixBits, sizeOf, toNumber } from '../net/address.ts';
import type { ControllerContext } from './context.ts';

const NAME = 'node-ipam-controller';
/** The length of a node's range. Source: kube-controller-manager `--node-cidr-mask-size-ipv4`. */
const NODE_MASK = 24;

export function nodeIpamController({ podSubnet }: ControllerContext): Controller {
  return {
    name: NAME,
    watches: [
      // A node that goes makes room for one that had to do without.
      ofKind(nodes, ({ type, object }, api) =>
        type === 'DELETED'
          ? api.list(nodes).flatMap(node => (hasRange(node) ? [] : [node.metadata.name]))
          : hasRange(object)
            ? []
            : [object.metadata.name],
      ),
    ],
    reconcile(api, key) {
      const node = api.get(nodes, { name: key });
      if (node === undefined || hasRange(node)) return;
      const taken = new Set(api.list(nodes).map(other => other.spec.podCIDR ?? ''));
      const range = lowestFree(podSubnet, taken);
      if (range === undefined) {
        const message = `Node ${key} status is now: CIDRNotAvailable`;
        api.event(node, { type: 'Normal', reason: 'CIDRNotAvailable', message, source: 'cidrAllocator' });
        return;
      }
      api.update(nodes, { ...node, spec: { ...node.spec, podCIDR: range, podCIDRs: [range] } });
    },
  };
}

function hasRange(node: Node): boolean {
  return (node.spec.podCIDR ?? '') !== '';
}

/** The first /24 of the network that no node has; a smaller network is one range by itself. */
export function lowestFree(network: Prefix, taken: ReadonlySet<string>): Prefix | undefined {
  const { network: first, length } = prefixBits(network);
  const mask = Math.max(NODE_MASK, length);
  const step = 2 ** (32 - mask);
  for (let offset = 0; offset < sizeOf(network); offset += step) {
    const range = prefix(`${fromNumber(toNumber(first) + offset)}/${mask}`);
    if (!taken.has(range)) return range;
  }
  return undefined;
}
