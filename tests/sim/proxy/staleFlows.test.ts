// A UDP client that keeps its port, when the endpoint of its flow goes.
//
// Read:    kubernetes pkg/proxy/conntrack/cleanup.go.

import { expect, it } from 'vitest';
import { asksServer, dnsQuery } from '../../../src/sim/index.ts';
import { ip } from '../../../src/sim/net/address.ts';
import { smallCluster, textAt } from '../../support/smallCluster.ts';

const POD = (name: string, node: string, image: string): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${image} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: ${image} }] }
`;
const TEXT = `${POD('client', 'node-1', 'tools')}${POD('dns-1', 'node-2', 'coredns')}${POD('dns-2', 'node-1', 'coredns')}---
apiVersion: v1
kind: Service
metadata: { name: dns }
spec: { selector: { app: coredns }, ports: [{ port: 53, protocol: UDP }] }
`;

it('is led to another endpoint at once, and keeps its flow while the first one is there', () => {
  const made = smallCluster(TEXT);
  made.seconds(5);
  const server = ip(textAt(made.get('services/dns'), 'spec', 'clusterIP'));
  const ask = (): string => {
    const query = dnsQuery('kubernetes.default.svc.cluster.local', 'A', made.lab.now, 0);
    const { exchange } = made.lab.exchange(
      { from: 'pod:default:client', to: server, ...asksServer(query, 'udp'), timeoutMs: 1000, bind: { port: 5000 } },
      'dns',
    );
    return exchange.backend?.netns ?? exchange.verdict;
  };
  const first = ask();
  expect(first).toMatch(/^pod:default:dns-[12]$/);
  for (let i = 0; i < 5; i++) expect(ask()).toBe(first);
  // Another Service changes: the flow stays.
  made.create('services', { metadata: { name: 'other' }, spec: { ports: [{ port: 1 }] } });
  expect(ask()).toBe(first);
  made.delete(`pods/${first.replace('pod:default:', '')}`);
  const other = ask();
  expect([other === first, other]).toEqual([false, expect.stringMatching(/^pod:default:dns-[12]$/)]);
  made.delete(`pods/${other.replace('pod:default:', '')}`);
  expect(ask()).not.toMatch(/^pod/);
});
