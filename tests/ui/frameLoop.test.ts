import { describe, expect, it } from 'vitest';
import { frameLoop } from '../../src/ui/topology/frameLoop.ts';

type Did = 'worked' | 'idle' | 'ended';

/** A loop whose frames come when they are asked for here; what its turns do is said one by one, then they are idle. */
function loopOf(...work: readonly Did[]) {
  const planned: ((now: number) => void)[] = [];
  let turns = 0;
  const loop = frameLoop(
    () => work[turns++] ?? 'idle',
    next => planned.push(next),
  );
  /** Lets frames come until none is asked for, or so many came. */
  const run = (most: number): number => {
    const before = turns;
    for (let i = 0; i < most; i++) planned.shift()?.(i);
    return turns - before;
  };
  return { loop, run, waiting: () => planned.length };
}

describe('the loop of frames', () => {
  it('asks for no frame before there is something to do', () => {
    expect(loopOf().waiting()).toBe(0);
  });

  it('goes on for a while when there is nothing to do, and then rests', () => {
    const { loop, run, waiting } = loopOf();
    loop.wake();
    expect(run(1000)).toBe(30);
    expect(waiting()).toBe(0);
  });

  it('counts the while from the last turn that worked', () => {
    const { loop, run } = loopOf('idle', 'idle', 'worked');
    loop.wake();
    expect(run(1000)).toBe(33);
  });

  it('is woken from its rest, and never turns twice in a frame', () => {
    const { loop, run, waiting } = loopOf();
    loop.wake();
    run(1000);
    loop.wake();
    loop.wake();
    expect(waiting()).toBe(1);
    expect(run(1000)).toBe(30);
  });

  it('ends at once when the turn says so', () => {
    const { loop, run, waiting } = loopOf('worked', 'ended');
    loop.wake();
    expect(run(1000)).toBe(2);
    expect(waiting()).toBe(0);
  });
});
