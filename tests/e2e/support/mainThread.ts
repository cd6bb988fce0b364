// How long the page's own thread was busy at a stretch, as the browser itself reports it.

import { expect, type Page } from '@playwright/test';

declare global {
  interface Window {
    /** Tasks of 50 ms and more: the browser reports no shorter ones. In milliseconds since the page began. */
    longTasks?: { readonly start: number; readonly duration: number }[];
  }
}

/** From the next load on, long tasks are written down. */
export async function watchMainThread(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const tasks: { start: number; duration: number }[] = [];
    window.longTasks = tasks;
    new PerformanceObserver(list => {
      for (const { startTime, duration } of list.getEntries()) tasks.push({ start: startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
  });
}

/** What an act cost the person who waits for it, in milliseconds. */
export interface Waiting {
  /** From the act to what it was waited for. */
  readonly total: number;
  /** The longest task in between; 0: none of 50 ms or more. */
  readonly longestTask: number;
}

/** Does something and waits until a text stands in an alert or a list of the page. */
export async function waitedFor(page: Page, text: string, act: () => Promise<void>): Promise<Waiting> {
  await quiet(page);
  const shown = page.evaluate(
    wanted =>
      new Promise<{ from: number; to: number }>(resolve => {
        let from: number | undefined;
        addEventListener(
          'paste',
          () => {
            from ??= performance.now();
          },
          { capture: true, once: true },
        );
        const look = (): void => {
          const places = document.querySelectorAll('[role=alert], section[aria-label=Problems]');
          const isThere = [...places].some(place => place.textContent?.includes(wanted) === true);
          if (isThere && from !== undefined) resolve({ from, to: performance.now() });
          else requestAnimationFrame(look);
        };
        look();
      }),
    text,
  );
  await act();
  const { from, to } = await shown;
  // Tasks are reported after they ended; one that is over by now is reported before the page is quiet.
  await quiet(page);
  const longestTask = await page.evaluate(
    ([start, end]) =>
      Math.max(
        0,
        ...(window.longTasks ?? [])
          .filter(task => task.start + task.duration > start && task.start < end)
          .map(task => task.duration),
      ),
    [from, to] as const,
  );
  return { total: to - from, longestTask };
}

/** Until the page had nothing to do for a while. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>(resolve => {
        requestIdleCallback(() => requestIdleCallback(() => setTimeout(resolve, 50)));
      }),
  );
}

/**
 * How much slower than its best this machine is right now, by the length of one and the same piece of work: the others
 * that it works for are in the way of no single task alone. 1: nothing is in the way.
 */
export async function slowness(page: Page): Promise<number> {
  const lengths = await page.evaluate(() => {
    const work = (): number => {
      const from = performance.now();
      let sum = 0;
      for (let i = 0; i < 3_000_000; i++) sum = (sum + i * i) % 1_000_003;
      return sum < 0 ? Number.NaN : performance.now() - from;
    };
    return Array.from({ length: 15 }, work);
  });
  const sorted = lengths.toSorted((a, b) => a - b);
  const [best = 1] = sorted;
  expect(best).toBeGreaterThan(0);
  return Math.max(1, (sorted[Math.floor(sorted.length / 2)] ?? best) / best);
}
