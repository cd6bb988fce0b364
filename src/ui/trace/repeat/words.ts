// Words of a repeated request.

export const REPEAT_WORDS = {
  open: 'Repeat',
  title: (name: string) => `Repeat ${name}`,
  close: 'Close',
  count: 'Times',
  run: 'Run',
  cancel: 'Cancel',
  wrong: (most: number) => `Write a number from 1 to ${most}.`,
  hint: 'Each run is a new connection. They are made in a copy of the lab: the lab itself stays as it is.',
  running: (count: number) => (count === 1 ? 'The lab makes 1 run.' : `The lab makes ${count} runs.`),
  gone: 'The lab does not keep this journey any more. Run the command again.',
  failed: (message: string) => `The lab did not answer: ${message}`,
  done: (runs: number, asked: number) =>
    runs < asked ? `${runs} of ${asked} runs, then it was cancelled.` : runs === 1 ? '1 run.' : `${runs} runs.`,
  ofOther: (name: string) => `These are the runs of ${name}.`,
  outcomes: 'How the runs ended',
  times: (count: number, runs: number) => `${count} of ${runs}`,
  share: (count: number, runs: number) => `${Math.round((count / runs) * 100)} %`,
  /** On the graph, where so many of the runs ended. */
  tag: (count: number) => `${count}×`,
  more: (places: number, runs: number) => `${runs}× in ${places === 1 ? '1 more place' : `${places} more places`}`,
  openOne: 'Open one of its traces',
} as const;
