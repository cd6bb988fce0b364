// The address of the page: #/lesson/ID or #/sandbox, or #/open/LAB for a lab that is shared by a link. It decides what is open; the stores follow it.

import { useMemo, useSyncExternalStore } from 'react';
import type { AppStores } from '../../store/appStores.ts';
import { lessonsOf } from '../../store/courseSource.ts';
import { keeping } from './laterPanels.ts';

export type Route = { readonly kind: 'lesson'; readonly id: string } | { readonly kind: 'sandbox' };

export const SANDBOX_HREF = '#/sandbox';
/** What comes before a lab in its address. */
export const OPEN_PREFIX = '#/open/';

/** The address of a lesson, for links. */
export const lessonHref = (id: string): string => `#/lesson/${encodeURIComponent(id)}`;

/** What an address names; undefined: nothing that the page has. */
export function readRoute(hash: string): Route | undefined {
  if (hash === SANDBOX_HREF || hash.startsWith(OPEN_PREFIX)) return { kind: 'sandbox' };
  const id = /^#\/lesson\/([^/?]+)$/.exec(hash)?.[1];
  if (id === undefined) return undefined;
  try {
    return { kind: 'lesson', id: decodeURIComponent(id) };
  } catch {
    return undefined;
  }
}

/** The route of the address, now and whenever it changes. */
export function useRoute(): Route | undefined {
  const hash = useSyncExternalStore(
    changed => {
      addEventListener('hashchange', changed);
      return () => removeEventListener('hashchange', changed);
    },
    () => location.hash,
  );
  return useMemo(() => readRoute(hash), [hash]);
}

/** Opens what the address names, now and whenever it changes. Returns how to stop. */
export function followRoutes(stores: AppStores): () => void {
  const follow = (): void => {
    const route = readRoute(location.hash);
    if (route === undefined) {
      location.replace(firstHref(stores));
      return;
    }
    const { hash } = location;
    const isLink = hash.startsWith(OPEN_PREFIX);
    const { phonePane, tab } = stores.layout.getState();
    stores.layout.set({
      lastRoute: isLink ? SANDBOX_HREF : hash,
      side: 'main',
      sheet: undefined,
      ...(route.kind === 'lesson'
        ? // Who opens a lesson wants to read it.
          { phonePane: 'lesson', drawer: 'open' }
        : // The sandbox has no lesson pane on a phone, and its manifests stand beside the graph.
          {
            phonePane: phonePane === 'lesson' ? 'graph' : phonePane,
            tab: tab === 'yaml' ? 'terminal' : tab,
            drawer: 'closed',
          }),
    });
    if (route.kind === 'lesson') void stores.enterLesson(route.id);
    else void stores.enterSandbox();
    if (isLink) void keeping.fetch().then(({ openLink }) => openLink(stores, hash));
  };
  follow();
  addEventListener('hashchange', follow);
  addEventListener('dragenter', () => void keeping.fetch().then(({ acceptDrops }) => acceptDrops(stores)), {
    once: true,
  });
  return () => removeEventListener('hashchange', follow);
}

/** Where to begin without an address: the lab that is asked for, else the last route, else the first lesson. */
function firstHref(stores: AppStores): string {
  if (stores.sandbox.kind === 'served') return SANDBOX_HREF;
  const lessons = lessonsOf(stores.lesson.course.modules);
  const last = stores.layout.getState().lastRoute;
  const route = last === undefined ? undefined : readRoute(last);
  const isThere =
    route?.kind === 'sandbox' || (route !== undefined && lessons.some(({ lesson }) => lesson.id === route.id));
  if (last !== undefined && isThere) return last;
  const first = lessons[0];
  return first === undefined ? SANDBOX_HREF : lessonHref(first.lesson.id);
}
