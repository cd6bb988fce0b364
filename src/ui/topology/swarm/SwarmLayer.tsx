import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { type RunsOfOne, repeatStoreOf } from '../../../store/repeatStore.ts';
import { classNames } from '../../common/classNames.ts';
import { Tag } from '../../common/Tag.tsx';
import { useStores } from '../../StoresContext.ts';
import { REPEAT_WORDS } from '../../trace/repeat/words.ts';
import type { NetworkLayout } from '../layout.ts';
import { prefersReducedMotion } from '../packets.ts';
import { flightsOf } from './flights.ts';
import { flySwarm } from './flySwarm.ts';
import styles from './Swarm.module.css';
import { swarmOf } from './swarm.ts';

/** More counts than these would hide each other where the graph is small. */
const FEW_ENDS = 12;

/** Runs that have flown: they do not fly again when the graph is seen again. */
const flown = new WeakSet<readonly RunsOfOne[]>();

/**
 * The runs of a repeated question: their packets fly once, all together, and what is left is how many ended where. The
 * same counts stand in the panel, for who does not see the graph.
 */
export function SwarmLayer({ layout, speed }: { readonly layout: NetworkLayout; readonly speed: number }) {
  const runs = useStore(repeatStoreOf(useStores().client), state => state.runs);
  const layer = useRef<HTMLDivElement>(null);
  const [landed, setLanded] = useState<readonly RunsOfOne[] | undefined>(undefined);
  const swarm = useMemo(() => swarmOf(layout, runs), [layout, runs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what flies keeps its way and its speed.
  useEffect(() => {
    if (layer.current === null || runs.length === 0) return;
    const land = (): void => setLanded(runs);
    if (flown.has(runs) || prefersReducedMotion()) {
      land();
      return;
    }
    flown.add(runs);
    return flySwarm(layer.current, flightsOf(swarm.runs), speed, land);
  }, [runs]);
  if (runs.length === 0) return null;
  return (
    <div
      aria-hidden="true"
      data-testid="swarm"
      data-state={landed === runs ? 'landed' : 'flying'}
      className={classNames(swarm.ends.length > FEW_ENDS && styles.many)}
    >
      <div ref={layer} />
      {landed === runs &&
        swarm.ends.map(({ at, place, kind, count }) => (
          <div key={`${at.x},${at.y},${kind}`} className={styles.end} style={{ left: at.x, top: at.y }}>
            <span className={classNames(styles.count, styles[place])}>
              <Tag meaning={kind === 'delivered' ? 'ok' : 'drop'}>{REPEAT_WORDS.tag(count)}</Tag>
            </span>
          </div>
        ))}
    </div>
  );
}
