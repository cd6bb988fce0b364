import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

export interface ConfirmDialogProps {
  /** A question. */
  readonly title: string;
  /** What is lost, and whether Undo returns it. */
  readonly children: ReactNode;
  /** The safe way out: it has the focus. */
  readonly keep: string;
  /** Absent: there is nothing to decide, only to read. */
  readonly confirm?: string;
  readonly onKeep: () => void;
  readonly onConfirm?: () => void;
}

/** A native dialog for what touches the whole cluster. Everything smaller happens at once, with Undo. */
export function ConfirmDialog({ title, children, keep, confirm, onKeep, onConfirm }: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const safe = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
    safe.current?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onCancel={onKeep}
    >
      <h2 className={styles.title} id={`${id}-title`}>
        {title}
      </h2>
      <div className={styles.text} id={`${id}-text`}>
        {children}
      </div>
      <div className={styles.buttons}>
        <Button ref={safe} onPress={onKeep}>
          {keep}
        </Button>
        {confirm !== undefined && (
          <Button look="primary" onPress={() => onConfirm?.()}>
            {confirm}
          </Button>
        )}
      </div>
    </dialog>
  );
}
