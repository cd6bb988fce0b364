import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../common/Button.tsx';
import { Icon } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import { LEGEND_WORDS } from '../topology/legendWords.ts';
import { MEANING_ROWS } from '../topology/meanings.tsx';
import styles from './Legend.module.css';

const THINGS = ['pod', 'node', 'service', 'bridge', 'route'] as const;

/** What the forms and colours on the graph mean; over the graph, until it is closed. */
export function Legend() {
  const { layout } = useStores();
  const isOpen = useLayout(state => state.legend === 'open');
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent): void => {
      const { activeElement } = document;
      const isHere = activeElement === document.body || panel.current?.parentElement?.contains(activeElement) === true;
      if (event.key === 'Escape' && isHere) layout.set({ legend: 'closed' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isOpen, layout]);
  if (!isOpen) return null;
  const marker = LEGEND_WORDS.rows.marker;
  const refused = LEGEND_WORDS.rows.refused;
  return (
    <section ref={panel} className={styles.legend} aria-label={LEGEND_WORDS.title}>
      <div className={styles.head}>
        <h3 className={styles.title}>{LEGEND_WORDS.title}</h3>
        <IconButton
          icon="close"
          dense
          label={GRAPH_WORDS.closeLegend}
          onPress={() => layout.set({ legend: 'closed' })}
        />
      </div>
      <ul className={styles.rows}>
        {MEANING_ROWS.map(({ meaning, words: [name, form], line }) => (
          <li key={meaning} className={styles.row}>
            <span className={styles.sign} style={{ color: `var(--${meaning})` }}>
              {line === undefined ? <MeaningIcon meaning={meaning} word="" /> : <Line>{line}</Line>}
            </span>
            <Words name={name} form={form} />
          </li>
        ))}
        <li className={styles.row}>
          <span className={styles.sign} style={{ color: 'var(--drop)' }}>
            <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true" stroke="currentColor" strokeWidth="2">
              <path d="M5 5l10 10M15 5L5 15" />
            </svg>
          </span>
          <Words name={refused[0]} form={refused[1]} />
        </li>
        <li className={styles.row}>
          <span className={styles.sign}>
            <span className={styles.marker} />
          </span>
          <Words name={marker[0]} form={marker[1]} />
        </li>
      </ul>
      <ul className={styles.things}>
        {THINGS.map(thing => (
          <li key={thing} className={styles.thing}>
            <Icon name={thing} size={16} />
            {LEGEND_WORDS.things[thing]}
          </li>
        ))}
        <li className={styles.thing}>
          <span className={styles.port} />
          {LEGEND_WORDS.things.port}
        </li>
      </ul>
    </section>
  );
}

function Words({ name, form }: { readonly name: string; readonly form: string }) {
  return (
    <>
      <strong className={styles.name}>{name}</strong> <span className={styles.form}>{form}</span>
    </>
  );
}

function Line({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      width="36"
      height="16"
      viewBox="0 0 36 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}
