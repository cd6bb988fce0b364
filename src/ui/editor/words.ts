// What the editor says about a file.

import type { ReviewedDocument } from '../../client/manifest/questions.ts';
import type { Diagnostic } from '../../client/port.ts';
import type { FileMark } from './fileMark.ts';

export const EDITOR_WORDS = {
  exit: (code: number) => `exit ${code}`,
  nextProblem: 'Next problem',
  previousProblem: 'Previous problem',
  title: 'Manifests',
  files: 'Files',
  textOf: (file: string) => `Manifest ${file}`,
  placeholder: 'Paste or write Kubernetes manifests. Put a line with -\u2060-\u2060- between two of them.',
  apply: 'Apply',
  applyHint: (keys: string) => `kubectl apply (${keys})`,
  running: (command: string) => `${command} is running.`,
  emptyFile: 'Empty file',
  isEmpty: 'The file is empty.',
  tabIndents: (keys: string) => `${keys}, then Tab leaves`,
  tabIndentsHint: (keys: string) => `Tab indents here until ${keys} lets it move the focus, and back.`,
  plainOnly: 'Plain editor: the full one did not load',
  refused: 'Not taken',
  dismissRefusal: 'Dismiss message',
  dismissOutput: 'Dismiss output',
  closeFile: (file: string) => `Close ${file}`,
  renaming: {
    label: 'File name',
    rename: 'Rename',
    cancel: 'Cancel',
    taken: 'Another file has this name.',
    invalid: 'Use letters, digits, dots and dashes.',
  },
  problems: 'Problems',
  severities: { error: 'Error', warning: 'Warning', hint: 'Hint' },
  changedMeanwhile: 'it was changed meanwhile',
  compare: 'Compare',
  compareHint: 'What applying this file would change (kubectl diff)',
  comparison: 'Compared with the cluster',
  closeComparison: 'Close comparison',
  comparing: 'Checking…',
  tooLong: 'This file is too long to be compared while you type. kubectl diff -f in the terminal compares it.',
  notCompared: (why: string) => `The cluster could not be asked: ${why}`,
  nothingToCompare: 'The file has nothing to compare.',
  newHunks: 'What would be created',
  tabKeys: 'F2 or double click: rename. Alt and an arrow: move. Delete: close.',
  closed: (name: string) => `${name} is closed.`,
  add: {
    label: 'Add file',
    empty: 'Empty file',
    open: 'Open files',
    openHint: 'From this machine; or drop them on the editor',
  },
  file: {
    label: 'More for these files',
    applyAll: 'Apply all files',
    applyAllHint: 'In the order of the tabs, as one change',
    format: 'Format',
    rename: 'Rename',
    duplicate: 'Duplicate',
    left: 'Move left',
    right: 'Move right',
    remove: 'Delete what this file made',
    removeHint: (name: string) => `kubectl delete -f ${name}`,
    removed: (name: string) => `What ${name} made was deleted.`,
    notRemoved: (name: string) => `Not all of ${name} was deleted. kubectl says why below.`,
    undoElsewhere: 'Something else was done since. Undo in the header takes that back first.',
    isFirst: 'It is the first one.',
    isLast: 'It is the last one.',
    isOnly: 'There is only one.',
  },
  formatted: 'Formatted.',
  isFormatted: 'Nothing to format.',
  notFormatted: (why: string) => `Left as it is: ${why}`,
  undo: 'Undo',
  close: 'Close message',
  line: (line: number) => `Line ${line}`,
  states: {
    new: 'Not in the cluster',
    same: 'No difference',
    changed: 'Changed since it was applied',
    differs: 'The cluster has something else',
    refused: 'Would be refused',
  } satisfies Record<ReviewedDocument['state'], string>,
  marks: {
    empty: '',
    same: 'as in the cluster',
    new: 'not applied',
    changed: 'changed since applied',
    differs: 'cluster differs',
    refused: 'has problems',
  } satisfies Record<FileMark, string>,
} as const;

/** What the bar above the text says. */
export type FileStatus =
  | { readonly kind: 'checking'; readonly text: string }
  | { readonly kind: 'fine'; readonly text: string }
  | { readonly kind: 'problems'; readonly text: string };

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

/** Errors and warnings are problems; hints are counted for themselves. */
export function fileStatus(diagnostics: readonly Diagnostic[], checked: 'current' | 'waiting'): FileStatus {
  if (checked === 'waiting') return { kind: 'checking', text: 'Checking…' };
  const hints = diagnostics.filter(each => each.severity === 'hint').length;
  const problems = diagnostics.length - hints;
  const hintText = hints === 0 ? '' : `, ${count(hints, 'hint', 'hints')}`;
  if (problems > 0) return { kind: 'problems', text: count(problems, 'problem', 'problems') + hintText };
  return { kind: 'fine', text: `No problems${hintText}` };
}

/** Whether a file has one document or more; only among several is a document's number worth saying. */
export function documentsOf(text: string): 'one' | 'several' {
  return /\S[\s\S]*\n---(\s|$)/.test(text) ? 'several' : 'one';
}

/**
 * Where a problem is: `Line 11 · document 2 · Service web · spec.ports[0].port`; without a field that the message names.
 * What is no YAML has no object and no field: its column is said.
 */
export function placeOf({ range, document, object, field, message }: Diagnostic, documents: 'one' | 'several'): string {
  const line = `Line ${range.startLine}`;
  return [
    object === undefined ? `${line}, column ${range.startColumn}` : line,
    documents === 'several' ? `document ${document}` : undefined,
    object,
    field !== undefined && message.includes(field) ? undefined : field,
  ]
    .filter(part => part !== undefined)
    .join(' · ');
}

/** A problem of the list with a key of its own. */
export interface ListedProblem {
  readonly key: string;
  readonly problem: Diagnostic;
}

/** The problems from top to bottom, each once. */
export function listProblems(diagnostics: readonly Diagnostic[]): readonly ListedProblem[] {
  const listed = new Map<string, Diagnostic>();
  for (const problem of diagnostics) {
    const { range, severity, field, message } = problem;
    listed.set(`${range.startLine}:${range.startColumn} ${severity} ${field} ${message}`, problem);
  }
  return [...listed]
    .map(([key, problem]) => ({ key, problem }))
    .sort((a, b) => a.problem.range.startLine - b.problem.range.startLine);
}

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the key of commands is called on this machine. */
export const applyKeys = (): string => (isApple() ? '⌘ Enter' : 'Ctrl+Enter');
export const tabKeys = (): string => (isApple() ? '⌃⇧M' : 'Ctrl+M');
