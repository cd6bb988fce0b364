import { useState } from 'react';
import type { TerminalBlock } from '../../store/terminalStore.ts';
import { Button } from '../common/Button.tsx';
import { Tag } from '../common/Tag.tsx';
import { outcomeMeaning } from '../trace/words.ts';
import { listedExchanges } from './blockState.ts';
import { BLOCK_WORDS } from './blockWords.ts';
import styles from './TraceRows.module.css';
import { useOpenTrace } from './useOpenTrace.ts';

/** Journeys that a block lists at first. */
const FIRST_SHOWN = 3;

/** The packets that a command sent: how each journey ended, and its trace. */
export function TraceRows({ block }: { readonly block: TerminalBlock }) {
  const [shown, setShown] = useState<'first' | 'all'>('first');
  const openTrace = useOpenTrace();
  const exchanges = listedExchanges(block);
  if (exchanges.length === 0) return null;
  const listed = shown === 'all' ? exchanges : exchanges.slice(0, FIRST_SHOWN);
  return (
    <ul className={styles.rows} aria-label={BLOCK_WORDS.journeys}>
      {listed.map(exchange => {
        const ends = `${exchange.from} → ${exchange.to}`;
        return (
          <li key={exchange.id} className={styles.row}>
            <span className={styles.ends}>
              {ends} {exchange.asked === undefined ? exchange.protocol.toUpperCase() : `DNS ${exchange.asked}`}
            </span>
            <Tag meaning={outcomeMeaning(exchange)}>{exchange.outcome}</Tag>
            <Button dense look="quiet" onPress={() => openTrace(exchange.id)} title={BLOCK_WORDS.openTraceOf(ends)}>
              {BLOCK_WORDS.openTrace}
            </Button>
          </li>
        );
      })}
      {listed.length < exchanges.length && (
        <li>
          <Button dense look="quiet" onPress={() => setShown('all')}>
            {BLOCK_WORDS.all(exchanges.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}
