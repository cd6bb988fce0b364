import { describe, expect, it } from 'vitest';
import type { CheckResult, CheckSpec } from '../../src/lesson/check.ts';
import { evaluateStep } from '../../src/lesson/evaluateStep.ts';
import type { LessonStep } from '../../src/lesson/format.ts';

const SEEN: CheckSpec = { seen: { expect: 'ok' } };
const REFUSED: CheckSpec = { seen: { expect: 'refused' } };
const CLICK: CheckSpec = { click: { element: 'pod/web' } };
const STEP: LessonStep = {
  id: 's',
  title: 'S',
  blocks: [],
  checks: [
    { goal: 'Clicked.', spec: CLICK, sort: 'happened' },
    { goal: 'Seen.', spec: SEEN, sort: 'happened' },
  ],
  nearMisses: [
    { when: [REFUSED], text: '', tries: [] },
    { when: [CLICK, REFUSED], text: '', tries: [] },
    { when: [{ click: { element: 'pod/web-b' } }], text: '', tries: [] },
  ],
  hints: [],
  holdsAtStart: false,
};

describe('evaluating a step', () => {
  it('asks the lab once, for what only the lab knows, and puts the answers where they belong', async () => {
    const asked: (readonly CheckSpec[])[] = [];
    const answers: readonly CheckResult[] = [
      { kind: 'failed', because: 'nothing was sent yet' },
      { kind: 'passed', evidence: 'refused', stamp: 7 },
      { kind: 'passed', evidence: 'refused', stamp: 7 },
    ];
    const facts = { clicks: ['pod/default/web'], answered: [], answeredRight: [] };
    const findings = await evaluateStep(STEP, facts, specs => {
      asked.push(specs);
      return Promise.resolve(answers);
    });
    expect(asked).toEqual([[SEEN, REFUSED, REFUSED]]);
    expect(findings).toEqual({
      goals: [
        { kind: 'passed', evidence: 'you picked web', stamp: 0 },
        { kind: 'failed', because: 'nothing was sent yet' },
      ],
      nearMisses: [{ kind: 'holds', stamp: 7 }, { kind: 'holds', stamp: 7 }, { kind: 'absent' }],
    });
  });

  it('does not bother the lab when the page knows all', async () => {
    const step = { ...STEP, checks: STEP.checks.slice(0, 1), nearMisses: [] };
    const findings = await evaluateStep(step, { clicks: [], answered: [], answeredRight: [] }, () =>
      Promise.reject(new Error('asked')),
    );
    expect(findings.goals).toEqual([{ kind: 'failed', because: 'nothing was picked on the graph yet' }]);
  });
});
