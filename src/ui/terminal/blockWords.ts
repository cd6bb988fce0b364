// Words of the terminal's blocks.

export const BLOCK_WORDS = {
  notRun: 'The command did not run.',
  fault: 'This is a fault of the lab, not of the command. Reset gives a fresh lab.',
  stopKey: 'Ctrl+C in the input',
  stop: 'Stop',
  running: 'running',
  runAgain: 'Run again',
  notRunTag: 'not run',
  failed: 'Failed:',
  run: (command: string) => `Run: ${command}`,
  runWord: 'Run',
  openTrace: 'Open trace',
  openTraceOf: (ends: string) => `Open trace of ${ends}`,
  journeys: 'Journeys of this command',
  all: (count: number) => `Show all ${count} journeys`,
  copy: {
    ready: 'Copy command and output',
    copied: 'Copied',
    refused: 'The browser refuses to copy: select the text instead',
  },
} as const;
