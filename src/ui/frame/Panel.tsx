import type { PanelTab } from '../../store/layoutStore.ts';
import { type TabItem, Tabs } from '../common/Tabs.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import { PanelContent } from './PanelContent.tsx';
import * as WORDS from './pageWords.ts';
import { useRoute } from './routes.ts';

const TABS: readonly TabItem<PanelTab>[] = [
  { id: 'terminal', label: WORDS.terminal },
  { id: 'yaml', label: WORDS.yaml },
  { id: 'trace', label: WORDS.trace },
  { id: 'inspect', label: WORDS.inspect },
  { id: 'matrix', label: WORDS.matrix },
  { id: 'events', label: WORDS.events },
];
/** In the sandbox the manifests stand beside the graph. */
const SANDBOX_TABS = TABS.filter(tab => tab.id !== 'yaml');

/** The panel under the graph. */
export function Panel() {
  const { layout } = useStores();
  const isSandbox = useRoute()?.kind === 'sandbox';
  const chosen = useLayout(state => state.tab);
  const tab = isSandbox && chosen === 'yaml' ? 'terminal' : chosen;
  const items = isSandbox ? SANDBOX_TABS : TABS;
  return (
    <Tabs label={WORDS.panel} idPrefix="panel" items={items} open={tab} onOpen={id => layout.set({ tab: id })}>
      <h2 className="visually-hidden">{items.find(({ id }) => id === tab)?.label}</h2>
      <PanelContent key={tab} tab={tab} />
    </Tabs>
  );
}
