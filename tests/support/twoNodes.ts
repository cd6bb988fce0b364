// A literal world for packets: two nodes with a bridge each, Pods behind them, a LAN and a router. Plain Linux state.

import type { ExchangeWorld } from '../../src/sim/datapath/exchange.ts';
import { buildWorld, type HostSpec, type KernelSpec } from '../../src/sim/linux/kernelSpec.ts';

export interface NodeOptions {
  /** Rules of node-1, as iptables-save text. */
  readonly rules?: string;
  readonly sysctl?: Readonly<Record<string, number>>;
  readonly hairpin?: boolean;
  /** Further routes, or replacements of the usual ones of node-1. */
  readonly routes?: HostSpec['routes'];
  readonly routerRoutes?: HostSpec['routes'];
}

const pod = (name: string, address: string, gateway: string, ports: readonly number[]): HostSpec => ({
  name,
  interfaces: [{ name: 'eth0', addresses: [`${address}/24`] }],
  routes: [`default via ${gateway}`],
  listeners: ports.map(port => ({ proto: 'tcp', port })),
});

/** client 10.244.1.2 and near 10.244.1.3 on node-1, web 10.244.2.2 on node-2; web and near listen on 8080. */
export function twoNodesSpec(options: NodeOptions = {}): KernelSpec {
  const node = (n: 1 | 2, pods: readonly string[]): HostSpec => ({
    name: `node-${n}`,
    sysctl: { 'net.ipv4.ip_forward': 1, 'net.bridge.bridge-nf-call-iptables': 1, ...(n === 1 ? options.sysctl : {}) },
    interfaces: [
      { name: 'eth0', addresses: [`192.168.10.1${n}/24`] },
      { name: 'cni0', type: 'bridge', addresses: [`10.244.${n}.1/24`] },
      ...pods.map(name => ({ name: `veth${name}`, master: 'cni0', hairpin: options.hairpin ?? true })),
    ],
    routes:
      n === 1 && options.routes !== undefined
        ? options.routes
        : ['default via 192.168.10.1', { dst: `10.244.${3 - n}.0/24`, via: `192.168.10.1${3 - n}`, dev: 'eth0' }],
    ...(n === 1 && options.rules !== undefined && { iptables: options.rules }),
    listeners: [{ proto: 'tcp', port: 10250 }],
  });
  return {
    name: 'two-nodes',
    hosts: [
      {
        name: 'lan',
        sysctl: { 'net.bridge.bridge-nf-call-iptables': 0 },
        interfaces: [
          { name: 'br0', type: 'bridge' },
          ...['router', 'node-1', 'node-2'].map(name => ({ name, master: 'br0' })),
        ],
      },
      {
        name: 'router',
        sysctl: { 'net.ipv4.ip_forward': 1 },
        interfaces: [{ name: 'eth0', addresses: ['192.168.10.1/24'] }],
        routes: options.routerRoutes ?? [],
      },
      node(1, ['client', 'near']),
      node(2, ['web']),
      pod('client', '10.244.1.2', '10.244.1.1', []),
      pod('near', '10.244.1.3', '10.244.1.1', [8080]),
      pod('web', '10.244.2.2', '10.244.2.1', [8080]),
    ],
    links: [
      ['lan/router', 'router/eth0'],
      ['lan/node-1', 'node-1/eth0'],
      ['lan/node-2', 'node-2/eth0'],
      ['node-1/vethclient', 'client/eth0'],
      ['node-1/vethnear', 'near/eth0'],
      ['node-2/vethweb', 'web/eth0'],
    ],
  };
}

export function twoNodes(options: NodeOptions = {}): ExchangeWorld {
  const world = buildWorld(twoNodesSpec(options), host => ({ process: host.name, program: 'hello' }));
  const hello = () => ({ bytes: 5, message: { kind: 'text', text: 'hello' } as const });
  return { world, programs: new Map([['hello', hello]]), seed: 1, now: 0 };
}

/** kube-proxy-like rules for one Service 10.96.0.10:80 with these endpoints (`ADDRESS:PORT`). */
export function serviceRules(endpoints: readonly string[]): string {
  const chain = (endpoint: string): string => `SEP-${endpoint.replaceAll(/[.:]/g, '-')}`;
  const jumps = endpoints.map((endpoint, i) => {
    const left = endpoints.length - i;
    const draw = left > 1 ? `-m statistic --mode random --probability ${1 / left} ` : '';
    return `-A SVC ${draw}-j ${chain(endpoint)}`;
  });
  return [
    '*nat',
    ':PREROUTING ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ':POSTROUTING ACCEPT [0:0]',
    ':SERVICES - [0:0]',
    ':SVC - [0:0]',
    ':MARK-MASQ - [0:0]',
    ...endpoints.map(endpoint => `:${chain(endpoint)} - [0:0]`),
    '-A PREROUTING -j SERVICES',
    '-A OUTPUT -j SERVICES',
    '-A POSTROUTING -m mark --mark 0x4000/0x4000 -j MASQUERADE --random-fully',
    '-A MARK-MASQ -j MARK --set-xmark 0x4000/0x4000',
    ...(endpoints.length === 0 ? [] : ['-A SERVICES -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j SVC']),
    '-A SVC ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m tcp --dport 80 -j MARK-MASQ',
    ...jumps,
    ...endpoints.flatMap(endpoint => [
      `-A ${chain(endpoint)} -s ${endpoint.split(':')[0]}/32 -j MARK-MASQ`,
      `-A ${chain(endpoint)} -p tcp -m tcp -j DNAT --to-destination ${endpoint}`,
    ]),
    'COMMIT',
    '*filter',
    ':INPUT ACCEPT [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    ...(endpoints.length === 0
      ? ['FORWARD', 'OUTPUT'].map(
          hook =>
            `-A ${hook} -d 10.96.0.10/32 -p tcp -m comment --comment "default/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable`,
        )
      : []),
    'COMMIT',
    '',
  ].join('\n');
}
