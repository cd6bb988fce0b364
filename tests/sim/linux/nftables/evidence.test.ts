// What a trace shows of nft's rules: the chains that were walked, and why each rule did or did not act.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { send } from '../../../../src/sim/datapath/exchange.ts';
import { buildWorld } from '../../../../src/sim/linux/kernelSpec.ts';
import { ip } from '../../../../src/sim/net/address.ts';
import { ruleEvidence } from '../../../../src/sim/view/ruleEvidence.ts';
import { type Recording, specOf } from '../../../kernel/conformance/stored.ts';

const load = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8'));

/** The tables that the node asked about the client's first packet, as text. */
function evidence(to: string, port: number): readonly string[] {
  const world = buildWorld(specOf(load('services-by-vmap-nft'), load), () => ({
    process: 'server',
    program: 'answer',
  }));
  const programs = new Map([['answer', () => ({ bytes: 160, message: { kind: 'text', text: '' } as const })]]);
  const exchange = send(
    { world, programs, seed: 1, now: 0 },
    { from: 'client', to: ip(to), protocol: 'tcp', port, requestBytes: 9, timeoutMs: 1000 },
  );
  const request = exchange.traces.find(trace => trace.role === 'request');
  return (request?.hops ?? []).flatMap(hop =>
    hop.steps.flatMap(({ detail }) => {
      if (detail.kind !== 'rules') return [];
      const view = ruleEvidence(detail.asked, detail.context, detail.matched, detail.verdict);
      if (view.kind !== 'rules') return [];
      const rows = view.chains.flatMap(chain =>
        chain.rows.map(
          ({ number, matches, target, why }) => `${chain.name} ${number} | ${matches} | ${target} | ${why}`,
        ),
      );
      return [`${view.title}: ${view.verdict}`, ...rows];
    }),
  );
}

describe('evidence of nft rules', () => {
  it('of a refused Service: the map that has it, and the chain that rejects', () => {
    expect(evidence('10.96.0.19', 80)).toEqual([
      'ip lab-services table, arrive-early: policy ACCEPT',
      'arrive-early 1 | ct state new | fencing | jump',
      'fencing 1 | ip daddr . meta l4proto . th dport vmap @fences | by @fences | no: 10.96.0.19 . tcp . 80 is not in fences',
      'ip lab-services table, arrive: policy ACCEPT',
      'arrive 1 |  | translate | jump',
      'translate 1 | ip daddr . meta l4proto . th dport vmap @by-address | by @by-address | no: 10.96.0.19 . tcp . 80 is not in by-address',
      'translate 2 | ip daddr @doors meta l4proto . th dport vmap @by-port | by @by-port | no: 10.96.0.19 is not in doors',
      'ip lab-services table, pass: REJECT with icmp-port-unreachable',
      'pass 1 | ct state new | ask-addresses | jump',
      'pass 2 | ct state new | leftovers | not reached',
      'ask-addresses 1 | ip daddr . meta l4proto . th dport vmap @deserted | refuse | jump',
      'refuse 1 |  | REJECT with icmp-port-unreachable | decides',
    ]);
  });

  it('of a translated one: the draw, the mark and the masquerade', () => {
    const rows = evidence('10.96.0.10', 80);
    expect(rows.filter(row => /^(web|tag|ask-addresses|disguise) /.test(row))).toEqual([
      'web 1 | ip daddr 10.96.0.10 ip saddr != 10.2.0.0/16 | tag | jump',
      expect.stringMatching(/^web 2 \| numgen random mod 2 vmap { ... } \| web-\d \| drawn, jump$/),
      'tag 1 |  | meta mark set meta mark | 0x00004000 | sets the mark',
      expect.stringMatching(/^ask-addresses 1 /),
      'disguise 1 | meta mark & 0x00004000 == 0x00000000 | RETURN | no: the mark is 0x00004000',
      'disguise 2 |  | meta mark set meta mark ^ 0x00004000 | sets the mark',
      'disguise 3 |  | MASQUERADE --random-fully | decides',
    ]);
  });
});
