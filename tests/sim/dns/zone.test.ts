// What CoreDNS answers with kubeadm's Corefile, in a cluster with Services of each kind. The cases follow
// kubernetes/dns docs/specification.md and coredns test/kubernetes_test.go.

import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/sim/api/request.ts';
import { applyManifest } from '../../../src/sim/applyManifest.ts';
import { Cluster } from '../../../src/sim/cluster.ts';
import { answerCluster, clusterZone } from '../../../src/sim/dns/zone.ts';
import { readLabConfig } from '../../../src/sim/labConfig.ts';

const pod = (name: string, nodeName: string, more: Json = {}): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' } },
  spec: { nodeName, containers: [{ name: 'web', image: 'web' }], ...(more as object) },
});
const service = (name: string, spec: Json, namespace = 'default'): Json => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace },
  spec,
});
const OBJECTS: readonly Json[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  pod('web-1', 'node-1'),
  pod('web-2', 'node-2', { hostname: 'second', subdomain: 'all' }),
  service('web', {
    clusterIP: '10.96.40.10',
    selector: { app: 'web' },
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'admin', port: 81, targetPort: 8081 },
    ],
  }),
  service('all', { clusterIP: 'None', selector: { app: 'web' }, ports: [{ name: 'http', port: 8080 }] }),
  service('none', { clusterIP: 'None', selector: { app: 'nobody' }, ports: [{ port: 80 }] }),
  service('empty', { clusterIP: '10.96.40.11', selector: { app: 'nobody' }, ports: [{ port: 80 }] }),
  service('api', { type: 'ExternalName', externalName: 'api.example.com' }),
  service('digits', { type: 'ExternalName', externalName: '203.0.113.80' }),
  service('alias', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local' }),
  service('web', { clusterIP: '10.96.40.12', selector: { app: 'web' }, ports: [{ port: 80 }] }, 'shop'),
];

function zoneOf(objects: readonly Json[]): (name: string, type: string) => string {
  const read = readLabConfig(undefined);
  if (read.kind === 'problems') throw new Error('the default config is accepted');
  const cluster = new Cluster(read.config).boot();
  for (const object of objects) {
    const applied = applyManifest(cluster.api, object);
    if (applied.kind === 'refused') throw new Error(applied.message);
    cluster.settle();
  }
  const zone = clusterZone(cluster.client);
  return (name, type) => {
    const { rcode, records, from } = answerCluster(zone, read.config.outside, name, type);
    const data = records.map(record => (record.type === type ? record.data : `${record.type} ${record.data}`)).sort();
    return [rcode, ...(from === 'elsewhere' ? ['elsewhere'] : []), ...data].join(' ');
  };
}

describe('the zone of a cluster', () => {
  const answer = zoneOf(OBJECTS);
  it.each([
    ['web.default.svc.cluster.local', 'A', 'NOERROR 10.96.40.10'],
    ['web.default.svc.cluster.local.', 'A', 'NOERROR 10.96.40.10'],
    ['WEB.Default.svc.cluster.local', 'A', 'NOERROR 10.96.40.10'],
    ['web.shop.svc.cluster.local', 'A', 'NOERROR 10.96.40.12'],
    ['web.default.svc.cluster.local', 'AAAA', 'NOERROR'],
    ['empty.default.svc.cluster.local', 'A', 'NOERROR 10.96.40.11'],
    ['kubernetes.default.svc.cluster.local', 'A', 'NOERROR 10.96.0.1'],
    ['kube-dns.kube-system.svc.cluster.local', 'A', 'NOERROR 10.96.0.10'],
    // A headless Service stands for its ready endpoints.
    ['all.default.svc.cluster.local', 'A', 'NOERROR 10.244.1.2 10.244.2.2'],
    ['none.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    // One endpoint: by its host name, else by its address.
    ['second.all.default.svc.cluster.local', 'A', 'NOERROR 10.244.2.2'],
    ['10-244-1-2.all.default.svc.cluster.local', 'A', 'NOERROR 10.244.1.2'],
    ['10-244-1-2.web.default.svc.cluster.local', 'A', 'NOERROR 10.244.1.2'],
    ['10-244-9-9.all.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    // Pods by address, whether they are there or not; the namespace has to be.
    ['10-244-1-2.default.pod.cluster.local', 'A', 'NOERROR 10.244.1.2'],
    ['10-9-9-9.default.pod.cluster.local', 'A', 'NOERROR 10.9.9.9'],
    ['10-244-1-2.nowhere.pod.cluster.local', 'A', 'NXDOMAIN'],
    ['web-1.default.pod.cluster.local', 'A', 'NXDOMAIN'],
    // Ports.
    ['_http._tcp.web.default.svc.cluster.local', 'SRV', 'NOERROR 0 100 80 web.default.svc.cluster.local.'],
    [
      'web.default.svc.cluster.local',
      'SRV',
      'NOERROR 0 50 80 web.default.svc.cluster.local. 0 50 81 web.default.svc.cluster.local.',
    ],
    [
      '_http._tcp.all.default.svc.cluster.local',
      'SRV',
      'NOERROR 0 50 8080 10-244-1-2.all.default.svc.cluster.local. 0 50 8080 second.all.default.svc.cluster.local.',
    ],
    ['_http._udp.web.default.svc.cluster.local', 'SRV', 'NXDOMAIN'],
    ['_nope._tcp.web.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    // Aliases.
    ['api.default.svc.cluster.local', 'A', 'NOERROR 203.0.113.80 CNAME api.example.com.'],
    ['alias.default.svc.cluster.local', 'A', 'NOERROR 10.96.40.10 CNAME web.default.svc.cluster.local.'],
    ['digits.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['api.default.svc.cluster.local', 'CNAME', 'NOERROR api.example.com.'],
    // Names in between exist without an address; others do not exist.
    ['cluster.local', 'A', 'NOERROR'],
    ['svc.cluster.local', 'A', 'NOERROR'],
    ['default.svc.cluster.local', 'A', 'NOERROR'],
    ['nope.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['nope.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['web.default.cluster.local', 'A', 'NXDOMAIN'],
    ['a.b.c.web.default.svc.cluster.local', 'A', 'NXDOMAIN'],
    ['web.cluster.local', 'A', 'NXDOMAIN'],
    // Back from addresses.
    ['10.40.96.10.in-addr.arpa', 'PTR', 'NOERROR web.default.svc.cluster.local.'],
    ['2.2.244.10.in-addr.arpa', 'PTR', expect.stringContaining('NOERROR second.all.default.svc.cluster.local.')],
    ['2.1.244.10.in-addr.arpa', 'PTR', 'NXDOMAIN elsewhere'],
    // The rest of the world.
    ['api.example.com', 'A', 'NOERROR elsewhere 203.0.113.80'],
    ['api.example.com', 'AAAA', 'NOERROR elsewhere'],
    ['web', 'A', 'NXDOMAIN elsewhere'],
    ['www.example.com', 'A', 'NXDOMAIN elsewhere'],
  ])('%s %s', (name, type, expected) => {
    expect(answer(name, type)).toEqual(expected);
  });
});
