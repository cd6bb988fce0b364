// Which goal a near miss is about.

import type { LessonStep } from '../../lesson/format.ts';
import type { StepState } from '../../lesson/lessonState.ts';

/** The goal that the shown near miss missed: the first open one that is checked as it was noticed, else the first open. */
export function goalOfNearMiss(step: LessonStep, own: StepState): number | undefined {
  const nearMiss = own.nearMiss === undefined ? undefined : step.nearMisses[own.nearMiss];
  if (nearMiss === undefined) return undefined;
  const kinds = nearMiss.when.flatMap(spec => Object.keys(spec));
  const open = [...step.checks.keys()].filter(index => own.goals[index]?.kind !== 'met');
  const isOfKind = (index: number): boolean => Object.keys(step.checks[index]?.spec ?? {}).some(k => kinds.includes(k));
  return open.find(isOfKind) ?? open[0];
}
