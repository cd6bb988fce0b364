import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useRef, useState } from 'react';
import type { ElementId } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { HiddenLine } from '../find/HiddenLine.tsx';
import { usePageForm } from '../hooks/useMedia.ts';
import { afterRelease } from '../menu/afterRelease.ts';
import { ElementMenu, type OpenMenu } from '../menu/ElementMenu.tsx';
import { useEnds } from '../menu/useEnds.ts';
import { useLayout, useSelection, useStores } from '../StoresContext.ts';
import type { Point } from '../topology/geometry.ts';
import { ListRowLine } from './ListRowLine.tsx';
import styles from './ListTwin.module.css';
import { useListTree } from './useListTree.ts';
import { useRowWindow } from './useRowWindow.ts';
import { treeMove, type VisibleRow } from './visibleRows.ts';
import { LIST_WORDS } from './words.ts';

/** The graph as a list: the same levels, order, selection and picks, for the keyboard and for screen readers. */
export function ListTwin() {
  const { selection, layout } = useStores();
  const level = useLayout(state => state.level);
  const selected = useSelection(state => state.selected);
  const picking = useSelection(state => state.picking);
  const ends = useSelection(state => state.ends);
  const isEnd = useEnds();
  const form = usePageForm();
  const titleId = useId();
  const [search, setSearch] = useState('');
  const [focused, setFocused] = useState<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const tree = useRef<HTMLDivElement>(null);
  const { rows, marks, fold } = useListTree(search);

  const tabStop =
    [focused, marks.current, selected].find(id => rows.some(({ row }) => row.id === id)) ?? rows[0]?.row.id;
  const indexOf = (id: string | undefined): number =>
    id === undefined ? -1 : rows.findIndex(({ row }) => row.id === id);
  const { parts, reveal } = useRowWindow(tree, rows.length, [indexOf(tabStop)]);
  const focusRow = (id: string): void => {
    if (lineOf(tree.current, id) === null) reveal(indexOf(id));
    lineOf(tree.current, id)?.focus();
  };

  const choose = useCallback(
    ({ row }: VisibleRow): void => {
      setFocused(row.id);
      if (row.standing === 'element') selection.pick(row.target);
      else selection.select(row.target);
    },
    [selection],
  );
  const onFold = useCallback(
    ({ row, fold: now }: VisibleRow): void => fold(row.id, now === 'open' ? 'closed' : 'open'),
    [fold],
  );

  // What was found begins at its beginning.
  useEffect(() => {
    if (search !== '' && tree.current !== null) tree.current.scrollTop = 0;
  }, [search]);

  const [menu, setMenu] = useState<OpenMenu | undefined>(undefined);
  const openMenu = useCallback((element: ElementId, at: Point): void => setMenu({ element, at }), []);
  const onContextMenu = (event: MouseEvent): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null;
    const found = rows.find(({ row }) => row.id === line?.dataset.row);
    if (line === null || found === undefined) return;
    event.preventDefault();
    const { left, bottom } = line.getBoundingClientRect();
    // By a key it opens under the row.
    const at = event.button === 2 ? { x: event.clientX, y: event.clientY } : { x: left + 40, y: bottom };
    setFocused(found.row.id);
    afterRelease(event.nativeEvent, () => openMenu(ownerOf(found), at));
  };

  const { current } = marks;
  const shownCurrent = rows.some(({ row }) => row.id === current) ? current : undefined;
  const shownSelected = rows.some(({ row }) => row.id === selected) ? selected : undefined;
  // In the next frame: React is at work now, and a row far away must be rendered first.
  const bring = useRef((_: string | undefined): void => undefined);
  bring.current = id => {
    if (id !== undefined && lineOf(tree.current, id) === null) reveal(indexOf(id));
    bringIntoSight(tree.current, id);
  };
  useEffect(() => inNextFrame(() => bring.current(shownCurrent)), [shownCurrent]);
  useEffect(() => inNextFrame(() => bring.current(shownSelected)), [shownSelected]);

  const onTreeKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = rows.find(({ row }) => row.id === tabStop);
    if (event.key === '/') {
      event.preventDefault();
      input.current?.focus();
      return;
    }
    if ((event.key === 'Enter' || event.key === ' ') && line !== undefined) {
      event.preventDefault();
      choose(line);
      if (event.key === 'Enter' && picking === undefined && ends === undefined)
        layout.set(form === 'phone' ? { sheet: 'inspect' } : { tab: 'inspect' });
      return;
    }
    const move = treeMove(rows, tabStop, event.key);
    if (move === undefined) return;
    event.preventDefault();
    if (move.kind === 'focus') focusRow(move.id);
    else if (move.kind !== 'none') fold(move.id, move.kind === 'open' ? 'open' : 'closed');
  };

  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      if (rows[0] !== undefined) focusRow(rows[0].row.id);
    } else if (event.key === 'Escape' && search !== '') {
      event.preventDefault();
      event.stopPropagation();
      setSearch('');
    }
  };

  return (
    <section className={styles.twin} aria-labelledby={titleId} data-testid="list">
      <header className={styles.header}>
        <h2 id={titleId} className={styles.title}>
          {LIST_WORDS.title}
        </h2>
        <span className={styles.level}>{LIST_WORDS.levels[level]}</span>
      </header>
      <div className={styles.search}>
        <Icon name="search" size={16} />
        <input
          ref={input}
          type="search"
          className={styles.input}
          placeholder={LIST_WORDS.search}
          aria-label={LIST_WORDS.search}
          value={search}
          onChange={event => setSearch(event.target.value)}
          onKeyDown={onSearchKey}
        />
        <span className={styles.kbd} aria-hidden="true">
          /
        </span>
      </div>
      <HiddenLine />
      <div
        ref={tree}
        className={classNames(styles.tree, parts.some(({ kind }) => kind === 'gap') && styles.long)}
        role="tree"
        aria-labelledby={titleId}
        onKeyDown={onTreeKey}
        onContextMenu={onContextMenu}
      >
        {parts.map(part => {
          if (part.kind === 'gap')
            return (
              <div key={`gap/${part.from}`} role="presentation" style={{ height: `calc(${part.rows} * var(--row))` }} />
            );
          const line = rows[part.index];
          if (line === undefined) return null;
          const { id } = line.row;
          const place = picking?.candidates.findIndex(candidate => candidate.element === id) ?? -1;
          return (
            <ListRowLine
              key={id}
              line={line}
              tag={marks.tags.get(id)}
              candidate={place < 0 ? undefined : place + 1}
              isChosen={picking?.chosen.includes(id) === true}
              isCurrent={current === id}
              isSelected={selected === id}
              isAside={isEnd !== undefined && (line.row.standing === 'part' || !isEnd(line.row.target))}
              isTabStop={tabStop === id}
              onChoose={choose}
              onFold={onFold}
              onFocus={setFocused}
              onMenu={openMenu}
            />
          );
        })}
      </div>
      <p className={styles.none} role="status">
        {rows.length === 0 && search !== '' && LIST_WORDS.none}
      </p>
      <Keys asks={ends !== undefined ? 'end' : picking !== undefined ? 'answer' : 'element'} />
      {menu !== undefined && <ElementMenu key={menu.element} open={menu} onClose={() => setMenu(undefined)} />}
    </section>
  );
}

/** The element that a row belongs to: of an interface, what has it. */
const ownerOf = ({ row }: VisibleRow): ElementId => row.target.split('#')[0] ?? row.target;

function lineOf(tree: HTMLElement | null, id: string): HTMLElement | null {
  return tree?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null;
}

/** Returns how to leave it. */
function inNextFrame(act: () => void): () => void {
  const frame = requestAnimationFrame(act);
  return () => cancelAnimationFrame(frame);
}

/** Scrolls the list, and nothing around it, until the row shows. */
function bringIntoSight(tree: HTMLElement | null, id: string | undefined): void {
  const line = id === undefined ? null : lineOf(tree, id);
  if (tree === null || line === null) return;
  const { top, bottom } = line.getBoundingClientRect();
  const frame = tree.getBoundingClientRect();
  if (top < frame.top) tree.scrollTop -= frame.top - top;
  else if (bottom > frame.bottom) tree.scrollTop += bottom - frame.bottom;
}

/**
 * What the keys do, as far as they are not the same everywhere.
 * @param asks what is chosen: an element, the answer of a question, or the other end of a trace
 */
function Keys({ asks }: { readonly asks: 'element' | 'answer' | 'end' }) {
  const { keys } = LIST_WORDS;
  return (
    <footer className={styles.keys}>
      <span>
        <kbd className={styles.kbd}>↑</kbd> <kbd className={styles.kbd}>↓</kbd> {keys.move}
      </span>
      <span>
        <kbd className={styles.kbd}>→</kbd> {keys.open}
      </span>
      <span>
        <kbd className={styles.kbd}>←</kbd> {keys.close}
      </span>
      <span>
        <kbd className={styles.kbd}>Enter</kbd> {asks === 'element' ? keys.inspect : keys.choose}
      </span>
      {asks === 'end' && (
        <span>
          <kbd className={styles.kbd}>Esc</kbd> {keys.cancel}
        </span>
      )}
      {asks === 'element' && (
        <span>
          <kbd className={styles.kbd}>Shift</kbd> <kbd className={styles.kbd}>F10</kbd> {keys.actions}
        </span>
      )}
    </footer>
  );
}
