import { useEffect, useState } from 'react';
import { Icon } from './Icon.tsx';
import { say } from './say.ts';
import styles from './Toast.module.css';
import * as WORDS from './words.ts';

const SHOWN_MS = 6000;

export interface ToastProps {
  readonly text: string;
  readonly action?: { readonly label: string; readonly onPress: () => void } | undefined;
  readonly closeLabel: string;
  readonly onClose: () => void;
}

/** One line and one action, for six seconds; it waits while it is hovered or focused, and is read aloud. Never the only place of a message. */
export function Toast({ text, action, closeLabel, onClose }: ToastProps) {
  const [held, setHeld] = useState(false);
  useEffect(() => say(text), [text]);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(onClose, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, onClose]);
  return (
    <section
      aria-label={WORDS.notice}
      className={styles.toast}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles.text}>{text}</span>
      {action !== undefined && (
        <button type="button" className={styles.action} onClick={action.onPress}>
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label={closeLabel} onClick={onClose}>
        <Icon name="close" size={16} />
      </button>
    </section>
  );
}
