// The line that is being written: its text and caret, the history that is walked through, the list of candidates. Pure.

import type { Completion } from '../../client/port.ts';

/** The id of a candidate in the list of this id. */
export const candidateId = (list: string, index: number): string => `${list}-${index}`;

/** What a list under the input offers. */
export interface CandidateList {
  /** `completion`: endings of the word before the caret. `history`: earlier commands that replace everything. */
  readonly kind: 'completion' | 'history';
  /** Where the word begins that a candidate replaces. */
  readonly from: number;
  /** Before anything was typed into the open list. */
  readonly all: readonly string[];
  readonly shown: readonly string[];
  readonly active: number;
}

export interface InputState {
  readonly text: string;
  readonly caret: number;
  /** Counts changes that were not typed, so that the page moves the caret. */
  readonly placed: number;
  /** The place in the history that is shown, and what was written before. */
  readonly recall: { readonly index: number; readonly draft: string } | undefined;
  readonly list: CandidateList | undefined;
  /** What the Tab key does: after Escape it leaves the input, so that the keyboard is never caught in it. */
  readonly tab: 'completes' | 'leaves';
}

export type InputAction =
  | { readonly kind: 'edited'; readonly text: string; readonly caret: number }
  | { readonly kind: 'filled'; readonly text: string }
  | { readonly kind: 'recalled'; readonly by: -1 | 1; readonly history: readonly string[] }
  /** The lab's answer for the text and caret that it was asked for. */
  | { readonly kind: 'completed'; readonly text: string; readonly caret: number; readonly completion: Completion }
  | { readonly kind: 'searched'; readonly history: readonly string[] }
  | { readonly kind: 'moved'; readonly by: -1 | 1 }
  | { readonly kind: 'chosen'; readonly index: number }
  | { readonly kind: 'escaped' }
  /** The keyboard left the input. */
  | { readonly kind: 'left' };

const MOST_FOUND = 50;

export function emptyInput(text = ''): InputState {
  return { text, caret: text.length, placed: 0, recall: undefined, list: undefined, tab: 'completes' };
}

export function reduceInput(state: InputState, action: InputAction): InputState {
  switch (action.kind) {
    case 'edited': {
      const { text, caret } = action;
      const list = state.list === undefined ? undefined : narrowed(state.list, text, caret);
      const recall = text === state.text ? state.recall : undefined;
      return { ...state, text, caret, list, recall, tab: 'completes' };
    }
    case 'filled':
      return placedAt(state, action.text, action.text.length);
    case 'recalled':
      return recalled(state, action.by, action.history);
    case 'completed':
      // Whoever types on while the lab answers has moved on.
      return action.text === state.text && action.caret === state.caret ? completed(state, action.completion) : state;
    case 'searched':
      return searched(state, action.history);
    case 'moved':
      return state.list === undefined ? state : { ...state, list: moved(state.list, action.by), tab: 'completes' };
    case 'chosen':
      return chosen(state, action.index);
    case 'escaped':
      return { ...state, list: undefined, tab: 'leaves' };
    case 'left':
      return { ...state, list: undefined, tab: 'completes' };
  }
}

/** The line that the caret stands in and the caret's place in it: what the lab completes. */
export function lineAtCaret({ text, caret }: Pick<InputState, 'text' | 'caret'>): {
  readonly start: number;
  readonly line: string;
  readonly cursor: number;
} {
  const start = caret === 0 ? 0 : text.lastIndexOf('\n', caret - 1) + 1;
  const end = text.indexOf('\n', caret);
  return { start, line: text.slice(start, end === -1 ? undefined : end), cursor: caret - start };
}

/** Whether Up and Down leave the text: the caret is in its first or last line. */
export function isAtEdge({ text, caret }: Pick<InputState, 'text' | 'caret'>, by: -1 | 1): boolean {
  return by === -1 ? !text.slice(0, caret).includes('\n') : !text.slice(caret).includes('\n');
}

function placedAt(state: InputState, text: string, caret: number): InputState {
  return { ...emptyInput(text), caret, placed: state.placed + 1 };
}

function recalled(state: InputState, by: -1 | 1, history: readonly string[]): InputState {
  const index = (state.recall?.index ?? history.length) + by;
  const draft = state.recall?.draft ?? state.text;
  if (index < 0 || index > history.length) return state;
  const text = history[index] ?? draft;
  const next = placedAt(state, text, text.length);
  return index === history.length ? next : { ...next, recall: { index, draft } };
}

function completed(state: InputState, completion: Completion): InputState {
  const { start } = lineAtCaret(state);
  const from = start + completion.from;
  const { candidates } = completion;
  const [only] = candidates;
  if (only === undefined) return state;
  if (candidates.length === 1) return withWord(state, from, finished(only));
  const shared = commonPrefix(candidates);
  if (shared.length > state.caret - from) return withWord(state, from, shared);
  const list: CandidateList = { kind: 'completion', from, all: candidates, shown: candidates, active: 0 };
  return { ...state, list, tab: 'completes' };
}

/** What every candidate begins with. */
export function commonPrefix(candidates: readonly string[]): string {
  return candidates.reduce((prefix, candidate) => {
    let end = 0;
    while (end < prefix.length && prefix[end] === candidate[end]) end++;
    return prefix.slice(0, end);
  }, candidates[0] ?? '');
}

/** A complete word is followed by a space, unless more of the same word follows. */
function finished(word: string): string {
  return /[/=:,\s]$/.test(word) ? word : `${word} `;
}

function withWord(state: InputState, from: number, word: string): InputState {
  const rest = state.text.slice(state.caret);
  const before = state.text.slice(0, from) + word;
  return placedAt(state, before + (word.endsWith(' ') ? rest.replace(/^ /, '') : rest), before.length);
}

function searched(state: InputState, history: readonly string[]): InputState {
  const newestFirst = [...history].reverse();
  const list = narrowed(
    { kind: 'history', from: 0, all: newestFirst, shown: [], active: 0 },
    state.text,
    state.text.length,
  );
  return { ...state, list, tab: 'completes' };
}

function narrowed(list: CandidateList, text: string, caret: number): CandidateList | undefined {
  const typed = list.kind === 'history' ? text.trim() : text.slice(list.from, caret);
  const shown =
    list.kind === 'history'
      ? list.all.filter(command => command.includes(typed)).slice(0, MOST_FOUND)
      : list.all.filter(candidate => candidate.startsWith(typed));
  return caret < list.from || shown.length === 0 ? undefined : { ...list, shown, active: 0 };
}

function moved(list: CandidateList, by: -1 | 1): CandidateList {
  const count = list.shown.length;
  return { ...list, active: (list.active + by + count) % count };
}

function chosen(state: InputState, index: number): InputState {
  const { list } = state;
  const word = list?.shown[index];
  if (list === undefined || word === undefined) return state;
  return list.kind === 'history' ? placedAt(state, word, word.length) : withWord(state, list.from, finished(word));
}
