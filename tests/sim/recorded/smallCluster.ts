// A recorded cluster small enough to be read: a node with one Pod behind a switch, and a client.

export const SMALL = {
  name: 'small',
  hosts: [
    {
      name: 'sw',
      interfaces: [
        { name: 'br0', type: 'bridge' },
        { name: 'n1', master: 'br0' },
        { name: 'ext', master: 'br0' },
      ],
    },
    {
      name: 'n1',
      sysctl: { 'net.ipv4.ip_forward': 1 },
      interfaces: [
        { name: 'eth0', addresses: ['172.18.0.2/16'] },
        { name: 'cni0', type: 'bridge', addresses: ['10.244.1.1/24'] },
        { name: 'vethp', master: 'cni0' },
      ],
      iptables:
        '*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 30080 -j DNAT --to-destination 10.244.1.2:8080\nCOMMIT\n',
    },
    {
      name: 'p11',
      interfaces: [{ name: 'eth0', addresses: ['10.244.1.2/24'] }],
      routes: ['default via 10.244.1.1'],
      listeners: [{ proto: 'tcp', port: 8080, name: 'p11' }],
    },
    { name: 'ext', interfaces: [{ name: 'eth0', addresses: ['172.18.0.100/16'] }] },
  ],
  links: [
    ['sw/n1', 'n1/eth0'],
    ['sw/ext', 'ext/eth0'],
    ['n1/vethp', 'p11/eth0'],
  ],
  probes: [
    { id: 'node-port', from: 'ext', to: '172.18.0.2', port: 30080 },
    { id: 'closed', from: 'ext', to: '172.18.0.2', port: 81 },
    { id: 'ping', from: 'n1', to: '10.244.1.2', port: 0, proto: 'icmp' },
  ],
  steps: [
    {
      change: [{ host: 'n1', argv: ['iptables', '-t', 'nat', '-F'] }],
      probes: [{ id: 'node-port--flushed', from: 'ext', to: '172.18.0.2', port: 30080 }],
    },
  ],
  results: [
    { id: 'node-port', verdict: 'ok', backend: 'p11', src_seen: '172.18.0.100' },
    { id: 'closed', verdict: 'timeout' },
  ],
};

export const SMALL_TEXT = JSON.stringify(SMALL, undefined, 1);
