import { useEffect, useState } from 'react';

/** Waiting shows nothing for this long, in milliseconds. */
const QUIET_MS = 300;

export interface LateNoteProps {
  /** What is waited for; undefined: nothing is. */
  readonly text: string | undefined;
  readonly className: string | undefined;
}

/** Says what is waited for, once that takes long enough to be noticed. */
export function LateNote({ text, className }: LateNoteProps) {
  const isWaiting = text !== undefined;
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => setLate(true), QUIET_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isWaiting]);
  return (
    <p className={className} role="status">
      {isLate ? text : ''}
    </p>
  );
}
