import { type ReactNode, useRef } from 'react';
import type { LessonStep } from '../../lesson/format.ts';
import type { GoalState, StepState } from '../../lesson/lessonState.ts';
import { laterPart, useLater } from '../common/laterPart.ts';
import { MeaningIcon } from '../common/Tag.tsx';
import styles from './Goals.module.css';
import * as WORDS from './words.ts';

// Nothing is new when the page opens.
const goalNews = laterPart(() => import('./GoalNews.tsx'));

export interface GoalsProps {
  readonly step: LessonStep;
  readonly own: StepState;
}

/** The goals of a step, each with what is missing, and the near miss that was recognised under the one that it missed. */
export function Goals({ step, own }: GoalsProps) {
  const section = useRef<HTMLElement>(null);
  const later = useLater(goalNews, own.nearMiss === undefined ? 'awaited' : 'wanted');
  const news = later.kind === 'ready' ? later.part : undefined;
  if (step.checks.length === 0) return null;
  const met = own.goals.filter(goal => goal.kind === 'met').length;
  return (
    <section ref={section} aria-label={WORDS.goals}>
      <header className={styles.head}>
        <h3 className={styles.title}>{WORDS.goals}</h3>
        <span className={styles.count}>{WORDS.met(met, step.checks.length)}</span>
      </header>
      <ul className={styles.goals}>
        {step.checks.map((check, index) => (
          <Goal key={check.goal} text={check.goal} goal={own.goals[index] ?? { kind: 'open' }} runs={own.runs}>
            {news && <news.NearMissNote step={step} own={own} goal={index} />}
          </Goal>
        ))}
      </ul>
      {news && <news.GoalNews step={step} own={own} section={section} />}
    </section>
  );
}

interface GoalProps {
  readonly text: string;
  readonly goal: GoalState;
  readonly runs: number;
  readonly children: ReactNode;
}

function Goal({ text, goal, runs, children }: GoalProps) {
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
      <div className={styles.words}>
        {text}
        {because !== undefined && <span className={styles.because}>{sentence(because)}</span>}
        {children}
      </div>
    </li>
  );
}

function sentence(words: string): string {
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return /[.?]$/.test(text) ? text : `${text}.`;
}
