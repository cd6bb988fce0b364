// What opens only when the learner opens it. Everything else of the page names these, not the modules behind them.

import { laterView } from '../common/later.tsx';

export const CourseList = laterView(async () => (await import('./CourseList.tsx')).CourseList);
export const EditorPanel = laterView(async () => (await import('../editor/EditorPanel.tsx')).EditorPanel);
export const EventsPanel = laterView(async () => (await import('../events/EventsPanel.tsx')).EventsPanel);
export const InspectPanel = laterView(async () => (await import('../inspect/InspectPanel.tsx')).InspectPanel);
export const Legend = laterView(async () => (await import('./Legend.tsx')).Legend);
export const ListTwin = laterView(async () => (await import('../list/ListTwin.tsx')).ListTwin);
export const PhonePage = laterView(async () => (await import('./PhonePage.tsx')).PhonePage);
export const PickStrip = laterView(async () => (await import('./PickStrip.tsx')).PickStrip);
export const TracePanel = laterView(async () => (await import('../trace/TracePanel.tsx')).TracePanel);
