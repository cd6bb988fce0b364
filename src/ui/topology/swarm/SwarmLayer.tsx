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
import { farEnds, type SwarmEnd, swarmOf } from './swarm.ts';

/** More counts than these would hide each other where the graph is small: there each node has one, and the largest show. */
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
  const isMany = swarm.ends.length > FEW_ENDS;
  const far = useMemo(() => farEnds(layout, swarm.ends, FEW_ENDS), [layout, swarm]);
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
      className={classNames(isMany && styles.many)}
    >
      <div ref={layer} />
      {landed === runs && (
        <>
          <div className={styles.each}>
            <Counts ends={swarm.ends} />
          </div>
          {isMany && (
            <div className={styles.far}>
              <Counts ends={far.shown} />
              {far.places > 0 && (
                <div className={styles.end} style={{ left: layout.bounds.x, top: layout.bounds.y }}>
                  <span className={classNames(styles.count, styles.more)}>
                    <span>{REPEAT_WORDS.more(far.places, far.runs)}</span>
                  </span>
                </div>
              )}
            </div>
          )}
        </>
      )}
    </div>
  );
}

function Counts({ ends }: { readonly ends: readonly SwarmEnd[] }) {
  return ends.map(({ at, place, kind, count }) => (
    <div key={`${at.x},${at.y},${kind}`} className={styles.end} style={{ left: at.x, top: at.y }}>
      <span className={classNames(styles.count, styles[place])}>
        <Tag meaning={kind === 'delivered' ? 'ok' : 'drop'}>{REPEAT_WORDS.tag(count)}</Tag>
      </span>
    </div>
  ));
}
