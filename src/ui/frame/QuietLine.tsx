import { useLab, useLayout, useTrace } from '../StoresContext.ts';
import { hasOwnPod } from '../topology/networkParts.ts';
import styles from './QuietLine.module.css';
import { QUIET_WORDS } from './quietWords.ts';

/** Over a graph without a packet or a Pod: that there is none, and how one comes. */
export function QuietLine() {
  const isRecorded = useLab(({ phase }) => phase.kind === 'open' && phase.probes !== undefined);
  const hasPods = useLab(({ elements }) => hasOwnPod(elements));
  const isOpen = useLab(({ phase }) => phase.kind === 'open');
  const level = useLayout(state => state.level);
  const hasJourney = useTrace(state => state.journey !== undefined);
  if (!isOpen || hasJourney) return null;
  const isBare = !hasPods && !isRecorded;
  if (!isBare && level !== 'packets') return null;
  return (
    <p className={styles.line}>
      {isBare ? QUIET_WORDS.noPod : isRecorded ? QUIET_WORDS.noProbe : QUIET_WORDS.noPacket}
    </p>
  );
}
