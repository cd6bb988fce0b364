import { useEffect, useRef } from 'react';
import { useLayout } from '../StoresContext.ts';
import { SidePane } from './SidePane.tsx';
import { useSideName } from './sideName.ts';
import styles from './Workbench.module.css';

/** Between 760 and 1100 px: left of the graph while the header has it open. It stays mounted while it is closed. */
export function Drawer() {
  const name = useSideName();
  const isOpen = useLayout(state => state.drawer === 'open');
  const drawer = useRef<HTMLElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (isOpen && !wasOpen.current) drawer.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return (
    <aside ref={drawer} className={styles.drawer} hidden={!isOpen} aria-label={name} tabIndex={-1}>
      <SidePane />
    </aside>
  );
}
