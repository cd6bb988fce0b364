// The panes and sheets of a phone.

import type { LayoutState, PhonePane } from '../../store/layoutStore.ts';
import type { IconName } from '../common/iconDrawings.tsx';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import * as WORDS from './pageWords.ts';
import type { useSideName } from './sideName.ts';

export type Sheet = NonNullable<LayoutState['sheet']>;

export interface PhoneTab {
  readonly pane: PhonePane;
  readonly label: string;
  readonly icon: IconName;
}

const PHONE_TABS: readonly PhoneTab[] = [
  { pane: 'lesson', label: WORDS.lesson, icon: 'lesson' },
  { pane: 'graph', label: WORDS.graph, icon: 'graph' },
  { pane: 'trace', label: WORDS.trace, icon: 'route' },
  { pane: 'terminal', label: WORDS.terminal, icon: 'terminal' },
  { pane: 'yaml', label: WORDS.yaml, icon: 'file' },
];

/** The sandbox has no lesson; a recorded cluster has probes in the place of manifests. */
export function phoneTabs(side: ReturnType<typeof useSideName>): readonly PhoneTab[] {
  if (side === WORDS.lesson) return PHONE_TABS;
  const tabs = PHONE_TABS.filter(tab => tab.pane !== 'lesson');
  return side === WORDS.probes ? tabs.map(tab => (tab.pane === 'yaml' ? { ...tab, label: WORDS.probes } : tab)) : tabs;
}

export const SHEET_TITLES: Readonly<Record<Sheet, string>> = {
  inspect: WORDS.inspect,
  matrix: WORDS.matrix,
  events: WORDS.events,
  list: GRAPH_WORDS.list,
};
