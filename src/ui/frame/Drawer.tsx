import { useEffect, useRef } from 'react';
import { useLayout, useStores } from '../StoresContext.ts';
import { SidePane } from './SidePane.tsx';
import { useSideName } from './sideName.ts';
import styles from './Workbench.module.css';

/** Between 760 and 1100 px: over the left of the graph, opened from the header. It stays mounted while it is closed. */
export function Drawer() {
  const { layout } = useStores();
  const name = useSideName();
  const isOpen = useLayout(state => state.drawer === 'open');
  const drawer = useRef<HTMLElement>(null);
  const wasOpen = useRef(isOpen);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (isOpen && !wasOpen.current) {
      before.current = document.activeElement;
      drawer.current?.focus();
    }
    wasOpen.current = isOpen;
  }, [isOpen]);
  const close = (): void => {
    if (before.current instanceof HTMLElement) before.current.focus();
    layout.set({ drawer: 'closed' });
  };
  return (
    <aside
      ref={drawer}
      className={styles.drawer}
      hidden={!isOpen}
      aria-label={name}
      tabIndex={-1}
      onKeyDown={event => {
        if (event.key === 'Escape' && !event.defaultPrevented) close();
      }}
    >
      <SidePane />
    </aside>
  );
}
