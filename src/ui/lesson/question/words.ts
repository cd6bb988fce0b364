// Words of a question's answers. Each is exported on its own, as those of the lesson's pane are.

export const rightTag = 'right';
export const wrongTag = 'not right';
export const ownPrediction = 'your prediction';
export const firstTry = 'your 1st try';

/** Before a note, where its form says it to those who see it. */
export const noteRight = 'right:';
export const noteWrong = 'not right:';
export const noteMissed = 'missing:';

export const chooseFirst = 'Choose an answer first.';
export const saidRight = 'Right.';
export const saidWrong = (tries: number): string => `Not right, try ${tries}.`;
