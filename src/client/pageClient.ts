// The page's client: a lab in a Worker, or one that is served over HTTP, whichever is opened.

import { type Link, type LinkEvents, linkOver, type Wire, type WireEvents } from './link.ts';
import { noProgram } from './linkWords.ts';
import type { LabClient } from './port.ts';
import { createRemoteClient, type LabPlace } from './remoteClient.ts';
import { startWorker } from './workerLink.ts';

/**
 * @param onFailure is told when the lab that is open dies
 * @param link `late`: the lab that is opened first is not likely to be one of the page's own
 */
export function createPageClient(onFailure: (message: string) => void, link: 'early' | 'late'): LabClient {
  return createRemoteClient({ start, onFailure, link });
}

function start(place: LabPlace, events: LinkEvents, patience: number): Link {
  return place === undefined ? startWorker(events, patience) : linkOver(on => lazyWire(place, on), events);
}

/** Its program is loaded only now: few open a lab that is served. */
function lazyWire(url: string, events: WireEvents): Wire {
  const wire = import('./loopbackWire.ts').then(({ openLoopbackWire }) => openLoopbackWire(url, events));
  wire.catch(() => events.onBreak(noProgram));
  const with_ = (act: (wire: Wire) => void): void => void wire.then(act, () => undefined);
  return {
    post: message => with_(open => open.post(message, [])),
    close: () => with_(open => open.close()),
  };
}
