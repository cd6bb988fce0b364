// The questions of a lesson: which there are, where they stand and what part they play.

import type { Lesson, LessonStep, Question } from './format.ts';

/**
 * - `prediction`: before the run; answered once.
 * - `observation`: what did you see? Answered until it is right.
 * - `quiz`: at the end; answered until it is right.
 */
export type QuestionRole = 'prediction' | 'observation' | 'quiz';

/** A question with its place. */
export interface PlacedQuestion {
  readonly question: Question;
  readonly role: QuestionRole;
  /** The step that it stands in; absent for the quiz. */
  readonly step?: string;
}

/** All questions of a lesson, in the order of the page. */
export function questionsOf(lesson: Lesson): readonly PlacedQuestion[] {
  return [...lesson.steps.flatMap(placedIn), ...lesson.quiz.map(question => ({ question, role: 'quiz' as const }))];
}

function placedIn(step: LessonStep): readonly PlacedQuestion[] {
  return step.blocks.flatMap((block): readonly PlacedQuestion[] => {
    if (block.kind === 'predict') return [{ question: block.question, role: 'prediction', step: step.id }];
    if (block.kind === 'answer') return [{ question: block.question, role: 'observation', step: step.id }];
    return [];
  });
}

/** The question with this id, if the lesson has it. */
export function findQuestion(lesson: Lesson, id: string): PlacedQuestion | undefined {
  return questionsOf(lesson).find(placed => placed.question.id === id);
}

/** The predictions of a step. */
export function predictionsOf(step: LessonStep): readonly Question[] {
  return placedIn(step)
    .filter(placed => placed.role === 'prediction')
    .map(placed => placed.question);
}
