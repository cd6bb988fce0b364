// One Monaco model a file, so that each keeps its own undo. They belong to the store, not to an editor on the screen:
// an editor may close and open again, and two may show the same file.

import { MarkerSeverity, editor as monacoEditor, Uri } from 'monaco-editor/editor';
import type { Diagnostic, EditorFile } from '../../../client/port.ts';
import { type EditorState, type EditorStore, MOST_TEXT } from '../../../store/editorStore.ts';
import styles from './marks.module.css';

type Model = monacoEditor.ITextModel;

export interface Models {
  /** The model of the file that is open. */
  open(): Model;
}

interface Entry {
  readonly model: Model;
  /** The text that the store and the model agree on. */
  text: string;
  /** Ids of the line decorations. */
  marks: string[];
}

const OWNER = 'lab';
const byStore = new WeakMap<EditorStore, Models>();
let numbers = 0;

/** The models of a store: made once, kept in step from then on. @param onNew is told of each model */
export function modelsOf(store: EditorStore, onNew: (model: Model) => void): Models {
  const known = byStore.get(store);
  if (known !== undefined) return known;
  const models = createModels(store, onNew);
  byStore.set(store, models);
  return models;
}

function createModels(store: EditorStore, onNew: (model: Model) => void): Models {
  const entries = new Map<string, Entry>();

  const create = (file: EditorFile): Entry => {
    // Names change and a URI cannot, so it is a number.
    const model = monacoEditor.createModel(file.text, 'yaml', Uri.parse(`inmemory://hoplab/${++numbers}.yaml`));
    model.updateOptions({
      tabSize: 2,
      insertSpaces: true,
      // Colours for brackets would cost a parse of the whole text in one go.
      bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
    });
    const entry: Entry = { model, text: file.text, marks: [] };
    model.onDidChangeContent(() => changed(entry));
    entries.set(file.name, entry);
    onNew(model);
    return entry;
  };

  const changed = (entry: Entry): void => {
    const { model } = entry;
    const length = model.getValueLength();
    if (length > MOST_TEXT) {
      // Monaco is in the middle of its change; afterwards it can take it back. Then the reason is said, because the
      // text that comes back clears it.
      queueMicrotask(() => {
        if (!model.isDisposed()) void Promise.resolve(model.undo()).then(() => store.refuse(length));
      });
      return;
    }
    const text = model.getValue();
    if (text === entry.text) return;
    entry.text = text;
    if (entries.get(store.getState().open) === entry) store.setText(text);
  };

  const remove = (name: string): void => {
    entries.get(name)?.model.dispose();
    entries.delete(name);
  };

  const show = (name: string, diagnostics: readonly Diagnostic[]): void => {
    const entry = entries.get(name);
    if (entry !== undefined) mark(entry, diagnostics);
  };

  const follow = (state: EditorState, before: EditorState): void => {
    if (state.files !== before.files) {
      if (state.revision === before.revision) moveRenamed(entries, state.files, before.files);
      for (const name of [...entries.keys()]) if (!state.files.some(file => file.name === name)) remove(name);
      for (const file of state.files) {
        const entry = entries.get(file.name);
        if (entry === undefined) continue;
        // Other files were entered (the store forgets its findings with that, and makes every file anew): their text is
        // no change that undo could take back, even where it is the same.
        const isEntered = state.diagnostics !== before.diagnostics && !before.files.includes(file);
        if (isEntered) remove(file.name);
        else if (entry.text !== file.text) replace(entry, file.text);
      }
    }
    if (state.diagnostics !== before.diagnostics) show(state.open, state.diagnostics);
  };

  store.subscribe(follow);
  return {
    open() {
      const { files, open, diagnostics } = store.getState();
      const known = entries.get(open);
      if (known !== undefined) return known.model;
      const entry = create(files.find(file => file.name === open) ?? { name: open, text: '' });
      mark(entry, diagnostics);
      return entry.model;
    },
  };
}

/** A renamed file is in the same place of the list with the same text; its model goes along. */
function moveRenamed(entries: Map<string, Entry>, files: readonly EditorFile[], before: readonly EditorFile[]): void {
  if (files.length !== before.length) return;
  files.forEach((file, index) => {
    const old = before[index];
    const entry = old === undefined || old.name === file.name ? undefined : entries.get(old.name);
    if (entry === undefined || old === undefined) return;
    entries.delete(old.name);
    entries.set(file.name, entry);
  });
}

/** A text from outside of the editor, as one step that undo takes back. */
function replace(entry: Entry, text: string): void {
  const { model } = entry;
  entry.text = text;
  model.pushStackElement();
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
  model.pushStackElement();
}

const SEVERITIES: Readonly<Record<Diagnostic['severity'], MarkerSeverity>> = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  hint: MarkerSeverity.Info,
};

/** Wavy underlines, and a wash and a number for the lines of errors and warnings. */
function mark(entry: Entry, diagnostics: readonly Diagnostic[]): void {
  const { model } = entry;
  monacoEditor.setModelMarkers(
    model,
    OWNER,
    diagnostics.map(({ severity, message, hint, range }) => ({
      severity: SEVERITIES[severity],
      message: hint === undefined ? message : `${message}\n${hint}`,
      startLineNumber: range.startLine,
      startColumn: range.startColumn,
      endLineNumber: range.endLine,
      endColumn: range.endColumn,
    })),
  );
  const lines = new Map<number, 'error' | 'warning'>();
  for (const { severity, range } of diagnostics) {
    if (severity === 'hint' || lines.get(range.startLine) === 'error') continue;
    lines.set(range.startLine, severity);
  }
  entry.marks = model.deltaDecorations(
    entry.marks,
    [...lines].map(([line, severity]) => ({
      range: { startLineNumber: line, startColumn: 1, endLineNumber: line, endColumn: 1 },
      options: {
        isWholeLine: true,
        className: styles[severity] ?? null,
        lineNumberClassName: styles[`${severity}Number`] ?? null,
      },
    })),
  );
}
