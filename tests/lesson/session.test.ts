import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/lesson/check.ts';
import type { NearMissFinding } from '../../src/lesson/evaluateStep.ts';
import type { Lesson, LessonStep, Question } from '../../src/lesson/format.ts';
import type { LessonState } from '../../src/lesson/lessonState.ts';
import { type LessonAction, reduceLesson, startLesson, stepOf } from '../../src/lesson/session.ts';
import { helpOffer, pageFactsOf, phaseOf, placeBeside, scoreOf } from '../../src/lesson/sessionView.ts';

function question(id: string): Question {
  const options = ['a', 'b'].map(option => ({ id: option, html: option, correct: option === 'a', feedback: option }));
  return { id, kind: 'single', prompt: id, options };
}

const STEP: LessonStep = {
  id: 'one',
  title: 'One',
  blocks: [
    { kind: 'predict', question: question('p') },
    { kind: 'answer', question: question('o') },
  ],
  checks: [
    { goal: 'It happened.', spec: { seen: {} }, sort: 'happened' },
    { goal: 'It is so.', spec: { probe: {} }, sort: 'asked' },
  ],
  nearMisses: [
    { when: [], text: 'First.', tries: [] },
    { when: [], text: 'Second.', tries: [] },
  ],
  hints: ['h1', 'h2'],
  solution: { commands: [], answers: {}, clicks: [], html: 's' },
  holdsAtStart: false,
};
const LAST: LessonStep = { ...STEP, id: 'two', blocks: [], nearMisses: [], hints: [] };
const LESSON: Lesson = {
  id: 'small',
  version: 1,
  title: 'Small',
  minutes: 5,
  needs: [],
  objectives: [],
  simplifications: [],
  sources: [],
  glossary: [],
  scenario: '',
  introduction: '',
  steps: [STEP, LAST],
  quiz: [question('q1'), question('q2')],
};

const PASSED: CheckResult = { kind: 'passed', evidence: 'seen' };
function failed(because: string): CheckResult {
  return { kind: 'failed', because };
}
const ABSENT: NearMissFinding = { kind: 'absent' };
function holds(stamp: number): NearMissFinding {
  return { kind: 'holds', stamp };
}
function checked(
  goals: readonly CheckResult[],
  nearMisses: readonly NearMissFinding[] = [ABSENT, ABSENT],
): LessonAction {
  return { kind: 'checked', step: 'one', findings: { goals, nearMisses } };
}
function lessonAfter(...actions: readonly LessonAction[]): LessonState {
  return actions.reduce((state, action) => reduceLesson(LESSON, state, action), startLesson(LESSON, 10));
}
const PREDICT: LessonAction = { kind: 'answer', question: 'p', answer: ['b'] };

describe('the flow of a step', () => {
  it('goes from predict to run to observe to explain', () => {
    expect(phaseOf(STEP, lessonAfter())).toBe('predict');
    expect(phaseOf(STEP, lessonAfter(PREDICT))).toBe('run');
    expect(phaseOf(STEP, lessonAfter(PREDICT, { kind: 'ran' }))).toBe('observe');
    expect(phaseOf(STEP, lessonAfter(PREDICT, { kind: 'ran' }, checked([PASSED, PASSED])))).toBe('explain');
  });

  it('is not blocked by a wrong prediction, and waits for one', () => {
    expect(phaseOf(STEP, lessonAfter(checked([PASSED, PASSED])))).toBe('predict');
    expect(stepOf(lessonAfter(checked([PASSED, PASSED]), PREDICT), 'one')?.outcome).toBe('passed');
  });

  it('locks a prediction: the first answer stays', () => {
    const state = lessonAfter(PREDICT, { kind: 'answer', question: 'p', answer: ['a'] });
    expect(state.questions.p).toEqual({ tries: 1, first: ['b'], firstGrade: 'wrong', last: ['b'], grade: 'wrong' });
  });

  it('counts the tries of other questions, and remembers the first', () => {
    const state = lessonAfter(
      { kind: 'answer', question: 'o', answer: ['b'] },
      { kind: 'answer', question: 'o', answer: [] },
      { kind: 'answer', question: 'o', answer: ['a'] },
      { kind: 'answer', question: 'o', answer: ['b'] },
    );
    expect(state.questions.o).toEqual({ tries: 2, first: ['b'], firstGrade: 'wrong', last: ['a'], grade: 'right' });
  });

  it('keeps what happened, and says of what is asked that it was lost, and by what', () => {
    const met = checked([PASSED, PASSED]);
    const lost: LessonAction = {
      kind: 'checked',
      step: 'one',
      findings: { goals: [failed('no'), failed('web answers nobody')], nearMisses: [] },
      change: 'you scaled web to 0',
    };
    expect(stepOf(lessonAfter(met, lost), 'one')?.goals).toEqual([
      { kind: 'met', evidence: 'seen' },
      { kind: 'lost', because: 'web answers nobody', change: 'you scaled web to 0' },
    ]);
    expect(stepOf(lessonAfter(met, lost, met), 'one')?.goals[1]).toEqual({ kind: 'met', evidence: 'seen' });
  });

  it('stays passed once its goals were met together', () => {
    const state = lessonAfter(PREDICT, checked([PASSED, PASSED]), checked([failed('x'), failed('y')]));
    expect(stepOf(state, 'one')).toMatchObject({ outcome: 'passed', goals: [{ kind: 'met' }, { kind: 'lost' }] });
    expect(stepOf(lessonAfter(PREDICT, checked([PASSED, failed('x')])), 'one')?.outcome).toBe('open');
  });
});

describe('help', () => {
  it('offers hints in order, and the solution after the last', () => {
    const offers = [0, 1, 2, 3].map(shown => {
      const actions = Array.from({ length: shown }, (): LessonAction => ({ kind: 'show-hint' }));
      return helpOffer(STEP, lessonAfter(...actions));
    });
    expect(offers).toEqual([
      { kind: 'hint', number: 1, of: 2 },
      { kind: 'hint', number: 2, of: 2 },
      { kind: 'solution' },
      { kind: 'solution' },
    ]);
    expect(stepOf(lessonAfter({ kind: 'show-solution' }), 'one')?.solution).toBe('hidden');
    const all = lessonAfter({ kind: 'show-hint' }, { kind: 'show-hint' }, { kind: 'show-solution' });
    expect(stepOf(all, 'one')).toMatchObject({ hints: 2, solution: 'shown' });
    expect(helpOffer(STEP, all)).toEqual({ kind: 'none' });
  });

  const misses: readonly [string, readonly LessonAction[], number | undefined][] = [
    ['none holds', [checked([failed('x'), PASSED])], undefined],
    ['one holds', [checked([failed('x')], [ABSENT, holds(0)])], 1],
    [
      'the newer one wins',
      [checked([failed('x')], [holds(5), ABSENT]), checked([failed('x')], [holds(5), holds(8)])],
      1,
    ],
    [
      'the older one happened again',
      [checked([failed('x')], [holds(5), holds(8)]), checked([failed('x')], [holds(9), holds(8)])],
      0,
    ],
    ['it holds no more', [checked([failed('x')], [holds(5), ABSENT]), checked([failed('x')])], undefined],
    [
      'it holds no more, but another does',
      [
        checked([failed('x')], [holds(5), ABSENT]),
        checked([failed('x')], [holds(5), holds(6)]),
        checked([failed('x')], [holds(5), ABSENT]),
      ],
      0,
    ],
    [
      'a goal was met since',
      [
        checked([failed('x'), failed('y')], [holds(5), ABSENT]),
        checked([PASSED, failed('y')], [holds(5), ABSENT]),
        checked([PASSED, failed('y')], [holds(5), ABSENT]),
      ],
      undefined,
    ],
    [
      'the goals are met',
      [checked([failed('x')], [holds(5), ABSENT]), checked([PASSED, PASSED], [holds(5), ABSENT])],
      undefined,
    ],
  ];
  it.each(misses)('near miss: %s', (_, actions, shown) => {
    expect(stepOf(lessonAfter(...actions), 'one')?.nearMiss).toBe(shown);
  });
});

describe('places', () => {
  it('lead from step to step and through the quiz', () => {
    const open = lessonAfter({ kind: 'open-step', step: 'two', events: 33 });
    expect(open.place).toEqual({ kind: 'step', step: 'two' });
    expect(stepOf(open, 'two')?.since).toBe(33);
    expect(placeBeside(LESSON, open, -1)).toEqual({ kind: 'step', step: 'one' });
    expect(placeBeside(LESSON, open, 1)).toEqual({ kind: 'quiz', question: 'q1' });
    expect(placeBeside(LESSON, lessonAfter({ kind: 'open-question', question: 'q2' }), 1)).toBeUndefined();
  });

  it('a step that is opened again goes on where it began', () => {
    const state = lessonAfter(
      { kind: 'ran' },
      { kind: 'open-step', step: 'two', events: 33 },
      { kind: 'open-step', step: 'one', events: 40 },
    );
    expect(stepOf(state, 'one')).toMatchObject({ since: 10, runs: 1 });
    expect(stepOf(reduceLesson(LESSON, state, { kind: 'lab-opened', events: 0 }), 'one')?.since).toBe(0);
  });

  it('clicks belong to the step that is open', () => {
    const state = lessonAfter(
      { kind: 'clicked', element: 'pod/default/web' },
      { kind: 'open-step', step: 'two', events: 33 },
    );
    expect(pageFactsOf(state, STEP).clicks).toEqual(['pod/default/web']);
    expect(pageFactsOf(state, LAST).clicks).toEqual([]);
  });

  it('the score counts steps and answers', () => {
    const state = lessonAfter(
      PREDICT,
      checked([PASSED, PASSED]),
      { kind: 'answer', question: 'q1', answer: ['a'] },
      { kind: 'answer', question: 'q2', answer: ['b'] },
      { kind: 'answer', question: 'q2', answer: ['a'] },
    );
    expect(scoreOf(LESSON, state)).toEqual({ stepsPassed: 1, steps: 2, quizRight: 2, quizRightAtOnce: 1, quiz: 2 });
    expect(scoreOf(LESSON, undefined)).toEqual({ stepsPassed: 0, steps: 2, quizRight: 0, quizRightAtOnce: 0, quiz: 2 });
  });
});

describe('any sequence of actions', () => {
  const id = fc.constantFrom('one', 'two', 'nowhere');
  const result = fc.constantFrom<CheckResult>(PASSED, failed('x'));
  const finding = fc.constantFrom<NearMissFinding>(ABSENT, holds(0), holds(3), holds(7));
  const action: fc.Arbitrary<LessonAction> = fc.oneof(
    fc.record({ kind: fc.constant('open-step' as const), step: id, events: fc.nat(99) }),
    fc.record({ kind: fc.constant('open-question' as const), question: fc.constantFrom('q1', 'q2', 'p', 'zz') }),
    fc.record({
      kind: fc.constant('answer' as const),
      question: fc.constantFrom('p', 'o', 'q1', 'zz', '__proto__'),
      answer: fc.array(fc.constantFrom('a', 'b', 'z'), { maxLength: 2 }),
    }),
    fc.constantFrom<LessonAction>({ kind: 'ran' }, { kind: 'show-hint' }, { kind: 'show-solution' }),
    fc.record({ kind: fc.constant('clicked' as const), element: fc.constantFrom('pod/default/web', 'lan/lan') }),
    fc.record({
      kind: fc.constant('checked' as const),
      step: id,
      findings: fc.record({
        goals: fc.array(result, { maxLength: 3 }),
        nearMisses: fc.array(finding, { maxLength: 3 }),
      }),
    }),
    fc.record({ kind: fc.constant('lab-opened' as const), events: fc.nat(99) }),
  );

  it('keeps the promises of the flow', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), actions => {
        let state = startLesson(LESSON, 0);
        for (const each of actions) {
          const before = state;
          state = reduceLesson(LESSON, state, each);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
          keepsPromises(before, state);
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  function keepsPromises(before: LessonState, state: LessonState): void {
    const place =
      state.place.kind === 'step'
        ? stepOf(state, state.place.step)
        : LESSON.quiz.find(q => state.place.kind === 'quiz' && q.id === state.place.question);
    expect(place).toBeDefined();
    for (const step of LESSON.steps) {
      const [was, is] = [stepOf(before, step.id), stepOf(state, step.id)];
      if (is === undefined) {
        expect(was).toBeUndefined();
        continue;
      }
      expect(is.goals).toHaveLength(step.checks.length);
      expect(is.hints).toBeLessThanOrEqual(step.hints.length);
      if (is.solution === 'shown') expect(is.hints).toBe(step.hints.length);
      if (is.nearMiss !== undefined) expect(is.nearMissStamps[is.nearMiss]).toBeGreaterThanOrEqual(0);
      if (was?.outcome === 'passed') expect(is.outcome).toBe('passed');
      if (was?.goals[0]?.kind === 'met') expect(is.goals[0]?.kind).toBe('met');
      if (was !== undefined) expect(is.hints).toBeGreaterThanOrEqual(was.hints);
    }
    for (const [key, was] of Object.entries(before.questions)) {
      const is = state.questions[key];
      expect(is?.first).toEqual(was.first);
      expect(is?.tries).toBeGreaterThanOrEqual(was.tries);
      if (was.grade === 'right' || key === 'p') expect(is).toEqual(was);
    }
  }
});
