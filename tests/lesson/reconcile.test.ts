import { describe, expect, it } from 'vitest';
import type { Lesson } from '../../src/lesson/format.ts';
import { reconcile } from '../../src/lesson/reconcile.ts';
import { reduceLesson, startLesson, stepOf } from '../../src/lesson/session.ts';
import { lessonOf } from './compiler/lessons.ts';

const GOAL = '- probe: {from: pod/web, to: pod/web, expect: ok}';
function lesson(
  version: number,
  options: { readonly goals?: number; readonly right?: string; readonly more?: string },
): Lesson {
  const { goals = 1, right = 'a', more = '' } = options;
  const ticked = (id: string): string => (id === right ? 'x' : ' ');
  const body = [
    ':::::step{#s title="S"}',
    `\`\`\`yaml check\n${Array(goals).fill(GOAL).join('\n')}\n\`\`\``,
    '::::hint\nx\n::::',
    ':::::',
    ':::::quiz',
    `::::question{#q}\nx?\n- [${ticked('a')}] a\n  > A.\n- [${ticked('b')}] b\n  > B.\n::::`,
    more,
    ':::::',
  ].join('\n');
  return { ...lessonOf(`${body}\n`), version };
}

const OLD = lesson(1, {});
const DONE = [
  { kind: 'show-hint' } as const,
  { kind: 'checked', step: 's', findings: { goals: [{ kind: 'passed', evidence: 'e' }], nearMisses: [] } } as const,
  { kind: 'answer', question: 'q', answer: ['a'] } as const,
  { kind: 'open-question', question: 'q' } as const,
].reduce((state, action) => reduceLesson(OLD, state, action), startLesson(OLD, 0));

describe('a stored state beside its lesson', () => {
  it('is the same when the lesson is', () => {
    expect(reconcile(OLD, DONE)).toEqual({ kind: 'same', state: DONE });
  });

  it('keeps its answers when the lesson changed, and counts what is new', () => {
    const more = '::::question{#q2 type=number answer=3}\nx?\n> y\n::::';
    const changed = reconcile(lesson(2, { more }), DONE);
    expect(changed).toMatchObject({
      kind: 'changed',
      newQuestions: 1,
      state: { version: 2, questions: DONE.questions },
    });
  });

  it('looks at goals again when there are other ones, and keeps that the step was passed', () => {
    const { state } = reconcile(lesson(2, { goals: 2 }), DONE);
    expect(stepOf(state, 's')).toMatchObject({
      goals: [{ kind: 'open' }, { kind: 'open' }],
      outcome: 'passed',
      hints: 1,
    });
  });

  it('grades a kept answer anew; the first try keeps its grade', () => {
    const { state } = reconcile(lesson(2, { right: 'b' }), DONE);
    expect(state.questions.q).toMatchObject({ firstGrade: 'right', grade: 'wrong' });
  });

  it('lets go of places, steps and answers that are no more', () => {
    const lost = {
      ...DONE,
      place: { kind: 'quiz', question: 'gone' } as const,
      questions: { q: { tries: 1, first: ['z'], firstGrade: 'wrong', last: ['z'], grade: 'wrong' } as const },
    };
    const { state } = reconcile(OLD, lost);
    expect(state.place).toEqual({ kind: 'step', step: 's' });
    expect(state.questions).toEqual({});
  });
});
