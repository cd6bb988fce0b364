// Where a packet of a real lab travels inside another one.

import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/shell/commands.ts';
import { Lab } from '../../../src/sim/index.ts';
import { tunnelSpans } from '../../../src/ui/topology/tunnelSpans.ts';
import { testShell } from '../../shell/shellAt.ts';

const POD = (name: string, node: string): string =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {nodeName: ${node}, containers: [{name: a, image: tools}]}\n`;

/** The tunnels of the first packet of a ping from node-1 to node-2, by the actions of their ends. */
async function spansOf(backend: string, ...before: readonly string[]) {
  const config = `apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: lab}\nspec: {network: {plugin: flannel, backend: ${backend}}}\n`;
  const opened = Lab.open(config + POD('client', 'node-1') + POD('far', 'node-2'));
  if (opened.kind !== 'opened') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  const { run } = testShell({ lab, commands: COMMANDS });
  for (const line of before) await run(line);
  await run('kubectl exec client -- ping -c 1 -W 1 10.244.2.2');
  const [trace] = lab.viewExchange(lab.journeys().at(-1)?.id ?? '')?.traces ?? [];
  if (trace === undefined) throw new Error('nothing was sent');
  const steps = trace.hops.flatMap(hop => hop.steps.map(({ action }) => `${hop.name} ${action}`));
  return tunnelSpans(trace).map(({ from, to, frame }) => [steps[from], steps[to] ?? 'the end', frame]);
}

describe('a packet', () => {
  it('is in a tunnel from the node that wraps it to the one that unwraps it', async () => {
    expect(await spansOf('vxlan')).toEqual([['node-1 ENCAPSULATED', 'node-2 DECAPSULATED', 'UDP 8472']]);
  });

  it('stays in it where it is lost', async () => {
    expect(await spansOf('vxlan', 'ssh node-2 iptables -I INPUT -p udp --dport 8472 -j DROP')).toEqual([
      ['node-1 ENCAPSULATED', 'the end', 'UDP 8472'],
    ]);
  });

  it('is in none where nodes have routes to each other', async () => {
    expect(await spansOf('host-gw')).toEqual([]);
  });
});
