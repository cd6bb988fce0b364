import { type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from '../common/Button.tsx';
import { type Meaning, MeaningIcon } from '../common/Tag.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import { LEGEND_WORDS } from '../topology/legendWords.ts';
import { GRAPH_WORDS } from '../topology/words.ts';
import styles from './Legend.module.css';

/** The eight meanings: name, form in words. Each has its line, its icon, and its colour last. */
const MEANINGS: readonly (readonly [Meaning, readonly [string, string]])[] = [
  ['request', LEGEND_WORDS.rows.request],
  ['reply', LEGEND_WORDS.rows.reply],
  ['dns', ['DNS', 'dotted line, label on a string']],
  ['encap', ['Encapsulated', 'pipe: a packet inside a packet']],
  ['nat', LEGEND_WORDS.rows.nat],
  ['ok', LEGEND_WORDS.rows.ok],
  ['drop', LEGEND_WORDS.rows.drop],
  ['pending', LEGEND_WORDS.rows.pending],
];

/** A line pattern for each meaning that travels. */
const LINES: Partial<Readonly<Record<Meaning, ReactNode>>> = {
  request: <path d="M2 8H34M28 3l6 5-6 5" />,
  reply: <path d="M34 8H2M8 3L2 8l6 5" strokeDasharray="8 4" />,
  dns: <path d="M2 8H34" strokeDasharray="1 5" />,
  encap: <path d="M2 4H34M2 12H34M2 8H34" strokeWidth="1.5" />,
};

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
        {MEANINGS.map(([meaning, [name, form]]) => (
          <li key={meaning} className={styles.row}>
            <span className={styles.sign} style={{ color: `var(--${meaning})` }}>
              {LINES[meaning] === undefined ? <MeaningIcon meaning={meaning} word="" /> : <Line>{LINES[meaning]}</Line>}
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
    </section>
  );
}

function Words({ name, form }: { readonly name: string; readonly form: string }) {
  return (
    <span>
      <strong className={styles.name}>{name}</strong> <span className={styles.form}>{form}</span>
    </span>
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
