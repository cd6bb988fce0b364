// How the page is laid out: open panes and tabs, the places of the splits, the theme. Kept between visits.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphFilter } from './graphFilter.ts';
import { isFields, parseStored, type TextStorage } from './storage.ts';

/** `contrast`: high contrast, light or dark as the system is. */
export type Theme = 'system' | 'light' | 'dark' | 'contrast';
/** What lies over the whole page and takes the keyboard. */
export type Overlay = 'palette' | 'shortcuts' | 'reset' | 'tour';
export type PanelTab = 'terminal' | 'yaml' | 'trace' | 'inspect' | 'matrix' | 'events';
/** The five panes of a phone; `side` is the lesson or, in the sandbox, nothing of its own. */
export type PhonePane = 'lesson' | 'graph' | 'trace' | 'terminal' | 'yaml';
/** What is drawn, not how much of it. */
export type GraphLevel = 'objects' | 'network' | 'packets';
/** What stands beside the graph: the lesson (or the manifests), or the graph as a list. */
export type SidePane = 'main' | 'list';

/** What is open over the graph. */
export type GraphTool = 'find' | 'filter' | 'picture';

export interface LayoutState {
  readonly theme: Theme;
  readonly tab: PanelTab;
  readonly phonePane: PhonePane;
  /** A pane that lies over a phone's page. */
  readonly sheet: 'inspect' | 'matrix' | 'events' | 'list' | undefined;
  readonly overlay: Overlay | undefined;
  /** Whether the learner was asked about the tour, and answered. */
  readonly tour: 'new' | 'offered' | 'seen';
  /** Whether a letter alone may be a shortcut. */
  readonly singleKeys: 'on' | 'off';
  readonly side: SidePane;
  /** Between 760 and 1100 px the side pane is a drawer. */
  readonly drawer: 'open' | 'closed';
  readonly level: GraphLevel;
  /** The namespace that the Objects level shows; undefined: all. */
  readonly namespace: string | undefined;
  /** {@link NO_FILTER}: everything shows. */
  readonly filter: GraphFilter;
  readonly legend: 'open' | 'closed';
  /** Counts wishes to see the whole graph. */
  readonly fitRequest: number;
  readonly tool: GraphTool | undefined;
  /** Whether the graph moves so that the packet of the open journey stays in sight. */
  readonly follow: 'on' | 'off';
  /** Width of the side pane and height of the graph, in pixels; undefined: the page's own. */
  readonly sideWidth: number | undefined;
  readonly graphHeight: number | undefined;
  /** The route to open when the address names none. */
  readonly lastRoute: string | undefined;
}

const KEY = 'layout';

export const NO_FILTER: GraphFilter = { namespace: undefined, selector: '', requirements: [], hiddenKinds: [] };

export const FIRST_LAYOUT: LayoutState = {
  theme: 'system',
  tab: 'terminal',
  phonePane: 'lesson',
  sheet: undefined,
  overlay: undefined,
  tour: 'new',
  singleKeys: 'on',
  side: 'main',
  drawer: 'closed',
  level: 'network',
  namespace: 'default',
  filter: NO_FILTER,
  legend: 'closed',
  fitRequest: 0,
  tool: undefined,
  follow: 'on',
  sideWidth: undefined,
  graphHeight: undefined,
  lastRoute: undefined,
};

export interface LayoutStore extends StoreApi<LayoutState> {
  set(change: Partial<LayoutState>): void;
}

/** Reads what was kept; whatever is damaged falls back to the page's own. */
export function readLayout(text: string | undefined): LayoutState {
  const stored = parseStored(text);
  if (!isFields(stored)) return FIRST_LAYOUT;
  const { theme, level, sideWidth, graphHeight, lastRoute, singleKeys, tour } = stored;
  return {
    ...FIRST_LAYOUT,
    theme: theme === 'light' || theme === 'dark' || theme === 'contrast' ? theme : 'system',
    singleKeys: singleKeys === 'off' ? 'off' : 'on',
    tour: tour === 'seen' ? 'seen' : 'new',
    level: level === 'objects' || level === 'packets' ? level : 'network',
    sideWidth: typeof sideWidth === 'number' ? sideWidth : undefined,
    graphHeight: typeof graphHeight === 'number' ? graphHeight : undefined,
    lastRoute: typeof lastRoute === 'string' ? lastRoute : undefined,
  };
}

export function createLayoutStore(storage: TextStorage): LayoutStore {
  const store = createStore<LayoutState>(() => readLayout(storage.read(KEY)));
  store.subscribe(({ theme, level, sideWidth, graphHeight, lastRoute, singleKeys, tour }) => {
    storage.write(
      KEY,
      JSON.stringify({ version: 1, theme, level, sideWidth, graphHeight, lastRoute, singleKeys, tour }),
    );
  });
  return { ...store, set: change => store.setState(change) };
}
