// What opens only when the learner opens it. Everything else of the page names these, not the modules behind them.

import { laterView } from '../common/later.tsx';
import { laterPart } from '../common/laterPart.ts';

const parts = () => import('./laterParts.ts');

export const BannerNotes = laterView(async () => (await parts()).BannerNotes);
export const CourseList = laterView(async () => (await parts()).CourseList);
/** What the cluster is made from: manifests or, in the sandbox, a recorded cluster with its probes. */
export const SourcePanel = laterView(async () => (await parts()).SourcePanel);
export const EventsPanel = laterView(async () => (await parts()).EventsPanel);
export const GraphStrips = laterView(async () => (await parts()).GraphStrips);
export const InspectPanel = laterView(async () => (await parts()).InspectPanel);
export const Legend = laterView(async () => (await parts()).Legend);
export const ListTwin = laterView(async () => (await parts()).ListTwin);
export const NamespaceChoice = laterView(async () => (await parts()).NamespaceChoice);
/** Saves, shares, opens, begins anew: with questions over the page. */
export const keeping = laterPart(() => import('../keeping/keeping.ts'));
export const KeepMenu = laterView(async () => (await parts()).KeepMenu);
export const MatrixPanel = laterView(async () => (await parts()).MatrixPanel);
export const OpenTool = laterView(async () => (await parts()).OpenTool);
export const PageOverlay = laterView(async () => (await parts()).PageOverlay);
export const PhonePage = laterView(async () => (await parts()).PhonePage);
export const ThemeChoices = laterView(async () => (await parts()).ThemeChoices);
export const TracePanel = laterView(async () => (await parts()).TracePanel);
/** What a key press means. */
export const shortcuts = laterPart(() => import('../actions/press.ts'));
export const Drawer = laterView(async () => (await parts()).Drawer);
