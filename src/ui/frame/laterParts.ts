// The views of laterPanels.ts, which come together. One name for them all: each module that the page names is in its first
// load with all that has to come before it.

export { EventsPanel } from '../events/EventsPanel.tsx';
export { NamespaceChoice } from '../find/NamespaceChoice.tsx';
export { OpenTool } from '../find/OpenTool.tsx';
export { InspectPanel } from '../inspect/InspectPanel.tsx';
export { KeepMenu } from '../keeping/KeepMenu.tsx';
export { ListTwin } from '../list/ListTwin.tsx';
export { MatrixPanel } from '../matrix/MatrixPanel.tsx';
export { SourcePanel } from '../probes/SourcePanel.tsx';
export { TracePanel } from '../trace/TracePanel.tsx';
export { BannerNotes } from './BannerNotes.tsx';
export { CourseList } from './CourseList.tsx';
export { Drawer } from './Drawer.tsx';
export { GraphStrips } from './GraphStrips.tsx';
export { Legend } from './Legend.tsx';
export { PageOverlay } from './PageOverlay.tsx';
export { PhonePage } from './PhonePage.tsx';
export { ThemeChoices } from './ThemeChoices.tsx';
