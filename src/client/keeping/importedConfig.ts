// A real cluster's nodes and networks as a Lab config.

import { isIp, type JsonObject } from '../../sim/index.ts';
import { listAt, textAt } from './walk.ts';
import { IMPORT as WORDS } from './words.ts';

export interface ImportedConfig {
  readonly manifest: JsonObject;
  /** What the lab has otherwise, in words. */
  readonly notes: readonly { readonly object: string; readonly reason: string }[];
  readonly nodeNames: ReadonlySet<string>;
}

/** Where a cluster without Nodes in the text runs. */
const OWN_NODES = ['cp', 'node-1', 'node-2'];

/**
 * @param nodes objects of kind Node, as the API server gave them
 * @param services objects of kind Service
 */
export function importedConfig(nodes: readonly JsonObject[], services: readonly JsonObject[]): ImportedConfig {
  const head = { apiVersion: 'lab.hoplab.dev/v1alpha1', kind: 'Lab', metadata: { name: 'imported' } };
  const serviceSubnet = serviceRange(services.map(service => textAt(service, 'spec', 'clusterIP')).filter(isIpv4));
  if (nodes.length === 0) {
    const manifest = { ...head, spec: { networking: { serviceSubnet } } };
    const reason = WORDS.noNodes(OWN_NODES);
    return { manifest, notes: [{ object: WORDS.nodes, reason }], nodeNames: new Set(OWN_NODES) };
  }
  const addresses = nodes.map(addressOf);
  const hasAddresses = addresses.every(isIpv4) && new Set(addresses).size === addresses.length;
  const lan = hasAddresses ? commonRange(addresses, 24) : undefined;
  const ranges = nodes.map(node => textAt(node, 'spec', 'podCIDR'));
  const hasRanges =
    ranges.every(range => /^\d+\.\d+\.\d+\.\d+\/\d+$/.test(range)) && new Set(ranges).size === ranges.length;
  const podSubnet = hasRanges
    ? commonRange(
        ranges.map(range => range.replace(/\/.*/, '')),
        16,
      )
    : '10.244.0.0/16';
  const manifest = {
    ...head,
    spec: {
      nodes: nodes.map((node, i) => ({
        name: textAt(node, 'metadata', 'name'),
        role: isControlPlane(node) ? 'control-plane' : 'worker',
        ...(hasAddresses && { address: addresses[i] ?? '' }),
        ...(hasRanges && { podCIDR: ranges[i] ?? '' }),
      })),
      ...(lan !== undefined && { underlay: [{ subnet: lan, router: freeAddress(lan, addresses) }] }),
      networking: { podSubnet, serviceSubnet },
    },
  };
  const notes = [
    ...(hasAddresses ? [] : [{ object: WORDS.addresses, reason: WORDS.noAddresses }]),
    ...(hasRanges ? [] : [{ object: WORDS.ranges, reason: WORDS.noRanges }]),
  ];
  return { manifest, notes, nodeNames: new Set(nodes.map(node => textAt(node, 'metadata', 'name'))) };
}

function addressOf(node: JsonObject): string {
  const internal = listAt(node, 'status', 'addresses').find(entry => textAt(entry, 'type') === 'InternalIP');
  return textAt(internal, 'address');
}

function isControlPlane(node: JsonObject): boolean {
  const labels = Object.keys(objectAt(node));
  return labels.some(label => /^node-role\.kubernetes\.io\/(control-plane|master)$/.test(label));
}

function objectAt(node: JsonObject): JsonObject {
  const { metadata } = node;
  const labels = typeof metadata === 'object' && metadata !== null && 'labels' in metadata ? metadata.labels : {};
  return typeof labels === 'object' && labels !== null && !Array.isArray(labels) ? (labels as JsonObject) : {};
}

const isIpv4 = (text: string): boolean => isIp(text) && !text.includes(':');

const numberOf = (address: string): number =>
  address.split('.').reduce((number, octet) => number * 256 + Number(octet), 0);

const textOf = (number: number): string => [24, 16, 8, 0].map(shift => (number >>> shift) & 255).join('.');

/** The smallest range that has all of the addresses, but none smaller than `longest`. */
function commonRange(addresses: readonly string[], longest: number): string {
  const numbers = addresses.map(numberOf);
  let length = longest;
  const networkOf = (number: number): number => (length === 0 ? 0 : (number & (-1 << (32 - length))) >>> 0);
  while (length > 0 && new Set(numbers.map(networkOf)).size > 1) length--;
  return `${textOf(networkOf(numbers[0] ?? 0))}/${length}`;
}

/** kubeadm's range when the addresses are in it; else a /16 or more. */
function serviceRange(addresses: readonly string[]): string {
  if (addresses.length === 0) return '10.96.0.0/12';
  const range = commonRange(addresses, 16);
  return /^10\.(9[6-9]|10\d|11[01])\.0\.0\/1[2-6]$/.test(range) ? '10.96.0.0/12' : range;
}

/** The first address of a range that no node has: the router's. */
function freeAddress(range: string, taken: readonly string[]): string {
  const base = numberOf(range.replace(/\/.*/, ''));
  let n = base + 1;
  while (taken.includes(textOf(n))) n++;
  return textOf(n);
}
