// The modules that the build makes of the files under lessons/ (server/vite/lessons.ts).

declare module 'virtual:lessons' {
  /** The course, without the lessons themselves. */
  export const modules: readonly import('./format.ts').Module[];
  /** Loads a lesson; undefined when there is none with this id. */
  export function loadLesson(id: string): Promise<import('./format.ts').Lesson | undefined>;
  /**
   * While developing: calls for each lesson after a file under `lessons/` was saved, so that it can be shown anew in the
   * learner's place (session state goes through `reconcile`). Never in a build. Returns how to stop.
   */
  export function onLessonChange(listener: (lesson: import('./format.ts').Lesson) => void): () => void;
}

declare module 'virtual:lesson/*' {
  export const lesson: import('./format.ts').Lesson;
}
