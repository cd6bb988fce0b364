// The sign that a lab works on: while somebody waits for an answer it is never silent for long, so silence means that it
// hangs.

/** In milliseconds. */
const BEAT_EVERY_MS = 100;

export interface Beat {
  /** The lab works: called as often as there is an occasion, in the middle of work too. */
  progress(): void;
  /** One more waits for an answer. */
  begin(): void;
  end(): void;
}

/**
 * @param say says that the lab goes on; called seldom enough
 * @param onGap is told how long it said nothing while somebody waited, in milliseconds
 * @param now what a clock says, in milliseconds
 */
export function createBeat(
  say: () => void,
  onGap: (ms: number) => void = () => undefined,
  now: () => number = () => performance.now(),
): Beat {
  let last = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const beat = (): void => {
    if (waiting > 0) onGap(now() - last);
    last = now();
    say();
  };
  const progress = (): void => {
    if (now() - last >= BEAT_EVERY_MS) beat();
  };

  return {
    progress,
    begin() {
      if (waiting === 0) timer = setInterval(progress, BEAT_EVERY_MS);
      // At once: how long it may be silent depends on what it is asked.
      beat();
      waiting++;
    },
    end() {
      onGap(now() - last);
      if (--waiting === 0) clearInterval(timer);
    },
  };
}
