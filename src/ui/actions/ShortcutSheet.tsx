import { useEffect, useId, useRef, useState } from 'react';
import { IconButton } from '../common/Button.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { formOfPage } from '../hooks/useMedia.ts';
import { useLayout, useStores } from '../StoresContext.ts';
import type { Action, ActionPage } from './action.ts';
import { Keys } from './Keys.tsx';
import { pageActions } from './pageActions.ts';
import { PLACE_KEYS, type PlaceKeys } from './placeKeys.ts';
import styles from './ShortcutSheet.module.css';
import { ACTION_GROUPS, PLACE_WORDS, SHEET_WORDS } from './words.ts';

/** Every shortcut of the page, read off the actions that have one, and the keys of single places. */
export function ShortcutSheet() {
  const stores = useStores();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const singleKeys = useLayout(state => state.singleKeys);
  const [{ everywhere, places }] = useState(() => sheetOf({ stores, form: formOfPage() }));
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const close = (): void => {
    dialog.current?.close();
    stores.layout.set({ overlay: undefined });
  };
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault();
        close();
      }}
    >
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {SHEET_WORDS.title}
        </h2>
        <IconButton icon="close" label={SHEET_WORDS.close} onPress={close} />
      </header>
      <div className={styles.body}>
        <p className={styles.note}>{SHEET_WORDS.everywhereNote}</p>
        <div className={styles.choice}>
          <span>{SHEET_WORDS.single}</span>
          <SegmentedControl
            label={SHEET_WORDS.single}
            options={[
              { value: 'on', label: SHEET_WORDS.on },
              { value: 'off', label: SHEET_WORDS.off },
            ]}
            value={singleKeys}
            onChange={chosen => stores.layout.set({ singleKeys: chosen })}
          />
        </div>
        <div className={styles.columns}>
          {[...everywhere, ...places].map(section => (
            <Section key={section.place} {...section} />
          ))}
        </div>
      </div>
    </dialog>
  );
}

function Section({ place, rows }: PlaceKeys) {
  return (
    <section className={styles.section}>
      <h3 className={styles.place}>{place}</h3>
      <dl>
        {rows.map(([keys, does]) => (
          <div key={`${keys} ${does}`} className={styles.row}>
            <dt className={styles.keys}>
              <Keys keys={keys} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The page's own shortcuts by group, those of the trace among the other places. */
function sheetOf(page: ActionPage): {
  readonly everywhere: readonly PlaceKeys[];
  readonly places: readonly PlaceKeys[];
} {
  const actions = pageActions(page);
  const rowsOf = (of: (action: Action) => boolean): PlaceKeys['rows'] =>
    actions.flatMap(action => (action.keys !== undefined && of(action) ? [[action.keys, action.name] as const] : []));
  const everywhere = Object.entries(ACTION_GROUPS).flatMap(([group, name]) => {
    const rows = rowsOf(action => action.group === group && action.place === undefined);
    return rows.length === 0 ? [] : [{ place: name, rows }];
  });
  return {
    everywhere,
    places: [{ place: PLACE_WORDS.trace, rows: rowsOf(action => action.place === 'trace') }, ...PLACE_KEYS],
  };
}
