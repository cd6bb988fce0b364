import type { AppStores } from '../../store/appStores.ts';
import { OPEN_WORDS } from './words.ts';

/** What becomes of the labs that are there when another takes the sandbox's place. */
export function whatIsLost({ lab, lesson }: AppStores): string {
  return lesson.getState().lesson === undefined
    ? OPEN_WORDS.lost(lab.getState().history.changes)
    : OPEN_WORDS.lostFromLesson;
}
