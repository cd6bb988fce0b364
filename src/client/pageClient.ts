// The page's client: a lab in a Worker, or one that is served over HTTP, whichever is opened.

import { type Link, type LinkEvents, linkOver, type Wire, type WireEvents } from './link.ts';
import type { LabClient, LabSource } from './port.ts';
import { createRemoteClient, type LabPlace } from './remoteClient.ts';
import { startWorker } from './workerLink.ts';

/**
 * @param onFailure is told when the lab that is open dies
 * @param sandbox what is likely to be opened first
 */
export function createPageClient(onFailure: (message: string) => void, sandbox: LabSource): LabClient {
  // The Worker's program loads while the page draws itself.
  return createRemoteClient({ start, onFailure, ...(sandbox.kind !== 'served' && { first: { kind: 'here' } }) });
}

function start(place: LabPlace, events: LinkEvents): Link {
  if (place.kind === 'here') return startWorker(events);
  const url = servedAddress(place.url);
  if (url === undefined)
    throw new Error(`${place.url} is no address of this machine; http://127.0.0.1:8001, for one, was expected`);
  return linkOver(on => lazyWire(url, on), events);
}

/**
 * The address of a lab that the page may open: a program on this machine, or nothing. A link to the page must not make
 * it talk to anybody else.
 */
export function servedAddress(written: string): string | undefined {
  const port = /^http:\/\/(?:127\.0\.0\.1|localhost):(\d{1,5})\/?$/.exec(written)?.[1];
  // One form: the page's policy allows this one (server/vite/contentSecurityPolicy.ts).
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}

/** Its program is loaded only now: few open a lab that is served. */
function lazyWire(url: string, events: WireEvents): Wire {
  const wire = import('./http.ts').then(({ openHttpWire }) => openHttpWire(url, events));
  wire.catch(() => events.onBreak('its program could not be loaded'));
  const with_ = (act: (wire: Wire) => void): void => void wire.then(act, () => undefined);
  return {
    post: message => with_(open => open.post(message)),
    close: () => with_(open => open.close()),
  };
}
