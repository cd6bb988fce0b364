// Words of the command palette, the shortcut sheet and the actions that both name.

import type { LabElement } from '../../sim/index.ts';
import type { ActionGroup } from './action.ts';

export const ACTION_GROUPS: Readonly<Record<ActionGroup, string>> = {
  go: 'Go to',
  panel: 'Panels',
  graph: 'Graph',
  trace: 'Trace',
  cluster: 'Cluster',
  files: 'Terminal and manifests',
  look: 'Page',
  element: 'Elements',
};

export const ACTION_WORDS = {
  lesson: (number: number, title: string) => `Lesson ${number}: ${title}`,
  sandbox: 'Sandbox',
  previous: 'Previous step',
  next: 'Next step',
  noLesson: 'No lesson is open',
  firstStep: 'This is the first step',
  lastStep: 'This is the last question',
  openPanel: (name: string) => `Open ${name}`,
  level: (name: string) => `Show ${name}`,
  levelAlso: 'graph level',
  fit: 'Fit the graph',
  fitSelection: 'Show the selection large',
  nothingSelected: 'Nothing is selected',
  tool: { find: 'Find on the graph', filter: 'Filter the graph', picture: 'Save the graph as a picture' },
  follow: { on: 'Follow the packet', off: 'Do not follow the packet' },
  list: { on: 'Show the graph as a list', off: 'Close the list' },
  legend: { on: 'Show the legend', off: 'Close the legend' },
  namespace: (name: string) => `Show namespace ${name}`,
  allNamespaces: 'Show all namespaces',
  play: 'Play the journey',
  pause: 'Pause the journey',
  step: 'Step',
  stepBack: 'Step back',
  nextHop: 'Next hop',
  previousHop: 'Previous hop',
  toStart: 'To the start of the journey',
  toEnd: 'To the end of the journey',
  deciding: 'Go to what decided',
  noJourney: 'No journey is open',
  journey: (name: string) => `Open journey ${name}`,
  undo: (what: string) => `Undo: ${what}`,
  noUndo: 'Undo',
  nothingToUndo: 'Nothing to take back',
  redo: (what: string) => `Redo: ${what}`,
  noRedo: 'Redo',
  nothingToRedo: 'Nothing to bring back',
  reset: 'Reset cluster…',
  nothingToReset: 'The cluster is as it was at first',
  clockOn: 'Play: let time pass',
  clockOff: 'Pause the clock',
  clockStep: 'Step the clock to what happens next',
  nothingDue: 'Nothing is due',
  noCluster: 'No cluster is open',
  runAgain: (command: string) => `Run again: ${command}`,
  nothingRan: 'Run again',
  noCommand: 'No command was run yet',
  clear: 'Clear the terminal',
  apply: (file: string) => `Apply ${file}`,
  emptyFile: 'The file is empty',
  applyAll: 'Apply all files',
  newFile: 'New file',
  saveLab: 'Save the lab as a file',
  shareLab: 'Share the lab as a link…',
  newSandbox: 'New sandbox…',
  theme: {
    system: 'Theme: the system’s',
    light: 'Theme: light',
    dark: 'Theme: dark',
    contrast: 'Theme: high contrast',
  },
  isShown: 'This is shown now',
  keys: 'Shortcuts',
  keysAlso: 'keyboard help keys',
  palette: 'Find an action',
  singleKeys: { on: 'Turn single-key shortcuts on', off: 'Turn single-key shortcuts off' },
} as const;

/** What an element is called by its kind. */
export const ELEMENT_KINDS: Readonly<Record<LabElement['kind'], string>> = {
  node: 'node',
  pod: 'Pod',
  service: 'Service',
  slice: 'EndpointSlice',
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  namespace: 'namespace',
  outside: 'outside host',
  router: 'router',
  lan: 'LAN',
};

export const PALETTE_WORDS = {
  title: 'Find an action',
  placeholder: 'An action, a lesson, or the name of an element',
  none: (query: string) => `Nothing is called “${query}”.`,
  count: (count: number) => (count === 1 ? '1 action' : `${count} actions`),
  hints: { move: 'choose', run: 'do it', close: 'close' },
} as const;

export const SHEET_WORDS = {
  title: 'Shortcuts',
  close: 'Close the shortcuts',
  everywhere: 'On the whole page',
  everywhereNote: 'Not while you type in a field, the editor or the terminal.',
  single: 'Single-key shortcuts',
  on: 'On',
  off: 'Off',
} as const;

/** Where keys mean something of their own, and what. */
export const PLACE_WORDS = {
  terminal: 'In the terminal',
  editor: 'In the editor',
  graph: 'On the graph',
  matrix: 'In the matrix',
  list: 'In the list',
  trace: 'In the trace',
  timeline: 'On the timeline',
  pick: 'While a question is answered on the graph',
  splitter: 'On the line between two panes',
} as const;
