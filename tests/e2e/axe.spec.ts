// Every view of the page under axe: at a desk and on a phone, light and dark, with and without high contrast.

import type { Page } from '@playwright/test';
import { SMALL_TEXT } from '../sim/recorded/smallCluster.ts';
import { findingsOf } from './support/audit.ts';
import { openPage, showPanel } from './support/openPage.ts';
import { typeCommand } from './support/terminal.ts';
import { expect, test } from './support/test.ts';

const FORMS = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
type Form = keyof typeof FORMS;
const LAB_PROGRAM = /\/labWorker-[\w-]+\.js$/;

/** One after the other on one page: what is done, and what is looked at then. */
interface Visit {
  readonly name: string;
  readonly views: readonly (readonly [view: string, open: Open])[];
}

type Open = (page: Page, form: Form) => Promise<unknown>;

const press =
  (name: string | RegExp): Open =>
  page =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .first()
      .click();
const choose =
  (name: string): Open =>
  page =>
    page.getByRole('radio', { name, exact: true }).check({ force: true });
const keys =
  (...pressed: readonly string[]): Open =>
  async page => {
    for (const key of pressed) await page.keyboard.press(key);
  };
const seen = (page: Page, text: string | RegExp): Promise<void> => expect(page.getByText(text).first()).toBeVisible();
const together =
  (...opens: readonly Open[]): Open =>
  async (page, form) => {
    for (const open of opens) await open(page, form);
  };

/** A panel, which on a phone may be a sheet. */
const panel =
  (name: 'Inspect' | 'Matrix' | 'Events'): Open =>
  async (page, form) => {
    if (form === 'desk') return showPanel(page, name);
    await press('More')(page, form);
    await press(name)(page, form);
  };

/** Selects an element by its name in the palette, which opens the inspector. */
const inspect =
  (name: string): Open =>
  async page => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
    await page.keyboard.type(name);
    await page.getByRole('group', { name: 'Elements' }).getByRole('option').first().click();
    await expect(page.getByTestId('inspect')).toBeVisible();
  };

/** A pane of the phone; at a desk it is there already. */
const pane =
  (name: 'Graph' | 'YAML' | 'Lesson'): Open =>
  async (page, form) => {
    if (form === 'phone') await showPanel(page, name);
  };

/** A line of a menu of the header, which a phone has in one menu. */
const fromMenu =
  (menu: string, line: RegExp): Open =>
  async (page, form) => {
    await press(form === 'desk' ? menu : 'More')(page, form);
    await press(line)(page, form);
  };

const sandbox: Open = page => openPage(page, 'sandbox');
const run =
  (...lines: readonly string[]): Open =>
  async page => {
    for (const line of lines) await typeCommand(page, line);
  };
const WEB = [
  'kubectl create deployment web --image=web --replicas=2',
  'kubectl expose deployment web --port=80 --target-port=8080',
];
const withWeb = together(sandbox, run(...WEB));

const question = (number: number): readonly [string, Open] => [
  `question ${number}`,
  page => page.getByRole('button', { name: new RegExp(`^Question ${number}\\b`) }).click(),
];

const lesson: Open = page => openPage(page, { lesson: 'four-problems' });
const predicted: Open = async (page, form) => {
  await page.getByText('Each Pod has the address of its node').click();
  await press('Lock in my prediction')(page, form);
};

const traced = together(withWeb, run('kubectl exec client -- curl -s web'), async page => {
  await showPanel(page, 'Trace');
  await expect(page.getByTestId('journey-line')).toBeVisible();
});

const inTrace =
  (name: string): Open =>
  page =>
    page.getByRole('region', { name: 'Trace', exact: true }).getByRole('button', { name, exact: true }).click();

const VISITS: readonly Visit[] = [
  {
    name: 'the lessons and their steps',
    views: [
      ['a lesson', lesson],
      [
        'the list of lessons',
        (page, form) => press(form === 'desk' ? /^Four problems/ : 'Lessons and sandbox')(page, form),
      ],
      ['a prediction answered', together(keys('Escape'), predicted)],
      [
        'goals nearly met',
        together(run('kubectl get pods'), pane('Lesson'), page => seen(page, 'This list has no addresses.')),
      ],
      [
        'a lesson that is not here',
        page => page.goto('/#/lesson/nothing').then(() => seen(page, 'This lesson is not here')),
      ],
    ],
  },
  {
    name: 'the first questions',
    views: [['quiz', together(lesson, press(/^Check what you know/))], question(2), question(3), question(4)],
  },
  {
    name: 'the last questions',
    views: [['question 5', together(lesson, press(/^Check what you know/), question(5)[1])], question(6), question(7)],
  },
  {
    name: 'the graph and its levels',
    views: [
      ['Network', together(withWeb, pane('Graph'))],
      ['Objects', choose('Objects')],
      ['Packets', choose('Packets')],
      ['legend', together(press('Legend'))],
      ['list', together(press('List'), page => expect(page.getByRole('tree')).toBeVisible())],
    ],
  },
  {
    name: 'what opens over the graph',
    views: [
      ['find', together(sandbox, pane('Graph'), press('Find'), async page => page.getByRole('combobox').fill('node'))],
      [
        'filter',
        together(keys('Escape'), press('Filter'), page =>
          page.getByRole('textbox', { name: 'Labels' }).fill('app in ('),
        ),
      ],
      ['picture', together(keys('Escape'), press('Picture'))],
    ],
  },
  {
    name: 'what can be done with an element',
    views: [
      [
        'actions',
        together(sandbox, pane('Graph'), press('List'), async page => {
          await page.getByRole('treeitem', { name: /^client/ }).click();
          await page.keyboard.press('Shift+F10');
          await expect(page.getByRole('menuitem').first()).toBeFocused();
        }),
      ],
      ['the other end of a trace', page => page.getByRole('menuitem', { name: 'Trace from here…' }).click()],
    ],
  },
  {
    name: 'the manifests',
    views: [
      ['empty', together(sandbox, pane('YAML'))],
      [
        'a problem',
        together(
          page => writeService(page, 80_800),
          page => seen(page, /^2 problems/),
        ),
      ],
      [
        'applied',
        together(
          page => writeService(page, 80),
          press('Apply'),
          page => seen(page, 'service/shop created'),
        ),
      ],
      ['compared', together(press('Dismiss output'), page => writeService(page, 8080), press('Compare'))],
    ],
  },
  {
    name: 'the terminal',
    views: [
      ['output', together(sandbox, run('kubectl get pods -o wide', 'kubectl get nodes'))],
      ['a failure explained', run('kubectl exec client -- curl -s -m 1 10.96.0.99')],
      ['an error', run('kubectl get pod nothing')],
      [
        'candidates',
        async page => {
          await page.getByRole('textbox', { name: /^Command,/ }).fill('kubectl get ');
          await page.keyboard.press('Tab');
          await expect(page.getByRole('listbox')).toBeVisible();
        },
      ],
    ],
  },
  {
    name: 'a trace',
    views: [
      ['first step', traced],
      ['what decided', press('Go to what decided')],
      [
        'as text, in layers',
        async (page, form) => {
          await choose('Layers')(page, form);
          await choose('Text')(page, form);
        },
      ],
      ['take along', together(press('Take this journey along'))],
    ],
  },
  {
    name: 'traces beside each other',
    views: [
      [
        'choosing',
        together(traced, inTrace('Compare'), page =>
          page.getByRole('button', { name: 'Choose a journey' }).press('Enter'),
        ),
      ],
      ['compared', together(keys('Enter'), page => seen(page, /^They /))],
    ],
  },
  {
    name: 'a request repeated',
    views: [['repeated', together(traced, inTrace('Repeat'), press('Run'), page => seen(page, '50 runs.'))]],
  },
  {
    name: 'the inspector of a Service',
    views: [
      ['nothing selected', together(withWeb, panel('Inspect'))],
      ['summary', together(keys('Escape'), inspect('web'))],
      ['why', choose('Why')],
      ['reach', together(choose('Reach'), press('Ask everybody'), page => seen(page, /reach it\.$/))],
    ],
  },
  {
    name: 'the inspector of a node',
    views: [
      ['routes', together(sandbox, run('kubectl get nodes'), inspect('node-1'), choose('Routes'))],
      ['rules', choose('Rules')],
      ['pods', choose('Pods')],
      ['YAML', choose('YAML')],
    ],
  },
  {
    name: 'the matrix',
    views: [
      ['choices', together(withWeb, panel('Matrix'), press(/^Choose/))],
      ['run', together(press('Run'), page => seen(page, /cells\./))],
    ],
  },
  {
    name: 'events and time',
    views: [
      ['events', together(withWeb, panel('Events'))],
      ['no warning', choose('Warnings')],
      ['played back', together(press('Play back the last change'), press('Skip to the end'))],
    ],
  },
  {
    name: 'history',
    views: [
      [
        'history',
        together(sandbox, run('kubectl create namespace blue'), fromMenu('Save and share', /^History/), async page => {
          await page.getByRole('textbox', { name: /^Name the lab/ }).fill('mine');
          await page.keyboard.press('Enter');
          await seen(page, 'Kept as mine.');
        }),
      ],
      [
        'reset',
        together(
          keys('Escape'),
          async (page, form) => {
            if (form === 'phone') await press('More')(page, form);
          },
          press('Reset'),
        ),
      ],
      ['was reset', together(press('Reset cluster'))],
    ],
  },
  {
    name: 'sharing and opening',
    views: [
      ['menu', together(sandbox, (page, form) => press(form === 'desk' ? 'Save and share' : 'More')(page, form))],
      ['link', press(/^Share a link/)],
      [
        'opened',
        async page => {
          const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
          await page.keyboard.press('Escape');
          await page.goto(link);
          await seen(page, 'Open the lab of this link?');
        },
      ],
      [
        'refused',
        async page => {
          await page.goto('/#/open/XZBBCsIwEEX');
          await seen(page, 'This does not open');
        },
      ],
    ],
  },
  {
    name: 'what lies over the page',
    views: [
      ['palette', together(sandbox, keys('Control+k'), page => expect(page.getByRole('combobox')).toBeFocused())],
      ['nothing found', page => page.keyboard.type('zzz')],
      [
        'shortcuts',
        together(keys('Escape'), async page => {
          await page.keyboard.press('Control+k');
          await page.keyboard.type('shortcuts');
          await page.keyboard.press('Enter');
          await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
        }),
      ],
      ['themes', together(keys('Escape'), (page, form) => press(form === 'desk' ? 'Theme' : 'More')(page, form))],
      [
        'tour',
        together(keys('Escape'), async page => {
          await page.keyboard.press('Control+k');
          await page.keyboard.type('show me around');
          await page.keyboard.press('Enter');
          await expect(page.getByRole('dialog', { name: 'A look around' })).toBeVisible();
        }),
      ],
    ],
  },
  {
    name: 'a recorded cluster',
    views: [
      [
        'probes',
        async (page, form) => {
          await sandbox(page, form);
          await openRecorded(page, form, SMALL_TEXT);
          if (form === 'phone')
            await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Probes' }).click();
          await seen(page, '4 probes');
        },
      ],
      ['sent', together(press('Send node-port'))],
      [
        'refused',
        async (page, form) => {
          await openRecorded(page, form, SMALL_TEXT.replace('"from": "n1"', '"from": "n9"'));
          await seen(page, 'This cluster was not opened.');
        },
      ],
    ],
  },
];

/** Pastes a Service of this port over what the open file holds. */
async function writeService(page: Page, port: number): Promise<void> {
  const text = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'shop' },
    spec: { ports: [{ port }] },
  });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(json => navigator.clipboard.writeText(json), text);
  await page.getByRole('textbox', { name: /^Manifest / }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('ControlOrMeta+v');
}

async function openRecorded(page: Page, form: Form, text: string): Promise<void> {
  await page
    .getByRole('banner')
    .getByRole('button', form === 'desk' ? { name: /^(Sandbox|small)$/ } : { name: 'Lessons and sandbox' })
    .first()
    .click();
  const file = { name: 'small.json', mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.getByLabel('Open a recorded cluster…').setInputFiles(file);
}

/** What is wrong is said on the page, too. */
const TROUBLES: readonly Visit[] = [
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
          // What is on its way then does not come: on a phone the editor is not asked for.
          if (form === 'desk') await seen(page, /^Tab indents/);
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
];

async function visit(page: Page, form: Form, { views }: Visit): Promise<void> {
  await page.setViewportSize(FORMS[form]);
  const found: string[] = [];
  for (const [view, open] of views) {
    await test.step(view, () => open(page, form));
    found.push(...(await findingsOf(page)).map(finding => `${view}: ${finding}`));
  }
  expect(found).toEqual([]);
}

for (const form of ['desk', 'phone'] as const) {
  for (const each of VISITS) test(`${each.name}, ${form}`, ({ page }) => visit(page, form, each));

  test.describe('in trouble', () => {
    test.use({ caused: /net::ERR_/ });
    for (const each of TROUBLES) test(`${each.name}, ${form}`, ({ page }) => visit(page, form, each));
  });
}
