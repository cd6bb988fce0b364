// Words of the inspector.

const lines = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'line' : 'lines'}`;
const others = (count: number): string => (count === 1 ? '1 other' : `${count} others`);

export const INSPECT_WORDS = {
  inspect: (name: string) => `Inspect ${name}`,
  nothing: {
    title: 'Nothing is selected',
    text: 'Select an element on the graph or in the list, or follow a name in the terminal.',
  },
  gone: {
    title: (name: string) => `${name} is not here any more`,
    text: 'It was deleted, or another cluster was opened. Select another element on the graph or in the list.',
    clear: 'Clear the selection',
  },
  failed: {
    title: (name: string) => `The lab did not answer about ${name}`,
    text: 'The cluster is unchanged. Select the element again to ask once more.',
  },
  waiting: (name: string) => `The lab looks at ${name}.`,
  sections: (title: string) => `What to show of ${title}`,
  noFacts: 'There is nothing of this here.',
  text: {
    empty: 'The command prints nothing: there is no entry.',
    find: 'Find in these lines',
    found: (found: number, all: number) => `${found.toLocaleString('en')} of ${lines(all)}`,
    all: lines,
    noLine: 'No line has that.',
  },
  copy: {
    copy: 'Copy',
    copied: 'Copied',
    title: (command: string) => `Copy the output of ${command}`,
    said: 'Copied.',
    refused: 'The browser does not allow it. Select the text and copy it.',
  },
  why: {
    none: 'Nothing is wrong here that the lab could explain.',
    cause: 'This decides: ',
    toTerminal: (command: string) => `Put it into the terminal: ${command}`,
  },
  reach: {
    intro: (name: string, count: number) =>
      `${others(count)} can ask ${name}. The lab answers in a copy of the cluster: nothing in it changes.`,
    nobody: 'There is nobody else to ask it.',
    ask: 'Ask everybody',
    again: 'Ask again',
    stop: 'Stop',
    running: (done: number, all: number) => `${done} of ${all}`,
    done: (ok: number, all: number) => `${ok} of ${all} reach it.`,
    stale: 'The cluster has changed since.',
    list: 'Who reaches it',
    trace: 'Trace',
    traceOf: (from: string, port: string) => `Trace ${from} to ${port}`,
    more: (count: number) => `${count} more are ok.`,
    showAll: 'Show all',
  },
} as const;
