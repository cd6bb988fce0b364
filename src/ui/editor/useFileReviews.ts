import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AppStores } from '../../store/appStores.ts';
import { createFileReviewStore, type FileReviewStore, type FileReviews } from '../../store/fileReviews.ts';
import { useEditor, useShallow, useStores } from '../StoresContext.ts';

const stores = new WeakMap<AppStores, FileReviewStore>();

function storeOf(app: AppStores): FileReviewStore {
  const known = stores.get(app);
  if (known !== undefined) return known;
  const made = createFileReviewStore(app.client, app.editor, app.lab);
  stores.set(app, made);
  return made;
}

export interface ShownReviews {
  /** The last answers, also those about a text that was changed since. */
  readonly reviews: FileReviews;
  /** Names of files whose present text was not compared yet. */
  readonly waiting: readonly string[];
}

/** The files beside the cluster, kept up to date while a component that asks is on the page. */
export function useFileReviews(): ShownReviews {
  const store = storeOf(useStores());
  useEffect(() => store.start(), [store]);
  const reviews = useStore(store, state => state.reviews);
  const waiting = useEditor(
    useShallow(({ files }) =>
      files.filter(({ name, text }) => reviews.get(name)?.text !== text).map(({ name }) => name),
    ),
  );
  return { reviews, waiting };
}
