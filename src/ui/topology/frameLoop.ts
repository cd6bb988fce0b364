// A loop of frames that ends by itself when there was nothing to do for a while.

/** Idle turns before it rests: caches fill themselves in them. */
const IDLE_TURNS = 30;

export interface FrameLoop {
  /** There is something to do. */
  wake(): void;
}

/** Turns once a frame from `wake` on, until so many turns were `idle`, or at once when one `ended`. */
export function frameLoop(
  turn: (now: number) => 'worked' | 'idle' | 'ended',
  request: (turn: (now: number) => void) => unknown = next => requestAnimationFrame(next),
): FrameLoop {
  let left = 0;
  let isPlanned = false;
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    request(step);
  };
  const step = (now: number): void => {
    isPlanned = false;
    left--;
    const did = turn(now);
    if (did === 'worked') left = IDLE_TURNS;
    if (did !== 'ended' && left > 0) plan();
  };
  return {
    wake() {
      left = IDLE_TURNS;
      plan();
    },
  };
}
