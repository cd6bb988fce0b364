import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import styles from './Tabs.module.css';

export interface TabItem<Id extends string> {
  readonly id: Id;
  readonly label: string;
  /** A count beside the label. */
  readonly count?: number | undefined;
}

export interface TabsProps<Id extends string> {
  /** What the tabs are of, for screen readers. */
  readonly label: string;
  readonly items: readonly TabItem<Id>[];
  readonly open: Id;
  readonly onOpen: (id: Id) => void;
  /** The content of the open tab. */
  readonly children: ReactNode;
  /** Prefix of the ids in the document; unique on the page. */
  readonly idPrefix: string;
}

/** Tabs with arrow keys (left, right, Home, End) and one panel. */
export function Tabs<Id extends string>({ label, items, open, onOpen, children, idPrefix }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const go = (index: number): void => {
    const item = items[(index + items.length) % items.length];
    if (item === undefined) return;
    onOpen(item.id);
    list.current?.querySelector<HTMLElement>(`#${idPrefix}-tab-${item.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = items.findIndex(item => item.id === open);
    const target = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: items.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(target);
  };
  return (
    <>
      <div ref={list} className={styles.list} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {items.map(item => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={`${idPrefix}-tab-${item.id}`}
            className={styles.tab}
            aria-selected={item.id === open}
            aria-controls={`${idPrefix}-panel`}
            tabIndex={item.id === open ? 0 : -1}
            onClick={() => onOpen(item.id)}
          >
            {item.label}
            {item.count !== undefined && item.count > 0 && <span className={styles.count}>{item.count}</span>}
          </button>
        ))}
      </div>
      <div
        className={styles.panel}
        role="tabpanel"
        id={`${idPrefix}-panel`}
        aria-labelledby={`${idPrefix}-tab-${open}`}
        tabIndex={-1}
      >
        {children}
      </div>
    </>
  );
}
