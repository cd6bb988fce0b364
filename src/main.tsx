// The page: a lab in a Worker, the stores, and React on top of them.

import * as course from 'virtual:lessons';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createPageClient } from './client/pageClient.ts';
import { createAppStores, type SandboxSource } from './store/appStores.ts';
import { browserStorage } from './store/storage.ts';
import { App } from './ui/App.tsx';
import './ui/fonts.css';
import './ui/tokens.css';
import './ui/contrast.css';
import './ui/base.css';
import { laterPart } from './ui/common/laterPart.ts';
import { shortcuts } from './ui/frame/laterPanels.ts';
import { followRoutes } from './ui/frame/routes.ts';
import { showTheme } from './ui/frame/theme.ts';
import { StoresContext } from './ui/StoresContext.ts';

// `?lab=http://127.0.0.1:8001`: the lab of `npm run apiserver` in the place of the sandbox's own.
const served = new URLSearchParams(location.search).get('lab');
const sandbox: SandboxSource =
  served === null
    ? { kind: 'own', load: async () => (await import('./client/sandboxLab.ts')).SANDBOX_LAB }
    : { kind: 'served', url: served };

const client = createPageClient(message => stores.lab.markStopped(message), served === null ? 'early' : 'late');
const stores = createAppStores({ client, sandbox, course, storage: browserStorage() });

// Before React draws anything, so that the page never changes its colours in sight.
showTheme(stores.layout.getState().theme);
stores.layout.subscribe(({ theme }, before) => {
  if (theme !== before.theme) showTheme(theme);
});
followRoutes(stores);

// A phone ends a page that is out of sight without another word.
addEventListener('pagehide', () => void stores.keep());
document.addEventListener('visibilitychange', () => void stores.keep());

// The first key may be a shortcut: the part that knows them comes with it.
addEventListener('keydown', event => {
  if (event.defaultPrevented) return;
  const part = shortcuts.now();
  if (part !== undefined) {
    part.press(event, stores);
    return;
  }
  // What the browser does with Ctrl+K would take the focus away before the part has come.
  if (event.key === 'k' && (event.ctrlKey || event.metaKey)) event.preventDefault();
  // Without a network they do not come; the next key asks again.
  shortcuts.fetch().then(
    come => come.press(event, stores),
    () => undefined,
  );
});

laterPart(async () => (await import('./ui/frame/firstSign.ts')).begin(stores));

// The built page is kept for the time without a network; a later version waits until the learner wants it.
if (import.meta.env.PROD)
  addEventListener('load', async () => {
    const kept = await navigator.serviceWorker?.register('sw.js').catch(() => undefined);
    if (kept === undefined || navigator.serviceWorker.controller === null) return;
    const offer = async (): Promise<void> =>
      (await import('./ui/frame/offerUpdate.tsx')).offerUpdate(kept, stores.keep);
    if (kept.waiting === null) kept.onupdatefound = offer;
    else void offer();
  });

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <StoresContext value={stores}>
      <App />
    </StoresContext>
  </StrictMode>,
);
