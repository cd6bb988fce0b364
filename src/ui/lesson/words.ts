// Words of the lesson's pane. Each is exported on its own: the page begins with them, and the build puts a constant where
// it is used, which an object's property is not.

import type { Lesson } from '../../lesson/format.ts';

export const loading = 'Loading the lesson';

export const numbered = (number: number | undefined): string => (number === undefined ? 'Lesson' : `Lesson ${number}`);
export const eyebrow = (number: string, { minutes }: Lesson): string => `${number} · ${minutes} min`;
export const introduction = 'Introduction';
export const objectives = 'After this lesson you can';
export const about = 'About this lesson';
export const simpler = 'Simpler in this lab';
export const sources = 'Sources';

export const step = (number: number, title: string): string => `Step ${number}: ${title}`;
/** Before the title of a folded step, for a screen reader. */
export const foldedStep = (number: number, state: 'done' | 'open'): string =>
  `Step ${number}${state === 'done' ? ', done' : ''}: `;
export const stepDone = ' (done)';
export const quiz = 'Check what you know';
export const answered = (right: number, all: number): string => `${right} of ${all} answered`;
export const nextStep = 'Next step';
export const explanation = 'Explanation';

export const prediction = 'Prediction';
export const beforeRun = 'before the run';
export const lockedIn = 'locked before the run';
export const lockIn = 'Lock in my prediction';
export const observation = 'What did you see?';
export const checkAnswer = 'Check answer';
export const right = 'Right.';
export const wrong = 'Not so.';

export const run = 'Run';
export const runAgain = 'Run again';
export const running = 'Running';
export const isRunning = 'This command is running';
export const runLocked = 'Run: predict first';
export const predictFirst = 'Lock in your prediction first. Then the command runs.';
export const propose = 'Put it into the terminal';
export const runNamed = (label: string, command: string): string => `${label}: ${command}`;
export const showOnGraph = 'Show it on the graph';
export const closeTerm = 'Close';

export const goals = 'Goals';
export const met = (count: number, all: number): string => `${count} of ${all}`;
export const metSign = 'met:';
export const openSign = 'open:';
export const nearly = 'nearly:';
export const lost = (change: string | undefined, because: string): string =>
  change === undefined ? `Was met. Now: ${because}` : `Was met until ${change}`;
export const goalMet = (goal: string): string => `Goal met: ${goal}`;
export const goalLost = (goal: string): string => `Goal no longer met: ${goal}`;
export const goalsMet = (count: number, all: number): string =>
  count === all ? 'All goals are met.' : `${count} of ${all} goals are met.`;

export const hint = (number: number, all: number): string => `Hint ${number} of ${all}`;
export const opensAfter = (hints: number): string => `solution opens after hint ${hints}`;
export const solution = 'Solution';
export const showSolution = 'Show solution';
