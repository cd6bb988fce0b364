// A page that has come to rest, before it is judged or a picture is taken.

import type { Page } from '@playwright/test';

/** Resolves when what fades and moves is over: colours that fade into each other are no colours of a theme. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = (animation: Animation): boolean => Number(animation.effect?.getComputedTiming().endTime) < 10_000;
    // A theme is there a frame after it was chosen, and its fades begin with the next.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(animation => animation.finished),
    );
    // The packets of many runs fly for longer; their counts come when the last has landed.
    while (document.querySelector('[data-testid=swarm][data-state=flying]') !== null)
      await new Promise(requestAnimationFrame);
  });
}
