import type { ReactNode } from 'react';
import type { PanelTab } from '../../store/layoutStore.ts';
import { TerminalPanel } from '../terminal/TerminalPanel.tsx';
import { EventsPanel, InspectPanel, MatrixPanel, SourcePanel, TracePanel } from './laterPanels.ts';

const PANELS: Readonly<Record<PanelTab, () => ReactNode>> = {
  terminal: () => <TerminalPanel />,
  yaml: () => <SourcePanel />,
  trace: () => <TracePanel />,
  inspect: () => <InspectPanel />,
  matrix: () => <MatrixPanel />,
  events: () => <EventsPanel />,
};

/** What a tab of the panel holds; on a phone panes and sheets hold the same. */
export function PanelContent({ tab }: { readonly tab: PanelTab }) {
  return PANELS[tab]();
}
