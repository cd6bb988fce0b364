// The panes and sheets of a phone.

import type { LayoutState, PhonePane } from '../../store/layoutStore.ts';
import type { IconName } from '../common/iconDrawings.tsx';

export type Sheet = NonNullable<LayoutState['sheet']>;

export interface PhoneTab {
  readonly pane: PhonePane;
  readonly label: string;
  readonly icon: IconName;
}

const PHONE_TABS: readonly PhoneTab[] = [
  { pane: 'lesson', label: 'Lesson', icon: 'lesson' },
  { pane: 'graph', label: 'Graph', icon: 'graph' },
  { pane: 'trace', label: 'Trace', icon: 'route' },
  { pane: 'terminal', label: 'Terminal', icon: 'terminal' },
  { pane: 'yaml', label: 'YAML', icon: 'file' },
];

/** The sandbox has no lesson; a recorded cluster has probes in the place of manifests. */
export function phoneTabs(side: 'Lesson' | 'Manifests' | 'Probes'): readonly PhoneTab[] {
  if (side === 'Lesson') return PHONE_TABS;
  const tabs = PHONE_TABS.filter(tab => tab.pane !== 'lesson');
  return side === 'Probes' ? tabs.map(tab => (tab.pane === 'yaml' ? { ...tab, label: 'Probes' } : tab)) : tabs;
}

export const SHEET_TITLES: Readonly<Record<Sheet, string>> = {
  inspect: 'Inspect',
  matrix: 'Matrix',
  events: 'Events',
  list: 'List',
};
