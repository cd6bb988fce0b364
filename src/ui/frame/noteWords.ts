// Words of what stands under the header, of the course list, and of what else of the frame comes later.

export const FAILURE_WORDS = {
  error: 'Error',
  reason: (message: string) => `The reason: ${message}.`,
  notStarted: 'The lab could not start.',
  stopped: 'The lab stopped.',
  restart: 'Restart the lab',
  atFirst: 'Open it as it was at first',
  kept: 'Text, answers and progress are kept. Restarting opens this cluster as it was last saved.',
  again: 'If it does not start again, reload the page, and look whether the browser blocks Web Workers.',
  refused: 'This cluster was not opened.',
  toSandbox: 'Back to the sandbox',
  keptAnswers: 'Answers and progress are kept. Restarting opens this cluster as it was at first.',
  line: (line: number, object: string | undefined) => `Line ${line}${object === undefined ? '' : `, ${object}`}`,
  more: (count: number) => (count === 1 ? 'and 1 more problem' : `and ${count} more problems`),
  reload: 'Reload the page',
} as const;

export const SERVED_WORDS = {
  notOpened: 'The lab was not opened.',
  gone: 'The lab went away.',
  connect: 'Connect again',
  ownSandbox: "This page's own sandbox",
  howTo: 'To serve a lab that this page may open:',
  lastHeard: 'The page shows what it last heard of it.',
} as const;

export const CHANGED_WORDS = {
  text: (newQuestions: number) => {
    const news =
      newQuestions === 0 ? '' : newQuestions === 1 ? '; 1 question is new' : `; ${newQuestions} questions are new`;
    return `This lesson changed since you did it. Your answers are kept${news}.`;
  },
  close: 'Close this note',
} as const;

export const COURSE_WORDS = {
  title: 'Lessons',
  done: 'done',
  minutes: (minutes: number) => `${minutes} min`,
  own: 'On your own',
  sandbox: 'Sandbox',
} as const;

export const PHONE_WORDS = {
  lessons: 'Lessons and sandbox',
  more: 'More',
  toQuestion: 'Back to the question',
  inspect: (name: string) => `Inspect ${name}`,
  panes: 'Panes',
  place: (lesson: number, place: string) => `Lesson ${lesson} · ${place}`,
  recorded: 'A recorded cluster',
  own: 'Your own cluster',
  close: (sheet: string) => `Close: ${sheet}`,
} as const;

export const UPDATE_WORDS = {
  title: 'Update',
  text: 'A new version of Hoplab is ready. Your cluster, your texts and your progress stay.',
  reload: 'Reload',
  later: 'Later',
} as const;

export const TRAVEL_WORDS = {
  undone: (what: string) => `Undone: ${what}`,
  redone: (what: string) => `Brought back: ${what}`,
  changes: (count: number) => (count === 1 ? '1 change' : `${count} changes`),
} as const;

export const RESET_WORDS = {
  title: 'Reset this cluster?',
  keep: 'Cancel',
  confirm: 'Reset cluster',
  lost: (changes: number) =>
    `${changes === 1 ? 'Your change is' : `Your ${changes} changes are`} taken back. Undo brings ${changes === 1 ? 'it' : 'them'} back again.`,
  /** In a lesson. */
  kept: 'Answers and progress stay.',
  done: 'The cluster was reset.',
  undo: 'Undo',
  close: 'Close',
} as const;
