import { useEffect, useMemo, useRef, useState } from 'react';
import type { LabEvent } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { Tag } from '../common/Tag.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { ClockControls } from './ClockControls.tsx';
import styles from './EventsPanel.module.css';
import { chosenEvents, type EventChoice, elementOfEvent, formatVirtualTime } from './eventRows.ts';

/** Rows that are drawn at first, and that each press of "Show earlier" adds. */
const PAGE = 200;
/** So near to its end, in pixels, the list follows new events. */
const NEAR_END = 24;

const CHOICES = [
  { value: 'all', label: 'All' },
  { value: 'warnings', label: 'Warnings' },
] as const;

/** What happened in the lab, newest last, and the clock that makes more happen. */
export function EventsPanel() {
  const events = useLab(state => state.events);
  const [choice, setChoice] = useState<EventChoice>('all');
  const [most, setMost] = useState(PAGE);
  const { shown, earlier } = useMemo(() => chosenEvents(events, choice, most), [events, choice, most]);
  const scroller = useFollowedEnd(shown);
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <ClockControls />
        <span className={styles.filter}>
          <SegmentedControl label="Which events" options={CHOICES} value={choice} onChange={setChoice} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={scroller} className={styles.scroller} aria-label="Events" tabIndex={0}>
        {earlier > 0 && (
          <div className={styles.earlier}>
            <Button look="quiet" onPress={() => setMost(most + PAGE)}>
              {`Show ${Math.min(PAGE, earlier)} of ${earlier} earlier`}
            </Button>
          </div>
        )}
        {shown.length === 0 ? <NoEvents choice={choice} /> : <EventTable events={shown} />}
      </section>
    </div>
  );
}

function NoEvents({ choice }: { readonly choice: EventChoice }) {
  return choice === 'all' ? (
    <EmptyState icon="events" title="No event yet">
      Controllers, nodes and commands write here what they do. Apply a manifest, or let time pass.
    </EmptyState>
  ) : (
    <EmptyState icon="events" title="No warning">
      Nothing in this cluster has given a warning.
    </EmptyState>
  );
}

function EventTable({ events }: { readonly events: readonly LabEvent[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Reason</th>
          <th scope="col">Object</th>
          <th scope="col">Message</th>
        </tr>
      </thead>
      <tbody>
        {events.map(event => (
          <EventRow key={event.sequence} event={event} />
        ))}
      </tbody>
    </table>
  );
}

function EventRow({ event }: { readonly event: LabEvent }) {
  const { selection } = useStores();
  const element = useLab(state => elementOfEvent(event.about, state.elements));
  return (
    <tr className={event.type === 'Warning' ? styles.warning : undefined}>
      <td className={styles.time}>{formatVirtualTime(event.time)}</td>
      <td className={styles.reason}>
        {event.type === 'Warning' ? <Tag meaning="drop">{event.reason}</Tag> : event.reason}
        {event.type === 'Warning' && <span className="visually-hidden"> (warning)</span>}
      </td>
      <td className={styles.object}>
        {element === undefined ? (
          (event.about ?? '')
        ) : (
          <button
            type="button"
            className={styles.link}
            title="Select it on the graph"
            onClick={() => selection.select(element)}
          >
            {event.about}
          </button>
        )}
      </td>
      <td className={styles.message}>
        {event.message} <span className={styles.actor}>{event.actor}</span>
      </td>
    </tr>
  );
}

/** Keeps the end of a growing list in sight, unless the learner scrolled away from it. */
function useFollowedEnd(shown: readonly LabEvent[]) {
  const scroller = useRef<HTMLElement>(null);
  const follows = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onScroll = (): void => {
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => element.removeEventListener('scroll', onScroll);
  }, []);
  const last = shown[shown.length - 1]?.sequence;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when there is a newer event.
  useEffect(() => {
    const element = scroller.current;
    if (element !== null && follows.current) element.scrollTop = element.scrollHeight;
  }, [last]);
  return scroller;
}
