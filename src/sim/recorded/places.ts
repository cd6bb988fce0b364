// What each host of a recorded cluster is on the page: its own keys `role` and `node` say it, else how it is wired.

import type { HostSpec, KernelSpec } from '../linux/kernelSpec.ts';
import type { ElementId } from '../view/elements.ts';

export interface HostPlace {
  readonly host: string;
  readonly kind: 'node' | 'pod' | 'lan' | 'router' | 'outside';
  readonly id: ElementId;
  /** The node that a Pod is on. */
  readonly node?: string;
}

/** The places of all hosts, in the order of the spec. At most one host is the LAN, and at most one the router. */
export function placesOf(spec: KernelSpec): ReadonlyMap<string, HostPlace> {
  const wired = neighborsOf(spec);
  const switches = spec.hosts.filter(host => host.role === 'switch' || (host.role === undefined && isSwitch(host)));
  // The network that most is plugged into.
  const lan = [...switches].sort((a, b) => wiresOf(wired, b) - wiresOf(wired, a))[0]?.name;
  const isNode = (host: HostSpec): boolean => host.role === 'node' || (host.role === undefined && looksLikeNode(host));
  const nodes = new Set(spec.hosts.filter(host => host.name !== lan && isNode(host)).map(host => host.name));
  const router = spec.hosts.find(
    host => host.role === 'router' || (host.role === undefined && forwards(host) && !nodes.has(host.name)),
  )?.name;
  return new Map(
    spec.hosts.map((host): readonly [string, HostPlace] => {
      const { name } = host;
      if (name === lan) return [name, { host: name, kind: 'lan', id: `lan/${name}` }];
      if (name === router) return [name, { host: name, kind: 'router', id: `router/${name}` }];
      if (nodes.has(name)) return [name, { host: name, kind: 'node', id: `node/${name}` }];
      const node = nodeOf(host, nodes, wired);
      return node === undefined
        ? [name, { host: name, kind: 'outside', id: `outside/${name}` }]
        : [name, { host: name, kind: 'pod', id: `pod/default/${name}`, node }];
    }),
  );
}

/** The hosts at the other ends of each host's cables. */
function neighborsOf({ links, macvlans = [] }: KernelSpec): ReadonlyMap<string, readonly string[]> {
  const wired = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const own = wired.get(from) ?? [];
    wired.set(from, own);
    own.push(to);
  };
  const hostOf = (end: string): string => end.slice(0, end.indexOf('/'));
  for (const [left, right] of [...links, ...macvlans]) {
    add(hostOf(left), hostOf(right));
    add(hostOf(right), hostOf(left));
  }
  return wired;
}

const wiresOf = (wired: ReadonlyMap<string, readonly string[]>, { name }: HostSpec): number =>
  wired.get(name)?.length ?? 0;

/** A bridge and its ports, without an address of its own. */
function isSwitch({ interfaces = [] }: HostSpec): boolean {
  return (
    interfaces.some(device => device.type === 'bridge') &&
    interfaces.every(device => (device.addresses ?? []).length === 0 && (device.type === 'bridge' || device.master))
  );
}

const forwards = ({ sysctl = {} }: HostSpec): boolean =>
  Object.entries(sysctl).some(([name, value]) => /^net[./]ipv4[./]ip_forward$/.test(name) && value === 1);

/** It forwards, and does more than that: rules, a bridge or a tunnel of its own. */
function looksLikeNode(host: HostSpec): boolean {
  const hasDevice = (host.interfaces ?? []).some(device => device.type === 'bridge' || device.type === 'vxlan');
  return forwards(host) && (hasDevice || 'nft' in host || host.iptables !== undefined);
}

/** The node that a host names, else the one that it is plugged into. */
function nodeOf(
  { name, role, node }: HostSpec,
  nodes: ReadonlySet<string>,
  wired: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  if (role !== undefined && role !== 'pod') return undefined;
  if (node !== undefined && nodes.has(node)) return node;
  return (wired.get(name) ?? []).find(other => nodes.has(other));
}
