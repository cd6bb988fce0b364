// Words of the matrix.

import type { ReachAnswer } from '../../client/port.ts';
import type { MatrixColumn } from '../../store/matrixStore.ts';
import type { Meaning } from '../common/Tag.tsx';

const cells = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);

export const MATRIX_WORDS = {
  title: 'Matrix',
  grid: 'Who reaches whom',
  corner: 'From, to',
  looking: 'The lab looks up who can be asked.',
  empty: {
    title: 'Nothing is asked yet',
    text: (rows: number, columns: number) =>
      `${rows} ${rows === 1 ? 'sender asks' : 'senders ask'} ${columns} ${columns === 1 ? 'target' : 'targets'}. The lab answers in a copy of the cluster: nothing in it changes.`,
  },
  missing: {
    rows: { title: 'Nobody asks', text: 'No Pod, node or host fits the rows. Choose others.' },
    columns: { title: 'Nobody to ask', text: 'Nothing fits the columns. Choose others.' },
    /** There is nothing but what the cluster runs for itself. */
    own: {
      title: 'Nobody to ask',
      text: "Nothing of yours fits the columns. Apply a Pod or a Service, or ask the cluster's own.",
    },
    askAll: "Ask the cluster's own",
  },
  tooMany: {
    title: (count: number) => `${count.toLocaleString('en')} cells are too many`,
    text: (most: number) =>
      `At most ${most.toLocaleString('en')} are asked at once. Choose one namespace, a label or a part of a name.`,
  },
  failed: 'The lab did not answer.',
  run: 'Run',
  again: 'Run again',
  stop: 'Stop',
  choose: 'Choose',
  size: (rows: number, columns: number) => `${rows.toLocaleString('en')} × ${columns.toLocaleString('en')}`,
  running: (done: number, all: number) => `${done} of ${cells(all)}`,
  /** `12 ok, 4 timeout.` */
  done: (verdicts: readonly (readonly [word: string, count: number])[]) =>
    `${verdicts.map(([word, count]) => `${count} ${word}`).join(', ')}. A cell opens its trace.`,
  stopped: (done: number, all: number) => `Stopped after ${done} of ${cells(all)}.`,
  changed: (count: number) =>
    count === 0 ? 'Nothing changed since the last run.' : `${cells(count)} changed since the last run.`,
  stale: 'The cluster has changed since.',
  was: (word: string) => `was ${word}`,
  notAsked: 'not asked yet',
  opening: (from: string, to: string) => `${from} asks ${to}.`,
  keep: {
    label: 'Take this matrix along',
    text: 'Copy as text',
    csv: 'Copy as CSV',
    copied: 'The matrix was copied.',
    notCopied: 'The browser did not allow copying.',
    close: 'Close',
  },
  form: {
    rows: 'Rows ask',
    columns: 'Columns are asked',
    kinds: { service: 'Services', pod: 'Pods', node: 'Nodes', outside: 'Outside' },
    namespace: 'Namespace',
    own: "All but the cluster's own",
    ownMeans: "The cluster's own: what is in kube-system, and the Service kubernetes.",
    all: 'All namespaces',
    filter: 'Filter',
    filterMeans: 'A part of the name, or a label: all words must fit.',
    filterHint: 'web or app=web',
    port: 'Port',
    ports: { open: 'What listens', ping: 'Ping', one: 'One port' },
    number: 'Number',
    protocol: 'Protocol',
  },
} as const;

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  'no-route': 'no route',
  'not-permitted': 'denied',
  'too-big': 'too big',
  'dns-fail': 'no name',
  'not-sent': 'not sent',
};

/** The word of a cell, from what an answer is compared by: `refused`, `HTTP 404`. */
export const verdictWord = (word: string): string => VERDICT_WORDS[word] ?? word.replace(/^http:/, 'HTTP ');

/** The form of a cell. An answer of the application below 400 is one that arrived. */
export function answerMeaning(answer: ReachAnswer): Meaning {
  if (answer.kind === 'not-sent') return 'pending';
  const status = /^http:(\d+)$/.exec(answer.verdict)?.[1];
  return answer.verdict === 'ok' || (status !== undefined && Number(status) < 400) ? 'ok' : 'drop';
}

/** `80/TCP`, `ping` */
export const portWord = ({ ask }: MatrixColumn): string =>
  ask.protocol === 'icmp' ? 'ping' : `${ask.port}/${ask.protocol.toUpperCase()}`;
