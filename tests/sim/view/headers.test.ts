// A packet that enters or leaves a tunnel is compared with itself: only what is around it comes or goes.

import { expect, it } from 'vitest';
import { COMMANDS } from '../../../src/shell/commands.ts';
import { Lab } from '../../../src/sim/index.ts';
import type { HeaderRow } from '../../../src/sim/view/exchange.ts';
import { testShell } from '../../shell/shellAt.ts';

/** The rows of a node that a ping of the Pod on node-2 crosses, those that are shown at once. */
async function rowsAt(node: string, network: string): Promise<readonly string[]> {
  const opened = Lab.open(`
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: lab}
spec: {network: ${network}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: far}
spec: {nodeName: node-2, containers: [{name: far, image: web}]}
`);
  if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  await testShell({ lab, commands: COMMANDS }).run('kubectl exec client -- ping -c 1 10.244.2.2');
  const request = lab.viewExchange(lab.journeys().at(-1)?.id ?? '')?.traces[0];
  const hop = request?.hops.find(({ name }) => name === node);
  if (hop === undefined) throw new Error(`no hop at ${node}`);
  return hop.headers.filter(row => row.main && row.layer !== 'Ethernet').map(line);
}

const line = ({ side, layer, field, before, after }: HeaderRow): string =>
  `${side === undefined ? '' : `${side} `}${layer} ${field}: ${before ?? 'none'}, ${after ?? 'none'}`;

const WORLDS = [
  {
    backend: 'vxlan',
    node: 'node-1',
    rows: [
      'outer IP source: none, 192.168.10.11',
      'outer IP destination: none, 192.168.10.12',
      'outer IP TTL: none, 64',
      'outer UDP source port: none, 48045',
      'outer UDP destination port: none, 8472',
      'outer VXLAN VNI: none, 1',
      'inner IP source: 10.244.1.2, 10.244.1.2',
      'inner IP destination: 10.244.2.2, 10.244.2.2',
      'inner IP TTL: 64, 63',
      'inner ICMP type: echo-request, echo-request',
    ],
  },
  {
    backend: 'vxlan',
    node: 'LAN',
    rows: [
      'IP source: 192.168.10.11, 192.168.10.11',
      'IP destination: 192.168.10.12, 192.168.10.12',
      'IP TTL: 64, 64',
      'UDP source port: 48045, 48045',
      'UDP destination port: 8472, 8472',
      'VXLAN VNI: 1, 1',
    ],
  },
  {
    backend: 'vxlan',
    node: 'node-2',
    rows: [
      'outer IP source: 192.168.10.11, none',
      'outer IP destination: 192.168.10.12, none',
      'outer IP TTL: 64, none',
      'outer UDP source port: 48045, none',
      'outer UDP destination port: 8472, none',
      'outer VXLAN VNI: 1, none',
      'inner IP source: 10.244.1.2, 10.244.1.2',
      'inner IP destination: 10.244.2.2, 10.244.2.2',
      'inner IP TTL: 63, 62',
      'inner ICMP type: echo-request, echo-request',
    ],
  },
  {
    backend: 'host-gw',
    node: 'node-1',
    rows: [
      'IP source: 10.244.1.2, 10.244.1.2',
      'IP destination: 10.244.2.2, 10.244.2.2',
      'IP TTL: 64, 63',
      'ICMP type: echo-request, echo-request',
    ],
  },
];

it.each(WORLDS)('flannel, $backend, at $node', async ({ backend, node, rows }) => {
  expect(await rowsAt(node, `{plugin: flannel, backend: ${backend}}`)).toEqual(rows);
});
