import { useSyncExternalStore } from 'react';
import styles from './OfflineTag.module.css';
import * as WORDS from './pageWords.ts';

/** In the head while the browser has no network. Nothing of a lesson needs one. */
export function OfflineTag({ form }: { readonly form: 'full' | 'short' }) {
  const isOnline = useSyncExternalStore(
    changed => {
      addEventListener('online', changed);
      addEventListener('offline', changed);
      return () => {
        removeEventListener('online', changed);
        removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
  return (
    <span className={isOnline ? undefined : styles.tag} role="status" title={isOnline ? undefined : WORDS.offlineWhole}>
      {isOnline ? '' : form === 'full' ? WORDS.offlineWhole : WORDS.offline}
    </span>
  );
}
