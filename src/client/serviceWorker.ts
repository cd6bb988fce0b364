// Keeps the built page on the learner's machine: after the first visit it opens without any network.
//
// The build (server/vite/offline.ts) strips the types and fills in VERSION and FILES. All files of a version are fetched
// together and kept together; a page uses one version until it is loaded anew. A new version waits until the page says so,
// so that nobody's page changes under their hands.

declare const VERSION: string;
/** Addresses relative to this script. */
declare const FILES: readonly string[];

/** What is used of a Service Worker's scope: the library of types for it cannot be beside the page's. */
interface Scope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asked) => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Asked {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const scope = self as unknown as Scope;
/** Other pages of the same host may keep things of their own. */
const OURS = `hoplab ${scope.registration.scope} `;
const CACHE = OURS + VERSION;

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll(FILES.map(file => new Request(file, { cache: 'no-cache' })));
}

async function forgetOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name);
  await scope.clients.claim();
}

async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  // The page is the same at every address of its own that is no file: what differs stands behind the #.
  const isPage =
    request.mode === 'navigate' && new URL(request.url).pathname === new URL('./', scope.registration.scope).pathname;
  const kept = await cache.match(isPage ? 'index.html' : request, { ignoreSearch: true });
  return kept ?? fetch(request);
}

scope.addEventListener('install', event => event.waitUntil(keepAll()));
scope.addEventListener('activate', event => event.waitUntil(forgetOthers()));
scope.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(scope.registration.scope)) event.respondWith(answer(request));
});
scope.addEventListener('message', ({ data }) => {
  if (data === 'take over') void scope.skipWaiting();
});
