// Views of a cluster that is smaller or larger: for what looks at them with 0 to 10,000 Pods.

import { choose, inspect, keys, type Open, pane, panel, press, run, together, type Visit } from './openers.ts';
import { expect } from './test.ts';

/** A phone shows the list over the graph. */
const closeList: Open = (page, form) => (form === 'desk' ? press(/^List/) : keys('Escape'))(page, form);

/** 10,000 Pods take their time on a small machine. */
const graphDrawn: Open = page =>
  expect(page.getByTestId('crowd').or(page.getByTestId('graph').getByText('node-1')).first()).toBeVisible({
    timeout: 120_000,
  });

/** What shows more the more Pods there are: `open` opens the cluster. */
export const clusterOf = (pods: number, open: Open): Visit => ({
  name: `${pods} Pods`,
  views: [
    ['Network', together(open, pane('Graph'), graphDrawn, choose('Network'))],
    ['Objects', choose('Objects')],
    ['list', together(press('List'), page => expect(page.getByRole('tree')).toBeVisible())],
    ['node', together(closeList, inspect('node-2'), choose('Pods'))],
    ['events', together(keys('Escape'), panel('Events'))],
    ['matrix', together(keys('Escape'), panel('Matrix'))],
    ['palette', together(keys('Escape', 'Control+k'), page => page.keyboard.type('web'))],
    [
      'terminal',
      together(keys('Escape', 'Escape'), run('kubectl get pods -o wide', 'kubectl exec client -- curl -s -m 1 web')),
    ],
    ['Packets', together(pane('Graph'), choose('Packets'))],
  ],
});
