// Words of keeping, sharing and opening labs.

const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`;

/** `Pods`, `Gateways`, `Ingresses`, `NetworkPolicies`, `Endpoints`. */
function manyOf(kind: string): string {
  if (/[^aeiou]y$/.test(kind)) return `${kind.slice(0, -1)}ies`;
  if (kind.endsWith('ss')) return `${kind}es`;
  return kind.endsWith('s') ? kind : `${kind}s`;
}

/** `812 bytes`, `14.2 kB`, `1.3 MB`; `size` in bytes. */
export function sizeText(size: number): string {
  if (size < 1000) return count(size, 'byte', 'bytes');
  return size < 1_000_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

export const KEEP_WORDS = {
  menu: 'Save and share',
  save: { label: 'Save as a file', hint: 'One YAML file of manifests, which kubectl takes too' },
  open: { label: 'Open a file…', hint: 'A saved lab, manifests, or kubectl get -o yaml of a real cluster' },
  link: { label: 'Share a link…', hint: 'The lab is in the link itself; nothing is sent' },
  real: { label: 'Take it to a real cluster', hint: 'A zip: a config for kind, the manifests, and what to run' },
  history: { label: 'History…', hint: 'Go back to a change, a state that was kept, or a checkpoint' },
  fresh: { label: 'New sandbox…', hint: 'A fresh cluster, as on the first visit' },
  close: 'Close',
  cancel: 'Cancel',
} as const;

export const SAVE_WORDS = {
  zipped: (name: string, size: number) => `${name} saved, ${sizeText(size)}. README.md in it says what to run.`,
  recorded: 'A recorded cluster has no manifests: keep the file that it came from.',
  failed: 'The lab did not answer, so nothing was saved.',
  /** A comment on top of the file. */
  firstLine:
    'Hoplab opens this file. kubectl applies it as well, but for the Lab: it says that it does not know the kind.',
  saved: (name: string, size: number) =>
    `${name} saved, ${sizeText(size)}. Routes and rules set by hand on nodes are not in it.`,
} as const;

export const OPEN_WORDS = {
  title: 'Open this lab?',
  linkTitle: 'Open the lab of this link?',
  freshTitle: 'Start a new sandbox?',
  refusedTitle: 'This lab cannot be opened',
  open: 'Open it',
  begin: 'Start new',
  keep: 'Keep mine',
  lost: (changes: number) =>
    changes === 0
      ? 'It replaces your sandbox.'
      : `It replaces your sandbox with its ${count(changes, 'change', 'changes')}. You can go back to it in the history.`,
  holds: (from: 'lab' | 'cluster', name: string) =>
    from === 'cluster' ? 'Objects of a real cluster, made into a lab. It has:' : `The lab “${name}” has:`,
  lostFromLesson:
    'It replaces your sandbox. You can go back to its last states in the history. The lesson stays as it is.',
  nodes: (names: readonly string[]) => count(names.length, 'node', 'nodes'),
  objects: (kind: string, number: number) => count(number, kind, manyOf(kind)),
  none: 'No Pods or other objects.',
  more: (number: number) => `and ${number} more`,
  size: (size: number) => `${sizeText(size)} of text`,
  leftOut: (number: number) => `${count(number, 'thing is', 'things are')} left out or otherwise`,
  looking: 'Looking at what it holds.',
  unread: 'The browser could not read the file.',
  tooLarge: (name: string, size: number) => `${name} has ${sizeText(size)}. At most 5 MB are read.`,
  oneFile: 'One file at a time: put the manifests into one, with --- between them.',
  served: 'This page shows a lab that is served from elsewhere. Open the page without ?lab= first.',
  line: (line: number) => `Line ${line}`,
  moreProblems: (number: number) => `and ${count(number, 'more problem', 'more problems')}`,
  untouched: 'Nothing was changed.',
  failed: 'The lab did not answer.',
  drop: 'Drop the file to look at what it holds',
} as const;

export const LINK_WORDS = {
  title: 'Share this lab as a link',
  text: 'The link holds the lab with all of its objects, Secrets too; routes and rules set by hand on nodes are not in it. Whoever opens the link is shown what the lab holds and asked before it opens. Nothing is sent anywhere.',
  label: 'Link',
  size: (letters: number, limit: number) =>
    `${letters.toLocaleString('en')} of at most ${limit.toLocaleString('en')} characters`,
  copy: 'Copy link',
  copied: 'The link was copied.',
  notCopied: 'The browser did not allow copying: select the link and copy it.',
  tooLong: (letters: number, limit: number) =>
    `This lab would need a link of ${letters.toLocaleString('en')} characters. Links of more than ${limit.toLocaleString('en')} get cut on their way. Share it as a file instead.`,
  save: 'Save as a file',
  damaged: 'The link is damaged: what stands in it cannot be unpacked. It may have been cut when it was copied.',
  empty: 'The link holds nothing.',
  bomb: 'What the link holds is larger than 1 MB. It was not unpacked.',
} as const;

const TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

export const HISTORY_WORDS = {
  title: 'History',
  nameLabel: 'Name the lab as it is now, to come back to it later',
  keep: 'Keep checkpoint',
  outcome: {
    kept: (name: string) => `Kept as “${name}”.`,
    full: () => 'The browser has no room for it. Remove what you do not need, or save the lab as a file.',
    failed: () => 'The lab did not answer, so nothing was kept.',
  },
  pageOnly: 'This browser keeps nothing between visits: what is kept here goes with the page. Save a file instead.',
  changes: 'Changes since the lab was opened',
  opened: 'as it was opened',
  here: 'you are here',
  undoTo: 'Undo to here',
  redoTo: 'Redo to here',
  kept: 'Kept',
  nothingKept: 'Nothing yet. The last 20 states are kept here by themselves.',
  kinds: { change: 'Change,', replaced: 'Before another lab,', checkpoint: 'Checkpoint,' },
  /** `21 Nov 2026, 14:05`; `at` in milliseconds since 1970. */
  time: (at: number) => TIME.format(at),
  open: 'Open',
  openTitle: 'The lab as it was then; the present one stays in the history',
  restored: (name: string) => `The lab is as it was after: ${name}. The one before is in the history.`,
  refused: (name: string) => `${name} does not open any more: another version of Hoplab saved it.`,
  remove: (name: string) => `Remove ${name}`,
  removed: (name: string) => `${name} was removed.`,
  putBack: 'Put it back',
  none: 'A lab that is served keeps its own history.',
} as const;
