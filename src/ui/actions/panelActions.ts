// Opens the panes of the page, wherever they are in its form, and takes the focus there.

import type { LayoutState, PanelTab } from '../../store/layoutStore.ts';
import { readRoute } from '../frame/routes.ts';
import type { Action, ActionPage } from './action.ts';
import { ACTION_WORDS as WORDS } from './words.ts';

/** Each pane with its name and its key. */
const PANES: readonly { readonly tab: PanelTab; readonly name: string; readonly keys: string }[] = [
  { tab: 'terminal', name: 'Terminal', keys: 'T' },
  { tab: 'yaml', name: 'YAML', keys: 'Y' },
  { tab: 'trace', name: 'Trace', keys: 'R' },
  { tab: 'inspect', name: 'Inspect', keys: 'I' },
  { tab: 'matrix', name: 'Matrix', keys: 'M' },
  { tab: 'events', name: 'Events', keys: 'E' },
];

export function panelActions(page: ActionPage): readonly Action[] {
  return PANES.map(({ tab, name, keys }) => ({
    id: `panel ${tab}`,
    group: 'panel',
    name: WORDS.openPanel(name),
    also: tab === 'yaml' ? WORDS.also.yaml : '',
    keys,
    run: () => showPanel(page, tab),
  }));
}

/** Shows a tab of the panel: on a phone as a pane or a sheet, in the sandbox the manifests beside the graph. */
export function showPanel({ stores: { layout }, form }: ActionPage, tab: PanelTab): void {
  const isBeside = tab === 'yaml' && readRoute(location.hash)?.kind === 'sandbox';
  if (form === 'phone') layout.set(onPhone(tab));
  else layout.set(isBeside ? { side: 'main', drawer: 'open' } : { tab });
  if (form !== 'phone')
    focusSoon(isBeside ? 'aside [role=tab]' : tab === 'terminal' ? '#panel-panel textarea' : `#panel-tab-${tab}`);
}

function onPhone(tab: PanelTab): Partial<LayoutState> {
  return tab === 'inspect' || tab === 'matrix' || tab === 'events'
    ? { sheet: tab }
    : { phonePane: tab, sheet: undefined };
}

/** When the page has been drawn again. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
