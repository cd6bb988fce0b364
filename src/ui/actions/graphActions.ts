// What the graph draws, and what is selected on it.

import { nameOfElement } from '../../lesson/elementRef.ts';
import type { GraphLevel, GraphTool } from '../../store/layoutStore.ts';
import { drawnWith } from '../find/placeOfElement.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import type { Action, ActionPage } from './action.ts';
import { showPanel } from './panelActions.ts';
import { ELEMENT_KINDS, ACTION_WORDS as WORDS } from './words.ts';

const LEVELS: readonly { readonly level: GraphLevel; readonly keys: string }[] = [
  { level: 'objects', keys: 'O' },
  { level: 'network', keys: 'N' },
  { level: 'packets', keys: 'P' },
];

const TOOLS: readonly { readonly tool: GraphTool; readonly keys?: string }[] = [
  { tool: 'find', keys: '/' },
  { tool: 'filter' },
  { tool: 'picture' },
];

export function graphActions({ stores: { layout, lab, selection, trace }, form }: ActionPage): readonly Action[] {
  const { level: shown, legend, side, drawer, sheet, namespace, follow } = layout.getState();
  const { selected } = selection.getState();
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
        also: WORDS.also.level,
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
    ...TOOLS.map(
      ({ tool, keys }): Action => ({
        id: tool,
        group: 'graph',
        name: WORDS.tool[tool],
        ...(keys !== undefined && { keys }),
        run: () => layout.set({ tool, ...showGraph }),
      }),
    ),
    {
      id: 'follow',
      group: 'graph',
      name: follow === 'on' ? WORDS.follow.off : WORDS.follow.on,
      blocked: trace.getState().journey === undefined ? WORDS.noJourney : undefined,
      run: () => layout.set({ follow: follow === 'on' ? 'off' : 'on' }),
    },
    {
      id: 'fit selection',
      group: 'graph',
      name: WORDS.fitSelection,
      keys: 'Shift+F',
      blocked: selected === undefined ? WORDS.nothingSelected : undefined,
      run() {
        layout.set(showGraph);
        if (selected !== undefined) selection.show({ element: selected, how: 'filled' });
      },
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
  const { lab, selection, layout } = page.stores;
  return [...lab.getState().elements.values()].map(element => ({
    id: element.id,
    group: 'element',
    name: nameOfElement(element.id).replace(`${ELEMENT_KINDS[element.kind]} `, ''),
    also: `${nameOfElement(element.id)} ${element.id}`,
    kind: ELEMENT_KINDS[element.kind],
    run() {
      layout.set(drawnWith(element, layout.getState()));
      selection.pick(element.id);
      selection.show({ element: element.id, how: 'centred' });
      // A question that is answered on the graph keeps the panel as it is.
      if (selection.getState().picking === undefined) showPanel(page, 'inspect');
    },
  }));
}
