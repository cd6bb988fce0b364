// hostPort: the portmap plugin's rules, by packets.
//
// Read:    containernetworking/plugins plugins/meta/portmap/portmap_iptables.go.

import { describe, expect, it } from 'vitest';
import { parseRuleset, renderRuleset } from '../../../src/sim/linux/netfilter/iptablesSave.ts';
import { type SmallCluster, smallCluster } from '../../support/smallCluster.ts';

const POD = (name: string, node: string, image: string, ports = ''): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { nodeName: ${node}, containers: [{ name: main, image: ${image}${ports} }] }
`;

function cluster(port: string): SmallCluster {
  const made = smallCluster(
    POD('near', 'node-1', 'tools') + POD('far', 'node-2', 'tools') + POD('web', 'node-1', 'web', `, ports: [${port}]`),
  );
  made.seconds(5);
  return made;
}

/** Who the Pod sees, or how it ended. */
function ask({ lab }: SmallCluster, from: string, to: string): string {
  const asked = lab.commit({ from, to, protocol: 'tcp' });
  if (asked.kind !== 'asked') throw new Error(asked.because);
  const { verdict, sourceSeen } = asked.record.exchange;
  return verdict === 'ok' ? (sourceSeen?.address ?? '') : verdict;
}

const natOf = ({ lab }: SmallCluster): string => {
  const nat = lab.world.get('node-1').config.netfilter.tables.get('nat');
  return renderRuleset({ tables: new Map(nat === undefined ? [] : [['nat', nat]]) });
};

describe('a port of the node', () => {
  it.each([
    ['from outside, whose address stays', 'outside/laptop', '192.168.10.11:8088', '198.51.100.79'],
    ['from another node', 'node/node-2', '192.168.10.11:8088', '192.168.10.12'],
    ['from the node itself', 'node/node-1', '192.168.10.11:8088', '192.168.10.11'],
    ['from 127.0.0.1, masqueraded', 'node/node-1', '127.0.0.1:8088', '10.244.1.1'],
    ['from a Pod of the node, masqueraded', 'pod/near', '192.168.10.11:8088', '10.244.1.1'],
    ['from the Pod itself, masqueraded', 'pod/web', '192.168.10.11:8088', '10.244.1.1'],
    ['from a Pod elsewhere', 'pod/far', '192.168.10.11:8088', '192.168.10.12'],
    ['not on another node', 'pod/near', '192.168.10.12:8088', 'refused'],
  ])('leads to the Pod %s', (_name, from, to, seen) => {
    expect(ask(cluster('{ containerPort: 8080, hostPort: 8088 }'), from, to)).toBe(seen);
  });

  it('may be one of a single address', () => {
    const made = cluster('{ containerPort: 8080, hostPort: 8088, hostIP: 127.0.0.1 }');
    expect([ask(made, 'node/node-1', '127.0.0.1:8088'), ask(made, 'outside/laptop', '192.168.10.11:8088')]).toEqual([
      '10.244.1.1',
      'refused',
    ]);
  });

  it('is written as the plugin writes it, and goes with the Pod', () => {
    const made = cluster('{ containerPort: 8080, hostPort: 8088 }');
    const text = natOf(made);
    expect(renderRuleset(parseRuleset(text))).toBe(text);
    const lines = text.split('\n').map(line => line.replaceAll(/CNI-DN-[0-9a-f]{21}/g, 'CNI-DN'));
    expect(lines.filter(line => line.startsWith('-A CNI-DN'))).toEqual([
      '-A CNI-DN -s 10.244.1.0/24 -p tcp -m tcp --dport 8088 -j CNI-HOSTPORT-SETMARK',
      '-A CNI-DN -s 127.0.0.1/32 -p tcp -m tcp --dport 8088 -j CNI-HOSTPORT-SETMARK',
      '-A CNI-DN -p tcp -m tcp --dport 8088 -j DNAT --to-destination 10.244.1.3:8080',
    ]);
    expect(lines.filter(line => line.startsWith('-A CNI-HOSTPORT-DNAT'))).toEqual([
      expect.stringMatching(
        /^-A CNI-HOSTPORT-DNAT -p tcp -m comment --comment "dnat name: \\"cbr0\\" id: \\"[0-9a-f-]+\\"" -m multiport --dports 8088 -j CNI-DN$/,
      ),
    ]);
    made.delete('pods/web');
    made.seconds(40);
    expect(natOf(made)).not.toContain('8088');
    expect(ask(made, 'outside/laptop', '192.168.10.11:8088')).toBe('refused');
  });
});
