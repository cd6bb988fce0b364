// What applying each file of the editor would change, asked again whenever a file or the cluster changes. It is there
// while the editor is shown.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ReviewedDocument } from '../client/manifest/questions.ts';
import type { EditorFile, LabClient } from '../client/port.ts';
import type { EditorStore } from './editorStore.ts';
import type { LabStore } from './labStore.ts';

/** Characters of a file above which it is not compared. */
export const MOST_COMPARED = 200_000;
/** Time without a change after which the lab is asked, and the longest that it waits, in milliseconds. */
const QUIET_MS = 300;

/** A file beside the cluster. */
export type FileReview =
  | { readonly kind: 'compared'; readonly text: string; readonly documents: readonly ReviewedDocument[] }
  /** Too long to be compared at each keystroke. */
  | { readonly kind: 'too-long'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string; readonly message: string };

/** By the name of the file; a file that was not looked at yet has none. */
export type FileReviews = ReadonlyMap<string, FileReview>;

export interface FileReviewStore extends StoreApi<{ readonly reviews: FileReviews }> {
  /** Begins to ask; returns how to stop. */
  start(): () => void;
}

export function createFileReviewStore(client: LabClient, editor: EditorStore, lab: LabStore): FileReviewStore {
  const store = createStore<{ readonly reviews: FileReviews }>(() => ({ reviews: new Map() }));
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The lab that the answers are about. */
  let seen = '';

  const labNow = (): string => {
    const { nextEvent, phase, history } = lab.getState();
    return `${phase.kind} ${nextEvent} ${history.changes}`;
  };

  async function reviewOf({ text }: EditorFile): Promise<FileReview> {
    if (text.length > MOST_COMPARED) return { kind: 'too-long', text };
    if (text.trim() === '') return { kind: 'compared', text, documents: [] };
    return client.manifest({ kind: 'review', text }).then(
      documents => ({ kind: 'compared', text, documents }),
      (error: unknown) => ({ kind: 'failed', text, message: error instanceof Error ? error.message : String(error) }),
    );
  }

  async function check(): Promise<void> {
    timer = undefined;
    const ask = ++asked;
    const now = labNow();
    const known = now === seen ? store.getState().reviews : new Map<string, FileReview>();
    const found = new Map<string, FileReview>();
    for (const file of editor.getState().files) {
      const before = known.get(file.name);
      const review = before?.text === file.text ? before : await reviewOf(file);
      // Something changed while the lab answered: it is asked again.
      if (ask !== asked) return;
      found.set(file.name, review);
    }
    seen = now;
    store.setState({ reviews: found });
  }

  /** A cluster that changes all the time is still looked at now and then. */
  const soon = (): void => {
    timer ??= setTimeout(() => void check(), QUIET_MS);
  };

  return {
    ...store,
    start() {
      soon();
      const stops = [
        editor.subscribe((state, before) => {
          if (state.files !== before.files) soon();
        }),
        lab.subscribe(() => {
          if (labNow() !== seen && lab.getState().phase.kind === 'open') soon();
        }),
      ];
      return () => {
        for (const stop of stops) stop();
        clearTimeout(timer);
        timer = undefined;
        asked++;
      };
    },
  };
}
