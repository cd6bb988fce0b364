// The files of the editor beside the cluster: when the lab is asked, and about what.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { LabClient } from '../../src/client/port.ts';
import { createEditorStore } from '../../src/store/editorStore.ts';
import { createFileReviewStore, MOST_COMPARED } from '../../src/store/fileReviews.ts';
import { EMPTY_LAB, type LabStore } from '../../src/store/labStore.ts';
import { memoryStorage } from '../../src/store/storage.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two files on a lab that notes each text that it is asked about. */
function editorOnLab(answer: (text: string) => Promise<unknown> = async () => []) {
  const asked: string[] = [];
  const client = {
    validate: async () => [],
    setFiles: async () => undefined,
    manifest: (question: { readonly text: string }) => {
      asked.push(question.text);
      return answer(question.text);
    },
  } as unknown as LabClient;
  const editor = createEditorStore(client, memoryStorage(), () => undefined);
  editor.enter('sandbox', [
    { name: 'a.yaml', text: 'A' },
    { name: 'b.yaml', text: 'B' },
  ]);
  const lab = createStore(() => ({ ...EMPTY_LAB, phase: { kind: 'open', name: 'lab' } }));
  const reviews = createFileReviewStore(client, editor, lab as unknown as LabStore);
  const stop = reviews.start();
  const happens = (): void => lab.setState(({ nextEvent }) => ({ nextEvent: nextEvent + 1 }));
  const kinds = (): unknown =>
    Object.fromEntries([...reviews.getState().reviews].map(([name, { kind }]) => [name, kind]));
  const wait = (): Promise<unknown> => vi.advanceTimersByTimeAsync(400);
  return { editor, asked, kinds, happens, stop, wait };
}

describe('the lab is asked', () => {
  it('about every file at first', async () => {
    const { asked, kinds, wait } = editorOnLab();
    await wait();
    expect(asked).toEqual(['A', 'B']);
    expect(kinds()).toEqual({ 'a.yaml': 'compared', 'b.yaml': 'compared' });
  });

  it('about the file alone that was written in, once the keys rest', async () => {
    const { editor, asked, wait } = editorOnLab();
    await wait();
    editor.setText('A1');
    editor.setText('A2');
    await wait();
    expect(asked).toEqual(['A', 'B', 'A2']);
  });

  it('about all of them when something happened in the cluster, and not when only time passed', async () => {
    const { asked, happens, wait } = editorOnLab();
    await wait();
    await wait();
    expect(asked).toEqual(['A', 'B']);
    happens();
    await wait();
    expect(asked).toEqual(['A', 'B', 'A', 'B']);
  });

  it('no more when the editor is gone', async () => {
    const { editor, asked, stop, wait } = editorOnLab();
    await wait();
    stop();
    editor.setText('A1');
    await wait();
    expect(asked).toEqual(['A', 'B']);
  });

  it('about nothing that is empty or too long', async () => {
    const { editor, asked, kinds, wait } = editorOnLab();
    await wait();
    editor.setText('A'.repeat(MOST_COMPARED + 1));
    editor.openFile('b.yaml');
    editor.setText(' \n');
    await wait();
    expect(asked).toEqual(['A', 'B']);
    expect(kinds()).toEqual({ 'a.yaml': 'too-long', 'b.yaml': 'compared' });
  });
});

it('a lab that stopped is said of each file', async () => {
  const { kinds, wait } = editorOnLab(() => Promise.reject(new Error('the lab stopped')));
  await wait();
  expect(kinds()).toEqual({ 'a.yaml': 'failed', 'b.yaml': 'failed' });
});
