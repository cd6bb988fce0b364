// What the built page may load: its own files and nothing else; and whom it may ask: a lab that a program on the
// learner's own machine serves, when its address says so (?lab=http://127.0.0.1:8001).
//
// Only in the build: while developing, React's refresh needs an inline script. `frame-ancestors` has no effect in a
// <meta>, so it is not here.

import type { Plugin } from 'vite';

/** The policy, directive by directive. Cytoscape and Monaco set styles, and Monaco starts Workers from blobs. */
const DIRECTIVES: Readonly<Record<string, string>> = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'font-src': "'self' data:",
  'img-src': "'self' data:",
  'worker-src': "'self' blob:",
  'connect-src': "'self' http://127.0.0.1:*",
  'base-uri': "'self'",
  'form-action': "'none'",
  'object-src': "'none'",
};

/** The plugin: puts the policy first in the page's head. */
export function contentSecurityPolicy(): Plugin {
  const content = Object.entries(DIRECTIVES)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
  return {
    name: 'hoplab-content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content }, injectTo: 'head-prepend' },
    ],
  };
}
