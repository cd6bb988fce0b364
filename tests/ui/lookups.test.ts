// The journeys that stand beside the open one, with the journeys of a real lab.

import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/shell/commands.ts';
import { type ExchangeSummary, Lab } from '../../src/sim/index.ts';
import { nameLookups } from '../../src/ui/trace/packetGroups.ts';
import { exchangeName } from '../../src/ui/trace/words.ts';
import { testShell } from '../shell/shellAt.ts';

/** All journeys of some commands in a Pod, and what belongs to the one at `at`, its last by default. */
async function besides(
  lines: readonly string[],
  at = -1,
): Promise<{ readonly lookups: readonly string[]; readonly asked: string; readonly list: readonly ExchangeSummary[] }> {
  const opened = Lab.open(`
apiVersion: v1
kind: Pod
metadata: {name: client}
spec: {nodeName: node-1, containers: [{name: client, image: tools}]}
`);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  const { run } = testShell({ commands: COMMANDS, lab });
  for (const line of lines) await run(`kubectl exec client -- ${line}`);
  const list = lab.exchangesSince(0).map(record => lab.summarize(record));
  const { lookups, asked } = nameLookups(list, list.at(at)?.id ?? '');
  return {
    lookups: lookups.map(one => `${one.asked} · ${one.outcome}`),
    asked: asked === undefined ? 'nothing' : exchangeName(asked),
    list,
  };
}

const SEARCHED = [
  'api.example.com.default.svc.cluster.local · NXDOMAIN',
  'api.example.com.svc.cluster.local · NXDOMAIN',
  'api.example.com.cluster.local · NXDOMAIN',
  'api.example.com · 203.0.113.80',
];
const UNKNOWN = ['nosuch.default.svc.cluster.local', 'nosuch.svc.cluster.local', 'nosuch.cluster.local', 'nosuch'];

describe('what belongs to a journey', () => {
  it('are the lookups of the name that it was asked by', async () => {
    const { lookups, list } = await besides(['ping -c 1 node-1', 'curl -s api.example.com:81']);
    expect(lookups).toEqual(SEARCHED);
    expect(list.slice(-2).map(exchangeName)).toEqual([
      'client → 10.96.0.10:53 DNS api.example.com',
      'client → api.example.com:81 TCP',
    ]);
  });

  it('of a lookup, those beside it and what the name was looked up for', async () => {
    for (const at of [-2, -4]) {
      const { lookups, asked } = await besides(['curl -s api.example.com:81'], at);
      expect(lookups).toEqual(SEARCHED);
      expect(asked).toBe('client → api.example.com:81 TCP');
    }
  });

  it.each([-1, -2, -4])('of a name that is not found, all its lookups (%i)', async at => {
    const { lookups, asked } = await besides(['curl -s api.example.com:81', 'curl -s nosuch'], at);
    expect(lookups).toEqual(UNKNOWN.map(name => `${name} · NXDOMAIN`));
    expect(asked).toBe('nothing');
  });

  it.each([
    ['an address was asked', ['curl -s nosuch', 'ping -c 1 192.168.10.12'], []],
    ['another name was asked', ['curl -s nosuch', 'curl -s api.example.com:81'], SEARCHED],
    ['it was asked before', ['getent hosts api.example.com', 'curl -s api.example.com:81'], SEARCHED],
  ])('is not what came before: %s', async (_, lines, expected) => {
    expect((await besides(lines)).lookups).toEqual(expected);
  });

  it('is nothing, of a journey that is forgotten', () => {
    expect(nameLookups([], 'x9')).toEqual({ lookups: [], asked: undefined });
  });
});
