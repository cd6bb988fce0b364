// Monaco on the page. Everything that imports Monaco is behind this file, and this file is loaded lazily.

import { KeyCode, KeyMod, editor as monacoEditor } from 'monaco-editor/editor';
import './features.ts';
import './monaco.css';
import type { LabClient } from '../../../client/port.ts';
import type { EditorStore } from '../../../store/editorStore.ts';
import type { Handover, Surface } from '../surface.ts';
import { EDITOR_WORDS } from '../words.ts';
import { assist } from './assist.ts';
import { modelsOf } from './models.ts';

export { showMonacoTheme } from './theme.ts';

export interface MountOptions {
  readonly editor: EditorStore;
  /** Answers what can stand at the cursor. */
  readonly client: LabClient;
  /** The id of the text that says how the Tab key works. */
  readonly describedBy: string;
  /** From the textarea that was here before. */
  readonly handover: Handover | undefined;
}

export interface MountedMonaco extends Surface {
  dispose(): void;
}

/** Monaco needs pixels; the page's sizes are in rem. */
const pixels = (rem: number): number => rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** That of the textarea before it: --text-mono. */
const textSize = () => ({ fontSize: pixels(0.78125), lineHeight: pixels(1.25) });

/** Shows the open file of the store in an element, until it is disposed of. */
export function mountMonaco(
  host: HTMLElement,
  { editor: store, client, describedBy, handover }: MountOptions,
): MountedMonaco {
  const models = modelsOf(store, model => assist(model, client));
  const editor = monacoEditor.create(host, {
    ...OPTIONS,
    model: models.open(),
    ariaLabel: EDITOR_WORDS.textOf(store.getState().open),
    ...textSize(),
  });
  // The page's sizes follow the window (tokens.css).
  const resize = (): void => editor.updateOptions(textSize());
  window.addEventListener('resize', resize);
  // Scroll place and cursor of each file.
  const views = new Map<string, monacoEditor.ICodeEditorViewState>();
  const follow = (): void => {
    const model = models.open();
    const shown = editor.getModel();
    editor.updateOptions({ ariaLabel: EDITOR_WORDS.textOf(store.getState().open) });
    if (shown === model) return;
    const view = shown === null ? null : editor.saveViewState();
    if (shown !== null && view !== null) views.set(shown.uri.path, view);
    editor.setModel(model);
    editor.restoreViewState(views.get(model.uri.path) ?? null);
  };
  const unsubscribe = store.subscribe((state, before) => {
    if (state.open !== before.open || state.files !== before.files) follow();
  });
  addProblemKeys(editor);
  describe(editor, describedBy);
  remeasureWithFonts();
  if (handover !== undefined) takeOver(editor, handover);
  return {
    goTo({ startLine, startColumn, endLine, endColumn }) {
      const range = { startLineNumber: startLine, startColumn, endLineNumber: endLine, endColumn };
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range);
      editor.focus();
    },
    focus: () => editor.focus(),
    dispose() {
      window.removeEventListener('resize', resize);
      unsubscribe();
      editor.dispose();
    },
  };
}

/** What belongs to features that are not imported (features.ts) needs no option. */
const OPTIONS: monacoEditor.IStandaloneEditorConstructionOptions = {
  theme: 'hoplab',
  automaticLayout: true,
  fontFamily: '"IBM Plex Mono", ui-monospace, monospace',
  fontLigatures: false,
  placeholder: EDITOR_WORDS.placeholder,
  minimap: { enabled: false },
  lineNumbersMinChars: 4,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  // Not imported, yet its gutter would be there.
  folding: false,
  padding: { top: 8, bottom: 8 },
  scrollBeyondLastLine: false,
  renderLineHighlight: 'none',
  renderFinalNewline: 'on',
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  guides: { indentation: false, bracketPairs: false },
  tabSize: 2,
  insertSpaces: true,
  detectIndentation: false,
  hover: { above: false },
  dragAndDrop: false,
  // Words of the text are no fields; what the lab knows is.
  wordBasedSuggestions: 'off',
  // Enter behind a whole word ends the line.
  acceptSuggestionOnEnter: 'smart',
  quickSuggestions: { other: true, comments: false, strings: true },
  suggest: { showIcons: false, showStatusBar: false },
  dropIntoEditor: { enabled: false },
  fixedOverflowWidgets: true,
  scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
};

/** F8 and Shift+F8 go from problem to problem. Monaco's own command opens a box that repeats the list below. */
function addProblemKeys(editor: monacoEditor.IStandaloneCodeEditor): void {
  const go = (direction: 1 | -1): void => {
    const model = editor.getModel();
    const position = editor.getPosition();
    if (model === null || position === null) return;
    const here = model.getOffsetAt(position) * direction;
    const starts = monacoEditor
      .getModelMarkers({ resource: model.uri })
      .map(marker => model.getOffsetAt({ lineNumber: marker.startLineNumber, column: marker.startColumn }) * direction)
      .sort((a, b) => a - b);
    const next = starts.find(start => start > here) ?? starts[0];
    if (next === undefined) return;
    const place = model.getPositionAt(next * direction);
    editor.setPosition(place);
    editor.revealPositionInCenterIfOutsideViewport(place);
  };
  editor.addAction({
    id: 'next-problem',
    label: EDITOR_WORDS.nextProblem,
    keybindings: [KeyCode.F8],
    run: () => go(1),
  });
  const back = KeyMod.Shift | KeyCode.F8;
  editor.addAction({
    id: 'previous-problem',
    label: EDITOR_WORDS.previousProblem,
    keybindings: [back],
    run: () => go(-1),
  });
}

/** Where the text is read aloud, what the Tab key does is said too. */
function describe(editor: monacoEditor.IStandaloneCodeEditor, id: string): void {
  for (const element of editor.getDomNode()?.querySelectorAll('.native-edit-context, textarea.inputarea') ?? []) {
    element.setAttribute('aria-describedby', id);
  }
}

/** Monaco measures its letters once; a web font may come later. */
function remeasureWithFonts(): void {
  void Promise.all(['400', '500'].map(weight => document.fonts.load(`${weight} 12.5px "IBM Plex Mono"`))).then(
    () => monacoEditor.remeasureFonts(),
    () => undefined,
  );
}

function takeOver(editor: monacoEditor.IStandaloneCodeEditor, { start, end, focus }: Handover): void {
  const model = editor.getModel();
  if (model === null || focus === 'elsewhere') return;
  const from = model.getPositionAt(start);
  const to = model.getPositionAt(end);
  editor.setSelection({
    startLineNumber: from.lineNumber,
    startColumn: from.column,
    endLineNumber: to.lineNumber,
    endColumn: to.column,
  });
  editor.revealPositionInCenterIfOutsideViewport(to);
  editor.focus();
}
