// What opens only when the learner opens it. Everything else of the page names these, not the modules behind them.

import { laterView } from '../common/later.tsx';
import { laterPart } from '../common/laterPart.ts';

export const BannerNotes = laterView(async () => (await import('./BannerNotes.tsx')).BannerNotes);
export const CourseList = laterView(async () => (await import('./CourseList.tsx')).CourseList);
/** What the cluster is made from: manifests or, in the sandbox, a recorded cluster with its probes. */
export const SourcePanel = laterView(async () => (await import('../probes/SourcePanel.tsx')).SourcePanel);
export const EventsPanel = laterView(async () => (await import('../events/EventsPanel.tsx')).EventsPanel);
export const GraphStrips = laterView(async () => (await import('./GraphStrips.tsx')).GraphStrips);
export const InspectPanel = laterView(async () => (await import('../inspect/InspectPanel.tsx')).InspectPanel);
export const Legend = laterView(async () => (await import('./Legend.tsx')).Legend);
export const ListTwin = laterView(async () => (await import('../list/ListTwin.tsx')).ListTwin);
export const NamespaceChoice = laterView(async () => (await import('../find/NamespaceChoice.tsx')).NamespaceChoice);
/** Saves, shares, opens, begins anew: with questions over the page. */
export const keeping = laterPart(() => import('../keeping/keeping.ts'));
export const KeepMenu = laterView(async () => (await import('../keeping/KeepMenu.tsx')).KeepMenu);
export const MatrixPanel = laterView(async () => (await import('../matrix/MatrixPanel.tsx')).MatrixPanel);
export const OpenTool = laterView(async () => (await import('../find/OpenTool.tsx')).OpenTool);
export const PageOverlay = laterView(async () => (await import('./PageOverlay.tsx')).PageOverlay);
export const PhonePage = laterView(async () => (await import('./PhonePage.tsx')).PhonePage);
export const ThemeChoices = laterView(async () => (await import('./ThemeChoices.tsx')).ThemeChoices);
export const TracePanel = laterView(async () => (await import('../trace/TracePanel.tsx')).TracePanel);
/** What a key press means. */
export const shortcuts = laterPart(() => import('../actions/press.ts'));
export const Drawer = laterView(async () => (await import('./Drawer.tsx')).Drawer);
