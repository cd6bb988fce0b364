import { type ReactNode, useMemo } from 'react';
import type { Lesson, LessonStep, StepBlock } from '../../lesson/format.ts';
import type { LessonState } from '../../lesson/lessonState.ts';
import { questionOf, stepOf } from '../../lesson/session.ts';
import { phaseOf, placeBeside, type StepPhase } from '../../lesson/sessionView.ts';
import { Button, type ButtonLook } from '../common/Button.tsx';
import { useStores } from '../StoresContext.ts';
import { CommandBlock } from './Command.tsx';
import { Goals } from './Goals.tsx';
import { Help } from './Help.tsx';
import { LessonHtml } from './LessonHtml.tsx';
import { Observation } from './Observation.tsx';
import { Prediction } from './Prediction.tsx';
import { StepContext } from './StepContext.ts';
import styles from './StepView.module.css';
import * as WORDS from './words.ts';

export interface StepViewProps {
  readonly lesson: Lesson;
  readonly step: LessonStep;
  readonly session: LessonState;
}

/** The open step: its parts in the lesson's order, its goals, its help, and what it showed. */
export function StepView({ lesson, step, session }: StepViewProps) {
  const own = stepOf(session, step.id);
  const phase = phaseOf(step, session);
  const runs = own?.runs ?? 0;
  const place = useMemo(() => ({ phase, runs }), [phase, runs]);
  const primary = primaryOf(step, session, phase);
  const look = (block: number): ButtonLook => (block === primary ? 'primary' : 'default');
  return (
    <StepContext value={place}>
      <div className={styles.step}>
        {step.blocks.map((block, index) => (
          <Block key={keyOf(block, index)} block={block} look={look(index)} />
        ))}
        {own !== undefined && <Goals step={step} own={own} />}
        <Help step={step} session={session} />
        <div className={styles.end} aria-live="polite">
          {phase === 'explain' && step.explain !== undefined && (
            <section className={styles.explain} aria-label={WORDS.explanation}>
              <h3 className={styles.explainTitle}>{WORDS.explanation}</h3>
              <LessonHtml html={step.explain} />
            </section>
          )}
        </div>
        {phase === 'explain' && <NextButton lesson={lesson} session={session} />}
      </div>
    </StepContext>
  );
}

function NextButton({ lesson, session }: { readonly lesson: Lesson; readonly session: LessonState }): ReactNode {
  const { lesson: store } = useStores();
  const next = placeBeside(lesson, session, 1);
  if (next === undefined) return null;
  return (
    <div>
      <Button look="primary" iconAfter="arrowRight" onPress={() => store.go(next)} testId="next-place">
        {next.kind === 'quiz' ? WORDS.quiz : WORDS.nextStep}
      </Button>
    </div>
  );
}

function Block({ block, look }: { readonly block: StepBlock; readonly look: ButtonLook }) {
  switch (block.kind) {
    case 'prose':
      return <LessonHtml html={block.html} />;
    case 'command':
      return <CommandBlock command={block.command} look={look} />;
    case 'predict':
      return <Prediction question={block.question} look={look} />;
    case 'answer':
      return <Observation question={block.question} look={look} />;
  }
}

function keyOf(block: StepBlock, index: number): string {
  return 'question' in block ? block.question.id : `${block.kind}-${index}`;
}

/** The one block whose button is what to do next: there is never more than one primary button. */
function primaryOf(step: LessonStep, session: LessonState, phase: StepPhase): number {
  const command = step.blocks.findIndex(block => block.kind === 'command');
  const isOpen = (block: StepBlock): boolean => 'question' in block && !questionOf(session, block.question.id);
  switch (phase) {
    case 'predict':
      return step.blocks.findIndex(block => block.kind === 'predict' && isOpen(block));
    case 'run':
      return command;
    case 'observe':
      // What was run so far reached nothing.
      if (command >= 0 && stepOf(session, step.id)?.goals.every(goal => goal.kind === 'open')) return command;
      return step.blocks.findIndex(
        block => block.kind === 'answer' && questionOf(session, block.question.id)?.grade !== 'right',
      );
    case 'explain':
      return -1;
  }
}
