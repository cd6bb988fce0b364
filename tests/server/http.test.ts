// A served lab as HTTP sees it: who may ask, what is refused, and how watches stream.

import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedLabForTest, serveLabForTest } from '../support/servedLab.ts';

const PAGE = 'http://127.0.0.1:4173';
const PODS = '/api/v1/namespaces/default/pods';

let served: ServedLabForTest;
beforeAll(async () => {
  served = await serveLabForTest({ origins: [PAGE] });
});
afterAll(() => served.close());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** With headers that fetch() does not let through: Host and Origin. */
function ask(
  path: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
  body: string | Buffer = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: served.port, host: '127.0.0.1', path, method, headers, agent: false });
    request.on('error', reject);
    request.on('response', response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', part => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.end(body);
  });
}

describe('who may ask a served lab', () => {
  it.each([
    ['a program that names the address', {}, 200],
    ['a program that names localhost', { host: 'localhost:PORT' }, 200],
    ['a name that was made to point here', { host: 'evil.example:PORT' }, 403],
    ['another port', { host: '127.0.0.1:1' }, 403],
    ['the page', { origin: PAGE }, 200],
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['a page in a sandboxed frame', { origin: 'null' }, 403],
    ['a page on another port of this machine', { origin: 'http://127.0.0.1:9999' }, 403],
    ['an image or a script of a page elsewhere', { 'sec-fetch-site': 'cross-site' }, 403],
    ['an image or a script of a page on this machine', { 'sec-fetch-site': 'same-site' }, 403],
    ['a person who types the address', { 'sec-fetch-site': 'none' }, 200],
  ])('%s: %j is answered with %i', async (_, headers: Record<string, string>, status) => {
    const given = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(served.port))]),
    );
    const answer = await ask('/version', given);
    expect(answer.status).toBe(status);
    if (status === 403)
      expect(JSON.parse(answer.text)).toMatchObject({ kind: 'Status', reason: 'Forbidden', code: 403 });
    expect(answer.headers['access-control-allow-origin']).toBe(headers.origin === PAGE ? PAGE : undefined);
  });

  it('nothing changes for a page elsewhere, although its browser sends the request', async () => {
    const body = JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'evil' } });
    const answer = await ask(
      '/api/v1/namespaces',
      { origin: 'https://evil.example', 'content-type': 'text/plain' },
      'POST',
      body,
    );
    expect(answer.status).toBe(403);
    expect((await ask('/api/v1/namespaces/evil')).status).toBe(404);
  });

  it('the page is told by the preflight what it may send', async () => {
    const answer = await ask(PODS, { origin: PAGE, 'access-control-request-method': 'PATCH' }, 'OPTIONS');
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': 'Accept, Content-Type',
    });
    expect((await ask(PODS, { origin: 'https://evil.example' }, 'OPTIONS')).status).toBe(403);
  });
});

describe('what a served lab refuses', () => {
  const json = { 'content-type': 'application/json' };
  const pod = (name: string, length: number): string =>
    JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, annotations: { a: 'x'.repeat(length) } } });

  it.each([
    ['a body of more than 3 MB', 'POST', json, pod('large', 3 * 1024 * 1024), 413, 'RequestEntityTooLarge'],
    ['malformed JSON', 'POST', json, '{', 400, 'BadRequest'],
    ['an unknown media type', 'POST', { 'content-type': 'text/csv' }, 'a,b', 415, 'UnsupportedMediaType'],
    [
      'protobuf that is none',
      'POST',
      { 'content-type': 'application/vnd.kubernetes.protobuf' },
      'k8s',
      400,
      'BadRequest',
    ],
    ['a method that the API does not have', 'TRACE', {}, '', 405, 'MethodNotAllowed'],
    ['a method that this path does not have', 'PUT', json, '{}', 405, 'MethodNotAllowed'],
  ])('%s', async (_, method, headers, body, code, reason) => {
    const answer = await ask(PODS, headers, method, body);
    expect(answer.status).toBe(code);
    expect(JSON.parse(answer.text)).toMatchObject({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
    });
  });

  it('goes on after a body that was too large, and stored nothing of it', async () => {
    expect((await ask(`${PODS}/large`)).status).toBe(404);
    expect((await ask('/healthz')).text).toBe('ok');
  });

  it('a client that leaves in the middle of its request', async () => {
    const request = httpRequest({
      port: served.port,
      host: '127.0.0.1',
      path: PODS,
      method: 'POST',
      headers: { ...json, 'content-length': 1000 },
      agent: false,
    });
    request.on('error', () => undefined);
    request.write('{');
    await new Promise(resolve => setTimeout(resolve, 20));
    request.destroy();
    expect((await ask('/livez')).text).toBe('ok');
  });
});

interface SeenEvent {
  readonly type: string;
  readonly object: { readonly metadata?: { readonly name?: string }; readonly code?: number };
}

/** Reads a watch until `isEnough`, then leaves; or until the server ends it. */
async function watch(
  query: string,
  isEnough: (events: readonly SeenEvent[]) => boolean,
): Promise<readonly SeenEvent[]> {
  const leave = new AbortController();
  const response = await fetch(`${served.url}${PODS}?watch=true&${query}`, { signal: leave.signal });
  const events: SeenEvent[] = [];
  let rest = '';
  const text = new TextDecoder();
  for await (const part of response.body ?? []) {
    const lines = (rest + text.decode(part, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    events.push(...lines.map((line): SeenEvent => JSON.parse(line)));
    if (isEnough(events)) break;
  }
  leave.abort();
  return events;
}

const create = (name: string) =>
  served.client.request({
    method: 'POST',
    path: PODS,
    body: { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
  });

describe('a watch over HTTP', () => {
  it('begins with what is there and goes on with what happens', async () => {
    const isOver = (events: readonly SeenEvent[]): boolean =>
      events.some(event => event.object.metadata?.name === 'seen' && event.type === 'MODIFIED');
    const watching = watch('', events => {
      if (events.length === 1) void create('seen');
      return isOver(events);
    });
    const events = await watching;
    expect(events[0]).toMatchObject({ type: 'ADDED', object: { metadata: { name: 'client' } } });
    expect(events.find(event => event.object.metadata?.name === 'seen')?.type).toBe('ADDED');
  });

  it('ends after timeoutSeconds', async () => {
    const events = await watch('timeoutSeconds=1', () => false);
    expect(events.map(event => event.type)).not.toContain('ERROR');
  });

  it('is told when its resource version is too old, and ends', async () => {
    // The history begins anew where an earlier state is put back.
    await served.client.run('once', 'kubectl label pod client n=1', () => undefined);
    await served.client.undo();
    const events = await watch('resourceVersion=1', () => false);
    expect(events).toMatchObject([{ type: 'ERROR', object: { code: 410 } }]);
  });

  it('is told when another lab is served, and ends', async () => {
    const watching = watch('', events => {
      if (events.length === 2)
        void fetch(`${served.url}/apis/lab.hoplab.dev/v1alpha1/lab`, {
          method: 'POST',
          headers: { 'content-type': 'application/yaml' },
          body: 'apiVersion: lab.hoplab.dev/v1alpha1\nkind: Lab\nmetadata: {name: other}\n',
        });
      return false;
    });
    expect((await watching).at(-1)).toMatchObject({ type: 'ERROR', object: { code: 410 } });
    expect((await ask(PODS)).text).not.toContain('"client"');
  });
});
