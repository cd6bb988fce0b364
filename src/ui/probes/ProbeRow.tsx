import { memo } from 'react';
import type { ExchangeSummary, RecordedProbe } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import { Tag } from '../common/Tag.tsx';
import { useStores, useTerminal } from '../StoresContext.ts';
import { useOpenTrace } from '../terminal/useOpenTrace.ts';
import { outcomeMeaning } from '../trace/words.ts';
import styles from './ProbePanel.module.css';
import { endsOf, probeLine } from './probeRows.ts';
import { PROBE_WORDS } from './words.ts';

export interface ProbeRowProps {
  readonly probe: RecordedProbe;
  /** Its last journey. */
  readonly sent: ExchangeSummary | undefined;
}

/** One probe, after the changes that come before it. */
export const ProbeRow = memo(function ProbeRow({ probe, sent }: ProbeRowProps) {
  const { terminal } = useStores();
  const line = probeLine(probe);
  return (
    <>
      {probe.after?.map(change => (
        <Change key={change} line={change} />
      ))}
      <li className={styles.row}>
        <div className={styles.words}>
          <span className={styles.id}>{probe.id}</span>
          <span className={styles.ends}>{endsOf(probe)}</span>
        </div>
        <Button dense title={line} onPress={() => void terminal.run(line)}>
          {PROBE_WORDS.send}
          <span className="visually-hidden"> {probe.id}</span>
        </Button>
        {sent !== undefined && <Result probe={probe} sent={sent} />}
      </li>
    </>
  );
});

function Result({ probe, sent }: { readonly probe: RecordedProbe; readonly sent: ExchangeSummary }) {
  const openTrace = useOpenTrace();
  return (
    <div className={styles.result}>
      <Tag meaning={outcomeMeaning(sent)}>{sent.outcome}</Tag>
      {sent.probe?.recording === 'agrees' && <Tag meaning="ok">{PROBE_WORDS.asRecorded}</Tag>}
      {sent.probe?.recording === 'differs' && <Tag meaning="drop">{PROBE_WORDS.recorded(sent.probe.recorded)}</Tag>}
      <Button dense look="quiet" onPress={() => openTrace(sent.id)}>
        {PROBE_WORDS.openTrace}
        <span className="visually-hidden">{PROBE_WORDS.of(probe.id)}</span>
      </Button>
    </div>
  );
}

/** A change of the cluster that the recording makes between probes. */
function Change({ line }: { readonly line: string }) {
  const { terminal } = useStores();
  const runs = useTerminal(({ blocks }) => blocks.filter(block => block.command === line).length);
  return (
    <li className={styles.change}>
      <div className={styles.words}>
        <span className={styles.ends}>{PROBE_WORDS.change}</span>
        <code className={styles.code}>{line}</code>
      </div>
      <Button dense onPress={() => void terminal.run(line)}>
        {runs === 0 ? PROBE_WORDS.run : PROBE_WORDS.runAgain}
        <span className="visually-hidden"> {line}</span>
      </Button>
    </li>
  );
}
