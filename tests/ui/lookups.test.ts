// The chips above a journey, with the journeys of a real lab.

import { expect, it } from 'vitest';
import { COMMANDS } from '../../src/shell/commands.ts';
import { Lab } from '../../src/sim/index.ts';
import { lookupsBefore } from '../../src/ui/trace/packetGroups.ts';
import { exchangeName } from '../../src/ui/trace/words.ts';
import { testShell } from '../shell/shellAt.ts';

it('a curl by name has its lookups before it', async () => {
  const opened = Lab.open(`
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
`);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  const { run } = testShell({ commands: COMMANDS, lab });
  await run('ping -c 1 node-1');
  await run('kubectl exec client -- curl -s api.example.com:81');
  const list = lab.exchangesSince(0).map(record => lab.summarize(record));
  expect(lookupsBefore(list, list.at(-1)?.id ?? '').map(({ asked, outcome }) => `${asked} · ${outcome}`)).toEqual([
    'api.example.com.default.svc.cluster.local · NXDOMAIN',
    'api.example.com.svc.cluster.local · NXDOMAIN',
    'api.example.com.cluster.local · NXDOMAIN',
    'api.example.com · 203.0.113.80',
  ]);
  expect(list.slice(-2).map(exchangeName)).toEqual([
    'client → 10.96.0.10:53 DNS api.example.com',
    'client → api.example.com:81 TCP',
  ]);
});
