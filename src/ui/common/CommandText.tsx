import { Fragment } from 'react';
import styles from './CommandText.module.css';

/** A command that breaks between its words only: `--field-` at the end of a line reads as an option of its own. */
export function CommandText({ text }: { readonly text: string }) {
  const words = text.split(' ');
  // What is a box of its own is not underlined with what is around it.
  if (words.length === 1) return text;
  return words.map((word, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of one text stay where they are
    <Fragment key={i}>
      {i > 0 && ' '}
      <span className={styles.word}>{word}</span>
    </Fragment>
  ));
}
