// Monaco as its documentation starts it, with YAML and the features that the product has; a Worker that only parses the
// text says what is wrong.

import { editor, MarkerSeverity } from 'monaco-editor/editor';
import '../../../src/ui/editor/monaco/features.ts';
import type { Problem } from './problems.worker.ts';

export function openEditor(host: HTMLElement, text: string): void {
  const worker = new Worker(new URL('./problems.worker.ts', import.meta.url), { type: 'module' });
  const model = editor.createModel(text, 'yaml');
  editor.create(host, { model, minimap: { enabled: false }, automaticLayout: true });
  worker.onmessage = ({ data }: MessageEvent<readonly Problem[]>) => {
    editor.setModelMarkers(
      model,
      'bench',
      data.map(({ message, line, column }) => ({
        severity: MarkerSeverity.Error,
        message,
        startLineNumber: line,
        startColumn: column,
        endLineNumber: line,
        endColumn: column + 1,
      })),
    );
  };
  worker.postMessage(text);
}
