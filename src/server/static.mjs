// Serves a folder of files over HTTP on this machine only, with the headers that the page is meant to run under.

import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.ico': 'image/x-icon',
};

/** The page asks nobody but a lab on this machine for anything, runs no text as a program, and is framed by nobody. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' http://127.0.0.1:*",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The path that is asked for; one that is not written as URLs are stands for nothing. */
function pathOf(request) {
  try {
    return decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
  } catch {
    return '/not found';
  }
}

/** Fonts and pictures are packed already; texts become a third of their size, which a slow network notices. */
const isText = type => !/^(font|image\/(png|x-icon))/.test(type);

/** Ends the server and its connections; resolves when they are gone. */
function closeServer(server) {
  server.closeAllConnections();
  return new Promise(resolve => server.close(resolve));
}

/** Resolves to `{url, close}`; `port` 0 takes any free one. */
export function serveFolder(path, port) {
  const folder = resolve(path);
  const server = createServer((request, response) => {
    const asked = pathOf(request);
    const wanted = normalize(join(folder, asked));
    const inside = wanted === folder || wanted.startsWith(folder + sep);
    const file = inside && existsSync(wanted) && statSync(wanted).isDirectory() ? join(wanted, 'index.html') : wanted;
    const headers = {
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
    };
    if (!inside || !existsSync(file)) {
      response.writeHead(404, { ...headers, 'Content-Type': 'text/plain' }).end('not found');
      return;
    }
    const isHashed = asked.startsWith('/assets/');
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    const packs = isText(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    response.writeHead(200, {
      ...headers,
      'Content-Type': type,
      'Cache-Control': isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      Vary: 'Accept-Encoding',
      ...(packs && { 'Content-Encoding': 'gzip' }),
    });
    const content = createReadStream(file);
    (packs ? content.pipe(createGzip()) : content).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, close: () => closeServer(server) }),
    );
  });
}
