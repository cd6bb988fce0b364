// The kubelet's rules for a Pod's resolv.conf. The cases follow kubernetes pkg/kubelet/network/dns/dns_test.go.

import { describe, expect, it } from 'vitest';
import { formatResolvConf } from '../../../src/sim/dns/resolvConf.ts';
import { type DnsPod, podDns } from '../../../src/sim/kubelet/podDns.ts';

const NODE = { nameservers: ['192.168.10.1'], search: ['example.org'], options: [] };
const CLUSTER = { servers: ['10.96.0.10'], domain: 'cluster.local' };
const FIRST = `search shop.svc.cluster.local svc.cluster.local cluster.local example.org
nameserver 10.96.0.10
options ndots:5
`;
const DEFAULT = 'search example.org\nnameserver 192.168.10.1\n';

const fileOf = (spec: DnsPod['spec']): string =>
  formatResolvConf(podDns({ metadata: { namespace: 'shop' }, spec }, NODE, CLUSTER).conf);

describe('dnsPolicy', () => {
  it.each<[string, DnsPod['spec'], string]>([
    ['ClusterFirst', { dnsPolicy: 'ClusterFirst' }, FIRST],
    ['ClusterFirst on the host network', { dnsPolicy: 'ClusterFirst', hostNetwork: true }, DEFAULT],
    ['ClusterFirstWithHostNet', { dnsPolicy: 'ClusterFirstWithHostNet', hostNetwork: true }, FIRST],
    ['Default', { dnsPolicy: 'Default' }, DEFAULT],
    ['None', { dnsPolicy: 'None', dnsConfig: { nameservers: ['9.9.9.9'] } }, 'nameserver 9.9.9.9\n'],
    [
      'None with everything',
      {
        dnsPolicy: 'None',
        dnsConfig: {
          nameservers: ['9.9.9.9'],
          searches: ['a', 'b'],
          options: [{ name: 'ndots', value: '2' }, { name: 'edns0' }],
        },
      },
      'search a b\nnameserver 9.9.9.9\noptions ndots:2 edns0\n',
    ],
    [
      'ClusterFirst with additions: an option is replaced, doubles are left out',
      {
        dnsPolicy: 'ClusterFirst',
        dnsConfig: {
          nameservers: ['10.96.0.10', '9.9.9.9'],
          searches: ['cluster.local', 'a'],
          options: [{ name: 'ndots', value: '1' }],
        },
      },
      `search shop.svc.cluster.local svc.cluster.local cluster.local example.org a
nameserver 10.96.0.10
nameserver 9.9.9.9
options ndots:1
`,
    ],
  ])('%s', (_what, spec, file) => {
    expect(fileOf(spec)).toBe(file);
  });

  it('takes three servers at most and says what it left out', () => {
    const dnsConfig = { nameservers: ['1.1.1.1', '2.2.2.2', '3.3.3.3'] };
    const { conf, omitted } = podDns({ metadata: {}, spec: { dnsPolicy: 'ClusterFirst', dnsConfig } }, NODE, CLUSTER);
    expect(conf.nameservers).toEqual(['10.96.0.10', '1.1.1.1', '2.2.2.2']);
    expect(omitted).toEqual([
      'Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: 10.96.0.10 1.1.1.1 2.2.2.2',
    ]);
  });
});
