import { type KeyboardEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import type { LabElement } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { elementIcon } from '../list/listRow.ts';
import { useLab, useStores } from '../StoresContext.ts';
import styles from './FindPanel.module.css';
import { drawnWith } from './placeOfElement.ts';
import { type Found, searchElements, searchIndex } from './searchElements.ts';
import { ToolPanel } from './ToolPanel.tsx';
import { FIND_WORDS } from './words.ts';

/** Finds elements, and shows the chosen one in the middle of the graph. */
export function FindPanel() {
  const { selection, layout } = useStores();
  const elements = useLab(state => state.elements);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const wanted = useDeferredValue(text);
  const index = useMemo(() => searchIndex(elements), [elements]);
  const { found, count } = useMemo(() => searchElements(index, wanted), [index, wanted]);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const optionId = (at: number): string => `${id}-${at}`;
  const here = Math.min(active, found.length - 1);

  const show = ({ element }: Found): void => {
    layout.set({ ...drawnWith(element, layout.getState()), tool: undefined });
    selection.show({ element: element.id, how: 'centred' });
  };
  const move = (to: number): void => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = found[here];
    if (event.key === 'Enter' && chosen !== undefined) show(chosen);
    else if (event.key === 'ArrowDown') move(here + 1);
    else if (event.key === 'ArrowUp') move(here - 1);
    else if (event.key === 'PageDown') move(here + 8);
    else if (event.key === 'PageUp') move(here - 8);
    else return;
    event.preventDefault();
  };
  return (
    <ToolPanel tool="find" label={FIND_WORDS.title}>
      <div className={styles.field}>
        <Icon name="search" size={16} />
        <input
          type="search"
          className={styles.input}
          role="combobox"
          aria-label={FIND_WORDS.field}
          aria-expanded={found.length > 0}
          aria-controls={id}
          aria-autocomplete="list"
          aria-activedescendant={here < 0 ? undefined : optionId(here)}
          placeholder={FIND_WORDS.example}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={event => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={id} className={styles.list} role="listbox" aria-label={FIND_WORDS.results}>
        {found.map((hit, i) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys of its options
          <div
            key={hit.element.id}
            id={optionId(i)}
            role="option"
            tabIndex={-1}
            aria-selected={i === here}
            className={classNames(styles.option, i === here && styles.active)}
            onClick={() => show(hit)}
          >
            <Icon name={elementIcon(hit.element)} size={16} />
            <span className={styles.name}>{hit.element.name}</span>
            <span className={styles.detail}>{detailOf(hit)}</span>
          </div>
        ))}
      </div>
      <p className={styles.foot} role="status">
        {wanted.trim() === '' ? '' : sayCount(found.length, count)}
      </p>
    </ToolPanel>
  );
}

function sayCount(shown: number, count: number): string {
  if (count === 0) return FIND_WORDS.none;
  return shown < count ? FIND_WORDS.first(shown, count) : FIND_WORDS.count(count);
}

/** What tells elements of one name apart, and what it was found by. */
function detailOf({ element, by }: Found): string {
  const place = 'namespace' in element && element.namespace !== 'default' ? element.namespace : undefined;
  const address = addressOf(element);
  return [...new Set([FIND_WORDS.kind[element.kind], place, by ?? address])]
    .filter(part => part !== undefined && part !== '')
    .join(' · ');
}

function addressOf(element: LabElement): string | undefined {
  if (element.kind === 'service') return element.clusterIP;
  return 'address' in element ? element.address : undefined;
}
