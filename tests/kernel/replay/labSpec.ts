// Random choices as a spec: a switch, a router on it, nodes with Pods, rules, what is broken, and the probes.

import type { HostSpec, InterfaceSpec, RouteSpec } from '../../../src/sim/linux/kernelSpec.ts';
import type { Probe, RecordedSpec } from '../conformance/recording.ts';
import type { AddressChoice, LabChoices, PolicyChoice } from './labChoices.ts';
import {
  faultsOf,
  has,
  hasOfPod,
  hasTowards,
  isPodLinkDown,
  isUplinkDown,
  podsOf,
  smallMtu,
  someNode,
  somePod,
  tunnelMtu,
} from './labFaults.ts';
import { ALL_PODS, PORT_SET_NAME, rulesText, SET_NAME, serviceAddress } from './ruleText.ts';

const EXT = '172.18.0.100';
const VNI = 1;
const FIRST_PORT = 20_000;

const nodeName = (node: number): string => `n${node + 1}`;
const podName = (node: number, pod: number): string => `p${node + 1}${pod + 1}`;
const nodeAddress = (node: number): string => `172.18.0.${node + 2}`;
const podAddress = (node: number, pod: number): string => `10.244.${node + 1}.${pod + 2}`;
const podRange = (node: number): string => `10.244.${node + 1}.0/24`;
const gatewayAddress = (node: number): string => `10.244.${node + 1}.1`;
const tunnelAddress = (node: number): string => `10.244.${node + 1}.0`;
const nodeMac = (node: number): string => `02:42:ac:12:00:0${node + 2}`;
const tunnelMac = (node: number): string => `02:42:0a:f4:0${node + 1}:00`;
const podMac = (node: number, pod: number): string => `0a:58:0a:f4:${hexadecimal(node + 1)}:${hexadecimal(pod + 2)}`;
const hexadecimal = (value: number): string => value.toString(16).padStart(2, '0');

export function labSpec(name: string, choices: LabChoices): RecordedSpec {
  const nodes = choices.pods.map((_, node) => node);
  const hosts = [
    switchHost(choices),
    extHost(choices),
    ...nodes.map(node => nodeHost(choices, node)),
    ...nodes.flatMap(node => podsOf(choices, node).map(pod => podHost(choices, node, pod))),
  ];
  return {
    name,
    hosts,
    links: [
      ['sw/ext', 'ext/eth0'],
      ...nodes.map(node => [`sw/${nodeName(node)}`, `${nodeName(node)}/eth0`] as const),
      ...nodes.flatMap(node =>
        podsOf(choices, node).map(
          pod => [`${nodeName(node)}/veth${podName(node, pod)}`, `${podName(node, pod)}/eth0`] as const,
        ),
      ),
    ],
    probes: choices.probes.map((probe, i) => probeOf(choices, probe, i)),
  };
}

/** @param own what `own` stands for */
function addressOf(choices: LabChoices, choice: AddressChoice, own: string): string {
  const node = someNode(choices, choice.node);
  switch (choice.kind) {
    case 'pod':
      return podAddress(node, somePod(choices, node, choice.pod));
    case 'node':
      return nodeAddress(node);
    case 'gateway':
      return gatewayAddress(node);
    case 'service':
      return serviceAddress(choice.pod % choices.services.length);
    case 'nobody':
      return `10.244.${node + 1}.77`;
    case 'outside':
      return '198.51.100.9';
    case 'ext':
      return EXT;
    case 'own':
      return own;
  }
}

function switchHost(choices: LabChoices): HostSpec {
  return {
    name: 'sw',
    sysctl: { 'net.bridge.bridge-nf-call-iptables': 0 },
    interfaces: [
      { name: 'br0', type: 'bridge', mac: '02:00:00:00:00:01' },
      { name: 'ext', master: 'br0' },
      ...choices.pods.map((_, node) => ({
        name: nodeName(node),
        master: 'br0',
        ...smallMtu(choices, node, 'switch'),
        ...(isUplinkDown(choices, node, 'switch') && { up: false }),
      })),
    ],
  };
}

/** A station on the nodes' network, and their default gateway. */
function extHost({ routerForwards }: LabChoices): HostSpec {
  return {
    name: 'ext',
    sysctl: { 'net.ipv4.ip_forward': routerForwards === 'yes' ? 1 : 0 },
    interfaces: [{ name: 'eth0', mac: '02:42:ac:12:00:64', addresses: [`${EXT}/16`] }],
    routes: [{ dst: '10.244.1.0/24', via: nodeAddress(0), dev: 'eth0' }],
    listeners: listeners([8080, 80]),
  };
}

const listeners = (ports: readonly number[]): NonNullable<HostSpec['listeners']> =>
  ports.flatMap(port => [
    { proto: 'tcp', port },
    { proto: 'udp', port },
  ]);

function podHost(choices: LabChoices, node: number, pod: number): HostSpec {
  const isRouted = choices.layout === 'routed';
  const down = isPodLinkDown(choices, node, pod, 'pod');
  const gateway: readonly (string | RouteSpec)[] = isRouted
    ? [
        { dst: '169.254.1.1/32', dev: 'eth0', scope: 'link' },
        { dst: 'default', via: '169.254.1.1', dev: 'eth0' },
      ]
    : [`default via ${gatewayAddress(node)}`];
  return {
    name: podName(node, pod),
    node: nodeName(node),
    interfaces: [
      {
        name: 'eth0',
        mac: podMac(node, pod),
        addresses: [`${podAddress(node, pod)}/${{ 'host-gw': 24, vxlan: 24, flat: 16, routed: 32 }[choices.layout]}`],
        ...smallMtu(choices, node, 'pod', pod),
        ...(down && { up: false }),
      },
    ],
    routes: down || hasOfPod(choices, 'no-pod-default', node, pod) ? [] : gateway,
    listeners: listeners([8080]),
  };
}

const SETS = [
  `create ${SET_NAME} hash:ip`,
  `add ${SET_NAME} ${podAddress(0, 0)}`,
  `create ${PORT_SET_NAME} hash:ip,port`,
  `add ${PORT_SET_NAME} ${podAddress(0, 0)},tcp:8080`,
  `add ${PORT_SET_NAME} ${serviceAddress(0)},udp:80`,
  '',
].join('\n');

function nodeHost(choices: LabChoices, node: number): HostSpec {
  const { layout, nfCall, services, natOutgoing } = choices;
  const own = nodeAddress(node);
  const names = {
    layout,
    addressOf: (choice: AddressChoice) => addressOf(choices, choice, own),
    rangeOf: (choice: AddressChoice) => podRange(someNode(choices, choice.node)),
    macOf: (choice: AddressChoice) => {
      const near = someNode(choices, choice.node);
      return choice.kind === 'pod' ? podMac(near, somePod(choices, near, choice.pod)) : nodeMac(near);
    },
    portOf: (choice: AddressChoice) =>
      choice.kind === 'node' ? 'eth0' : `veth${podName(node, somePod(choices, node, choice.pod))}`,
  };
  const rules = choices.rules.filter(rule => someNode(choices, rule.node) === node).map(({ rule }) => rule);
  const iptables = rulesText(names, { rules, services, natOutgoing });
  const rpFilter = faultsOf(choices, 'rp-filter', node)[0]?.value ?? 0;
  const tunnel = tunnelOf(choices, node);
  const policies = policiesOf(choices, node);
  const routedPorts = layout === 'routed' ? podsOf(choices, node).map(pod => `veth${podName(node, pod)}`) : [];
  return {
    name: nodeName(node),
    sysctl: {
      'net.ipv4.ip_forward': has(choices, 'ip-forward-off', node) ? 0 : 1,
      'net.bridge.bridge-nf-call-iptables': nfCall,
      'net.ipv4.conf.all.rp_filter': rpFilter,
      ...Object.fromEntries(
        routedPorts.flatMap(port => [
          [`net.ipv4.conf.${port}.proxy_arp`, 1],
          [`net.ipv4.neigh.${port}.proxy_delay`, 0],
        ]),
      ),
    },
    interfaces: nodeInterfaces(choices, node, tunnel.interfaces),
    routes: [...nodeRoutes(choices, node, [...tunnel.routes, ...policies.routes])],
    rules: policies.rules,
    neigh: [...tunnel.neigh, ...wrongNeighbors(choices, node)],
    fdb: tunnel.fdb,
    ...(iptables.includes('--match-set') && { ipset: SETS }),
    iptables,
    listeners: [
      { proto: 'tcp', port: 8080 },
      // The model's servers answer a datagram from the address that it was sent to; a plain socket does so only when it
      // is bound to it.
      { proto: 'udp', port: 8080, addr: own },
      ...(layout === 'routed' ? [] : [{ proto: 'udp', port: 8080, addr: gatewayAddress(node) } as const]),
    ],
  };
}

function nodeInterfaces(choices: LabChoices, node: number, tunnel: readonly InterfaceSpec[]): readonly InterfaceSpec[] {
  const isRouted = choices.layout === 'routed';
  const bridge: InterfaceSpec = {
    name: 'cni0',
    type: 'bridge',
    mac: `0a:58:0a:f4:${hexadecimal(node + 1)}:01`,
    addresses: [`${gatewayAddress(node)}/${choices.layout === 'flat' ? 16 : 24}`],
    ...(has(choices, 'bridge-down', node) && { up: false }),
  };
  return [
    {
      name: 'eth0',
      mac: nodeMac(node),
      addresses: [`${nodeAddress(node)}/16`],
      ...smallMtu(choices, node, 'uplink'),
      ...(isUplinkDown(choices, node, 'node') && { up: false }),
    },
    ...(isRouted ? [] : [bridge]),
    ...podsOf(choices, node).map(pod => ({
      name: `veth${podName(node, pod)}`,
      ...smallMtu(choices, node, 'port', pod),
      ...(!isRouted && { master: 'cni0', hairpin: choices.hairpin === 'on' }),
      ...(isPodLinkDown(choices, node, pod, 'node') && { up: false }),
    })),
    ...tunnel,
  ];
}

function nodeRoutes(choices: LabChoices, node: number, further: readonly RouteSpec[]): readonly (string | RouteSpec)[] {
  const isDown = isUplinkDown(choices, node, 'node');
  const others = choices.pods.flatMap((_, other) => (other === node ? [] : [other]));
  const direct = others
    .filter(
      other =>
        (choices.layout === 'host-gw' || choices.layout === 'routed') &&
        !isDown &&
        !hasTowards(choices, 'no-route', node, other),
    )
    .map(other => ({ dst: podRange(other), via: nodeAddress(other), dev: 'eth0' }));
  const toPods = podsOf(choices, node)
    .filter(pod => choices.layout === 'routed' && !hasOfPod(choices, 'no-pod-route', node, pod))
    .filter(pod => !isPodLinkDown(choices, node, pod, 'node'))
    .map(pod => ({ dst: `${podAddress(node, pod)}/32`, dev: `veth${podName(node, pod)}`, scope: 'link' }));
  const taken = new Set(toPods.map(({ dst }) => dst));
  const bad = faultsOf(choices, 'bad-route', node)
    .map(({ to, type }) => ({ type, dst: `${addressOf(choices, to, nodeAddress(node))}/32` }))
    .filter(({ dst }) => !taken.has(dst) && taken.add(dst));
  const isDefaultMissing = isDown || has(choices, 'no-node-default', node);
  return [...(isDefaultMissing ? [] : [`default via ${EXT}`]), ...direct, ...toPods, ...further, ...bad];
}

interface Tunnel {
  readonly interfaces: readonly InterfaceSpec[];
  readonly routes: readonly RouteSpec[];
  readonly neigh: NonNullable<HostSpec['neigh']>;
  readonly fdb: NonNullable<HostSpec['fdb']>;
}

/** Like flannel: one route, one neighbour and one forwarding entry for each other node. */
function tunnelOf(choices: LabChoices, node: number): Tunnel {
  const others = choices.pods.flatMap((_, other) => (other === node ? [] : [other]));
  if (choices.layout === 'flat') return flatTunnel(choices, node, others);
  if (choices.layout !== 'vxlan') return { interfaces: [], routes: [], neigh: [], fdb: [] };
  const without = (kind: 'no-route' | 'no-forwarding-entry' | 'no-neighbor'): readonly number[] =>
    others.filter(other => !hasTowards(choices, kind, node, other));
  return {
    interfaces: [
      {
        name: 'flannel.1',
        type: 'vxlan',
        mac: tunnelMac(node),
        vni: has(choices, 'wrong-vni', node) ? VNI + 1 : VNI,
        port: 8472,
        local: nodeAddress(node),
        dev: 'eth0',
        learning: false,
        mtu: tunnelMtu(choices, node),
        addresses: [`${tunnelAddress(node)}/32`],
      },
    ],
    routes: without('no-route').map(other => ({
      dst: podRange(other),
      via: tunnelAddress(other),
      dev: 'flannel.1',
      onlink: true,
    })),
    neigh: without('no-neighbor').map(other => ({
      ip: tunnelAddress(other),
      mac: tunnelMac(other),
      dev: 'flannel.1',
    })),
    fdb: without('no-forwarding-entry').map(other => ({
      mac: tunnelMac(other),
      dev: 'flannel.1',
      dst: nodeAddress(hasTowards(choices, 'wrong-forwarding-entry', node, other) ? (other + 1) % 3 : other),
    })),
  };
}

/** A port of the bridge: frames for everybody go to all other nodes, and it learns who is where. */
function flatTunnel(choices: LabChoices, node: number, others: readonly number[]): Tunnel {
  return {
    interfaces: [
      {
        name: 'vxlan0',
        type: 'vxlan',
        mac: tunnelMac(node),
        vni: has(choices, 'wrong-vni', node) ? VNI + 1 : VNI,
        port: 8472,
        local: nodeAddress(node),
        dev: 'eth0',
        mtu: tunnelMtu(choices, node),
        master: 'cni0',
      },
    ],
    routes: [],
    neigh: [],
    fdb: others
      .filter(other => !hasTowards(choices, 'no-forwarding-entry', node, other))
      .map(other => ({ mac: '00:00:00:00:00:00', dev: 'vxlan0', dst: nodeAddress(other) })),
  };
}

function wrongNeighbors(choices: LabChoices, node: number): NonNullable<HostSpec['neigh']> {
  const wrong = faultsOf(choices, 'wrong-neighbor', node).map(({ other, mac }) => {
    const target = someNode(choices, other);
    return {
      ip: nodeAddress(target),
      mac: mac === 'of-nobody' ? '02:42:ac:12:00:99' : nodeMac(someNode(choices, target + 1)),
      dev: 'eth0',
    };
  });
  return wrong.filter(({ ip }, i) => wrong.findIndex(other => other.ip === ip) === i);
}

const POLICY: Readonly<Record<PolicyChoice, string>> = {
  'from-pods': `from ${ALL_PODS}`,
  'to-pods': `to ${ALL_PODS}`,
  marked: 'fwmark 0x4000/0x4000',
  'from-network': 'iif eth0',
};
const FIRST_TABLE = 100;

function policiesOf(
  choices: LabChoices,
  node: number,
): { readonly rules: readonly string[]; readonly routes: readonly RouteSpec[] } {
  const policies = faultsOf(choices, 'policy', node);
  const isDown = isUplinkDown(choices, node, 'node');
  return {
    rules: policies.map(({ which }, i) => `${POLICY[which]} lookup ${FIRST_TABLE + i}`),
    routes: policies.flatMap(({ table }, i): readonly RouteSpec[] => {
      const number = FIRST_TABLE + i;
      if (table !== 'default') return [{ type: table, dst: 'default', table: number }];
      return isDown ? [] : [{ dst: 'default', via: EXT, dev: 'eth0', table: number }];
    }),
  };
}

function probeOf(choices: LabChoices, choice: LabChoices['probes'][number], i: number): Probe {
  const { from, to, proto, port, ttl, up, down, df } = choice;
  const node = someNode(choices, from.node);
  const pod = somePod(choices, node, from.pod);
  const [client, own] =
    from.kind === 'ext'
      ? ['ext', EXT]
      : from.kind === 'node'
        ? [nodeName(node), nodeAddress(node)]
        : [podName(node, pod), podAddress(node, pod)];
  const address = addressOf(choices, to, own);
  return {
    id: `${i}-${client}-${proto}-${address}${proto === 'icmp' ? '' : `-${port}`}`,
    from: client,
    to: address,
    proto,
    ...(proto !== 'icmp' && { port, bind: `0.0.0.0:${FIRST_PORT + i}` }),
    ...(ttl !== undefined && proto !== 'tcp' && { ttl }),
    ...(up !== undefined && { up }),
    ...(up !== undefined && down !== undefined && proto !== 'icmp' && { down }),
    ...(df !== undefined && proto === 'icmp' && { df }),
    timeout: 4.5,
  };
}
