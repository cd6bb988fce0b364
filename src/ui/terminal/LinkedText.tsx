import { Fragment, type ReactNode } from 'react';
import { useStores } from '../StoresContext.ts';
import { type LinkContext, type LinkIndex, linkedParts } from './elementLinks.ts';
import styles from './LinkedText.module.css';

export interface LinkedTextProps {
  readonly text: string;
  readonly index: LinkIndex;
  readonly context: LinkContext;
  /** How the keyboard comes to the links: one after the other, or as far as the text around them moves it. */
  readonly reach: 'tab' | 'arrows';
  /** How what is no link is drawn; without it, as it stands. */
  readonly plain?: (text: string) => ReactNode;
}

const asItStands = (text: string): ReactNode => text;

/** A text whose names and addresses select the elements that they belong to. */
export function LinkedText({ text, index, context, reach, plain = asItStands }: LinkedTextProps) {
  const { selection } = useStores();
  return linkedParts(text, index, context).map(part => {
    const { element } = part;
    return element === undefined ? (
      <Fragment key={part.at}>{plain(part.text)}</Fragment>
    ) : (
      <button
        key={part.at}
        type="button"
        className={styles.link}
        title={part.title}
        tabIndex={reach === 'tab' ? 0 : -1}
        data-element={element}
        onClick={() => selection.select(element)}
      >
        {part.text}
      </button>
    );
  });
}
