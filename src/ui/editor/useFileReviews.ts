import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { AppStores } from '../../store/appStores.ts';
import { createFileReviewStore, type FileReviewStore, type FileReviews } from '../../store/fileReviews.ts';
import { useStores } from '../StoresContext.ts';

const stores = new WeakMap<AppStores, FileReviewStore>();

function storeOf(app: AppStores): FileReviewStore {
  const known = stores.get(app);
  if (known !== undefined) return known;
  const made = createFileReviewStore(app.client, app.editor, app.lab);
  stores.set(app, made);
  return made;
}

/** The files beside the cluster, kept up to date while a component that asks is on the page. */
export function useFileReviews(): FileReviews {
  const store = storeOf(useStores());
  useEffect(() => store.start(), [store]);
  return useStore(store, state => state.reviews);
}
