import { useEffect, useMemo, useRef, useState } from 'react';
import type { LabEvent } from '../../sim/index.ts';
import { changesOf, isCommand } from '../../store/playbackStore.ts';
import { Button } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { EmptyState } from '../common/EmptyState.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { Tag } from '../common/Tag.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import { ClockControls } from './ClockControls.tsx';
import styles from './EventsPanel.module.css';
import { chosenEvents, type EventChoice, elementOfEvent, formatVirtualTime } from './eventRows.ts';
import { lastChange, playBack, usePlayback } from './playback.tsx';
import { EVENT_WORDS, PLAYBACK_WORDS } from './words.ts';

/** Rows that are drawn at first, and that each press of "Show earlier" adds. */
const PAGE = 200;
/** So near to its end, in pixels, the list follows new events. */
const NEAR_END = 24;

const CHOICES = [
  { value: 'all', label: EVENT_WORDS.choices.all },
  { value: 'warnings', label: EVENT_WORDS.choices.warnings },
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
        <PlayLast />
        <span className={styles.filter}>
          <SegmentedControl label={EVENT_WORDS.choice} options={CHOICES} value={choice} onChange={setChoice} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section ref={scroller} className={styles.scroller} aria-label={EVENT_WORDS.title} tabIndex={0}>
        <div>
          {earlier > 0 && (
            <div className={styles.earlier}>
              <Button look="quiet" onPress={() => setMost(most + PAGE)}>
                {EVENT_WORDS.earlier(Math.min(PAGE, earlier), earlier)}
              </Button>
            </div>
          )}
          {shown.length === 0 ? (
            <NoEvents choice={choice} onShowAll={() => setChoice('all')} />
          ) : (
            <EventTable events={shown} />
          )}
        </div>
      </section>
    </div>
  );
}

/** Plays back what the last command did. */
function PlayLast() {
  const stores = useStores();
  const events = useLab(state => state.events);
  const hasCommand = useMemo(() => events.some(isCommand), [events]);
  const play = (): void => {
    const last = lastChange(stores);
    if (last !== undefined) playBack(stores, last);
  };
  return (
    <Button icon="play" blocked={hasCommand ? undefined : PLAYBACK_WORDS.noChange} onPress={play}>
      {PLAYBACK_WORDS.playLast}
    </Button>
  );
}

function NoEvents({ choice, onShowAll }: { readonly choice: EventChoice; readonly onShowAll: () => void }) {
  const { title, text } = choice === 'all' ? EVENT_WORDS.none : EVENT_WORDS.noWarning;
  const actions = choice === 'all' ? undefined : <Button onPress={onShowAll}>{EVENT_WORDS.showAll}</Button>;
  return (
    <EmptyState icon="events" title={title} actions={actions}>
      {text}
    </EmptyState>
  );
}

function EventTable({ events }: { readonly events: readonly LabEvent[] }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {EVENT_WORDS.columns.map(column => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
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
  const stores = useStores();
  const { selection, lab } = stores;
  const isPast = usePlayback(
    state => state.kind === 'shown' && state.events[state.cursor]?.sequence === event.sequence,
  );
  const play = (): void => {
    const { events, nextEvent } = lab.getState();
    const change = changesOf(events, nextEvent).find(({ from }) => from === event.sequence);
    if (change !== undefined) playBack(stores, change);
  };
  const element = useLab(state => elementOfEvent(event.about, state.elements));
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isPast) row.current?.scrollIntoView({ block: 'center' });
  }, [isPast]);
  return (
    <tr
      ref={row}
      className={classNames(event.type === 'Warning' && styles.warning, isPast && styles.past)}
      aria-current={isPast ? 'step' : undefined}
    >
      <td className={styles.time}>{formatVirtualTime(event.time)}</td>
      <td className={styles.reason}>
        {event.type === 'Warning' ? <Tag meaning="drop">{event.reason}</Tag> : event.reason}
        {event.type === 'Warning' && <span className="visually-hidden">{EVENT_WORDS.warning}</span>}
      </td>
      <td className={styles.object}>
        {element === undefined ? (
          (event.about ?? '')
        ) : (
          <button
            type="button"
            className={styles.link}
            title={EVENT_WORDS.select}
            onClick={() => selection.select(element)}
          >
            {event.about}
          </button>
        )}
      </td>
      <td className={styles.message}>
        {event.message} <span className={styles.actor}>{event.actor}</span>{' '}
        {isCommand(event) && (
          <button type="button" className={styles.link} onClick={play}>
            {PLAYBACK_WORDS.playRow}
            <span className="visually-hidden"> {event.message}</span>
          </button>
        )}
      </td>
    </tr>
  );
}

/** Keeps the end of a growing list in sight, unless the learner scrolled away from it. */
function useFollowedEnd(shown: readonly LabEvent[]) {
  const scroller = useRef<HTMLElement>(null);
  const follow = useRef(() => {});
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let follows: 'yes' | 'no' = 'yes';
    let size = '';
    const sizeNow = (): string => `${element.scrollHeight} ${element.clientHeight}`;
    follow.current = () => {
      if (follows === 'yes') element.scrollTop = element.scrollHeight;
      size = sizeNow();
    };
    const onScroll = (): void => {
      // A pane that changes its size is scrolled by the browser, not by the learner.
      if (sizeNow() !== size) return;
      follows = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END ? 'yes' : 'no';
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    // In a narrower pane rows take two lines: what is in it gets higher, too.
    const observer = new ResizeObserver(() => follow.current());
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, []);
  const last = shown[shown.length - 1]?.sequence;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it scrolls when there is a newer event.
  useEffect(() => follow.current(), [last]);
  return scroller;
}
