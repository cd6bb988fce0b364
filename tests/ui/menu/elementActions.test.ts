import { describe, expect, test } from 'vitest';
import type { LabElement } from '../../../src/sim/index.ts';
import { elementActions, traceCommand } from '../../../src/ui/menu/elementActions.ts';

const pod = (name: string, namespace: string, address?: string): LabElement => ({
  kind: 'pod',
  id: `pod/${namespace}/${name}`,
  namespace,
  name,
  ...(address !== undefined && { address }),
  status: address === undefined ? 'Pending' : 'Running',
  ready: address !== undefined,
  terminating: false,
  labels: {},
  containers: [],
  hostNetwork: false,
  interfaces: [],
});
const service = (name: string, namespace: string, clusterIP: string, protocol = 'TCP'): LabElement => ({
  kind: 'service',
  id: `svc/${namespace}/${name}`,
  namespace,
  name,
  type: 'ClusterIP',
  clusterIP,
  ports: [{ port: 80, targetPort: '8080', protocol }],
});
const place = (kind: 'outside' | 'router' | 'lan', name: string, address: string): LabElement => ({
  kind,
  id: `${kind}/${name}`,
  name,
  address,
  mtu: 1500,
  interfaces: [],
});
const node: LabElement = {
  kind: 'node',
  id: 'node/node-1',
  name: 'node-1',
  role: 'worker',
  address: '192.168.10.11',
  ready: true,
  interfaces: [],
  routeCount: 4,
};

const client = pod('client', 'default', '10.244.1.2');
const far = pod('db', 'shop', '10.244.2.7');
const pending = pod('late', 'default');
const web = service('web', 'default', '10.96.40.10');
const laptop = place('outside', 'laptop', '198.51.100.79');

describe('actions of an element', () => {
  test.each([
    [
      'a Pod',
      client,
      ['Inspect', 'Show it large', 'Open a shell there', 'Trace from here…', 'Trace to here…', 'Show the manifest'],
    ],
    ['a Pod that does not run yet', pending, ['Inspect', 'Show it large', 'Show the manifest']],
    ['a Service', web, ['Inspect', 'Show it large', 'Trace to here…', 'Show the manifest']],
    ['a headless Service', service('web', 'default', 'None'), ['Inspect', 'Show it large', 'Show the manifest']],
    [
      'a node',
      node,
      ['Inspect', 'Show it large', 'Open a shell there', 'Trace from here…', 'Trace to here…', 'Show the manifest'],
    ],
    ['the LAN', place('lan', 'lan', '192.168.10.0/24'), ['Inspect', 'Show it large']],
  ] as const)('%s', (_, element, expected) => {
    expect(elementActions(element, 'cluster').map(({ label }) => label)).toEqual(expected);
  });

  test('a recorded cluster has no API server and no shells', () => {
    expect(elementActions(client, 'recorded').map(({ label }) => label)).toEqual(['Inspect', 'Show it large']);
  });

  test('the commands name the namespace where it is not the default one', () => {
    const commands = elementActions(far, 'cluster').flatMap(({ act }) => ('command' in act ? [act.command] : []));
    expect(commands).toEqual(['kubectl exec -it db -n shop -- sh', 'kubectl get pod db -n shop -o yaml']);
  });
});

describe('the command of a trace', () => {
  test.each([
    ['Pod to Pod', client, far, 'kubectl exec client -- ping -c 1 10.244.2.7'],
    ['Pod to a Service of its namespace, by name', client, web, 'kubectl exec client -- curl -s -m 5 http://web:80/'],
    ['Pod to a Service elsewhere', far, web, 'kubectl exec db -n shop -- curl -s -m 5 http://web.default:80/'],
    ['node to a Service, by address', node, web, 'ssh node-1 curl -s -m 5 http://10.96.40.10:80/'],
    ["the learner's machine to a node", laptop, node, 'ping -c 1 192.168.10.11'],
    ['from a Service', web, client, undefined],
    ['to a Service without a TCP port', client, service('dns', 'default', '10.96.0.10', 'UDP'), undefined],
    [
      'from another machine outside, which has no shell',
      place('outside', 'example.com', '203.0.113.9'),
      node,
      undefined,
    ],
    ['to itself', client, client, undefined],
    ['to a Pod without an address', client, pending, undefined],
  ] as const)('%s', (_, from, to, expected) => {
    expect(traceCommand(from, to)).toBe(expected);
  });
});
