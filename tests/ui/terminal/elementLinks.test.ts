import { describe, expect, it } from 'vitest';
import type { InterfaceElement, LabElement } from '../../../src/sim/index.ts';
import { buildLinkIndex, linkContext, linkedParts } from '../../../src/ui/terminal/elementLinks.ts';
import recorded from '../fixture/recorded.json';

const device = (name: string, mac: string, ...addresses: string[]): InterfaceElement => ({
  name,
  kind: name === 'cni0' ? 'bridge' : 'veth',
  mac,
  mtu: 1500,
  addresses,
  up: true,
  carrier: true,
});

const pod = (namespace: string, name: string, address: string, mac: string): LabElement => ({
  kind: 'pod',
  id: `pod/${namespace}/${name}`,
  namespace,
  name,
  address,
  status: 'Running',
  ready: true,
  terminating: false,
  labels: {},
  containers: [],
  hostNetwork: false,
  interfaces: [device('eth0', mac, `${address}/24`)],
});

const elements: readonly LabElement[] = [
  { kind: 'namespace', id: 'ns/default', name: 'default' },
  { kind: 'namespace', id: 'ns/shop', name: 'shop' },
  {
    kind: 'node',
    id: 'node/node-1',
    name: 'node-1',
    role: 'worker',
    address: '192.168.10.11',
    ready: true,
    interfaces: [
      device('eth0', '02:42:c0:a8:0a:0b', '192.168.10.11/24'),
      device('cni0', '0a:58:0a:f4:01:01', '10.244.1.1/24', '10.244.1.0/32'),
      device('veth4f1c09d2', '46:ae:93:7e:d4:eb'),
    ],
    routeCount: 5,
  },
  pod('default', 'client', '10.244.1.2', '0a:58:0a:f4:01:02'),
  pod('default', 'web', '10.244.1.3', '0a:58:0a:f4:01:03'),
  pod('shop', 'web', '10.244.1.4', '0a:58:0a:f4:01:04'),
  {
    kind: 'service',
    id: 'svc/default/web',
    namespace: 'default',
    name: 'web',
    type: 'ClusterIP',
    clusterIP: '10.96.40.10',
    ports: [],
  },
  { kind: 'deployment', id: 'deploy/default/web', namespace: 'default', name: 'web', replicas: 1, ready: 1 },
  {
    kind: 'outside',
    id: 'outside/api.example.com',
    name: 'api.example.com',
    address: '203.0.113.80',
    mtu: 1500,
    interfaces: [],
  },
];
const index = buildLinkIndex(elements);

/** The links of a text: what is underlined and where it leads. */
function links(text: string, command = ''): string[] {
  const parts = linkedParts(text, index, linkContext(command));
  expect(parts.map(part => part.text).join('')).toBe(text);
  return parts.flatMap(({ text: part, element }) => (element === undefined ? [] : [`${part} ${element}`]));
}

describe('links in output', () => {
  it.each<[string, string, string, string[]]>([
    [
      'a Pod and its address',
      'kubectl get pods',
      'client  1/1  10.244.1.2',
      ['client pod/default/client', '10.244.1.2 pod/default/client'],
    ],
    ['an address with a port', '', 'to 10.96.40.10:80', ['10.96.40.10 svc/default/web']],
    [
      'a list of addresses',
      '',
      '10.244.1.2,10.244.1.3',
      ['10.244.1.2 pod/default/client', '10.244.1.3 pod/default/web'],
    ],
    ['a part of a longer address is none', '', '10.244.1.22 110.244.1.2', []],
    ['an address of an interface', '', 'inet 10.244.1.1/24 scope', ['10.244.1.1 node/node-1#cni0']],
    ['a network is no element, even if an interface has its first address', '', '10.244.1.0/24 dev x', []],
    ['a link-layer address', '', 'lladdr 0a:58:0a:f4:01:03 REACHABLE', ['0a:58:0a:f4:01:03 pod/default/web#eth0']],
    ['an interface whose name only one element has', '', 'dev veth4f1c09d2', ['veth4f1c09d2 node/node-1#veth4f1c09d2']],
    ['an interface that many have', '', 'dev eth0', []],
    ['the kind in front of a name', '', 'service/web created', ['web svc/default/web']],
    ['the kind with its group', '', 'deployment.apps/web created', ['web deploy/default/web']],
    ['the kind that was asked for', 'kubectl get svc', 'web  ClusterIP', ['web svc/default/web']],
    ['the kind in a sentence', '', 'Service web has no endpoints', ['web svc/default/web']],
    ['without a kind, the Pod', '', 'web answers', ['web pod/default/web']],
    ['a host name', 'kubectl exec client -- curl http://web', 'Host: web', ['web svc/default/web']],
    [
      'a name of the cluster’s DNS',
      '',
      'Name: web.default.svc.cluster.local.',
      ['web.default.svc.cluster.local svc/default/web'],
    ],
    ['a host outside', '', 'Name: api.example.com', ['api.example.com outside/api.example.com']],
    ['the remark of a rule is prose', 'iptables-save', '--comment "web service portals" -j KUBE-SERVICES', []],
    ['a Service in the remark of a rule', '', '--comment "default/web cluster IP" -d 10', ['web svc/default/web']],
    ['a port of a Service in it', 'nft list ruleset', 'comment "default/web:http"', ['web svc/default/web']],
    ['after a remark, as before', '', '--comment "web web" -s web', ['web pod/default/web']],
    ['the namespace in the line', 'kubectl get pods -A', 'shop  web  1/1', ['web pod/shop/web']],
    ['the namespace of the command', 'kubectl get pods -n shop', 'web  1/1', ['web pod/shop/web']],
    ['a namespace and a name', '', 'endpoint shop/web', ['web pod/shop/web']],
    ['a key and its value', '', 'pod=web client=10.244.1.2', ['web pod/default/web', '10.244.1.2 pod/default/client']],
    ['a label is no Pod', '', 'app=web', []],
    ['the label that names a Service', '', 'kubernetes.io/service-name=web', ['web svc/default/web']],
    ['a path or an image is no Pod', '', '/web docker.io/web', []],
    ['a node with its address', '', 'Node: node-1/192.168.10.11', ['node-1 node/node-1', '192.168.10.11 node/node-1']],
    ['words of routes are no namespaces', 'ip route', 'default via 192.168.10.11', ['192.168.10.11 node/node-1']],
    ['namespaces where they are asked for', 'kubectl get ns', 'shop  Active', ['shop ns/shop']],
    ['a part of a longer name', '', 'web-2 my_web client-x', []],
    ['a program that speaks for itself', '', 'client: not found', []],
  ])('%s', (_, command, text, expected) => {
    expect(links(text, command)).toEqual(expected);
  });

  it('names what a link selects', () => {
    expect(linkedParts('10.244.1.1', index)[0]?.title).toBe('Interface cni0 of node-1');
    expect(linkedParts('web', index)[0]?.title).toBe('Pod web');
  });

  it('has the same key for the same names and addresses', () => {
    expect(buildLinkIndex(elements.map(element => ({ ...element }))).key).toBe(index.key);
    expect(buildLinkIndex(elements.slice(1)).key).not.toBe(index.key);
  });

  it('leaves every text of a real lab unchanged, and finds its addresses', () => {
    const lab = recorded.sandbox;
    const real = buildLinkIndex(lab.elements as unknown as readonly LabElement[]);
    let found = 0;
    for (const texts of Object.values(lab.texts as Record<string, Record<string, string>>)) {
      for (const text of Object.values(texts)) {
        const parts = linkedParts(text, real);
        expect(parts.map(part => part.text).join('')).toBe(text);
        found += parts.filter(part => part.element !== undefined).length;
      }
    }
    expect(found).toBeGreaterThan(10);
  });
});
