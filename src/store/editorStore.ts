// The files of the editor, what the lab says about them, and what applying them did. Their text is kept between visits.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CommandOutput, CommandResult, Diagnostic, EditorFile, LabClient } from '../client/port.ts';
import { messageOf } from './labStore.ts';
import { isFields, readKept, type TextStorage } from './storage.ts';
import * as WORDS from './words.ts';

/** Characters of one file; a longer text is refused before anything reads it. */
export const MOST_TEXT = 1_000_000;
/** Time without a keystroke after which the lab is asked, in milliseconds. */
const QUIET_MS = 200;
const SAVE_MS = 500;
const FIRST_FILE = 'manifest.yaml';

export type FileVerb = 'apply' | 'delete';

export interface EditorState {
  readonly files: readonly EditorFile[];
  /** The name of the file that is shown. */
  readonly open: string;
  /** About the file that is shown. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether the diagnostics are about the text as it is now. */
  readonly checked: 'current' | 'waiting';
  readonly apply:
    | { readonly kind: 'idle' }
    | { readonly kind: 'applying'; readonly command: string }
    /** What `kubectl` printed, document by document. */
    | {
        readonly kind: 'applied';
        readonly command: string;
        readonly output: readonly CommandOutput[];
        readonly exitCode: number;
      };
  /** A text that was not taken, and why. */
  readonly refusal: string | undefined;
  /** Counts changes of text that did not come from the editor itself. */
  readonly revision: number;
}

export interface EditorStore extends StoreApi<EditorState> {
  /** Shows the files of a lesson or of the sandbox. */
  enter(scope: string, first?: readonly EditorFile[]): void;
  setText(text: string): void;
  /** Like `setText`, from outside of the editor. */
  replaceText(text: string): void;
  /** Says that a text was too long; nothing of it was taken. */
  refuse(length: number): void;
  dismissRefusal(): void;
  openFile(name: string): void;
  /** Takes a list of files in place of the one that is there, and shows one of them (src/ui/editor/fileActions.ts). */
  arrange(files: readonly EditorFile[], open: string): void;
  /** Shows a file with a text that comes from elsewhere, in place of one of the same name. */
  takeFile(file: EditorFile): void;
  removeFile(name: string): void;
  renameFile(name: string, to: string): 'renamed' | 'taken' | 'invalid';
  /** Asks the lab about the open file again. */
  recheck(): void;
  /** Applies files, or deletes what they made; without names the open one. Undefined: it did not come to that. */
  apply(verb?: FileVerb, names?: readonly string[]): Promise<CommandResult | undefined>;
  dismissResult(): void;
  /** Writes down at once what waits to be written: the page goes away. */
  keep(): void;
}

/** Why a text is not taken. */
export function refusalOf(length: number): string {
  const size = (length / 1_000_000).toFixed(1);
  return WORDS.tooLong(size);
}

export const isFileName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name);

export function createEditorStore(
  client: LabClient,
  storage: TextStorage,
  onApplied: (result: CommandResult) => void,
): EditorStore {
  const empty: readonly EditorFile[] = [{ name: FIRST_FILE, text: '' }];
  const store = createStore<EditorState>(() => ({
    files: empty,
    open: FIRST_FILE,
    diagnostics: [],
    checked: 'current',
    apply: { kind: 'idle' },
    refusal: undefined,
    revision: 0,
  }));
  let scope: string | undefined;
  let asked = 0;
  let quietTimer: ReturnType<typeof setTimeout> | undefined;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;

  const openText = (): string => {
    const { files, open } = store.getState();
    return files.find(file => file.name === open)?.text ?? '';
  };

  const check = async (): Promise<void> => {
    const ask = ++asked;
    const text = openText();
    const diagnostics = text.trim() === '' ? [] : await client.validate(text).catch(failedCheck);
    // Only the newest answer counts.
    if (ask === asked) store.setState({ diagnostics, checked: 'current' });
  };

  const save = (): Promise<void> => {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { files, open } = store.getState();
    if (scope !== undefined) storage.write(`files.${scope}`, JSON.stringify({ version: 1, files, open }));
    return client.setFiles(files).catch(() => undefined);
  };

  const changed = (): void => {
    asked++;
    store.setState({ checked: 'waiting' });
    clearTimeout(quietTimer);
    quietTimer = setTimeout(() => void check(), QUIET_MS);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => void save(), SAVE_MS);
  };

  const setText = (text: string, from: 'editor' | 'outside'): void => {
    if (text.length > MOST_TEXT) {
      store.setState({ refusal: refusalOf(text.length) });
      return;
    }
    store.setState(({ files, open, revision }) => ({
      files: files.map(file => (file.name === open ? { ...file, text } : file)),
      revision: from === 'outside' ? revision + 1 : revision,
      refusal: undefined,
    }));
    changed();
  };

  const show = (files: readonly EditorFile[], open: string): void => {
    store.setState(({ revision }) => ({ files, open, diagnostics: [], revision: revision + 1, refusal: undefined }));
    void check();
  };

  const arrange = (files: readonly EditorFile[], open: string): void => {
    show(files, open);
    void save();
  };

  return {
    ...store,
    keep() {
      if (saveTimer !== undefined) void save();
    },
    enter(next, first = empty) {
      if (scope !== undefined && scope !== next) void save();
      scope = next;
      const kept = readKept(storage, `files.${next}`, readFiles);
      const files = kept?.files ?? first;
      store.setState({ apply: { kind: 'idle' } });
      show(files, kept?.open ?? files[0]?.name ?? FIRST_FILE);
      client.setFiles(files).catch(() => undefined);
    },
    setText: text => setText(text, 'editor'),
    replaceText: text => setText(text, 'outside'),
    refuse: length => store.setState({ refusal: refusalOf(length) }),
    dismissRefusal: () => store.setState({ refusal: undefined }),
    openFile(name) {
      if (name !== store.getState().open) show(store.getState().files, name);
    },
    arrange,
    takeFile(file) {
      const { files } = store.getState();
      const isNew = files.every(({ name }) => name !== file.name);
      arrange(isNew ? [...files, file] : files.map(other => (other.name === file.name ? file : other)), file.name);
    },
    removeFile(name) {
      const left = store.getState().files.filter(file => file.name !== name);
      const files = left.length === 0 ? empty : left;
      const open = files.some(file => file.name === store.getState().open) ? store.getState().open : files[0]?.name;
      arrange(files, open ?? FIRST_FILE);
    },
    renameFile(name, to) {
      if (name === to) return 'renamed';
      if (!isFileName(to)) return 'invalid';
      if (store.getState().files.some(file => file.name === to)) return 'taken';
      store.setState(({ files, open }) => ({
        files: files.map(file => (file.name === name ? { ...file, name: to } : file)),
        open: open === name ? to : open,
      }));
      void save();
      return 'renamed';
    },
    recheck: () => void check(),
    async apply(verb = 'apply', names = [store.getState().open]) {
      if (store.getState().apply.kind === 'applying') return undefined;
      const command = `kubectl ${verb} -f ${names.join(' -f ')}`;
      store.setState({ apply: { kind: 'applying', command } });
      await save();
      const output: CommandOutput[] = [];
      try {
        const result = await client.runOnFiles(verb, names, part => output.push(part));
        store.setState({ apply: { kind: 'applied', command, output, exitCode: result.exitCode } });
        onApplied(result);
        return result;
      } catch (error) {
        output.push({ stream: 'err', text: `${messageOf(error)}\n` });
        store.setState({ apply: { kind: 'applied', command, output, exitCode: 1 } });
        return undefined;
      }
    },
    dismissResult: () => store.setState({ apply: { kind: 'idle' } }),
  };
}

function readFiles(stored: unknown): { readonly files: readonly EditorFile[]; readonly open: string } | undefined {
  if (!isFields(stored) || !Array.isArray(stored.files)) return undefined;
  const files = stored.files.flatMap((file: unknown) =>
    isFields(file) && typeof file.name === 'string' && typeof file.text === 'string'
      ? [{ name: file.name, text: file.text.slice(0, MOST_TEXT) }]
      : [],
  );
  const first = files[0];
  if (first === undefined) return undefined;
  const open =
    typeof stored.open === 'string' && files.some(file => file.name === stored.open) ? stored.open : first.name;
  return { files, open };
}

/** A check that did not come to an end is no reason to say that nothing is wrong. */
function failedCheck(error: unknown): readonly Diagnostic[] {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return [{ severity: 'error', message: WORDS.checkFailed(messageOf(error)), range, document: 1 }];
}
