import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import type { FileMark } from './fileMark.ts';
import styles from './MarkSign.module.css';

/** A file or a document beside the cluster, as a form. The word beside it, or a hidden one, says the same. */
export function MarkSign({ mark }: { readonly mark: FileMark }) {
  if (mark === 'empty') return null;
  if (mark === 'refused') return <MeaningIcon meaning="drop" word="" size={16} />;
  if (mark === 'same')
    return (
      <span className={styles.tick}>
        <Icon name="tick" size={16} />
      </span>
    );
  return <span className={styles.sign} data-mark={mark} aria-hidden="true" />;
}
