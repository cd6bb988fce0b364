// Words of the lesson's pane. Each is exported on its own: the page begins with them, and the build puts a constant where
// it is used, which an object's property is not.

import type { Lesson } from '../../lesson/format.ts';

export const NO_LESSON = 'No lesson is open';
export const CHOOSE_LESSON = 'Choose one from the list of lessons at the top of the page.';
export const MISSING = 'This lesson is not here';
export const missing = (id: string): string =>
  `The course has no lesson “${id}”, or it could not be loaded. ${CHOOSE_LESSON} What you finished is kept.`;
export const LOADING = 'Loading the lesson';

export const numbered = (number: number | undefined): string => (number === undefined ? 'Lesson' : `Lesson ${number}`);
export const eyebrow = (number: string, { minutes }: Lesson): string => `${number} · ${minutes} min`;
export const INTRODUCTION = 'Introduction';
export const OBJECTIVES = 'After this lesson you can';
export const ABOUT = 'About this lesson';
export const SIMPLER = 'Simpler in this lab';
export const SOURCES = 'Sources';

export const step = (number: number, title: string): string => `Step ${number}: ${title}`;
/** Before the title of a folded step, for a screen reader. */
export const foldedStep = (number: number, state: 'done' | 'open'): string =>
  `Step ${number}${state === 'done' ? ', done' : ''}: `;
export const STEP_DONE = ' (done)';
export const QUIZ = 'Check what you know';
export const answered = (right: number, all: number): string => `${right} of ${all} answered`;
export const NEXT_STEP = 'Next step';
export const EXPLANATION = 'Explanation';

export const PREDICTION = 'Prediction';
export const BEFORE_RUN = 'before the run';
export const LOCKED = 'locked before the run';
export const LOCK_IN = 'Lock in my prediction';
export const OBSERVATION = 'What did you see?';
export const CHECK_ANSWER = 'Check answer';
export const RIGHT = 'Right.';

export const RUN = 'Run';
export const RUN_AGAIN = 'Run again';
export const RUNNING = 'Running';
export const IS_RUNNING = 'This command is running';
export const RUN_LOCKED = 'Run: predict first';
export const PREDICT_FIRST = 'Lock in your prediction first. Then the command runs.';
export const PROPOSE = 'Put it into the terminal';
export const runNamed = (label: string, command: string): string => `${label}: ${command}`;
export const SHOW_ON_GRAPH = 'Show it on the graph';
export const CLOSE_TERM = 'Close';

export const GOALS = 'Goals';
export const met = (count: number, all: number): string => `${count} of ${all}`;
export const GOAL_MET = 'met:';
export const GOAL_OPEN = 'open:';
export const NEARLY = 'nearly:';
export const lost = (change: string | undefined, because: string): string =>
  change === undefined ? `Was met. Now: ${because}` : `Was met until ${change}`;
export const goalMet = (goal: string): string => `Goal met: ${goal}`;
export const goalLost = (goal: string): string => `Goal no longer met: ${goal}`;
export const goalsMet = (count: number, all: number): string =>
  count === all ? 'All goals are met.' : `${count} of ${all} goals are met.`;

export const hint = (number: number, all: number): string => `Hint ${number} of ${all}`;
export const opensAfter = (hints: number): string => `solution opens after hint ${hints}`;
export const SOLUTION = 'Solution';
export const SHOW_SOLUTION = 'Show solution';
