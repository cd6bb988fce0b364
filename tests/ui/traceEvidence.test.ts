import { describe, expect, it } from 'vitest';
import type { EvidenceView, ExchangeView } from '../../src/sim/index.ts';
import { mainJourney } from '../../src/store/journey.ts';
import { fateOf } from '../../src/ui/trace/fateOf.ts';
import { packetGroups, setOffBy } from '../../src/ui/trace/packetGroups.ts';
import { proseParts } from '../../src/ui/trace/prose.ts';
import { rulePath, ruleText } from '../../src/ui/trace/rulePath.ts';
import { durationText, outcomeMeaning, stepName } from '../../src/ui/trace/words.ts';
import { exchangeOf, lesson, sandbox } from './traceRecordings.ts';

const all: readonly ExchangeView[] = [...lesson.exchanges, ...sandbox.exchanges];

type Rules = Extract<EvidenceView, { kind: 'rules' }>;
const rulesOf = (exchange: ExchangeView): readonly Rules[] =>
  exchange.traces.flatMap(trace =>
    trace.hops.flatMap(hop => hop.steps.flatMap(step => (step.evidence?.kind === 'rules' ? [step.evidence] : []))),
  );

describe('the path through the chains', () => {
  it('leads from the hook to the rule that decided', () => {
    const dnat = rulesOf(exchangeOf(sandbox, 'x1')).find(rules => rules.verdict.startsWith('DNAT'));
    expect(rulePath(dnat?.chains ?? [])).toEqual([
      'PREROUTING',
      'KUBE-SERVICES',
      'KUBE-SVC-LOLE4ISW44XBNF3G',
      'KUBE-SEP-5Q3P56IRA2PP7VYF',
    ]);
  });

  it('leaves out chains that were called and returned', () => {
    const reject = rulesOf(exchangeOf(sandbox, 'x2')).find(rules => rules.verdict.startsWith('REJECT'));
    expect(reject?.chains.map(chain => chain.name)).toContain('KUBE-PROXY-FIREWALL');
    expect(rulePath(reject?.chains ?? [])).toEqual(['FORWARD', 'KUBE-SERVICES']);
  });

  it('is the hook alone where the policy decided', () => {
    const policy = all.flatMap(rulesOf).find(rules => rules.verdict.startsWith('policy'));
    expect(policy).toBeDefined();
    expect(rulePath(policy?.chains ?? [])).toEqual([policy?.hook]);
  });

  it('ends for chains that call each other in a circle', () => {
    const row = { number: 1, matches: '', why: '', text: '', count: 1 } as const;
    const chains = [
      { name: 'A', note: '', rows: [] },
      { name: 'B', note: '', rows: [{ ...row, target: 'C', outcome: 'jump' as const }] },
      {
        name: 'C',
        note: '',
        rows: [
          { ...row, target: 'B', outcome: 'jump' as const },
          { ...row, target: 'DROP', outcome: 'decides' as const },
        ],
      },
    ];
    expect(rulePath(chains)).toEqual(['A', 'B', 'C']);
  });

  it('prints the lines of iptables-save unchanged', () => {
    const [rules] = rulesOf(exchangeOf(sandbox, 'x1'));
    const lines = ruleText(rules?.table ?? '', rules?.chains ?? []).split('\n');
    expect(lines[0]).toBe(`*${rules?.table}`);
    expect(lines.slice(1).every(line => line.startsWith('-A '))).toBe(true);
  });
});

describe('the packets of an exchange', () => {
  it('are all offered, each once', () => {
    for (const exchange of all) {
      const offered = packetGroups(exchange).flatMap(group => group.traces.map(trace => trace.id));
      expect(offered.toSorted((a, b) => a - b)).toEqual(exchange.traces.map(trace => trace.id));
    }
  });

  it('are found from the step that set them off', () => {
    const journey = mainJourney(exchangeOf(sandbox, 'x3'));
    const queued = journey.steps.findIndex(
      ({ leg, hop, step }) => journey.legs[leg]?.trace.hops[hop]?.steps[step]?.action === 'QUEUED',
    );
    expect(setOffBy(journey, queued).map(trace => trace.label)).toEqual(['ARP who-has 192.168.10.1']);
    expect(setOffBy(journey, 0)).toEqual([]);
  });

  it('end in one word each', () => {
    const fates = exchangeOf(lesson, 'x3').traces.map(trace => fateOf(trace).word);
    expect(new Set(fates)).toEqual(new Set(['dropped', 'delivered']));
    expect(exchangeOf(lesson, 'x2').traces.map(trace => fateOf(trace).word)).toEqual(['refused', 'delivered']);
  });
});

describe('words of the trace', () => {
  it('keep a sentence as it is and find what a machine would print', () => {
    for (const exchange of all)
      for (const trace of exchange.traces)
        for (const step of trace.hops.flatMap(hop => hop.steps))
          expect(
            proseParts(step.rest)
              .map(part => part.text)
              .join(''),
          ).toBe(step.rest);
    const parts = proseParts('10.96.40.10:80 is in 10.96.0.0/16, via eth0 to 02:42:c0:a8:0a:0c (KUBE-SEP-X).');
    expect(parts.filter(part => part.kind === 'machine').map(part => part.text)).toEqual([
      '10.96.40.10:80',
      '10.96.0.0/16',
      'eth0',
      '02:42:c0:a8:0a:0c',
      'KUBE-SEP-X',
    ]);
    const rule = proseParts(
      'Rule 1 of INPUT decides: -p tcp -m tcp --dport 9 -j DROP. It is at the very end - so far.',
    );
    expect(rule.filter(part => part.kind === 'machine').map(part => part.text)).toEqual([
      'INPUT',
      '-p tcp -m tcp --dport 9 -j DROP',
    ]);
  });

  it('name every recorded step', () => {
    const names = all.flatMap(exchange =>
      exchange.traces.flatMap(trace => trace.hops.flatMap(hop => hop.steps.map(stepName))),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(names.every(name => name.length > 1)).toBe(true);
    expect(names).toContain('route lookup');
    expect(names).toContain('address translation');
  });

  it('give durations in three digits', () => {
    expect([0.33, 0.005, 12.3456, 999.97, 1000.05, 3000].map(durationText)).toEqual([
      '0.33 ms',
      '0.005 ms',
      '12.3 ms',
      '1 s',
      '1 s',
      '3 s',
    ]);
  });

  it('tell an answer from a failure', () => {
    expect(outcomeMeaning({ lessonVerdict: 'ok' })).toBe('ok');
    expect(outcomeMeaning({ lessonVerdict: 'ok', asked: 'web' })).toBe('dns');
    expect(outcomeMeaning({ lessonVerdict: 'timeout', asked: 'web' })).toBe('drop');
    expect(outcomeMeaning({ lessonVerdict: 'http:204' })).toBe('ok');
    expect(outcomeMeaning({ lessonVerdict: 'http:503' })).toBe('drop');
    expect(outcomeMeaning({ lessonVerdict: 'timeout' })).toBe('drop');
  });
});
