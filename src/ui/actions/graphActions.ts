// What the graph draws, and what is selected on it.

import { nameOfElement } from '../../lesson/elementRef.ts';
import type { GraphLevel } from '../../store/layoutStore.ts';
import { GRAPH_WORDS } from '../topology/words.ts';
import type { Action, ActionPage } from './action.ts';
import { showPanel } from './panelActions.ts';
import { ACTION_WORDS as WORDS } from './words.ts';

const LEVELS: readonly { readonly level: GraphLevel; readonly keys: string }[] = [
  { level: 'objects', keys: 'O' },
  { level: 'network', keys: 'N' },
  { level: 'packets', keys: 'P' },
];

export function graphActions({ stores: { layout, lab }, form }: ActionPage): readonly Action[] {
  const { level: shown, legend, side, drawer, sheet, namespace } = layout.getState();
  const isList = form === 'phone' ? sheet === 'list' : side === 'list' && (form === 'wide' || drawer === 'open');
  const isLegend = legend === 'open';
  const namespaces = [...lab.getState().elements.values()].flatMap(element =>
    element.kind === 'namespace' ? [element.name] : [],
  );
  const showGraph = form === 'phone' ? ({ phonePane: 'graph', sheet: undefined } as const) : {};
  return [
    ...LEVELS.map(
      ({ level, keys }): Action => ({
        id: `level ${level}`,
        group: 'graph',
        name: WORDS.level(GRAPH_WORDS.levels[level]),
        also: WORDS.levelAlso,
        keys,
        blocked: level === shown && form !== 'phone' ? WORDS.isShown : undefined,
        run: () => layout.set({ level, ...showGraph }),
      }),
    ),
    {
      id: 'fit',
      group: 'graph',
      name: WORDS.fit,
      keys: 'F',
      run: () => layout.set({ fitRequest: layout.getState().fitRequest + 1, ...showGraph }),
    },
    {
      id: 'list',
      group: 'graph',
      name: isList ? WORDS.list.off : WORDS.list.on,
      keys: 'L',
      run() {
        if (form === 'phone') layout.set({ sheet: isList ? undefined : 'list' });
        else layout.set(isList ? { side: 'main', drawer: 'closed' } : { side: 'list', drawer: 'open' });
      },
    },
    {
      id: 'legend',
      group: 'graph',
      name: isLegend ? WORDS.legend.off : WORDS.legend.on,
      keys: 'G',
      run: () => layout.set({ legend: isLegend ? 'closed' : 'open', ...showGraph }),
    },
    ...[undefined, ...namespaces.sort()].map(
      (name): Action => ({
        id: `namespace ${name ?? ''}`,
        group: 'graph',
        name: name === undefined ? WORDS.allNamespaces : WORDS.namespace(name),
        blocked: shown === 'objects' && name === namespace ? WORDS.isShown : undefined,
        run: () => layout.set({ namespace: name, level: 'objects', ...showGraph }),
      }),
    ),
  ];
}

/** Selects an element by its name and shows what it holds. */
export function elementActions(page: ActionPage): readonly Action[] {
  const { lab, selection } = page.stores;
  return [...lab.getState().elements.values()].map(element => ({
    id: element.id,
    group: 'element',
    name: nameOfElement(element.id),
    also: `${element.kind} ${element.id}`,
    run() {
      selection.pick(element.id);
      // A question that is answered on the graph keeps the panel as it is.
      if (selection.getState().picking === undefined) showPanel(page, 'inspect');
    },
  }));
}
