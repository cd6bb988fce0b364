import { useMemo } from 'react';
import { Icon } from '../common/Icon.tsx';
import { useLab, useStores, useTrace } from '../StoresContext.ts';
import styles from './Lookups.module.css';
import { lookupsBefore } from './packetGroups.ts';
import { TRACE_WORDS } from './words.ts';

/** The name lookups before the open journey, each a chip that opens it. */
export function Lookups() {
  const { trace } = useStores();
  const exchanges = useLab(state => state.exchanges);
  const open = useTrace(state => state.journey?.exchange.id);
  const lookups = useMemo(() => (open === undefined ? [] : lookupsBefore(exchanges, open)), [exchanges, open]);
  if (lookups.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={TRACE_WORDS.lookups}>
      {lookups.map(lookup => (
        <li key={lookup.id}>
          <button type="button" className={styles.chip} onClick={() => void trace.open(lookup.id)}>
            <Icon name="dns" size={16} />
            DNS {lookup.asked ?? lookup.to} · {lookup.outcome}
          </button>
        </li>
      ))}
    </ul>
  );
}
