// What the page says of work that is not kept, or not where it was.

import type { RestoredFrom } from '../../client/port.ts';
import type { Trouble } from '../../store/keeper.ts';

export const SURVIVING_WORDS = {
  /** What happened, and what becomes of the work. */
  texts: {
    refused: () => [
      'This browser keeps nothing more.',
      'Its storage is full, or closed as in a private window. You can go on, but what you do is gone when this page closes.',
    ],
    aside: ({ why }) => [why, 'It was put aside, nothing was written over it, and the page began anew.'],
    elsewhere: () => [
      'This lab is open in another tab.',
      'That tab keeps its work. What you do here is gone when this page closes, unless you keep it here.',
    ],
    restored: ({ why }) => [`The reason: ${why}. What was under way then was not done.`],
  } satisfies {
    readonly [Kind in Trouble['kind']]: (trouble: Extract<Trouble, { readonly kind: Kind }>) => readonly string[];
  },
  /** What a lab that stopped was made again from: the title of that note. */
  restoredFrom: {
    snapshot: 'The lab stopped and was restored as it was.',
    acts: 'The lab stopped and was restored: all that you did was done again.',
    otherwise: 'The lab stopped and was restored as it was last saved.',
  } satisfies Readonly<Record<RestoredFrom, string>>,
  download: 'Download it',
  downloadLab: 'Download the lab',
  keepHere: 'Keep it here',
  takeOver: 'Open what the other tab keeps',
  close: 'Close this note',
  fileName: (key: string) => `hoplab-${key}.json`,
} as const;
