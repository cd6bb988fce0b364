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

/** The sandbox has no lesson. */
export function phoneTabs(place: 'lesson' | 'sandbox'): readonly PhoneTab[] {
  return place === 'lesson' ? PHONE_TABS : PHONE_TABS.filter(tab => tab.pane !== 'lesson');
}

export const SHEET_TITLES: Readonly<Record<Sheet, string>> = {
  inspect: 'Inspect',
  events: 'Events',
  list: 'List',
};
