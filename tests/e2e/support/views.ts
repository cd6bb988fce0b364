// Every view of the page, and how a person gets there: for what looks at all of them (axe, pictures).

import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { SMALL_TEXT } from '../../sim/recorded/smallCluster.ts';
import { lessonById } from './lessonWords.ts';
import { applyManifest, pasteManifest } from './manifests.ts';
import {
  choose,
  type Form,
  fromMenu,
  inspect,
  inTrace,
  keys,
  landed,
  lesson,
  openActions,
  pane,
  panel,
  predicted,
  press,
  question,
  run,
  sandbox,
  seen,
  together,
  traced,
  type Visit,
  withWeb,
} from './openers.ts';
import { showPanel } from './openPage.ts';
import { openPalette } from './palette.ts';
import { fillIn, quizCard, wrongAnswersOf } from './questions.ts';
import { expect } from './test.ts';
import { VXLAN } from './tunnelLab.ts';

/** 253 characters, the most that a name may have. */
const LONG_NAME = ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(61)].join('.');
const HOSTILE = `apiVersion: v1
kind: Pod
metadata:
  name: ${LONG_NAME}
  labels: {app: web}
  annotations: {note: "<img src=x onerror='globalThis.ran=1'>", long: "${'x'.repeat(3000)}"}
spec:
  containers: [{name: c, image: nginx}]
---
apiVersion: v1
kind: Service
metadata: {name: ${'s'.repeat(63)}}
spec:
  selector: {app: web}
  ports: [{port: 80}]
`;

/** As `kubectl get -o json` has them. */
const REAL = [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'cart', resourceVersion: '5' },
    spec: { containers: [{ name: 'a', image: 'ghcr.io/shop/cart:3' }] },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x', namespace: 'kube-system' } },
];

export const VISITS: readonly Visit[] = [
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
        together(
          page => page.goto('/#/lesson/nothing'),
          pane('Lesson'),
          page => seen(page, 'There is no such lesson'),
        ),
      ],
    ],
  },
  {
    name: 'the first questions',
    views: [
      ['quiz', together(lesson, press(/^Check what you know/))],
      ['a wrong answer', answeredWrong],
      question(2),
      question(3),
      question(4),
    ],
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
      ['actions', together(sandbox, pane('Graph'), press('List'), openActions)],
      [
        'the other end of a trace',
        together(keys('Escape'), openActions, page => page.getByRole('menuitem', { name: 'Trace from here…' }).click()),
      ],
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
    views: [['repeated', together(traced, inTrace('Repeat'), press('Run'), page => seen(page, '50 runs.'), landed)]],
  },
  {
    name: 'the inspector of a Service',
    views: [
      ['nothing selected', together(withWeb, panel('Inspect'))],
      ['summary', together(keys('Escape'), inspect('Service web'))],
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
      ['run', together(press('Run'), page => seen(page, /A cell opens its trace\./))],
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
          await seen(page, 'Kept as “mine”.');
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
          await seen(page, 'This lab cannot be opened');
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
          await openPalette(page);
          await page.keyboard.type('shortcuts');
          await page.keyboard.press('Enter');
          await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
        }),
      ],
      ['themes', together(keys('Escape'), (page, form) => press(form === 'desk' ? 'Theme' : 'More')(page, form))],
      [
        'tour',
        together(keys('Escape'), async page => {
          await openPalette(page);
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
          if (form === 'phone') await showPanel(page, 'Probes');
          await seen(page, '4 probes');
        },
      ],
      ['sent', together(press('Send node-port'))],
      [
        'refused',
        async (page, form) => {
          await openRecorded(page, form, SMALL_TEXT.replace('"from": "n1"', '"from": "n9"'));
          await seen(page, /^small.json does not open/);
        },
      ],
    ],
  },
  {
    name: 'journeys that fail',
    views: [
      [
        'sent again',
        together(
          sandbox,
          run(
            'ssh node-2 iptables -I INPUT -p tcp --dport 9 -j DROP',
            'kubectl exec client -- curl -s -m 3.5 192.168.10.12:9',
          ),
          page => showPanel(page, 'Trace'),
          press('Go to what decided'),
        ),
      ],
      ['no name', together(run('kubectl exec client -- curl -s nothing'), page => showPanel(page, 'Trace'))],
      [
        'in a tunnel',
        async (page, form) => {
          await page.goto(`/#/open/${deflateRawSync(VXLAN).toString('base64url')}`);
          await press('Open it')(page, form);
          await run('kubectl exec client -- ping -c 1 10.244.2.2')(page, form);
          await showPanel(page, 'Trace');
          for (let step = 0; step < 26; step++) await press('Step')(page, form);
        },
      ],
      ['its layers', choose('Layers')],
    ],
  },
  {
    name: 'what others wrote',
    views: [
      [
        'manifest',
        async (page, form) => {
          await sandbox(page, form);
          await pane('YAML')(page, form);
          await pasteManifest(page, HOSTILE);
          await applyManifest(page);
        },
      ],
      ['terminal', together(run(`kubectl get pod ${LONG_NAME}`))],
      ['graph', together(pane('Graph'), choose('Objects'))],
      ['inspector', inspect('aaaaaaaa')],
    ],
  },
  {
    name: 'a file of a real cluster',
    views: [
      [
        'asked',
        async (page, form) => {
          await sandbox(page, form);
          const chooser = page.waitForEvent('filechooser');
          await fromMenu('Save and share', /^Open a file/)(page, form);
          const buffer = Buffer.from(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: REAL }));
          await (await chooser).setFiles({ name: 'all.json', mimeType: 'application/json', buffer });
          await page.getByRole('dialog').getByText('3 things are left out or otherwise').click();
        },
      ],
    ],
  },
  {
    name: 'a word of a lesson',
    views: [
      [
        'explained',
        together(lesson, page => page.getByRole('article').locator('[aria-haspopup=dialog]').first().click()),
      ],
    ],
  },
];

/** Answers the first question of the lesson with the first of its wrong answers. */
async function answeredWrong(page: Page): Promise<void> {
  const [first] = lessonById('four-problems').quiz;
  const [wrong] = first === undefined ? [] : wrongAnswersOf(first);
  if (first === undefined || wrong === undefined) throw new Error('the lesson has no question with a wrong answer');
  const card = quizCard(page, 1);
  await fillIn(page, card, first, wrong.answer);
  await card.getByRole('button', { name: 'Check answer' }).click();
  await expect(card).toContainText(wrong.feedback[0] ?? '');
}

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
