// The page's client: a lab in a Worker, or one that is served over HTTP, whichever is opened.

import { type Link, type LinkEvents, linkOver, type Wire, type WireEvents } from './link.ts';
import type { LabClient } from './port.ts';
import { createRemoteClient, type LabPlace } from './remoteClient.ts';
import { startWorker } from './workerLink.ts';

/**
 * @param onFailure is told when the lab that is open dies
 * @param first where the lab will be that is opened first
 */
export function createPageClient(onFailure: (message: string) => void, first: LabPlace): LabClient {
  return createRemoteClient({ start, onFailure, ...(first.kind === 'here' && { first }) });
}

function start(place: LabPlace, events: LinkEvents): Link {
  return place.kind === 'here' ? startWorker(events) : linkOver(on => lazyWire(place.url, on), events);
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
