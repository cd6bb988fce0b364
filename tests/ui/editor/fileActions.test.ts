// New, duplicated, moved, closed and uploaded files of the editor.

import { describe, expect, it } from 'vitest';
import type { EditorFile, LabClient } from '../../../src/client/port.ts';
import { createEditorStore, type EditorStore, MOST_TEXT } from '../../../src/store/editorStore.ts';
import { memoryStorage } from '../../../src/store/storage.ts';
import {
  addFile,
  asFileName,
  closeFile,
  duplicateFile,
  freeName,
  moveFile,
  openFiles,
  reopenFile,
} from '../../../src/ui/editor/fileActions.ts';

const client = { validate: async () => [], setFiles: async () => undefined } as unknown as LabClient;

/** An editor with files `name: text`; `*` stands before the open one. */
function editorWith(...names: readonly string[]): EditorStore {
  const editor = createEditorStore(client, memoryStorage(), () => undefined);
  const files = names.map(
    (name): EditorFile => ({ name: name.replace('*', ''), text: `text of ${name.replace('*', '')}` }),
  );
  editor.enter('sandbox', files);
  const open = names.find(name => name.startsWith('*'));
  if (open !== undefined) editor.openFile(open.slice(1));
  return editor;
}

const shown = (editor: EditorStore): readonly string[] => {
  const { files, open } = editor.getState();
  return files.map(({ name }) => (name === open ? `*${name}` : name));
};

describe('a name', () => {
  it.each([
    ['a.yaml', ['b.yaml'], 'a.yaml'],
    ['a.yaml', ['a.yaml'], 'a-2.yaml'],
    ['a.yaml', ['a.yaml', 'a-2.yaml'], 'a-3.yaml'],
    ['a', ['a'], 'a-2'],
  ])('%s beside %j is %s', (wanted, taken, expected) => {
    expect(
      freeName(
        wanted,
        taken.map(name => ({ name, text: '' })),
      ),
    ).toBe(expected);
  });

  it.each([
    ['web.yaml', 'web.yaml'],
    ['my file (1).yaml', 'my-file-1-.yaml'],
    ['../../etc/passwd', 'etc-passwd'],
    ['<img src=x onerror=alert(1)>', 'img-src-x-onerror-alert-1-'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['…', 'manifest.yaml'],
    ['a'.repeat(253), `${'a'.repeat(90)}.yaml`],
  ])('%s of a file from elsewhere becomes %s', (name, expected) => {
    expect(asFileName(name)).toBe(expected);
  });
});

describe('a new file', () => {
  it('stands behind the others and is open', () => {
    const editor = editorWith('*manifest.yaml', 'b.yaml');
    addFile(editor, 'manifest.yaml');
    expect(shown(editor)).toEqual(['manifest.yaml', 'b.yaml', '*manifest-2.yaml']);
  });

  it('with a text takes the place of an empty one', () => {
    const editor = editorWith('a.yaml');
    addFile(editor, 'empty.yaml');
    addFile(editor, 'service.yaml', 'kind: Service\n');
    expect(shown(editor)).toEqual(['a.yaml', '*service.yaml']);
  });
});

describe('an open file', () => {
  it('is duplicated beside itself', () => {
    const editor = editorWith('*a.yaml', 'b.yaml');
    duplicateFile(editor);
    expect(shown(editor)).toEqual(['a.yaml', '*a-2.yaml', 'b.yaml']);
    expect(editor.getState().files[1]?.text).toBe('text of a.yaml');
  });

  it.each([
    ['left', -1, ['*b.yaml', 'a.yaml', 'c.yaml']],
    ['right', 1, ['a.yaml', 'c.yaml', '*b.yaml']],
  ] as const)('moves %s', (_, by, expected) => {
    const editor = editorWith('a.yaml', '*b.yaml', 'c.yaml');
    moveFile(editor, by);
    expect(shown(editor)).toEqual(expected);
    moveFile(editor, by);
    expect(shown(editor)).toEqual(expected);
  });

  it('that is closed comes back where it was, with its text', () => {
    const editor = editorWith('a.yaml', '*b.yaml', 'c.yaml');
    const closed = closeFile(editor, 'b.yaml');
    expect(shown(editor)).toEqual(['*a.yaml', 'c.yaml']);
    if (closed !== undefined) reopenFile(editor, closed);
    expect(shown(editor)).toEqual(['a.yaml', '*b.yaml', 'c.yaml']);
    expect(editor.getState().files[1]?.text).toBe('text of b.yaml');
  });

  it('that was the only one comes back in place of the empty one', () => {
    const editor = editorWith('*a.yaml');
    const closed = closeFile(editor, 'a.yaml');
    if (closed !== undefined) reopenFile(editor, closed);
    expect(shown(editor)).toEqual(['*a.yaml']);
  });
});

describe('files from the machine', () => {
  it('open in tabs of their own', async () => {
    const editor = editorWith('a.yaml');
    await openFiles(editor, [new File(['kind: Pod\n'], 'pod.yaml'), new File(['kind: Job\n'], 'a.yaml')]);
    expect(shown(editor)).toEqual(['a.yaml', 'pod.yaml', '*a-2.yaml']);
  });

  it.each([
    ['too many letters', MOST_TEXT + 1],
    ['5 MB', 5_000_000],
  ])('with %s are refused, and that is said', async (_, length) => {
    const editor = editorWith('*a.yaml');
    await openFiles(editor, [new File(['a'.repeat(length)], 'big.yaml')]);
    expect(shown(editor)).toEqual(['*a.yaml']);
    expect(editor.getState().refusal).toContain('The editor takes 1 million');
  });
});
