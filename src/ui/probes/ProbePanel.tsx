import { useDeferredValue, useMemo, useState } from 'react';
import type { ExchangeSummary, RecordedProbe } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import styles from './ProbePanel.module.css';
import { ProbeRow } from './ProbeRow.tsx';
import { lastByProbe, matching, tally } from './probeRows.ts';
import { PROBE_WORDS } from './words.ts';

/** Probes that are listed at first, and more with each wish. */
const PAGE = 60;

export interface ProbePanelProps {
  /** Of the recorded cluster. */
  readonly name: string;
  readonly probes: readonly RecordedProbe[];
}

/** The probes of a recorded cluster: sent one by one, each with what came of it and what the real kernel did. */
export function ProbePanel({ name, probes }: ProbePanelProps) {
  const stores = useStores();
  const exchanges = useLab(state => state.exchanges);
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(PAGE);
  const filter = useDeferredValue(wanted);
  const sent = useMemo(() => lastByProbe(exchanges), [exchanges]);
  const found = useMemo(() => matching(probes, filter), [probes, filter]);
  const listed = found.slice(0, shown);
  return (
    <section className={styles.panel} aria-label={PROBE_WORDS.title}>
      <div className={styles.bar}>
        <div className={styles.words}>
          <h3 className={styles.name}>{name}</h3>
          <p className={styles.under}>{PROBE_WORDS.kind}</p>
        </div>
        <Button dense onPress={() => void stores.closeRecorded()}>
          {PROBE_WORDS.toSandbox}
        </Button>
      </div>
      <div className={styles.bar}>
        <input
          className={styles.filter}
          type="search"
          aria-label={PROBE_WORDS.filter}
          placeholder={PROBE_WORDS.example}
          value={wanted}
          onChange={event => {
            setWanted(event.target.value);
            setShown(PAGE);
          }}
        />
        <Count found={found.length} probes={probes} sent={sent} />
      </div>
      <div className={styles.scroller}>
        <ul aria-label={PROBE_WORDS.list}>
          {listed.map(probe => (
            <ProbeRow key={probe.id} probe={probe} sent={sent.get(probe.id)} />
          ))}
        </ul>
        {probes.length === 0 && <p className={styles.note}>{PROBE_WORDS.none}</p>}
        {probes.length > 0 && found.length === 0 && <p className={styles.note}>{PROBE_WORDS.noMatch}</p>}
        {listed.length < found.length && (
          <Button look="quiet" onPress={() => setShown(shown + PAGE)}>
            {PROBE_WORDS.more(found.length - listed.length)}
          </Button>
        )}
      </div>
    </section>
  );
}

interface CountProps {
  readonly found: number;
  readonly probes: readonly RecordedProbe[];
  readonly sent: ReadonlyMap<string, ExchangeSummary>;
}

function Count({ found, probes, sent }: CountProps) {
  return (
    <p className={styles.count} role="status">
      {PROBE_WORDS.count(found, probes.length)}
      {sent.size > 0 && ` · ${tally(sent)}`}
    </p>
  );
}
