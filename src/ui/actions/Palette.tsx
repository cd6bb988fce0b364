import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { IconButton } from '../common/Button.tsx';
import { Icon } from '../common/Icon.tsx';
import { formOfPage } from '../hooks/useMedia.ts';
import { useLab, useStores } from '../StoresContext.ts';
import type { Action } from './action.ts';
import { containing, found } from './fuzzy.ts';
import { elementActions } from './graphActions.ts';
import { Keys } from './Keys.tsx';
import styles from './Palette.module.css';
import { pageActions } from './pageActions.ts';
import { typedAhead } from './typedAhead.ts';
import { ACTION_GROUPS, PALETTE_WORDS } from './words.ts';

/** Found actions that are listed. */
const MOST_FOUND = 60;

interface Line {
  readonly action: Action;
  /** Letters of the name that were asked for. */
  readonly letters: readonly number[];
}

interface Section {
  readonly name: string;
  readonly lines: readonly Line[];
}

/** Every action of the page by its name. Up and Down choose, Enter does it, Escape closes. */
export function Palette() {
  const stores = useStores();
  const dialog = useRef<HTMLDialogElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const [query, setQuery] = useState(typedAhead.take);
  // An action, not a place: what is chosen stays so when others come before it.
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  // As the page was when the palette was opened: nothing changes its place while somebody reads. But what comes into
  // the cluster meanwhile is found.
  const [page] = useState(() => ({ stores, form: formOfPage() }));
  const [own] = useState(() => pageActions(page).filter(action => action.id !== 'palette'));
  const present = useLab(lab => lab.elements);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the actions on elements are made of those that are there.
  const elements = useMemo(() => elementActions(page), [page, present]);
  const sections = useMemo(() => sectionsOf(query, { own, elements }), [query, own, elements]);
  const lines = useMemo(() => sections.flatMap(section => section.lines), [sections]);
  const active = Math.max(
    0,
    lines.findIndex(({ action }) => action.id === wanted),
  );
  const chosen = lines[active];

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (chosen === undefined) return;
    const option = list.current?.querySelector('[aria-selected="true"]');
    option?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const close = (): void => {
    dialog.current?.close();
    stores.layout.set({ overlay: undefined });
  };
  const run = (action: Action | undefined): void => {
    if (action === undefined || action.blocked !== undefined) return;
    // The focus is back where it was before the action takes it elsewhere.
    close();
    action.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = lines.length - 1;
    const target = {
      ArrowDown: active >= last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      PageDown: Math.min(last, active + 10),
      PageUp: Math.max(0, active - 10),
    }[event.key];
    if (target !== undefined) setWanted(lines[target]?.action.id);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(chosen?.action);
    else return;
    event.preventDefault();
  };

  return (
    <dialog
      ref={dialog}
      className={styles.palette}
      aria-label={PALETTE_WORDS.title}
      onCancel={event => {
        event.preventDefault();
        close();
      }}
      onPointerDown={event => {
        if (event.target === dialog.current) close();
      }}
    >
      <div className={styles.frame}>
        <div className={styles.field}>
          <Icon name="search" size={18} />
          <input
            className={styles.input}
            type="text"
            role="combobox"
            aria-label={PALETTE_WORDS.title}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={chosen === undefined ? undefined : optionId(id, chosen)}
            placeholder={PALETTE_WORDS.placeholder}
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="off"
            spellCheck={false}
            value={query}
            onChange={event => {
              setQuery(event.target.value);
              setWanted(undefined);
            }}
            onKeyDown={onKeyDown}
          />
          {page.form === 'phone' && <IconButton icon="close" label={PALETTE_WORDS.close} onPress={close} />}
        </div>
        <div ref={list} className={styles.list} id={`${id}-list`} role="listbox" aria-label={PALETTE_WORDS.title}>
          {sections.map(section => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
            <div key={section.name} role="group" aria-label={section.name}>
              {section.name !== '' && (
                <div className={styles.section} aria-hidden="true">
                  {section.name}
                </div>
              )}
              {section.lines.map(line => (
                <Option
                  key={line.action.id}
                  id={optionId(id, line)}
                  line={line}
                  isChosen={line === chosen}
                  onHover={() => setWanted(line.action.id)}
                  onPress={() => run(line.action)}
                />
              ))}
            </div>
          ))}
        </div>
        {lines.length === 0 && <p className={styles.none}>{PALETTE_WORDS.none(query)}</p>}
        <p className="visually-hidden" role="status">
          {query === '' ? '' : PALETTE_WORDS.count(lines.length)}
        </p>
        <p className={styles.hints} aria-hidden="true">
          {lines.length > 0 && (
            <>
              <Keys keys="ArrowUp" /> <Keys keys="ArrowDown" /> {PALETTE_WORDS.hints.move} <Keys keys="Enter" />{' '}
              {PALETTE_WORDS.hints.run}
            </>
          )}{' '}
          <Keys keys="Escape" /> {PALETTE_WORDS.hints.close}
        </p>
      </div>
    </dialog>
  );
}

interface OptionProps {
  readonly id: string;
  readonly line: Line;
  readonly isChosen: boolean;
  readonly onHover: () => void;
  readonly onPress: () => void;
}

function Option({ id, line: { action, letters }, isChosen, onHover, onPress }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
    // biome-ignore lint/a11y/useFocusableInteractive: an option of a combobox is chosen, not focused
    <div
      id={id}
      role="option"
      className={styles.option}
      aria-selected={isChosen}
      aria-disabled={action.blocked === undefined ? undefined : true}
      onPointerMove={isChosen ? undefined : onHover}
      onClick={onPress}
    >
      <bdi className={styles.name}>{marked(action.name, letters)}</bdi>
      {action.kind !== undefined && action.kind !== action.name && <span className={styles.kind}>{action.kind}</span>}
      {action.blocked !== undefined && <span className={styles.blocked}>{action.blocked}</span>}
      {action.keys !== undefined && action.place === undefined && <Keys keys={action.keys} />}
    </div>
  );
}

/** The name with the letters that were asked for set apart. */
function marked(name: string, letters: readonly number[]) {
  if (letters.length === 0) return name;
  const wanted = new Set(letters);
  const runs: { readonly text: string; readonly isWanted: boolean; readonly from: number }[] = [];
  for (let from = 0; from < name.length; ) {
    const isWanted = wanted.has(from);
    let to = from + 1;
    while (to < name.length && wanted.has(to) === isWanted) to++;
    runs.push({ text: name.slice(from, to), isWanted, from });
    from = to;
  }
  return runs.map(({ text, isWanted, from }) => (isWanted ? <b key={from}>{text}</b> : <span key={from}>{text}</span>));
}

const optionId = (list: string, { action }: Line): string => `${list}-${action.id.replaceAll(/[^\w-]/g, '_')}`;

interface Listed {
  readonly own: readonly Action[];
  readonly elements: readonly Action[];
}

/** Without a query the page's own actions that can be done now, by group; with one, what it finds, best first. */
function sectionsOf(query: string, { own, elements }: Listed): readonly Section[] {
  if (query.trim() === '') {
    return Object.entries(ACTION_GROUPS).flatMap(([group, name]) => {
      const lines = own
        .filter(action => action.group === group && action.blocked === undefined)
        .map(action => ({ action, letters: [] }));
      return lines.length === 0 ? [] : [{ name, lines }];
    });
  }
  const namesOf = ({ group, name, also, kind }: Action): readonly string[] => [
    name,
    `${ACTION_GROUPS[group]} ${also ?? ''}`,
    kind ?? '',
  ];
  const actions = found(query, own, namesOf).map(({ item, letters }) => ({ action: item, letters }));
  const selected = containing(query, elements, namesOf).map(({ item, letters }) => ({ action: item, letters }));
  return [
    { name: '', lines: actions.slice(0, MOST_FOUND) },
    { name: ACTION_GROUPS.element, lines: selected.slice(0, MOST_FOUND) },
  ].filter(section => section.lines.length > 0);
}
