import { lessonsOf } from '../../store/courseSource.ts';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { CourseList } from '../frame/CourseList.tsx';
import { useStores } from '../StoresContext.ts';
import { NO_LESSON_WORDS } from './noLessonWords.ts';

/** In the place of a lesson: none was chosen, the course has none of this id, or it did not come. With the lessons that there are. */
export function NoLesson({ asked }: { readonly asked: string | undefined }) {
  const { lesson: store } = useStores();
  const isKnown = lessonsOf(store.course.modules).some(({ lesson }) => lesson.id === asked);
  if (asked !== undefined && isKnown)
    return (
      <EmptyState
        heading="h1"
        icon="lesson"
        title={NO_LESSON_WORDS.notLoaded}
        // Chromium does not fetch a part again that did not come, until the page is loaded again.
        actions={<Button onPress={() => location.reload()}>{NO_LESSON_WORDS.again}</Button>}
      >
        {NO_LESSON_WORDS.whyNotLoaded}
      </EmptyState>
    );
  return (
    <>
      <EmptyState
        heading="h1"
        icon="lesson"
        title={asked === undefined ? NO_LESSON_WORDS.none : NO_LESSON_WORDS.missing}
      >
        {asked === undefined ? NO_LESSON_WORDS.choose : NO_LESSON_WORDS.whyMissing(asked)}
      </EmptyState>
      <CourseList onChoose={nothing} />
    </>
  );
}

const nothing = (): void => undefined;
