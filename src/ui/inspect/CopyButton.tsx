import { useEffect, useState } from 'react';
import { Button } from '../common/Button.tsx';
import styles from './InspectPanel.module.css';
import { INSPECT_WORDS } from './words.ts';

/** How long the button says what it did, in milliseconds. */
const SAID_MS = 2000;
const WORDS = INSPECT_WORDS.copy;

/** Copies a text, and says so or that the browser refused. */
export function CopyButton({ text, title }: { readonly text: string; readonly title: string }) {
  const [said, setSaid] = useState<'nothing' | 'copied' | 'refused'>('nothing');
  useEffect(() => {
    if (said === 'nothing') return;
    const timer = setTimeout(() => setSaid('nothing'), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('copied');
    } catch {
      setSaid('refused');
    }
  };
  return (
    <>
      <Button look="quiet" dense icon={said === 'copied' ? 'tick' : 'copy'} title={title} onPress={() => void copy()}>
        {said === 'copied' ? WORDS.copied : WORDS.copy}
      </Button>
      <span className={said === 'refused' ? styles.refused : 'visually-hidden'} role="status">
        {said === 'copied' && WORDS.said}
        {said === 'refused' && WORDS.refused}
      </span>
    </>
  );
}
