import { useEffect, useState } from 'react';
import { IconButton } from '../common/Button.tsx';
import { TRACE_WORDS } from './words.ts';

/** How long the button says that it copied, in milliseconds. */
const SAID_MS = 2000;

/** Copies a text and says so for a moment. */
export function CopyButton({ text }: { readonly text: string }) {
  const [said, setSaid] = useState<'copy' | 'copied'>('copy');
  useEffect(() => {
    if (said === 'copy') return;
    const timer = setTimeout(() => setSaid('copy'), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = (): void => {
    // Without permission nothing is copied and nothing is said.
    navigator.clipboard?.writeText(text).then(
      () => setSaid('copied'),
      () => undefined,
    );
  };
  return <IconButton dense icon={said === 'copied' ? 'tick' : 'copy'} label={TRACE_WORDS[said]} onPress={copy} />;
}
