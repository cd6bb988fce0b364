import { useId, useRef, useState } from 'react';
import { Button } from '../common/Button.tsx';
import { ConfirmDialog } from '../common/Dialog.tsx';
import styles from './LinkDialog.module.css';
import { MOST_LINK } from './shareLink.ts';
import { KEEP_WORDS, LINK_WORDS } from './words.ts';

export interface LinkDialogProps {
  readonly link: string;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

/** A lab as a link, to copy; or that it is too long for one. */
export function LinkDialog({ link, onSave, onClose }: LinkDialogProps) {
  const isTooLong = link.length > MOST_LINK;
  return isTooLong ? (
    <ConfirmDialog
      title={LINK_WORDS.title}
      keep={KEEP_WORDS.close}
      confirm={LINK_WORDS.save}
      onKeep={onClose}
      onConfirm={onSave}
    >
      <p>{LINK_WORDS.tooLong(link.length, MOST_LINK)}</p>
    </ConfirmDialog>
  ) : (
    <ConfirmDialog title={LINK_WORDS.title} keep={KEEP_WORDS.close} onKeep={onClose}>
      <p>{LINK_WORDS.text}</p>
      <LinkField link={link} />
    </ConfirmDialog>
  );
}

function LinkField({ link }: { readonly link: string }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid(LINK_WORDS.copied);
    } catch {
      field.current?.select();
      setSaid(LINK_WORDS.notCopied);
    }
  };
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{LINK_WORDS.label}</label>
      <div className={styles.row}>
        <input ref={field} id={id} readOnly value={link} onFocus={event => event.target.select()} />
        <Button look="primary" icon="copy" onPress={() => void copy()}>
          {LINK_WORDS.copy}
        </Button>
      </div>
      <p className={styles.size} role="status">
        {said === '' ? LINK_WORDS.size(link.length, MOST_LINK) : said}
      </p>
    </div>
  );
}
