// What the tour points at, in each form of the page, and what it shows for that.

import type { LayoutState } from '../../store/layoutStore.ts';
import type { PageForm } from '../hooks/useMedia.ts';
import { TOUR_WORDS } from './words.ts';

export interface Stop {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** How the page has to be laid out, so that it is in sight. */
  readonly layout: Partial<LayoutState>;
  /** The first of these that is there is pointed at. */
  readonly targets: readonly string[];
}

type StopId = keyof typeof TOUR_WORDS.stops;

const PLACES: Readonly<
  Record<
    StopId,
    { readonly layout: Partial<LayoutState>; readonly phone: Partial<LayoutState>; readonly targets: readonly string[] }
  >
> = {
  graph: { layout: {}, phone: { phonePane: 'graph' }, targets: ['#graph', 'main'] },
  lesson: { layout: { side: 'main', drawer: 'open' }, phone: { phonePane: 'lesson' }, targets: ['aside', 'main'] },
  manifests: { layout: { side: 'main', drawer: 'open' }, phone: { phonePane: 'yaml' }, targets: ['aside', 'main'] },
  terminal: {
    layout: { tab: 'terminal', drawer: 'closed' },
    phone: { phonePane: 'terminal' },
    targets: ['section:has(> #panel-panel)', 'main'],
  },
  trace: {
    layout: { tab: 'trace', drawer: 'closed' },
    phone: { phonePane: 'trace' },
    targets: ['section:has(> #panel-panel)', 'main'],
  },
  history: { layout: {}, phone: {}, targets: ['[data-tour="history"]', 'header > :last-child'] },
  palette: { layout: {}, phone: {}, targets: ['[data-tour="palette"]', 'header > :last-child'] },
};

/** The stops in a lesson or in the sandbox. */
export function tourStops(place: 'lesson' | 'sandbox', form: PageForm): readonly Stop[] {
  const ids: readonly StopId[] = [
    'graph',
    place === 'lesson' ? 'lesson' : 'manifests',
    'terminal',
    'trace',
    'history',
    'palette',
  ];
  return ids.map(id => {
    const onPhone = form === 'phone' && id === 'palette' ? TOUR_WORDS.phone[id] : undefined;
    const [title, text] = onPhone ?? TOUR_WORDS.stops[id];
    const { layout, phone, targets } = PLACES[id];
    return { id, title, text, targets, layout: form === 'phone' ? { ...phone, sheet: undefined } : layout };
  });
}
