import { type RefObject, useEffect, useRef, useState } from 'react';
import type { LessonStep } from '../../lesson/format.ts';
import type { GoalState, StepState } from '../../lesson/lessonState.ts';
import styles from './Goals.module.css';
import { LessonHtml } from './LessonHtml.tsx';
import { goalOfNearMiss } from './nearMissGoal.ts';
import { useNewsInSight } from './useNewsInSight.ts';
import * as WORDS from './words.ts';

export interface GoalNewsProps {
  readonly step: LessonStep;
  readonly own: StepState;
  /** What shows the goals. */
  readonly section: RefObject<HTMLElement | null>;
}

/** Says when goals change while their step is open, and brings them in sight. */
export function GoalNews({ step, own, section }: GoalNewsProps) {
  const said = useNews(step, own.goals);
  useNewsInSight(section, JSON.stringify([own.goals, own.nearMiss, own.runs > 0]));
  return (
    <span role="status" className="visually-hidden" data-testid="goal-news">
      {said}
    </span>
  );
}

/** Under a goal: the near miss, if it was this goal that it missed. */
export function NearMissNote({ step, own, goal }: Omit<GoalNewsProps, 'section'> & { readonly goal: number }) {
  const nearMiss = own.nearMiss === undefined ? undefined : step.nearMisses[own.nearMiss];
  return (
    <div role="status">
      {nearMiss !== undefined && goalOfNearMiss(step, own) === goal && (
        <div className={styles.nearMiss}>
          <span className="visually-hidden">{WORDS.nearly}</span>
          <LessonHtml look="note" html={nearMiss.text} />
        </div>
      )}
    </div>
  );
}

/** What a screen reader is told when goals change while their step is open. */
function useNews(step: LessonStep, goals: readonly GoalState[]): string {
  const before = useRef(goals);
  const [said, setSaid] = useState('');
  useEffect(() => {
    const was = before.current;
    before.current = goals;
    const changes = step.checks.flatMap(({ goal: text }, index) => {
      const now = goals[index]?.kind;
      if (now === was[index]?.kind) return [];
      if (now === 'met') return [WORDS.goalMet(text)];
      return now === 'lost' ? [WORDS.goalLost(text)] : [];
    });
    if (changes.length === 0) return;
    const met = goals.filter(goal => goal.kind === 'met').length;
    setSaid([...changes, WORDS.goalsMet(met, goals.length)].join(' '));
  }, [goals, step]);
  return said;
}
