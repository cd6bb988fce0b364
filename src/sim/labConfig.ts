// The Lab config: what a cluster looks like before any manifest is applied. Written as a manifest itself.
//
// Models:  nodes, one LAN with its router, the Pod and Service networks in kind's words, the network plugin, hosts outside.
// Omits:   several LANs, faults: they are refused by name until the model has them.

import type { Json } from './api/request.ts';
import { ETHERNET_MTU } from './linux/interface.ts';
import type { FieldPath } from './manifest/read.ts';
import { contains, type Ip, ip, nthAddress, type Prefix, prefix, prefixBits, toNumber } from './net/address.ts';
import { BACKENDS } from './noderoute/backend.ts';
import { ParseError } from './runtime/errors.ts';

export const LAB_API_VERSION = 'lab.hoplab.dev/v1alpha1';

export interface LabNode {
  readonly name: string;
  readonly role: 'control-plane' | 'worker';
  readonly address: Ip;
  readonly podCIDR: Prefix;
}

export interface LabConfig {
  readonly name: string;
  /** What everything that is drawn depends on. */
  readonly seed: number;
  readonly nodes: readonly LabNode[];
  readonly lan: { readonly subnet: Prefix; readonly router: Ip };
  readonly podSubnet: Prefix;
  readonly serviceSubnet: Prefix;
  readonly network: { readonly plugin: string; readonly backend: string; readonly mtu: number };
  readonly outside: readonly { readonly name: string; readonly address: Ip }[];
}

/** What is wrong with a config, and where. */
export interface ConfigProblem {
  readonly path: FieldPath;
  readonly message: string;
}

export type ConfigResult =
  | { readonly kind: 'config'; readonly config: LabConfig }
  | { readonly kind: 'problems'; readonly problems: readonly ConfigProblem[] };

/** The world of the lessons: a control plane and two workers on one LAN, a laptop and a server outside. */
const DEFAULT_LAN = { subnet: '192.168.10.0/24', router: '192.168.10.1' } as const;
const DEFAULT_OUTSIDE = [
  { name: 'laptop', address: '198.51.100.79' },
  { name: 'api.example.com', address: '203.0.113.80' },
] as const;
const DEFAULT_NODES = [
  { name: 'cp', role: 'control-plane' },
  { name: 'node-1', role: 'worker' },
  { name: 'node-2', role: 'worker' },
] as const;

export function isLabConfig(value: Json): boolean {
  return isObject(value) && value.kind === 'Lab' && value.apiVersion === LAB_API_VERSION;
}

type JsonObject = { readonly [key: string]: Json | undefined };

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a config; without one (`undefined`) the lessons' world. */
export function readLabConfig(value: Json | undefined): ConfigResult {
  const reader = new Reader();
  const root = isObject(value) ? value : {};
  reader.known(root, [], ['apiVersion', 'kind', 'metadata', 'spec']);
  const metadata = reader.object(root.metadata, ['metadata']);
  const spec = reader.object(root.spec, ['spec']);
  reader.known(spec, ['spec'], ['seed', 'nodes', 'underlay', 'networking', 'network', 'outside', 'faults']);
  const networking = reader.object(spec.networking, ['spec', 'networking']);
  reader.known(networking, ['spec', 'networking'], ['podSubnet', 'serviceSubnet', 'kubeProxyMode']);
  const network = reader.object(spec.network, ['spec', 'network']);
  reader.known(network, ['spec', 'network'], ['plugin', 'backend', 'mtu', 'layout']);
  const podSubnet = reader.prefix(networking.podSubnet, ['spec', 'networking', 'podSubnet'], '10.244.0.0/16');
  const lan = readLan(reader, spec.underlay);
  reader.oneOf(networking.kubeProxyMode, ['spec', 'networking', 'kubeProxyMode'], ['iptables'], 'iptables');
  reader.oneOf(network.layout, ['spec', 'network', 'layout'], ['island'], 'island');
  if (Array.isArray(spec.faults) && spec.faults.length > 0)
    reader.problem(['spec', 'faults'], 'this version of the lab has no faults to switch on');
  const backend = reader.oneOf(network.backend, ['spec', 'network', 'backend'], [...BACKENDS.keys()], 'host-gw');
  const overhead = BACKENDS.get(backend)?.overheadBytes ?? 0;
  const config: LabConfig = {
    name: reader.text(metadata.name, ['metadata', 'name'], 'sandbox'),
    seed: reader.integer(spec.seed, ['spec', 'seed'], 1, 0, 0xffffffff),
    nodes: readNodes(reader, spec.nodes, lan, podSubnet),
    lan,
    podSubnet,
    serviceSubnet: reader.prefix(networking.serviceSubnet, ['spec', 'networking', 'serviceSubnet'], '10.96.0.0/12'),
    network: {
      plugin: reader.oneOf(network.plugin, ['spec', 'network', 'plugin'], ['flannel'], 'flannel'),
      backend,
      mtu: reader.integer(network.mtu, ['spec', 'network', 'mtu'], ETHERNET_MTU - overhead, 576, 9000),
    },
    outside: readOutside(reader, spec.outside),
  };
  return reader.problems.length > 0 ? { kind: 'problems', problems: reader.problems } : { kind: 'config', config };
}

function readLan(reader: Reader, value: Json | undefined): LabConfig['lan'] {
  const list = Array.isArray(value) ? value : [];
  if (list.length > 1) reader.problem(['spec', 'underlay'], 'this version of the lab has one LAN');
  const first = reader.object(list[0], ['spec', 'underlay', 0]);
  reader.known(first, ['spec', 'underlay', 0], ['subnet', 'router']);
  const subnet = reader.prefix(first.subnet, ['spec', 'underlay', 0, 'subnet'], DEFAULT_LAN.subnet);
  const router = reader.address(
    first.router,
    ['spec', 'underlay', 0, 'router'],
    first.subnet === undefined ? DEFAULT_LAN.router : nthAddress(subnet, 1),
  );
  return { subnet, router };
}

/** Most nodes of a lab: one /24 of Pods each out of a /16. */
const MAX_NODES = 250;

function readNodes(
  reader: Reader,
  value: Json | undefined,
  lan: LabConfig['lan'],
  podSubnet: Prefix,
): readonly LabNode[] {
  const list: readonly Json[] = Array.isArray(value) ? value : value === undefined ? DEFAULT_NODES : [];
  if (list.length === 0) reader.problem(['spec', 'nodes'], 'a list of nodes was expected: {name, role}');
  if (list.length > MAX_NODES)
    reader.problem(['spec', 'nodes'], `up to ${MAX_NODES} nodes were expected, not ${list.length}`);
  const nodes = list.slice(0, MAX_NODES).map((entry, i): LabNode => {
    const at = ['spec', 'nodes', i];
    const node = reader.object(entry, at);
    reader.known(node, at, ['name', 'role', 'address', 'podCIDR']);
    const address = reader.address(node.address, [...at, 'address'], nthAddress(lan.subnet, 10 + i));
    if (!contains(lan.subnet, address))
      reader.problem([...at, 'address'], `an address of the LAN ${lan.subnet} was expected, not ${address}`);
    return {
      name: reader.text(node.name, [...at, 'name'], `node-${i}`),
      role: reader.oneOf(node.role, [...at, 'role'], ['control-plane', 'worker'], 'worker'),
      address,
      podCIDR: reader.prefix(node.podCIDR, [...at, 'podCIDR'], nthSubnet(podSubnet, i)),
    };
  });
  for (const [i, node] of nodes.entries()) {
    if (nodes.findIndex(other => other.name === node.name) < i)
      reader.problem(['spec', 'nodes', i, 'name'], `another node is called "${node.name}"`);
    if (nodes.findIndex(other => other.address === node.address) < i)
      reader.problem(['spec', 'nodes', i, 'address'], `another node has ${node.address}`);
  }
  return nodes;
}

/** The i-th /24 of the Pod network. */
function nthSubnet(podSubnet: Prefix, i: number): string {
  const base = toNumber(prefixBits(podSubnet).network) + i * 256;
  return `${(base >>> 24) & 255}.${(base >>> 16) & 255}.${(base >>> 8) & 255}.0/24`;
}

function readOutside(reader: Reader, value: Json | undefined): LabConfig['outside'] {
  const list: readonly Json[] = Array.isArray(value) ? value : DEFAULT_OUTSIDE;
  return list.map((entry, i) => {
    const at = ['spec', 'outside', i];
    const host = reader.object(entry, at);
    reader.known(host, at, ['name', 'address']);
    return {
      name: reader.text(host.name, [...at, 'name'], `outside-${i}`),
      address: reader.address(host.address, [...at, 'address'], `198.51.100.${i + 10}`),
    };
  });
}

/** Takes fields out of a value and notes everything that is not as expected. */
class Reader {
  readonly problems: ConfigProblem[] = [];

  problem(path: FieldPath, message: string): void {
    this.problems.push({ path, message });
  }

  known(object: JsonObject, path: FieldPath, fields: readonly string[]): void {
    for (const key of Object.keys(object)) {
      if (!fields.includes(key))
        this.problem([...path, key], `unknown field "${key}" (expected one of ${fields.join(', ')})`);
    }
  }

  object(value: Json | undefined, path: FieldPath): JsonObject {
    if (value === undefined || value === null) return {};
    if (isObject(value)) return value;
    this.problem(path, 'a mapping was expected');
    return {};
  }

  text(value: Json | undefined, path: FieldPath, otherwise: string): string {
    if (value === undefined) return otherwise;
    if (typeof value === 'string' && /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(value) && value.length <= 63) return value;
    this.problem(path, 'a name of lower-case letters, digits, "-" and "." was expected');
    return otherwise;
  }

  integer(value: Json | undefined, path: FieldPath, otherwise: number, least: number, most: number): number {
    if (value === undefined) return otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.problem(path, `a whole number from ${least} to ${most} was expected`);
    return otherwise;
  }

  oneOf<T extends string>(value: Json | undefined, path: FieldPath, known: readonly T[], otherwise: T): T {
    if (value === undefined) return otherwise;
    const found = known.find(word => word === value);
    if (found !== undefined) return found;
    this.problem(
      path,
      `${JSON.stringify(value)} is not available in this version of the lab (expected one of ${known.join(', ')})`,
    );
    return otherwise;
  }

  address(value: Json | undefined, path: FieldPath, otherwise: string): Ip {
    return this.#parsed(value, path, otherwise, ip);
  }

  prefix(value: Json | undefined, path: FieldPath, otherwise: string): Prefix {
    return this.#parsed(value, path, otherwise, prefix);
  }

  #parsed<T>(value: Json | undefined, path: FieldPath, otherwise: string, parse: (text: string) => T): T {
    if (value === undefined) return parse(otherwise);
    try {
      if (typeof value === 'string') return parse(value);
      this.problem(path, 'a text was expected');
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.problem(path, error.message);
    }
    return parse(otherwise);
  }
}
