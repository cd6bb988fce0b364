// Texts that come in one piece, by the clipboard or by dragging, are measured before an editor sees them: 5 MB in
// Monaco would hold the page up for seconds.

import { type EditorStore, MOST_TEXT } from '../../store/editorStore.ts';

/** Bytes above which a dropped file is not even read: no character has more than 4 in UTF-8. */
const MOST_BYTES = MOST_TEXT * 4;

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
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) {
      // Left alone, the browser would leave the page and show the file.
      event.preventDefault();
      event.stopImmediatePropagation();
      void takeFile(file, editor);
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

/** A dropped file becomes a file of its own, or the open one if that is empty. */
async function takeFile(file: File, editor: EditorStore): Promise<void> {
  if (file.size > MOST_BYTES) {
    editor.refuse(file.size);
    return;
  }
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return;
  if (text.length > MOST_TEXT) {
    editor.refuse(text.length);
    return;
  }
  const { files, open } = editor.getState();
  if (files.find(each => each.name === open)?.text.trim() !== '') editor.addFile();
  editor.renameFile(editor.getState().open, file.name);
  editor.replaceText(text);
}
