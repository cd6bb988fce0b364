// Who may ask: programs on this machine, and the page. A web page from elsewhere that a browser on this machine shows
// may not, although the browser would carry its requests here.
//
// Models:  the Host header (against names that were made to point here: DNS rebinding), Origin, Sec-Fetch-Site, CORS with
//          its preflights.
// Read:    fetch.spec.whatwg.org, "HTTP extensions"; w3.org/TR/fetch-metadata; RFC 9110, section 7.2.

import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

export type Caller =
  /** `headers` go with every answer. */
  | { readonly kind: 'allowed'; readonly headers: OutgoingHttpHeaders }
  /** A browser asks whether the page may ask. */
  | { readonly kind: 'preflight'; readonly headers: OutgoingHttpHeaders }
  | { readonly kind: 'refused'; readonly message: string };

const ALWAYS: OutgoingHttpHeaders = {
  'Cache-Control': 'no-cache, private',
  'X-Content-Type-Options': 'nosniff',
  Vary: 'Origin',
};

/** How long a browser may remember the answer to a preflight, in seconds. */
const PREFLIGHT_AGE_S = 600;

/**
 * @param port where the server listens
 * @param origins pages that may ask: `http://127.0.0.1:4173`
 */
export function checkCaller(
  method: string,
  headers: IncomingHttpHeaders,
  port: number,
  origins: readonly string[],
): Caller {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const host = headers.host?.toLowerCase() ?? '';
  if (!hosts.includes(host))
    return { kind: 'refused', message: `the Host ${JSON.stringify(host)} is not this server (${hosts.join(', ')})` };
  const { origin } = headers;
  if (origin === undefined) {
    // Without an Origin a browser asks for pages, images and scripts: a page elsewhere could do that.
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'none' || site === 'same-origin'
      ? { kind: 'allowed', headers: ALWAYS }
      : { kind: 'refused', message: 'a web page elsewhere may not ask this server' };
  }
  if (!origins.includes(origin))
    return {
      kind: 'refused',
      message: `the origin ${JSON.stringify(origin)} may not ask this server (${origins.join(', ')})`,
    };
  const shared = { ...ALWAYS, 'Access-Control-Allow-Origin': origin };
  if (method !== 'OPTIONS') return { kind: 'allowed', headers: shared };
  return {
    kind: 'preflight',
    headers: {
      ...shared,
      'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
      'Access-Control-Allow-Headers': 'Accept, Content-Type',
      'Access-Control-Max-Age': PREFLIGHT_AGE_S,
      // A page that is not of this machine, where --origin lets it in.
      'Access-Control-Allow-Private-Network': 'true',
    },
  };
}
