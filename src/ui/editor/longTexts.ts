// Texts that come in one piece, by the clipboard or by dragging, are measured before an editor sees them: 5 MB in
// Monaco would hold the page up for seconds.

import { type EditorStore, MOST_TEXT } from '../../store/editorStore.ts';
import { openFiles } from './fileActions.ts';

/** Watches what is pasted or dropped inside of an element. Returns how to stop. */
export function guardAgainstLongTexts(host: HTMLElement, editor: EditorStore): () => void {
  const refuse = (event: Event, length: number): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    editor.refuse(length);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const length = event.clipboardData?.getData('text/plain').length ?? 0;
    if (length > MOST_TEXT) refuse(event, length);
  };
  const onDrop = (event: DragEvent): void => {
    const files = event.dataTransfer?.files;
    if (files !== undefined && files.length > 0) {
      // Left alone, the browser would leave the page and show the file.
      event.preventDefault();
      event.stopImmediatePropagation();
      void openFiles(editor, files);
      return;
    }
    const length = event.dataTransfer?.getData('text/plain').length ?? 0;
    if (length > MOST_TEXT) refuse(event, length);
  };
  const onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };
  host.addEventListener('paste', onPaste, { capture: true });
  host.addEventListener('drop', onDrop, { capture: true });
  host.addEventListener('dragover', onDragOver, { capture: true });
  return () => {
    host.removeEventListener('paste', onPaste, { capture: true });
    host.removeEventListener('drop', onDrop, { capture: true });
    host.removeEventListener('dragover', onDragOver, { capture: true });
  };
}
