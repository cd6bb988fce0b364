import { describe, expect, it } from 'vitest';
import type { LessonStep } from '../../src/lesson/format.ts';
import type { GoalState, StepState } from '../../src/lesson/lessonState.ts';
import { goalOfNearMiss } from '../../src/ui/lesson/nearMissGoal.ts';

const STEP: LessonStep = {
  id: 'one',
  title: 'One',
  blocks: [],
  checks: [
    { goal: 'Look it up.', spec: { ran: {} }, sort: 'happened' },
    { goal: 'Pick it.', spec: { click: {} }, sort: 'happened' },
    { goal: 'Pick another.', spec: { click: {} }, sort: 'happened' },
  ],
  nearMisses: [
    { when: [{ ran: {} }], text: 'Nearly.', tries: [] },
    { when: [{ click: {} }], text: 'Its neighbour.', tries: [] },
    { when: [{ seen: {} }], text: 'Sent.', tries: [] },
  ],
  hints: [],
  holdsAtStart: false,
};
const OPEN: GoalState = { kind: 'open' };
const MET: GoalState = { kind: 'met', evidence: 'seen' };
const LOST: GoalState = { kind: 'lost', because: 'it is gone' };

function stood(goals: readonly GoalState[], nearMiss?: number): StepState {
  return {
    since: 0,
    runs: 1,
    goals,
    clicks: [],
    hints: 0,
    solution: 'hidden',
    nearMissStamps: [],
    outcome: 'open',
    ...(nearMiss !== undefined && { nearMiss }),
  };
}

describe('the goal that a near miss missed', () => {
  it.each<[what: string, goals: readonly GoalState[], nearMiss: number | undefined, goal: number | undefined]>([
    ['is that of its own kind', [OPEN, OPEN, OPEN], 1, 1],
    ['is the first of its kind that is open', [OPEN, MET, OPEN], 1, 2],
    ['may be one that was lost', [MET, LOST, OPEN], 1, 1],
    ['is the first open one, where none is of its kind', [MET, OPEN, OPEN], 2, 1],
    ['is the first open one, where all of its kind are met', [MET, OPEN, OPEN], 0, 1],
    ['is none without a near miss', [OPEN, OPEN, OPEN], undefined, undefined],
  ])('%s', (_, goals, nearMiss, goal) => {
    expect(goalOfNearMiss(STEP, stood(goals, nearMiss))).toBe(goal);
  });
});
