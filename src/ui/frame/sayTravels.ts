import type { AppStores } from '../../store/appStores.ts';
import { say } from '../common/say.ts';
import { TRAVEL_WORDS } from './noteWords.ts';

/** Reads aloud what undo and redo did, by the name of the change: who sees the graph sees it there. */
export function sayTravels({ lab }: AppStores): void {
  lab.subscribe(({ travelled }, before) => {
    if (travelled === undefined || travelled === before.travelled) return;
    const { by, what } = travelled;
    const words = by < 0 ? TRAVEL_WORDS.undone : TRAVEL_WORDS.redone;
    say(words(what ?? TRAVEL_WORDS.changes(Math.abs(by))));
  });
}
