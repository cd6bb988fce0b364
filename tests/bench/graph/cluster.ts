// The cluster that every graph of the bench draws: Pods in nodes of twenty, a Service for ten Pods, three links a Service.

import type { LabElement } from '../../../src/sim/index.ts';

export interface Thing {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface Cluster {
  readonly nodes: readonly (Thing & { readonly width: number; readonly height: number })[];
  readonly pods: readonly (Thing & { readonly node: string })[];
  readonly services: readonly Thing[];
  /** From a Service to a Pod. */
  readonly links: readonly { readonly id: string; readonly from: Thing; readonly to: Thing }[];
  readonly width: number;
  /** Services stand above the nodes. */
  readonly top: number;
  readonly bottom: number;
}

const PER_NODE = 20;
const [NODE_WIDTH, NODE_HEIGHT, CELL] = [240, 220, 40];

export function clusterOf(count: number): Cluster {
  // Numerical Recipes' generator: the same links in every run.
  let seed = 42;
  const chance = (): number => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const nodeCount = Math.ceil(count / PER_NODE);
  const columns = Math.ceil(Math.sqrt(nodeCount));
  const nodes = Array.from({ length: nodeCount }, (_, i) => ({
    id: `node-${i + 1}`,
    x: (i % columns) * NODE_WIDTH,
    y: Math.floor(i / columns) * NODE_HEIGHT,
    width: NODE_WIDTH - 30,
    height: NODE_HEIGHT - 30,
  }));
  const pods = Array.from({ length: count }, (_, i) => {
    const node = nodes[Math.floor(i / PER_NODE)];
    const own = i % PER_NODE;
    const [x, y] = [(node?.x ?? 0) + 25 + (own % 5) * CELL, (node?.y ?? 0) + 25 + Math.floor(own / 5) * CELL];
    return { id: `pod-${i + 1}`, node: node?.id ?? '', x, y };
  });
  const across = columns * 5;
  const services = Array.from({ length: Math.max(1, Math.floor(count / 10)) }, (_, i) => ({
    id: `service-${i + 1}`,
    x: (i % across) * 48 + 24,
    y: -60 - Math.floor(i / across) * 48,
  }));
  const links = services.flatMap(from =>
    [0, 1, 2].flatMap(n => {
      const to = pods[Math.floor(chance() * count)];
      return to === undefined ? [] : [{ id: `${from.id}-${n}`, from, to }];
    }),
  );
  return {
    nodes,
    pods,
    services,
    links,
    width: columns * NODE_WIDTH,
    top: (services[services.length - 1]?.y ?? 0) - 30,
    bottom: Math.ceil(nodeCount / columns) * NODE_HEIGHT,
  };
}

/** The same cluster as the lab tells the page of it. */
export function elementsOf({ nodes, pods, services, links }: Cluster): readonly LabElement[] {
  const port = { mac: '0a:00:00:00:00:01', mtu: 1500, addresses: [], up: true, carrier: true } as const;
  return [
    { kind: 'namespace', id: 'ns/default', name: 'default' },
    { kind: 'lan', id: 'lan/lan', name: 'lan', address: '192.168.0.0/16', mtu: 1500, interfaces: [] },
    ...nodes.map(
      ({ id }, i): LabElement => ({
        kind: 'node',
        id: `node/${id}`,
        name: id,
        role: 'worker',
        address: `192.168.${Math.floor(i / 200)}.${(i % 200) + 1}`,
        ready: true,
        interfaces: [
          { ...port, name: 'cni0', kind: 'bridge' },
          { ...port, name: 'eth0', kind: 'veth', peer: 'lan/lan#1' },
        ],
        routeCount: nodes.length,
      }),
    ),
    ...pods.map(({ id, node }, i) => podElement(id, node, i)),
    ...services.map(
      ({ id }, i): LabElement => ({
        kind: 'service',
        id: `svc/default/${id}`,
        namespace: 'default',
        name: id,
        type: 'ClusterIP',
        clusterIP: `10.96.${Math.floor(i / 250)}.${(i % 250) + 1}`,
        ports: [{ port: 80, targetPort: '8080', protocol: 'TCP' }],
      }),
    ),
    ...services.map(
      ({ id }): LabElement => ({
        kind: 'slice',
        id: `slice/default/${id}`,
        namespace: 'default',
        name: id,
        service: `svc/default/${id}`,
        ports: ['8080/TCP'],
        endpoints: links
          .filter(link => link.from.id === id)
          .map(link => ({ address: '10.244.0.2', pod: `pod/default/${link.to.id}`, ready: true })),
      }),
    ),
  ];
}

export function podElement(id: string, node: string, index: number): LabElement {
  return {
    kind: 'pod',
    id: `pod/default/${id}`,
    namespace: 'default',
    name: id,
    node,
    address: `10.244.${Math.floor(index / 250)}.${(index % 250) + 2}`,
    status: 'Running',
    ready: true,
    terminating: false,
    labels: { app: 'web' },
    containers: [{ name: 'web', image: 'web' }],
    hostNetwork: false,
    interfaces: [
      {
        name: 'eth0',
        kind: 'veth',
        mac: '0a:00:00:00:00:02',
        mtu: 1500,
        addresses: [],
        up: true,
        carrier: true,
        peer: `node/${node}#veth${index}`,
      },
    ],
  };
}
