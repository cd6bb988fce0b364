// Words of a question's answers. Each is exported on its own, as those of the lesson's pane are.

export const RIGHT_TAG = 'right';
export const WRONG_TAG = 'not right';
export const OWN_PREDICTION = 'your prediction';
export const FIRST_TRY = 'your 1st try';
export const firstTry = (answer: string): string => `your 1st try: ${answer}`;
export const MISSED_FIRST = 'missed at the 1st try';

/** Before a note, where its form says it to those who see it. */
export const NOTE_RIGHT = 'right:';
export const NOTE_WRONG = 'not right:';
export const NOTE_MISSED = 'missing:';

export const CHOOSE_FIRST = 'Choose an answer first.';
export const SAID_RIGHT = 'Right.';
export const saidWrong = (tries: number): string => `Not right, try ${tries}.`;

export const PICK = 'Pick on the graph';
export const partnerOf = (name: string): string => `Partner of: ${name}`;
export const CHOOSE = 'Choose…';
export const placed = (name: string, place: number, all: number): string => `${name}: place ${place} of ${all}`;
export const moveUp = (name: string): string => `Move up: ${name}`;
export const moveDown = (name: string): string => `Move down: ${name}`;
export const IS_FIRST = 'It is the first';
export const IS_LAST = 'It is the last';
