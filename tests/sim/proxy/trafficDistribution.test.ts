// Where a Service keeps its traffic near: hints on endpoints, and the packets of each node.
//
// Read:    k8s.io/endpointslice trafficdist/trafficdist.go; kubernetes pkg/proxy/topology.go.

import { describe, expect, it } from 'vitest';
import { type SmallCluster, smallCluster, textAt } from '../../support/smallCluster.ts';

const POD = (name: string, node: string, image = 'web'): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${image} } }
spec: { nodeName: ${node}, containers: [{ name: main, image: ${image} }] }
`;

function cluster(distribution: string, zones: Readonly<Record<string, string>>, pods: string, more = ''): SmallCluster {
  const made = smallCluster(
    Object.entries(zones)
      .map(
        ([node, zone]) =>
          `---\napiVersion: v1\nkind: Node\nmetadata: { name: ${node}, labels: { topology.kubernetes.io/zone: ${zone} } }\n`,
      )
      .join('') +
      POD('client-1', 'node-1', 'tools') +
      POD('client-2', 'node-2', 'tools') +
      pods +
      `---
apiVersion: v1
kind: Service
metadata: { name: web${more} }
spec: { trafficDistribution: ${distribution}, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`,
  );
  made.seconds(5);
  return made;
}

/** Which Pods answer twelve questions from a node. */
function answering({ lab }: SmallCluster, client: string): readonly string[] {
  const pods = Array.from({ length: 12 }, () => {
    const asked = lab.commit({ from: `pod/${client}`, to: 'svc/web', protocol: 'tcp', port: 80 });
    if (asked.kind !== 'asked') throw new Error(asked.because);
    return asked.record.exchange.backend?.netns.replace('pod:default:', '') ?? asked.record.exchange.verdict;
  });
  return [...new Set(pods)].sort();
}

const hints = (made: SmallCluster): readonly string[] =>
  made
    .list('discovery/endpointslices')
    .filter(slice => textAt(slice, 'metadata', 'name').startsWith('web'))
    .flatMap(slice => (slice.endpoints as { targetRef: { name: string }; hints?: unknown }[]) ?? [])
    .map(endpoint => `${endpoint.targetRef.name} ${JSON.stringify(endpoint.hints)}`)
    .sort();

const TWO = POD('web-1', 'node-1') + POD('web-2', 'node-2');
const ZONES = { 'node-1': 'a', 'node-2': 'b' };

describe('a Service whose traffic stays near', () => {
  it.each([
    ['PreferClose: in the zone', 'PreferClose', ZONES, TWO, ['web-1'], ['web-2']],
    ['PreferSameZone is the same', 'PreferSameZone', ZONES, TWO, ['web-1'], ['web-2']],
    ['one zone has all', 'PreferClose', { 'node-1': 'a', 'node-2': 'a' }, TWO, ['web-1', 'web-2'], ['web-1', 'web-2']],
    ['without zones there are no hints', 'PreferClose', {}, TWO, ['web-1', 'web-2'], ['web-1', 'web-2']],
    ['PreferSameNode needs no zones', 'PreferSameNode', {}, TWO, ['web-1'], ['web-2']],
    [
      'who has none near asks all',
      'PreferClose',
      ZONES,
      POD('web-1', 'node-1') + POD('web-2', 'node-1'),
      ['web-1', 'web-2'],
      ['web-1', 'web-2'],
    ],
    [
      'an endpoint without a hint ends it for all',
      'PreferClose',
      { 'node-1': 'a' },
      TWO,
      ['web-1', 'web-2'],
      ['web-1', 'web-2'],
    ],
  ])('%s', (_name, distribution, zones, pods, fromNode1, fromNode2) => {
    const made = cluster(distribution, zones, pods);
    expect([answering(made, 'client-1'), answering(made, 'client-2')]).toEqual([fromNode1, fromNode2]);
  });

  it('has hints on its endpoints, which go with the wish', () => {
    const made = cluster('PreferSameNode', ZONES, TWO);
    expect(hints(made)).toEqual([
      'web-1 {"forZones":[{"name":"a"}],"forNodes":[{"name":"node-1"}]}',
      'web-2 {"forZones":[{"name":"b"}],"forNodes":[{"name":"node-2"}]}',
    ]);
    made.patch('services/web', { spec: { trafficDistribution: 'PreferClose' } });
    expect(hints(made)).toEqual(['web-1 {"forZones":[{"name":"a"}]}', 'web-2 {"forZones":[{"name":"b"}]}']);
    made.patch('services/web', { spec: { trafficDistribution: null } });
    expect(hints(made)).toEqual(['web-1 undefined', 'web-2 undefined']);
    expect(answering(made, 'client-1')).toEqual(['web-1', 'web-2']);
  });

  it('asks the others when the near one is not ready any more', () => {
    const made = cluster('PreferClose', ZONES, TWO);
    made.delete('pods/web-1');
    made.seconds(40);
    expect(answering(made, 'client-1')).toEqual(['web-2']);
  });

  it('notices that a node moves to another zone', () => {
    const made = cluster('PreferClose', ZONES, TWO);
    made.patch('nodes/node-1', { metadata: { labels: { 'topology.kubernetes.io/zone': 'b' } } });
    made.seconds(5);
    expect(answering(made, 'client-1')).toEqual(['web-1', 'web-2']);
  });

  it('leaves it to the annotation where there is one', () => {
    const made = cluster('PreferClose', ZONES, TWO, ', annotations: { service.kubernetes.io/topology-mode: Auto }');
    expect(hints(made)).toEqual(['web-1 undefined', 'web-2 undefined']);
  });
});
