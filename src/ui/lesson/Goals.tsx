import { useEffect, useRef, useState } from 'react';
import type { LessonStep } from '../../lesson/format.ts';
import type { GoalState, StepState } from '../../lesson/lessonState.ts';
import { MeaningIcon } from '../common/Tag.tsx';
import styles from './Goals.module.css';
import { LessonHtml } from './LessonHtml.tsx';
import * as WORDS from './words.ts';

export interface GoalsProps {
  readonly step: LessonStep;
  readonly own: StepState;
}

/** The goals of a step, each a sentence about the cluster, and the near miss that was recognised. */
export function Goals({ step, own }: GoalsProps) {
  const said = useNews(step, own.goals);
  if (step.checks.length === 0) return null;
  const met = own.goals.filter(goal => goal.kind === 'met').length;
  const nearMiss = own.nearMiss === undefined ? undefined : step.nearMisses[own.nearMiss];
  return (
    <section aria-label={WORDS.goals}>
      <header className={styles.head}>
        <h3 className={styles.title}>{WORDS.goals}</h3>
        <span className={styles.count}>{WORDS.met(met, step.checks.length)}</span>
      </header>
      <ul className={styles.goals}>
        {step.checks.map((check, index) => (
          <Goal key={check.goal} text={check.goal} goal={own.goals[index] ?? { kind: 'open' }} runs={own.runs} />
        ))}
      </ul>
      <div role="status">
        {nearMiss !== undefined && (
          <div className={styles.nearMiss}>
            <MeaningIcon meaning="pending" word={WORDS.nearly} />
            <LessonHtml look="note" html={nearMiss.text} />
          </div>
        )}
      </div>
      <span role="status" className="visually-hidden" data-testid="goal-news">
        {said}
      </span>
    </section>
  );
}

function Goal({ text, goal, runs }: { readonly text: string; readonly goal: GoalState; readonly runs: number }) {
  const isMet = goal.kind === 'met';
  // Before the first run, what is missing is what the step is about to say.
  const because =
    goal.kind === 'lost'
      ? WORDS.lost(goal.change, goal.because)
      : goal.kind === 'open' && runs > 0
        ? goal.because
        : undefined;
  return (
    <li className={styles.goal}>
      <MeaningIcon meaning={isMet ? 'ok' : 'pending'} word={isMet ? WORDS.metSign : WORDS.openSign} />
      <span>
        {text}
        {because !== undefined && <span className={styles.because}>{sentence(because)}</span>}
      </span>
    </li>
  );
}

function sentence(words: string): string {
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.?]$/.test(text) ? text : `${text}.`;
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
