import { memo } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { Tag } from '../common/Tag.tsx';
import { ACTION_WORDS } from '../menu/words.ts';
import type { Point } from '../topology/geometry.ts';
import type { RowTag } from './journeyTags.ts';
import styles from './ListTwin.module.css';
import type { RowState } from './listRow.ts';
import type { VisibleRow } from './visibleRows.ts';
import { LIST_WORDS } from './words.ts';

export interface ListRowLineProps {
  readonly line: VisibleRow;
  readonly tag: RowTag | undefined;
  /** The key of a row that a question may be answered with, from 1; only the first nine can be pressed. */
  readonly candidate: number | undefined;
  readonly isChosen: boolean;
  readonly isCurrent: boolean;
  readonly isSelected: boolean;
  /** The other end of a trace is asked for, and this is none. */
  readonly isAside: boolean;
  /** The one row that Tab leads to. */
  readonly isTabStop: boolean;
  readonly onChoose: (line: VisibleRow) => void;
  readonly onFold: (line: VisibleRow) => void;
  readonly onFocus: (id: string) => void;
  /** Opens what can be done with the element, at a point of the window. */
  readonly onMenu: (element: ElementId, at: Point) => void;
}

/** One row of the list: a tree item whose name is all of its text. */
export const ListRowLine = memo(function ListRowLine(props: ListRowLineProps) {
  const {
    line,
    tag,
    candidate,
    isChosen,
    isCurrent,
    isSelected,
    isAside,
    isTabStop,
    onChoose,
    onFold,
    onFocus,
    onMenu,
  } = props;
  const { row, level, fold } = line;
  const showsNote = row.note !== '' && fold !== 'open' && tag === undefined;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it takes the keys of all rows.
    <div
      role="treeitem"
      data-row={row.id}
      className={classNames(
        styles.row,
        isCurrent && styles.current,
        row.emphasis === 'wins' && styles.wins,
        isSelected && styles.selected,
        candidate !== undefined && (isChosen ? styles.chosen : styles.candidate),
      )}
      style={{ paddingInlineStart: `${level * 18 - 10}px` }}
      aria-level={level}
      aria-posinset={line.position}
      aria-setsize={line.siblings}
      aria-expanded={fold === 'leaf' ? undefined : fold === 'open'}
      aria-selected={isSelected}
      aria-current={isCurrent ? 'step' : undefined}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => onChoose(line)}
      onFocus={() => onFocus(row.id)}
    >
      {fold === 'leaf' ? (
        <span className={styles.fold} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; arrow keys do the same, and the row says its state.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <span
          className={styles.fold}
          onClick={event => {
            event.stopPropagation();
            onFold(line);
          }}
        >
          <Icon name={fold === 'open' ? 'chevronDown' : 'chevronRight'} size={16} />
        </span>
      )}
      {row.emphasis === 'said' ? (
        <span className={styles.said}>{row.label}</span>
      ) : (
        <>
          <Icon name={row.icon} size={16} />
          <span className={styles.text} title={`${row.label} ${row.detail}`.trim()}>
            <span
              className={classNames(
                isAside ? styles.aside : styles.label,
                row.state?.kind === 'terminating' && styles.struck,
              )}
            >
              {row.label}
            </span>{' '}
            {row.detail !== '' && <span className={styles.detail}>{row.detail}</span>}
          </span>{' '}
        </>
      )}
      {row.state !== undefined && <StateTag {...row.state} />}
      {candidate !== undefined && <CandidateKey number={candidate} isChosen={isChosen} />}
      {showsNote && <span className={styles.note}>{row.note}</span>}
      {tag !== undefined && <StepTag {...tag} />}
      {isSelected && row.standing === 'element' && (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the context-menu key opens the same.
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above.
        <span
          className={styles.actions}
          title={ACTION_WORDS.menu(row.label)}
          onClick={event => {
            event.stopPropagation();
            const { left, bottom } = event.currentTarget.getBoundingClientRect();
            onMenu(row.target, { x: left, y: bottom });
          }}
        >
          <Icon name="more" size={16} />
        </span>
      )}
    </div>
  );
});

function CandidateKey({ number, isChosen }: { readonly number: number; readonly isChosen: boolean }) {
  return (
    <span className={classNames(styles.key, isChosen && styles.keyChosen)}>
      <span className="visually-hidden">{isChosen ? LIST_WORDS.key.chosen : LIST_WORDS.key.free}</span>
      {number <= 9 ? number : '·'}
    </span>
  );
}

function StateTag({ word, reason }: RowState) {
  return (
    <span className={styles.state} title={reason}>
      <Tag meaning="pending">
        {word}
        {reason !== undefined && <span className="visually-hidden">{`: ${reason}`}</span>}
      </Tag>
    </span>
  );
}

/** "in" alone does not say whose way in: the form does, and aloud the word. */
function StepTag({ meaning, word }: RowTag) {
  return (
    <Tag meaning={meaning}>
      {(meaning === 'request' || meaning === 'reply') && <span className="visually-hidden">{`${meaning}: `}</span>}
      {word}
    </Tag>
  );
}
