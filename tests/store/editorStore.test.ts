// The editor's files: what is taken, what is asked of the lab and when, what is kept between visits.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandResult, Diagnostic, EditorFile, LabClient } from '../../src/client/port.ts';
import { createEditorStore, MOST_TEXT, refusalOf } from '../../src/store/editorStore.ts';
import { memoryStorage, type TextStorage } from '../../src/store/storage.ts';

const finding = (message: string): Diagnostic => ({
  severity: 'error',
  message,
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  document: 1,
});

/** A lab that has the editor's three calls only; each finding names the text that it is about. */
function labOf(parts: Partial<LabClient> = {}) {
  const validated: string[] = [];
  const given: (readonly EditorFile[])[] = [];
  const client = {
    validate: async (text: string) => {
      validated.push(text);
      return [finding(text)];
    },
    setFiles: async (files: readonly EditorFile[]) => {
      given.push(files);
    },
    runOnFiles: async (...[verb, names, onOutput]: Parameters<LabClient['runOnFiles']>) => {
      onOutput({ stream: 'out', text: `${verb} ${names}\n` });
      return { exitCode: 0, exchanges: [] };
    },
    ...parts,
  } as LabClient;
  return { client, validated, given };
}

function editorOf(parts: Partial<LabClient> = {}, storage: TextStorage = memoryStorage()) {
  const lab = labOf(parts);
  const applied: CommandResult[] = [];
  const editor = createEditorStore(lab.client, storage, result => applied.push(result));
  const text = (): string | undefined => {
    const { files, open } = editor.getState();
    return files.find(file => file.name === open)?.text;
  };
  const names = (): readonly string[] => editor.getState().files.map(file => file.name);
  return { ...lab, editor, applied, storage, text, names };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the length of a text', () => {
  it.each([
    ['at the limit', MOST_TEXT, 'taken'],
    ['above the limit', MOST_TEXT + 1, 'refused'],
  ])('%s', (_, length, outcome) => {
    const { editor, text } = editorOf();
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'before' }]);
    editor.setText('x'.repeat(length));
    expect(text()?.length).toBe(outcome === 'taken' ? length : 'before'.length);
    expect(editor.getState().refusal).toBe(outcome === 'taken' ? undefined : refusalOf(length));
  });

  it('is said with its size, until the next change', () => {
    const { editor } = editorOf();
    editor.refuse(5_000_000);
    expect(editor.getState().refusal).toMatch('5.0 million characters');
    editor.setText('a: 1');
    expect(editor.getState().refusal).toBeUndefined();
  });
});

describe('a check', () => {
  it('waits for a pause and is about the newest text', async () => {
    const { editor, validated } = editorOf();
    editor.enter('sandbox');
    editor.setText('a');
    await vi.advanceTimersByTimeAsync(150);
    editor.setText('ab');
    expect(editor.getState().checked).toBe('waiting');
    await vi.advanceTimersByTimeAsync(150);
    expect(validated).toEqual([]);
    await vi.advanceTimersByTimeAsync(60);
    expect(validated).toEqual(['ab']);
    expect(editor.getState()).toMatchObject({ checked: 'current', diagnostics: [{ message: 'ab' }] });
  });

  it('that is overtaken is not shown', async () => {
    const answers: (() => void)[] = [];
    const { editor } = editorOf({
      validate: text => new Promise(resolve => answers.push(() => resolve([finding(text)]))),
    });
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'old' }]);
    editor.setText('new');
    await vi.advanceTimersByTimeAsync(250);
    answers[1]?.();
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.();
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.getState().diagnostics.map(each => each.message)).toEqual(['new']);
  });

  it('of an empty file asks nobody', async () => {
    const { editor, validated } = editorOf();
    editor.enter('sandbox');
    editor.setText(' \n');
    await vi.advanceTimersByTimeAsync(250);
    expect(validated).toEqual([]);
    expect(editor.getState()).toMatchObject({ checked: 'current', diagnostics: [] });
  });

  it('follows the file that is opened', async () => {
    const { editor } = editorOf();
    editor.enter('sandbox', [
      { name: 'a.yaml', text: 'A' },
      { name: 'b.yaml', text: 'B' },
    ]);
    editor.openFile('b.yaml');
    expect(editor.getState().diagnostics).toEqual([]);
    await vi.advanceTimersByTimeAsync(0);
    expect(editor.getState().diagnostics.map(each => each.message)).toEqual(['B']);
  });
});

describe('a name', () => {
  it.each([
    ['b.yaml', 'renamed'],
    ['a.yaml', 'renamed'],
    ['taken.yaml', 'taken'],
    ['', 'invalid'],
    ['../a.yaml', 'invalid'],
    ['a b.yaml', 'invalid'],
    ['.yaml', 'invalid'],
    ['x'.repeat(101), 'invalid'],
  ])('%j is %s', (to, outcome) => {
    const { editor } = editorOf();
    editor.enter('sandbox', [
      { name: 'a.yaml', text: 'A' },
      { name: 'taken.yaml', text: '' },
    ]);
    expect(editor.renameFile('a.yaml', to)).toBe(outcome);
    const kept = outcome === 'renamed' ? to : 'a.yaml';
    expect(editor.getState()).toMatchObject({ open: kept, files: [{ name: kept, text: 'A' }, { name: 'taken.yaml' }] });
  });
});

describe('closing', () => {
  it('the open file opens another', () => {
    const { editor, names } = editorOf();
    editor.enter('sandbox', [
      { name: 'a.yaml', text: 'A' },
      { name: 'b.yaml', text: 'B' },
    ]);
    editor.openFile('b.yaml');
    editor.removeFile('b.yaml');
    expect(names()).toEqual(['a.yaml']);
    expect(editor.getState().open).toBe('a.yaml');
  });

  it('the last file leaves an empty one', () => {
    const { editor, text, names } = editorOf();
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'A' }]);
    editor.removeFile('a.yaml');
    expect(names()).toEqual(['manifest.yaml']);
    expect(text()).toBe('');
  });
});

describe('applying', () => {
  it('keeps what was printed, and the file that it was', async () => {
    const { editor, applied } = editorOf();
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'A' }]);
    const done = editor.apply();
    expect(editor.getState().apply).toEqual({ kind: 'applying', command: 'kubectl apply -f a.yaml' });
    expect(await editor.apply()).toBeUndefined();
    await done;
    expect(editor.getState().apply).toEqual({
      kind: 'applied',
      command: 'kubectl apply -f a.yaml',
      output: [{ stream: 'out', text: 'apply a.yaml\n' }],
      exitCode: 0,
    });
    expect(applied).toHaveLength(1);
    editor.dismissResult();
    expect(editor.getState().apply).toEqual({ kind: 'idle' });
  });

  it('on a lab that stopped says so', async () => {
    const { editor, applied } = editorOf({ runOnFiles: () => Promise.reject(new Error('the lab stopped')) });
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'A' }]);
    await editor.apply();
    expect(editor.getState().apply).toMatchObject({ kind: 'applied', exitCode: 1, output: [{ stream: 'err' }] });
    expect(JSON.stringify(editor.getState().apply)).toMatch('the lab stopped');
    expect(applied).toEqual([]);
  });
});

describe('between visits', () => {
  it('each scope keeps its own files', async () => {
    const { editor, storage, text } = editorOf();
    editor.enter('lesson-1');
    editor.setText('one');
    editor.enter('lesson-2');
    expect(text()).toBe('');
    editor.setText('two');
    await vi.advanceTimersByTimeAsync(600);
    const later = editorOf({}, storage);
    later.editor.enter('lesson-1');
    expect(later.text()).toBe('one');
    later.editor.enter('lesson-2');
    expect(later.text()).toBe('two');
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '{'],
    ['null', 'null'],
    ['no files', '{"files": []}'],
    ['files that are none', '{"files": [{"name": 1}, "a"]}'],
  ])('what is kept may be %s', (_, kept) => {
    const storage = memoryStorage(kept === undefined ? {} : { 'files.sandbox': kept });
    const { editor, names, text } = editorOf({}, storage);
    editor.enter('sandbox', [{ name: 'first.yaml', text: 'F' }]);
    expect(names()).toEqual(['first.yaml']);
    expect(text()).toBe('F');
  });

  it('a kept text is cut to what is taken, and an unknown open file is the first', () => {
    const files = [{ name: 'a.yaml', text: 'x'.repeat(MOST_TEXT + 5) }];
    const storage = memoryStorage({ 'files.sandbox': JSON.stringify({ version: 1, files, open: 'gone.yaml' }) });
    const { editor, text } = editorOf({}, storage);
    editor.enter('sandbox');
    expect(editor.getState().open).toBe('a.yaml');
    expect(text()?.length).toBe(MOST_TEXT);
  });

  it('the lab knows the files for -f', async () => {
    const { editor, given } = editorOf();
    editor.enter('sandbox', [{ name: 'a.yaml', text: 'A' }]);
    editor.setText('AB');
    await vi.advanceTimersByTimeAsync(600);
    expect(given.at(-1)).toEqual([{ name: 'a.yaml', text: 'AB' }]);
  });
});

describe('the revision', () => {
  it('counts what did not come from the editor', () => {
    const { editor } = editorOf();
    editor.enter('sandbox');
    const { revision } = editor.getState();
    editor.setText('a');
    expect(editor.getState().revision).toBe(revision);
    editor.replaceText('b');
    expect(editor.getState().revision).toBe(revision + 1);
  });
});
