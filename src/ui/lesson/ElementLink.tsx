import type { ReactNode } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { useSelection, useStores } from '../StoresContext.ts';
import styles from './LessonHtml.module.css';
import { useShowPane } from './useShowPane.ts';
import * as WORDS from './words.ts';

/** A name in the text that selects its element on the graph. It answers nothing: only a pick does. */
export function ElementLink({ element, children }: { readonly element: ElementId; readonly children: ReactNode }) {
  const { selection } = useStores();
  const show = useShowPane();
  const isSelected = useSelection(state => state.selected === element);
  return (
    <button
      type="button"
      className={classNames(styles.link, isSelected && styles.selected)}
      aria-pressed={isSelected}
      title={WORDS.showOnGraph}
      onClick={() => {
        selection.select(element);
        show('graph');
      }}
    >
      {children}
    </button>
  );
}
