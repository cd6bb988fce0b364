// Words that come from the stores: what happened to what was kept, and what a lab or a text would not do.

/** Why something was set aside and is no longer what opens. */
export const wasReset = 'The lab was opened as it was at first.';
export const damaged = 'What was saved here is damaged.';
export const answersDamaged = 'What was kept of your answers is damaged.';
export const answersNewer = 'Your answers were kept by a newer version of Hoplab.';

export const tooLong = (millions: string): string =>
  `This text has ${millions} million characters. The editor takes 1 million: split it into several files.`;
export const checkFailed = (why: string): string => `the check failed: ${why}`;
/** Completes "Was met until …". */
export const youRan = (command: string): string => `you ran ${command}`;
export const toEditor = (file: string): string => `Change ${file} in the editor, then enter this line again.`;
export const journeyGone = 'The lab keeps the last journeys, and this one is older.';
