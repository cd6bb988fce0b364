import { EmptyState } from '../common/EmptyState.tsx';
import { NO_LESSON_WORDS } from './noLessonWords.ts';

/** In the place of a lesson: none was chosen, or the course has none of this id. */
export function NoLesson({ asked }: { readonly asked: string | undefined }) {
  return (
    <EmptyState heading="h1" icon="lesson" title={asked === undefined ? NO_LESSON_WORDS.none : NO_LESSON_WORDS.missing}>
      {asked === undefined ? NO_LESSON_WORDS.choose : NO_LESSON_WORDS.whyMissing(asked)}
    </EmptyState>
  );
}
