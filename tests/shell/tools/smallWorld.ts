// A part of the recorded world: node-1 with client and near, node-2 with web, one Service `one` of web, host-gw routing.

import type { HostSpec, KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';

const NODE_SYSCTL = { 'net.ipv4.ip_forward': 1, 'net.bridge.bridge-nf-call-iptables': 1 };

/** Rules as iptables-save prints them: the recorded ones of kube-proxy and flannel that the tests need. */
export const RULES = `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:KUBE-FORWARD - [0:0]
-A FORWARD -m comment --comment "kubernetes forwarding rules" -j KUBE-FORWARD
-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP
-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark 0x4000/0x4000 -j ACCEPT
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-MARK-MASQ - [0:0]
:KUBE-POSTROUTING - [0:0]
:KUBE-SEP-4YRYQOURUAG6NPVI - [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-SVC-GC7YPRXAEGOKCMA3 - [0:0]
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN
-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0
-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully
-A KUBE-SEP-4YRYQOURUAG6NPVI -p tcp -m comment --comment "default/one" -m tcp -j DNAT --to-destination 10.244.2.2:8080
-A KUBE-SERVICES -d 10.96.40.12/32 -p tcp -m comment --comment "default/one cluster IP" -m tcp --dport 80 -j KUBE-SVC-GC7YPRXAEGOKCMA3
-A KUBE-SVC-GC7YPRXAEGOKCMA3 -m comment --comment "default/one -> 10.244.2.2:8080" -j KUBE-SEP-4YRYQOURUAG6NPVI
COMMIT
`;

function node(number: 1 | 2, pods: readonly string[]): HostSpec {
  const other = number === 1 ? 2 : 1;
  return {
    name: `node-${number}`,
    role: 'node',
    sysctl: NODE_SYSCTL,
    interfaces: [
      { name: 'eth0', mac: `02:42:c0:a8:0a:0${number === 1 ? 'b' : 'c'}`, addresses: [`192.168.10.1${number}/24`] },
      { name: 'cni0', type: 'bridge', mac: `0a:58:0a:f4:0${number}:01`, addresses: [`10.244.${number}.1/24`] },
      ...pods.map((pod, i) => ({ name: `veth${pod}`, mac: `d2:6f:5f:5f:c8:a${i}`, master: 'cni0', hairpin: true })),
    ],
    routes: [{ dst: `10.244.${other}.0/24`, via: `192.168.10.1${other}`, dev: 'eth0' }],
    listeners: [
      { proto: 'tcp', port: 22 },
      { proto: 'tcp', port: 10250 },
    ],
    ...(number === 1 && { iptables: RULES }),
  };
}

function pod(name: string, machine: 1 | 2, host: number, listens: boolean): HostSpec {
  return {
    name,
    role: 'pod',
    node: `node-${machine}`,
    interfaces: [
      { name: 'eth0', mac: `0a:58:0a:f4:0${machine}:0${host}`, addresses: [`10.244.${machine}.${host}/24`] },
    ],
    routes: [`default via 10.244.${machine}.1`],
    listeners: listens
      ? [
          { proto: 'tcp', port: 8080 },
          { proto: 'udp', port: 53 },
        ]
      : [],
  };
}

export const SMALL_WORLD: KernelSpec = {
  name: 'small',
  hosts: [
    node(1, ['client', 'near']),
    node(2, ['web']),
    pod('client', 1, 2, false),
    pod('near', 1, 3, true),
    pod('web', 2, 2, true),
  ],
  links: [
    ['node-1/eth0', 'node-2/eth0'],
    ['node-1/vethclient', 'client/eth0'],
    ['node-1/vethnear', 'near/eth0'],
    ['node-2/vethweb', 'web/eth0'],
  ],
};
