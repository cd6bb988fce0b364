// What is wrong is said on the page, too: views of trouble, for what looks at all views.

import type { Page, Worker } from '@playwright/test';
import { type Open, pane, run, sandbox, seen, type Visit } from './openers.ts';
import { openPage } from './openPage.ts';
import { expect } from './test.ts';

const LAB_PROGRAM = /\/labWorker-[\w-]+\.js$/;

/** What these views throw on purpose: the console of the page says it. */
export const CAUSED = /net::ERR_|the lab broke for this view/;

async function breakLab(page: Page): Promise<void> {
  const found = (): Worker | undefined => page.workers().find(worker => LAB_PROGRAM.test(worker.url()));
  await expect.poll(() => found() !== undefined).toBe(true);
  await found()?.evaluate(() => {
    setTimeout(() => {
      throw new Error('the lab broke for this view');
    });
  });
}

/** The sandbox was left with this text in its save. */
const saved =
  (text: string, says: string): Open =>
  async (page, form) => {
    await page.addInitScript(kept => {
      if (sessionStorage.getItem('begun') !== null) return;
      sessionStorage.setItem('begun', 'yes');
      localStorage.setItem('hoplab.lab.sandbox', kept);
    }, text);
    await sandbox(page, form);
    await seen(page, says);
  };

export const TROUBLES: readonly Visit[] = [
  {
    name: 'a lab that does not start',
    views: [
      [
        'could not start',
        async page => {
          await page.route(LAB_PROGRAM, route => route.abort());
          await openPage(page, { lesson: 'four-problems' });
          await seen(page, 'The lab could not start.');
        },
      ],
    ],
  },
  {
    name: 'no network',
    views: [
      [
        'offline',
        async (page, form) => {
          await sandbox(page, form);
          // What is on its way then does not come: the editor and its Workers, which a phone does not ask for.
          if (form === 'desk') {
            await pane('YAML')(page, form);
            await seen(page, /then Tab leaves$/);
          }
          await page.waitForLoadState('networkidle');
          await page.context().setOffline(true);
          await seen(page, /^Offline/);
        },
      ],
    ],
  },
  {
    name: 'a storage that is full',
    views: [
      [
        'full',
        async (page, form) => {
          await page.addInitScript(() => {
            const { setItem } = Storage.prototype;
            Storage.prototype.setItem = function (key: string, text: string): void {
              if (key.startsWith('hoplab.lab.')) throw new DOMException('full', 'QuotaExceededError');
              setItem.call(this, key, text);
            };
          });
          await sandbox(page, form);
          await run('kubectl create namespace blue')(page, form);
          await seen(page, 'This browser keeps nothing more.');
        },
      ],
    ],
  },
  {
    name: 'a lab that died',
    views: [
      [
        'restored',
        async (page, form) => {
          await sandbox(page, form);
          await run('kubectl create namespace blue')(page, form);
          await breakLab(page);
          await seen(page, 'The lab stopped and was restored');
        },
      ],
      ['stopped', page => breakLab(page).then(() => seen(page, 'The lab stopped.'))],
    ],
  },
  {
    name: 'a save that is damaged',
    views: [['put aside', saved('{"engine":"1","te', 'What was saved here is damaged.')]],
  },
  {
    name: 'a newer save',
    views: [['put aside', saved('{"engine":"99","text":"{}"}', 'This lab was saved by another')]],
  },
  {
    name: 'two tabs',
    views: [
      [
        'the second',
        async (page, form) => {
          const first = await page.context().newPage();
          await sandbox(first, form);
          await run('kubectl create namespace blue')(first, form);
          await page.bringToFront();
          await sandbox(page, form);
          // What watches for other tabs comes with the first thing that is done.
          await run('kubectl get namespaces')(page, form);
          await seen(page, 'This lab is open in another tab.');
        },
      ],
    ],
  },
];
