// How long an answer takes, and how long the page's own thread is busy at a stretch meanwhile.
//
// The `longtask` entries of a PerformanceObserver count the time on the clock: on a machine that does other things too,
// a task of 40 ms comes out as 200 ms. The browser's trace has the processor time of each task beside it.

import type { Browser, Page } from '@playwright/test';

/** What an act cost the person who waits for it, in milliseconds. */
export interface Waiting {
  /** From the paste to what it was waited for, on the clock. */
  readonly total: number;
  /** The longest task of the page's own thread in between, in processor time. */
  readonly longestTask: number;
}

/** Does something that pastes, and waits until a text stands in an alert or in the list of problems. */
export async function waitedFor(page: Page, text: string, paste: () => Promise<void>): Promise<Waiting> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('the page belongs to no browser that could be traced');
  await quiet(page);
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  // The page listens before the keys are pressed: an object that holds the promise is there when this resolves.
  const watch = await page.evaluateHandle(watchPaste, text);
  await paste();
  const total = await watch.evaluate(({ shown }) => shown);
  await watch.dispose();
  // A task is in the trace once it ended.
  await quiet(page);
  return { total, longestTask: await longestTaskOf(browser) };
}

/** In the page: the milliseconds from the next paste to the text. */
function watchPaste(wanted: string): { readonly shown: Promise<number> } {
  const shown = new Promise<number>(resolve => {
    let from: number | undefined;
    const onPaste = (): void => {
      from = performance.now();
    };
    addEventListener('paste', onPaste, { capture: true, once: true });
    const look = (): void => {
      const places = document.querySelectorAll('[role=alert], section[aria-label=Problems]');
      const isThere = [...places].some(place => place.textContent?.includes(wanted) === true);
      if (isThere && from !== undefined) resolve(performance.now() - from);
      else requestAnimationFrame(look);
    };
    look();
  });
  return { shown };
}

/** Until the page had nothing to do for a while. */
async function quiet(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>(resolve => {
        requestIdleCallback(() => requestIdleCallback(() => resolve()));
      }),
  );
}

/** An event of a trace: https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Time on the clock and processor time, in microseconds. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

async function longestTaskOf(browser: Browser): Promise<number> {
  const { traceEvents }: { readonly traceEvents: readonly TraceEvent[] } = JSON.parse(
    (await browser.stopTracing()).toString(),
  );
  const idOf = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const pageThreads = new Set(
    traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(idOf),
  );
  const tasks = traceEvents.filter(event => event.name === 'RunTask' && pageThreads.has(idOf(event)));
  if (tasks.length === 0) throw new Error('the trace has no task of the page: nothing was measured');
  return Math.max(...tasks.map(({ dur = 0, tdur = dur }) => tdur)) / 1000;
}
