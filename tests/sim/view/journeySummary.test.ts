// The line on top of a trace: what it says of each kind of journey, and which step it calls the deciding one.

import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/shell/commands.ts';
import { type ExchangeView, Lab } from '../../../src/sim/index.ts';
import { factsText } from '../../../src/sim/view/journeySummary.ts';
import { testShell } from '../../shell/shellAt.ts';

const TEXT = (backend: string): string => `
apiVersion: lab.hoplab.dev/v1alpha1
kind: Lab
metadata: {name: lab}
spec: {network: {plugin: flannel, backend: ${backend}}}
---
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
---
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web}}
spec: {nodeName: node-2, containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Pod
metadata: {name: near}
spec: {nodeName: node-1, containers: [{name: web, image: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, clusterIP: 10.96.40.10, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
---
apiVersion: v1
kind: Service
metadata: {name: typo}
spec: {clusterIP: 10.96.40.11, selector: {app: wbe}, ports: [{port: 80, targetPort: 8080}]}
`;

/** The last journey of a command in client. */
async function journeyOf(backend: string, line: string): Promise<ExchangeView> {
  const opened = Lab.open(TEXT(backend));
  if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  await testShell({ lab, commands: COMMANDS }).run(`kubectl exec client -- ${line}`);
  const view = lab.viewExchange(lab.journeys().at(-1)?.id ?? '');
  if (view === undefined) throw new Error(`${line} sent nothing`);
  return view;
}

/** Backend, command in client, the line, and where the deciding step is: `hop: label of its dot`. */
const ROWS: readonly (readonly [string, string, string, string])[] = [
  [
    'host-gw',
    'curl -s 10.96.40.10',
    'Destination rewritten once, routed twice, 4 hops, answered by web.',
    'node-1: nat',
  ],
  [
    'vxlan',
    'curl -s 10.96.40.10',
    'Destination rewritten once, routed twice, tunnelled once, 4 hops, answered by web.',
    'node-1: nat',
  ],
  ['host-gw', 'curl -s 10.244.2.2:8080', 'Not rewritten, routed twice, 4 hops, answered by web.', 'node-1: route'],
  ['host-gw', 'curl -s 10.244.1.3:8080', 'Not rewritten, not routed, 2 hops, answered by near.', 'node-1: cni0'],
  [
    'host-gw',
    'curl -s 192.168.10.12:30080',
    'Destination rewritten once, source rewritten twice, routed twice, 4 hops, answered by web.',
    'node-1: nat',
  ],
  [
    'host-gw',
    'curl -s 10.244.2.2:9999',
    'Not rewritten, routed twice, 4 hops, refused. Nothing listens on port 9999. web\'s kernel answers "no" with RST.',
    'web: socket',
  ],
  [
    'host-gw',
    'curl -s 10.96.40.11',
    'Not rewritten, routed once, 1 hop, refused. node-1 refuses the packet. Rule 1 of KUBE-SERVICES ("default/typo has no endpoints") decides. node-1 tells the sender: icmp-port-unreachable.',
    'node-1: filter',
  ],
  [
    'host-gw',
    'curl -s -m 2 10.96.40.10:8080',
    'Source rewritten once, routed once, 3 hops, timeout. router drops the packet. Only the default route fits 10.96.40.10, and that is a blackhole: the packet is swallowed and nobody is told.',
    'router: route',
  ],
  [
    'host-gw',
    'ping -c 1 -t 1 10.244.2.2',
    'Not rewritten, not routed, 1 hop, TTL exceeded. node-1 ends the packet: its time to live ran out. The sender is told by ICMP time exceeded.',
    'node-1: ttl',
  ],
  [
    'host-gw',
    'dig web.default.svc.cluster.local',
    expect.stringMatching(
      /^Destination rewritten once, routed twice, 4 hops, answered by coredns-\S+: 10\.96\.40\.10\.$/,
    ),
    'node-1: nat',
  ],
  [
    'host-gw',
    'dig nosuch.default.svc.cluster.local',
    expect.stringMatching(/^Destination rewritten once, routed twice, 4 hops, answered by coredns-\S+: NXDOMAIN\.$/),
    expect.stringMatching(/^coredns-\S+: socket$/),
  ],
];

describe('the line on top of a journey', () => {
  it.each(ROWS)('%s, %s', async (backend, line, summary, place) => {
    const view = await journeyOf(backend, line);
    expect(view.summary).toEqual(summary);
    const { trace, step } = view.decidedBy ?? { trace: -1, step: -1 };
    const steps = view.traces
      .find(({ id }) => id === trace)
      ?.hops.flatMap(hop => hop.steps.map(({ short, decides }) => ({ at: `${hop.name}: ${short}`, decides })));
    expect(steps?.[step]).toEqual({ at: place, decides: true });
    expect(steps?.filter(({ decides }) => decides).length).toBe(1);
  });

  it.each([
    [{ dnat: 0, snat: 0, routed: 0, tunnels: 0, hops: 0 }, 'not rewritten, not routed, 0 hops'],
    [
      { dnat: 2, snat: 1, routed: 3, tunnels: 2, hops: 1 },
      'destination rewritten twice, source rewritten once, routed 3 times, tunnelled twice, 1 hop',
    ],
  ])('counts %o', (facts, text) => {
    expect(factsText(facts)).toBe(text);
  });
});
