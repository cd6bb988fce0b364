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
 * @param now what a clock says, in milliseconds
 */
export function createBeat(say: () => void, now: () => number = () => performance.now()): Beat {
  let last = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  const progress = (): void => {
    const time = now();
    if (time - last < BEAT_EVERY_MS) return;
    last = time;
    say();
  };

  return {
    progress,
    begin() {
      // At once: a call that was waited for long while the lab did something else is turned to.
      if (waiting++ === 0) timer = setInterval(progress, BEAT_EVERY_MS);
      progress();
    },
    end() {
      if (--waiting === 0) clearInterval(timer);
    },
  };
}
