// Where lessons come from: the modules that the build makes (virtual:lessons), or a few literal ones in tests.

import type { Lesson, LessonSummary, Module } from '../lesson/format.ts';

export interface CourseSource {
  readonly modules: readonly Module[];
  loadLesson(id: string): Promise<Lesson | undefined>;
  /** While developing: a lesson was saved anew. Returns how to stop. */
  onLessonChange?(listener: (lesson: Lesson) => void): () => void;
}

/** A lesson's line in the course, with the module that it belongs to. */
export interface PlacedLesson {
  readonly module: Module;
  readonly lesson: LessonSummary;
}

/** All lessons in the order of the course. */
export function lessonsOf(modules: readonly Module[]): readonly PlacedLesson[] {
  return modules.flatMap(module => module.lessons.map(lesson => ({ module, lesson })));
}
