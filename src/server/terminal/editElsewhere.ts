// A file in the learner's own editor: $KUBE_EDITOR, else $EDITOR, else vi, as kubectl chooses it.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditorFile } from '../../client/port.ts';

export type Edited =
  | { readonly kind: 'edited'; readonly file: EditorFile }
  | { readonly kind: 'failed'; readonly editor: string };

/** Waits until the editor ends. It has this program's terminal meanwhile. */
export function editElsewhere({ name, text }: EditorFile): Edited {
  const editor = process.env.KUBE_EDITOR || process.env.EDITOR || 'vi';
  const folder = mkdtempSync(join(tmpdir(), 'hoplab-edit-'));
  const path = join(folder, name);
  try {
    writeFileSync(path, text);
    const { status } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', path], { stdio: 'inherit' });
    if (status !== 0) return { kind: 'failed', editor };
    return { kind: 'edited', file: { name, text: readFileSync(path, 'utf8') } };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
