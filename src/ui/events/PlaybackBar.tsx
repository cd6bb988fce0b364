import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { PlaybackSpeed, PlaybackState, PlaybackStore } from '../../store/playbackStore.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { CommandText } from '../common/CommandText.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useMedia } from '../hooks/useMedia.ts';
import { formatVirtualTime, whatHappened } from './eventRows.ts';
import styles from './PlaybackBar.module.css';
import { PLAYBACK_WORDS } from './words.ts';

/** How long an event stays, in milliseconds, at each speed; with reduced motion it stays long enough to be read. */
const STAYS: Readonly<Record<PlaybackSpeed, number>> = { '0.5': 1400, '1': 700, '2': 350, '4': 175 };
const REDUCED_MS = 1500;

const SPEEDS: readonly { readonly value: PlaybackSpeed; readonly label: string }[] = [
  { value: '0.5', label: '½×' },
  { value: '1', label: '1×' },
  { value: '2', label: '2×' },
  { value: '4', label: '4×' },
];

type Shown = Extract<PlaybackState, { readonly kind: 'shown' }>;

export interface PlaybackBarProps {
  readonly playback: PlaybackStore;
  readonly onClose: () => void;
}

/** Over the page while it shows the past: which event, and what moves on. Escape goes back to now. */
export function PlaybackBar({ playback, onClose }: PlaybackBarProps) {
  const state = useStore(playback);
  const bar = useRef<HTMLElement>(null);
  const isIdle = state.kind === 'idle';
  useEffect(() => {
    if (isIdle) onClose();
  }, [isIdle, onClose]);
  useEffect(() => bar.current?.focus(), []);
  usePlayTimer(playback, state);
  if (state.kind === 'idle') return null;
  return (
    <section
      ref={bar}
      className={styles.bar}
      aria-label={PLAYBACK_WORDS.title}
      tabIndex={-1}
      onKeyDown={event => {
        if (event.key === 'Escape') playback.end();
      }}
    >
      <p className={styles.name}>
        {PLAYBACK_WORDS.name}{' '}
        <code>
          <CommandText text={state.name} />
        </code>
      </p>
      <span className={styles.now}>
        <Button dense onPress={playback.end}>
          {PLAYBACK_WORDS.now}
        </Button>
      </span>
      {state.kind === 'shown' && <Transport playback={playback} state={state} />}
      {state.kind === 'loading' && <p className={styles.sentence}>{PLAYBACK_WORDS.loading}</p>}
      {state.kind === 'refused' && (
        <p className={styles.sentence} role="alert">
          {PLAYBACK_WORDS.refused[state.reason]}
        </p>
      )}
    </section>
  );
}

function Transport({ playback, state }: { readonly playback: PlaybackStore; readonly state: Shown }) {
  const { cursor, events, play, speed } = state;
  const last = events.length - 1;
  const event = events[cursor];
  const isPlaying = play === 'playing';
  const atStart = cursor < 0 ? PLAYBACK_WORDS.noEarlier : undefined;
  const atEnd = cursor === last ? PLAYBACK_WORDS.noFurther : undefined;
  return (
    <>
      <div className={styles.controls}>
        <fieldset className={styles.buttons} aria-label={PLAYBACK_WORDS.transport}>
          <IconButton icon="toStart" label={PLAYBACK_WORDS.start} blocked={atStart} onPress={() => playback.goTo(-1)} />
          <IconButton
            icon="stepBack"
            label={PLAYBACK_WORDS.back}
            blocked={atStart}
            onPress={() => playback.goTo(cursor - 1)}
          />
          <IconButton
            icon={isPlaying ? 'pause' : 'play'}
            label={isPlaying ? PLAYBACK_WORDS.pause : PLAYBACK_WORDS.play}
            look="default"
            onPress={() => playback.setPlay(isPlaying ? 'paused' : 'playing')}
          />
          <IconButton
            icon="step"
            label={PLAYBACK_WORDS.step}
            blocked={atEnd}
            onPress={() => playback.goTo(cursor + 1)}
          />
          <span className={styles.flipped}>
            <IconButton icon="toStart" label={PLAYBACK_WORDS.end} blocked={atEnd} onPress={() => playback.goTo(last)} />
          </span>
        </fieldset>
        <SegmentedControl label={PLAYBACK_WORDS.speed} options={SPEEDS} value={speed} onChange={playback.setSpeed} />
        <span className={styles.count}>{PLAYBACK_WORDS.count(cursor + 1, events.length)}</span>
      </div>
      <p className={styles.sentence} aria-live={isPlaying ? 'off' : 'polite'}>
        {event === undefined ? (
          PLAYBACK_WORDS.before
        ) : (
          <>
            <span className={styles.time}>{formatVirtualTime(event.time)}</span> <strong>{event.actor}</strong>{' '}
            {whatHappened(event)}
          </>
        )}
      </p>
    </>
  );
}

/** Moves on while it plays. */
function usePlayTimer(playback: PlaybackStore, state: PlaybackState): void {
  const isReduced = useMedia('(prefers-reduced-motion: reduce)');
  const cursor = state.kind === 'shown' && state.play === 'playing' ? state.cursor : undefined;
  const ms = state.kind !== 'shown' ? 0 : isReduced ? REDUCED_MS : STAYS[state.speed];
  useEffect(() => {
    if (cursor === undefined) return;
    const timer = setTimeout(() => playback.goTo(cursor + 1, 'clock'), ms);
    return () => clearTimeout(timer);
  }, [playback, cursor, ms]);
}
