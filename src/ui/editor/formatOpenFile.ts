import type { LabClient } from '../../client/port.ts';
import type { EditorStore } from '../../store/editorStore.ts';
import { EDITOR_WORDS } from './words.ts';

/** Lays out the text of the open file. Returns what is said of it. What was typed meanwhile is not written over. */
export async function formatOpenFile(client: LabClient, editor: EditorStore): Promise<string> {
  const openText = (): string | undefined => {
    const { files, open } = editor.getState();
    return files.find(file => file.name === open)?.text;
  };
  const text = openText() ?? '';
  const result = await client.manifest({ kind: 'format', text }).catch((error: unknown) => ({
    kind: 'left' as const,
    reason: error instanceof Error ? error.message : String(error),
  }));
  if (result.kind === 'left') return EDITOR_WORDS.notFormatted(result.reason);
  if (result.text === text) return EDITOR_WORDS.isFormatted;
  if (openText() !== text) return EDITOR_WORDS.notFormatted(EDITOR_WORDS.changedMeanwhile);
  editor.replaceText(result.text);
  return EDITOR_WORDS.formatted;
}
