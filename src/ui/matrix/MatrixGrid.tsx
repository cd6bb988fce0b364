import { type KeyboardEvent, memo, useCallback, useRef, useState } from 'react';
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

export interface MatrixGridProps {
  readonly run: MatrixRun;
  /** What the run before said, by cell. */
  readonly before: ReadonlyMap<string, string>;
  readonly onOpen: (row: ReachEnd, column: MatrixColumn) => void;
  readonly onSelect: (element: string) => void;
}

const ICONS: Readonly<Record<ReachEnd['kind'], IconName>> = {
  pod: 'pod',
  service: 'service',
  node: 'node',
  outside: 'laptop',
};
/** Letters of a name in a head. */
const ROW_LETTERS = { wide: 22, medium: 22, phone: 12 } as const;
const COLUMN_LETTERS = 12;

/**
 * The cells, with the heads in row 0 and column 0. Arrow keys, Home, End (with Ctrl: of all), Page Up and Down move;
 * Enter or a click opens a cell's trace, or selects what a head names.
 */
export function MatrixGrid({ run, before, onOpen, onSelect }: MatrixGridProps) {
  const { rows, columns } = run.plan;
  const [chosen, setChosen] = useState<Place>({ row: 1, column: 1 });
  const table = useRef<HTMLTableElement>(null);
  const at: Place = { row: Math.min(chosen.row, rows.length), column: Math.min(chosen.column, columns.length) };
  const letters = ROW_LETTERS[usePageForm()];
  const cellAt = useCallback((place: Place) => table.current?.rows[place.row]?.cells[place.column], []);
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
    setChosen(next);
    cellAt(next)?.focus();
  };
  const onClick = (event: { readonly target: EventTarget }): void => {
    const cell = event.target instanceof Element ? event.target.closest('td, th') : null;
    if (!(cell instanceof HTMLTableCellElement) || !(cell.parentElement instanceof HTMLTableRowElement)) return;
    const place = { row: cell.parentElement.rowIndex, column: cell.cellIndex };
    if (place.row === 0 && place.column === 0) return;
    setChosen(place);
    act(place);
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
                  {shortName(column.end.name, COLUMN_LETTERS)}
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
