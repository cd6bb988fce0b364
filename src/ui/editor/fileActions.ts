// What can be done with the files of the editor beside writing in them.

import type { EditorFile } from '../../client/port.ts';
import { type EditorStore, isFileName, MOST_TEXT } from '../../store/editorStore.ts';

/** `web.yaml` or, where that is taken, `web-2.yaml`. */
export function freeName(wanted: string, files: readonly EditorFile[]): string {
  const [, stem = wanted, extension = ''] = /^(.*?)((?:\.[^.]*)?)$/.exec(wanted) ?? [];
  let name = wanted;
  for (let number = 2; files.some(file => file.name === name); number++) name = `${stem}-${number}${extension}`;
  return name;
}

/** A name that the editor takes, as near to another one as can be. */
export function asFileName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '');
  return isFileName(plain) ? plain : `${plain.slice(0, 90) || 'manifest'}.yaml`;
}

const isEmpty = (file: EditorFile | undefined): boolean => file?.text.trim() === '';

/** Applies every file that has something in it, in the order of the tabs, as one change. */
export function applyAll(editor: EditorStore): void {
  const names = editor.getState().files.flatMap(file => (isEmpty(file) ? [] : [file.name]));
  if (names.length > 0) void editor.apply('apply', names);
}

/** Shows a new file behind the others; an empty one that is open makes room for it. Returns its name. */
export function addFile(editor: EditorStore, wanted: string, text = ''): string {
  const { files, open } = editor.getState();
  const others = text === '' ? files : files.filter(file => file.name !== open || !isEmpty(file));
  const name = freeName(asFileName(wanted), others);
  editor.arrange([...others, { name, text }], name);
  return name;
}

export function duplicateFile(editor: EditorStore): void {
  const { files, open } = editor.getState();
  const at = files.findIndex(file => file.name === open);
  const original = files[at];
  if (original === undefined) return;
  const name = freeName(open, files);
  editor.arrange([...files.slice(0, at + 1), { ...original, name }, ...files.slice(at + 1)], name);
}

/** Moves the open file's tab to one side; files are applied in the order of their tabs. */
export function moveFile(editor: EditorStore, by: 1 | -1): void {
  const { files, open } = editor.getState();
  const at = files.findIndex(file => file.name === open);
  const [moved, other] = [files[at], files[at + by]];
  if (moved === undefined || other === undefined) return;
  const changed = [...files];
  changed[at] = other;
  changed[at + by] = moved;
  editor.arrange(changed, open);
}

/** A closed file, and where its tab was. */
export interface ClosedFile {
  readonly file: EditorFile;
  readonly at: number;
}

/** Closes a file. Returns what brings it back; undefined: there was nothing in it. */
export function closeFile(editor: EditorStore, name: string): ClosedFile | undefined {
  const { files } = editor.getState();
  const at = files.findIndex(each => each.name === name);
  const file = files[at];
  editor.removeFile(name);
  return file === undefined || isEmpty(file) ? undefined : { file, at };
}

/** Brings a closed file back to its place. An empty file that took its place goes. */
export function reopenFile(editor: EditorStore, { file, at }: ClosedFile): void {
  const { files } = editor.getState();
  const others = files.filter(other => !(isEmpty(other) && (other.name === file.name || files.length === 1)));
  const name = freeName(file.name, others);
  editor.arrange([...others.slice(0, at), { ...file, name }, ...others.slice(at)], name);
}

/** Bytes above which a file from the machine is not even read: no character has more than 4 in UTF-8. */
const MOST_BYTES = MOST_TEXT * 4;

/** Takes files from the learner's machine, each in a tab of its own. A file that is too long is refused, and said. */
export async function openFiles(editor: EditorStore, list: Iterable<File>): Promise<void> {
  for (const file of [...list]) {
    if (file.size > MOST_BYTES) {
      editor.refuse(file.size);
      continue;
    }
    const text = await file.text().catch(() => undefined);
    if (text === undefined) continue;
    if (text.length > MOST_TEXT) editor.refuse(text.length);
    else addFile(editor, file.name, text);
  }
}
