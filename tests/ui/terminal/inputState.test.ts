import { describe, expect, it } from 'vitest';
import {
  commonPrefix,
  emptyInput,
  type InputAction,
  type InputState,
  isAtEdge,
  lineAtCaret,
  reduceInput,
} from '../../../src/ui/terminal/inputState.ts';

const reduced = (state: InputState, ...actions: InputAction[]): InputState => actions.reduce(reduceInput, state);
const tab = (state: InputState, from: number, ...candidates: string[]): InputState =>
  reduceInput(state, { kind: 'completed', text: state.text, caret: state.caret, completion: { from, candidates } });
const recall = (by: -1 | 1, ...history: string[]): InputAction => ({ kind: 'recalled', by, history });

describe('completion', () => {
  it.each<[string, readonly string[], string]>([
    ['one candidate is written with a space', ['pods'], 'kubectl get pods '],
    ['a candidate that goes on has none', ['pod/'], 'kubectl get pod/'],
    ['what all begin with', ['pods', 'podtemplates'], 'kubectl get pod'],
    ['nothing to add', ['po', 'pods'], 'kubectl get po'],
    ['no candidate', [], 'kubectl get po'],
  ])('%s', (_, candidates, text) => {
    expect(tab(emptyInput('kubectl get po'), 12, ...candidates).text).toBe(text);
  });

  it('lists candidates when they share no more than what is written', () => {
    const state = tab(emptyInput('kubectl get pod'), 12, 'pods', 'podtemplates');
    expect(state.list).toMatchObject({ kind: 'completion', shown: ['pods', 'podtemplates'], active: 0 });
    const down = reduced(state, { kind: 'moved', by: 1 });
    expect(down.list?.active).toBe(1);
    expect(reduced(down, { kind: 'moved', by: 1 }).list?.active).toBe(0);
    const chosen = reduced(down, { kind: 'chosen', index: 1 });
    expect(chosen).toMatchObject({ text: 'kubectl get podtemplates ', caret: 25, list: undefined });
  });

  it('narrows an open list while typing and closes it when nothing is left', () => {
    const state = tab(emptyInput('get p'), 4, 'pods', 'pvc');
    const typed = reduced(state, { kind: 'edited', text: 'get po', caret: 6 });
    expect(typed.list?.shown).toEqual(['pods']);
    expect(reduced(typed, { kind: 'edited', text: 'get pox', caret: 7 }).list).toBeUndefined();
    expect(reduced(state, { kind: 'edited', text: 'get', caret: 3 }).list).toBeUndefined();
  });

  it('completes in the middle of a text', () => {
    const state = { ...emptyInput('kubectl ge pods'), caret: 10 };
    expect(tab(state, 8, 'get')).toMatchObject({ text: 'kubectl get pods', caret: 12 });
  });

  it('completes in the line of the caret', () => {
    const state = emptyInput('first\nkubectl ge');
    expect(lineAtCaret(state)).toEqual({ start: 6, line: 'kubectl ge', cursor: 10 });
    expect(tab(state, 8, 'get').text).toBe('first\nkubectl get ');
    expect(lineAtCaret({ text: '\nb', caret: 0 })).toEqual({ start: 0, line: '', cursor: 0 });
  });

  it('drops an answer that comes too late', () => {
    const state = emptyInput('kubectl get pods');
    const completion = { from: 12, candidates: ['pods'] };
    expect(reduced(state, { kind: 'completed', text: 'kubectl get po', caret: 14, completion })).toBe(state);
  });

  it('finds the common prefix', () => {
    expect(commonPrefix([])).toBe('');
    expect(commonPrefix(['web-1', 'web-2', 'west'])).toBe('we');
  });
});

describe('history', () => {
  it('walks up to the oldest and back to the draft', () => {
    const up = reduced(emptyInput('dra'), recall(-1, 'a', 'b'));
    expect(up.text).toBe('b');
    const oldest = reduced(up, recall(-1, 'a', 'b'), recall(-1, 'a', 'b'));
    expect(oldest.text).toBe('a');
    const back = reduced(oldest, recall(1, 'a', 'b'), recall(1, 'a', 'b'));
    expect(back).toMatchObject({ text: 'dra', recall: undefined });
    expect(reduced(back, recall(1, 'a', 'b'))).toBe(back);
  });

  it('goes on from the same place after the caret moved, but not after an edit', () => {
    const up = reduced(emptyInput(), recall(-1, 'a', 'b'));
    const moved = reduced(up, { kind: 'edited', text: 'b', caret: 0 }, recall(-1, 'a', 'b'));
    expect(moved.text).toBe('a');
    const edited = reduced(up, { kind: 'edited', text: 'bc', caret: 2 }, recall(-1, 'a', 'b'));
    expect(edited).toMatchObject({ text: 'b', recall: { draft: 'bc' } });
  });

  it('searches newest first and replaces the whole text', () => {
    const state = reduced(emptyInput('get'), { kind: 'searched', history: ['get a', 'x', 'get b'] });
    expect(state.list?.shown).toEqual(['get b', 'get a']);
    expect(reduced(state, { kind: 'chosen', index: 1 })).toMatchObject({ text: 'get a', caret: 5, list: undefined });
    expect(reduced(emptyInput('zzz'), { kind: 'searched', history: ['get a'] }).list).toBeUndefined();
  });
});

describe('keys', () => {
  it('lets Tab leave after Escape, until something is typed', () => {
    const escaped = reduced(tab(emptyInput('p'), 0, 'pa', 'pb'), { kind: 'escaped' });
    expect(escaped).toMatchObject({ list: undefined, tab: 'leaves' });
    expect(reduced(escaped, { kind: 'edited', text: 'px', caret: 2 }).tab).toBe('completes');
    expect(reduced(escaped, { kind: 'left' }).tab).toBe('completes');
  });

  it('counts only changes that were not typed as placed', () => {
    expect(reduced(emptyInput(), { kind: 'edited', text: 'a', caret: 1 }).placed).toBe(0);
    expect(reduced(emptyInput(), { kind: 'filled', text: 'a' })).toMatchObject({ placed: 1, caret: 1 });
  });

  it.each<[string, number, boolean, boolean]>([
    ['one line', 3, true, true],
    ['two\nlines', 1, true, false],
    ['two\nlines', 5, false, true],
  ])('knows the edges of %j at %i', (text, caret, up, down) => {
    expect([isAtEdge({ text, caret }, -1), isAtEdge({ text, caret }, 1)]).toEqual([up, down]);
  });
});
