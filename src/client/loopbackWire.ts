// A lab that a program on this machine serves: the only kind that the page asks for anything.

import { openHttpWire } from './http.ts';
import type { Wire, WireEvents } from './link.ts';
import { notLoopback } from './servedWords.ts';

/** Breaks at once where the address is somebody else's. */
export function openLoopbackWire(written: string, events: WireEvents): Wire {
  const url = loopbackAddress(written);
  if (url !== undefined) return openHttpWire(url, events);
  events.onBreak(notLoopback(written));
  return { post: () => undefined, close: () => undefined };
}

/**
 * The address of a lab that the page may open, in one form; undefined: it may not. A link to the page must not make it
 * talk to anybody else.
 */
export function loopbackAddress(written: string): string | undefined {
  const port = /^http:\/\/(?:127\.0\.0\.1|localhost):(\d{1,5})\/?$/.exec(written)?.[1];
  // The page's policy allows this form (server/vite/contentSecurityPolicy.ts).
  return port === undefined ? undefined : `http://127.0.0.1:${port}`;
}
