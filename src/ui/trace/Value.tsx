import { Fragment } from 'react';
import styles from './Value.module.css';
import { TRACE_WORDS } from './words.ts';

/** A value; where it is too long for its column, it breaks after a colon, never within a number. */
export function Value({ text, look }: { readonly text: string | undefined; readonly look: 'plain' | 'old' | 'new' }) {
  if (text === undefined) return <None />;
  const parts = text.split(/(?<=:)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text stay in their order.
    <Fragment key={i}>
      {i > 0 && <wbr className={styles.part} />}
      {part}
    </Fragment>
  ));
  if (look === 'plain') return parts;
  return look === 'old' ? <del className={styles.old}>{parts}</del> : <ins className={styles.new}>{parts}</ins>;
}

/** There is no such header here. */
function None() {
  return (
    <span className={styles.none}>
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{TRACE_WORDS.noHeader}</span>
    </span>
  );
}
