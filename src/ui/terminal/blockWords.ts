// Words of the terminal's blocks.

export const BLOCK_WORDS = {
  notRun: 'The command did not run.',
  fault: 'This is a fault of the lab, not of the command. Reset gives a fresh lab.',
  stopKey: 'Ctrl+C in the input',
  stop: 'Stop',
  running: 'running',
  runAgain: 'Run again',
  notRunTag: 'not run',
  didNotRun: 'The command did not run',
  exit: (code: number) => `exit ${code}`,
  /** What a screen reader hears when a command ends: `exit 0, 5 lines`. */
  ended: (code: number, lines: number, why: string | undefined) => {
    const printed = lines === 0 ? 'no output' : lines === 1 ? '1 line' : `${lines} lines`;
    return `exit ${code}, ${printed}${why === undefined ? '' : `. ${why}`}`;
  },
  endedAs: (command: string, end: string) => `${command}: ${end}`,
  more: (lines: number) =>
    `[${lines === 1 ? '1 more line was' : `${lines.toLocaleString('en')} more lines were`} not kept. Ask for less: a name, a label (-l app=web), or | grep.]`,
  earlier: (lines: number) => `Show ${lines.toLocaleString('en')} earlier lines`,
  outputOf: (command: string) => `Output of ${command}`,
  deviceOf: (device: string, owner: string) => `${device} of ${owner}`,
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
