import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button, IconButton } from '../common/Button.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import styles from './Menu.module.css';

export interface MenuProps {
  /** On the button; with `icon` it is the button's name. */
  readonly label: string;
  readonly icon?: IconName;
  readonly align: 'start' | 'end';
  /** The content; `close` closes the menu. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button with a panel below it that closes by Escape, by a press outside, and when the focus leaves it. */
export function Menu({ label, icon, align, children }: MenuProps) {
  const [state, setState] = useState<'open' | 'closed'>('closed');
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isOpen = state === 'open';
  const close = (): void => {
    setState('closed');
    button.current?.focus();
  };
  useEffect(() => {
    if (!isOpen) return;
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) !== true) setState('closed');
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      setState('closed');
      button.current?.focus();
    };
    const onFocusOut = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof Node && element?.contains(relatedTarget) !== true) setState('closed');
    };
    const element = frame.current;
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey);
    element?.addEventListener('focusout', onFocusOut);
    return () => {
      element?.removeEventListener('focusout', onFocusOut);
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey);
    };
  }, [isOpen]);
  const toggle = (): void => setState(isOpen ? 'closed' : 'open');
  return (
    <div ref={frame} className={styles.menu}>
      {icon === undefined ? (
        <Button ref={button} look="quiet" iconAfter="chevronDown" onPress={toggle} expanded={isOpen}>
          <span className={styles.label}>{label}</span>
        </Button>
      ) : (
        <IconButton ref={button} icon={icon} label={label} onPress={toggle} expanded={isOpen} />
      )}
      {isOpen && (
        <div id={id} className={`${styles.panel} ${styles[align] ?? ''}`}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
