import { type KeyboardEvent, memo, useCallback, useLayoutEffect, useRef } from 'react';
import type { ReachAnswer, ReachEnd } from '../../client/port.ts';
import { answerWord, cellKey, type MatrixColumn, type MatrixRun } from '../../store/matrixStore.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { usePageForm } from '../hooks/useMedia.ts';
import { shortName } from '../topology/shortName.ts';
import { moved, type Place } from './gridPlace.ts';
import styles from './MatrixGrid.module.css';
import { answerMeaning, MATRIX_WORDS, portWord, verdictWord } from './words.ts';

/** Where in the grid something stands; undefined: in the corner between the heads, or outside. */
function placeOf(target: EventTarget): Place | undefined {
  const cell = target instanceof Element ? target.closest('td, th') : null;
  if (!(cell instanceof HTMLTableCellElement) || !(cell.parentElement instanceof HTMLTableRowElement)) return undefined;
  const place = { row: cell.parentElement.rowIndex, column: cell.cellIndex };
  return place.row === 0 && place.column === 0 ? undefined : place;
}

export interface MatrixGridProps {
  readonly run: MatrixRun;
  /** What the run before said, by cell. */
  readonly before: ReadonlyMap<string, string>;
  /** The cell that is looked at. */
  readonly place: Place;
  readonly onGo: (place: Place) => void;
  readonly onOpen: (row: ReachEnd, column: MatrixColumn) => void;
  readonly onSelect: (element: string) => void;
}

const ICONS: Readonly<Record<ReachEnd['kind'], IconName>> = {
  pod: 'pod',
  service: 'service',
  node: 'node',
  outside: 'laptop',
};
/** Letters of a name in a head: the same Pod is called the same in both. */
const LETTERS = { wide: 16, medium: 16, phone: 12 } as const;

/**
 * The cells, with the heads in row 0 and column 0. Arrow keys, Home, End (with Ctrl: of all), Page Up and Down move;
 * Enter or a click opens a cell's trace, or selects what a head names.
 */
export function MatrixGrid({ run, before, place, onGo, onOpen, onSelect }: MatrixGridProps) {
  const { rows, columns } = run.plan;
  const table = useRef<HTMLTableElement>(null);
  const at: Place = { row: Math.min(place.row, rows.length), column: Math.min(place.column, columns.length) };
  const letters = LETTERS[usePageForm()];
  const cellAt = useCallback((place: Place) => table.current?.rows[place.row]?.cells[place.column], []);
  const first = useRef(at);
  useLayoutEffect(() => {
    cellAt(first.current)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [cellAt]);
  const act = ({ row, column }: Place): void => {
    const asking = rows[row - 1];
    const asked = columns[column - 1];
    if (asking !== undefined && asked !== undefined) onOpen(asking, asked);
    else if (asking !== undefined || asked !== undefined) onSelect(asking?.element ?? asked?.end.element ?? '');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      act(at);
      return;
    }
    const next = moved(at, event, { row: rows.length, column: columns.length });
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onGo(next);
    cellAt(next)?.focus();
  };
  // However the focus came: a screen reader gives it without a key.
  const onFocus = (event: { readonly target: EventTarget }): void => {
    const focused = placeOf(event.target);
    if (focused !== undefined && (focused.row !== at.row || focused.column !== at.column)) onGo(focused);
  };
  const onClick = (event: { readonly target: EventTarget }): void => {
    const pressed = placeOf(event.target);
    if (pressed === undefined) return;
    onGo(pressed);
    act(pressed);
  };
  return (
    <div className={styles.scroller}>
      <table
        ref={table}
        className={styles.table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrow keys go through its cells
        role="grid"
        aria-label={MATRIX_WORDS.grid}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onClick={onClick}
      >
        <thead>
          <tr>
            <td className={styles.corner}>
              <span className="visually-hidden">{MATRIX_WORDS.corner}</span>
            </td>
            {columns.map((column, i) => (
              <th
                key={cellKey(column.end, column)}
                scope="col"
                className={styles.column}
                tabIndex={at.row === 0 && at.column === i + 1 ? 0 : -1}
                title={`${column.end.name} ${portWord(column)}`}
              >
                <span className={styles.name}>
                  <Icon name={ICONS[column.end.kind]} size={16} />
                  {shortName(column.end.name, letters)}
                </span>
                <span className={styles.port}>{portWord(column)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <Row
              key={row.element}
              row={row}
              letters={letters}
              columns={columns}
              answers={run.answers.get(row.element) ?? NONE}
              before={before}
              at={at.row === i + 1 ? at.column : undefined}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NONE: readonly ReachAnswer[] = [];

interface RowProps {
  readonly row: ReachEnd;
  readonly letters: number;
  readonly columns: readonly MatrixColumn[];
  readonly answers: readonly ReachAnswer[];
  readonly before: ReadonlyMap<string, string>;
  /** The cell that Tab comes to, if it is in this row. */
  readonly at: number | undefined;
}

const Row = memo(function Row({ row, letters, columns, answers, before, at }: RowProps) {
  return (
    <tr>
      <th scope="row" className={styles.row} tabIndex={at === 0 ? 0 : -1} title={row.name}>
        <span className={styles.name}>
          <Icon name={ICONS[row.kind]} size={16} />
          {shortName(row.name, letters)}
        </span>
      </th>
      {columns.map((column, i) => {
        const key = cellKey(row, column);
        return <Cell key={key} answer={answers[i]} was={before.get(key)} isAt={at === i + 1} />;
      })}
    </tr>
  );
});

function Cell({
  answer,
  was,
  isAt,
}: {
  readonly answer: ReachAnswer | undefined;
  readonly was: string | undefined;
  readonly isAt: boolean;
}) {
  const tabIndex = isAt ? 0 : -1;
  if (answer === undefined)
    return (
      <td className={styles.cell} tabIndex={tabIndex}>
        <span className="visually-hidden">{MATRIX_WORDS.notAsked}</span>
      </td>
    );
  const word = answerWord(answer);
  const meaning = answerMeaning(answer);
  const isOk = word === 'ok';
  const isChanged = was !== undefined && was !== word;
  return (
    <td
      className={classNames(styles.cell, isChanged ? styles.changed : meaning === 'drop' && styles.drop)}
      tabIndex={tabIndex}
      title={answer.kind === 'answered' ? answer.outcome : answer.because}
    >
      <span className={styles.verdict}>
        <MeaningIcon meaning={meaning} word={isOk ? verdictWord(word) : ''} size={18} />
        {!isOk && verdictWord(word)}
      </span>
      {isChanged && <span className={styles.was}>{MATRIX_WORDS.was(verdictWord(was))}</span>}
    </td>
  );
}
