// Lists: what they choose, of which moment, a page at a time, and in which form.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { encodeContinue } from '../../../../src/sim/api/serve/continueToken.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function pod(name: string, labels: Record<string, string> = {}, nodeName?: string): Json {
  const spec = { containers: [{ name: 'c', image: 'web' }], ...(nodeName !== undefined && { nodeName }) };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
}

function create(...names: readonly string[]): void {
  for (const name of names) expect(server.ask('POST', PODS, pod(name)).status).toBe(201);
}

/** The names in the answer to a list. */
function names(url: string): readonly Json[] {
  const items = at(server.ask('GET', url).body, 'items') as readonly Json[];
  return items.map(item => at(item, 'metadata', 'name') ?? null);
}

function refusal(url: string) {
  const { status, body } = server.ask('GET', url);
  return [status, at(body, 'reason'), at(body, 'message')];
}

describe('a list', () => {
  it('is of one namespace or of all, and empty where there is no such namespace', () => {
    server.ask('POST', '/api/v1/namespaces', { metadata: { name: 'other' } });
    create('a');
    server.ask('POST', '/api/v1/namespaces/other/pods', pod('b'));
    expect(names(PODS)).toEqual(['a']);
    expect(names('/api/v1/pods')).toEqual(['a', 'b']);
    expect(names('/api/v1/namespaces/nowhere/pods')).toEqual([]);
  });

  it.each([
    ['labelSelector=app%3Dweb', ['web-1', 'web-2']],
    ['labelSelector=app%3Dweb,!canary', ['web-1']],
    ['labelSelector=app%20in%20(db,web)', ['db', 'web-1', 'web-2']],
    ['fieldSelector=metadata.name%3Ddb', ['db']],
    ['fieldSelector=metadata.name!%3Ddb', ['web-1', 'web-2']],
    ['fieldSelector=spec.nodeName%3Dnode-1', ['web-2']],
    ['fieldSelector=spec.nodeName%3D,metadata.namespace%3Ddefault', ['db', 'web-1']],
    ['fieldSelector=status.phase%3DPending&labelSelector=app%3Ddb', ['db']],
  ])('with %s', (query, expected) => {
    server.ask('POST', PODS, pod('web-1', { app: 'web' }));
    server.ask('POST', PODS, pod('web-2', { app: 'web', canary: 'yes' }, 'node-1'));
    server.ask('POST', PODS, pod('db', { app: 'db' }));
    expect(names(`${PODS}?${query}`)).toEqual(expected);
  });

  it.each([
    [`${PODS}?fieldSelector=spec.image%3Dx`, 'field label not supported: spec.image'],
    [
      '/apis/apps/v1/deployments?fieldSelector=spec.replicas%3D1',
      '"spec.replicas" is not a known field selector: only "metadata.name", "metadata.namespace"',
    ],
    [`${PODS}?labelSelector=a%20b`, "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    [`${PODS}?fieldSelector=phase`, "invalid selector: 'phase'; can't understand 'phase'"],
    [`${PODS}?limit=many`, 'strconv.ParseInt: parsing "many": invalid syntax'],
    [
      `${PODS}?resourceVersion=x`,
      'invalid resource version: resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax',
    ],
    [`${PODS}?continue=!`, 'invalid continue token: continue key is not valid: illegal base64 data at input byte 0'],
    [
      `${PODS}?continue=e30`,
      'invalid continue token: continue key is not valid: server does not recognize this encoded version ',
    ],
    [
      `${PODS}?continue=${encodeContinue({ resourceVersion: 1, start: 'a/../b' })}`,
      'invalid continue token: continue key is not valid: a/../b',
    ],
    [
      `${PODS}?resourceVersion=1&continue=${encodeContinue({ resourceVersion: 1, start: 'a' })}`,
      'specifying resource version is not allowed when using continue',
    ],
  ])('%s is refused', (url, message) => {
    expect(refusal(url)).toEqual([400, 'BadRequest', message]);
  });

  it.each([
    [
      'resourceVersionMatch=Exact',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided',
    ],
    [
      'resourceVersionMatch=Any&resourceVersion=1',
      'resourceVersionMatch: Unsupported value: "Any": supported values: "Exact", "NotOlderThan", ""',
    ],
    [
      'resourceVersionMatch=Exact&resourceVersion=0',
      'resourceVersionMatch: Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0"',
    ],
    ['sendInitialEvents=true', 'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list'],
    [
      'watch=1&resourceVersionMatch=NotOlderThan',
      'resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'watch=1&sendInitialEvents=true',
      'resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan',
    ],
  ])('with %s makes no sense', (query, why) => {
    expect(refusal(`${PODS}?${query}`)).toEqual([422, 'Invalid', `ListOptions.meta.k8s.io "" is invalid: ${why}`]);
  });
});

describe('pages', () => {
  it('follow each other, and all show the state of the first', () => {
    create('a', 'b', 'c', 'd', 'e');
    const first = server.ask('GET', `${PODS}?limit=2`).body;
    const version = at(first, 'metadata', 'resourceVersion');
    expect(at(first, 'metadata', 'remainingItemCount')).toBe(3);
    server.ask('DELETE', `${PODS}/d`);
    create('bb');
    server.ask(
      'PATCH',
      `${PODS}/c`,
      { metadata: { labels: { x: 'y' } } },
      { 'content-type': 'application/merge-patch+json' },
    );
    const second = server.ask('GET', `${PODS}?limit=2&continue=${at(first, 'metadata', 'continue')}`).body;
    expect(at(second, 'metadata', 'resourceVersion')).toBe(version);
    expect([0, 1].map(i => at(second, 'items', i, 'metadata', 'name'))).toEqual(['c', 'd']);
    expect(at(second, 'items', 0, 'metadata', 'labels')).toBeUndefined();
    const third = server.ask('GET', `${PODS}?limit=2&continue=${at(second, 'metadata', 'continue')}`).body;
    expect(at(third, 'items', 0, 'metadata', 'name')).toBe('e');
    expect(at(third, 'metadata')).toEqual({ resourceVersion: version });
  });

  it('do not say how many remain where something was chosen', () => {
    create('a', 'b', 'c');
    const { body } = server.ask('GET', `${PODS}?limit=1&labelSelector=!x`);
    expect(Object.keys(at(body, 'metadata') as object)).toEqual(['resourceVersion', 'continue']);
  });

  it('come whole where any state will do', () => {
    create('a', 'b', 'c');
    expect(names(`${PODS}?limit=1&resourceVersion=0`)).toEqual(['a', 'b', 'c']);
  });

  it('end with 410 after compaction, with a token for the rest as it is now', () => {
    create('a', 'b', 'c');
    const token = at(server.ask('GET', `${PODS}?limit=1`).body, 'metadata', 'continue');
    create('bb');
    server.api.compact();
    const gone = server.ask('GET', `${PODS}?limit=1&continue=${token}`);
    expect(gone.status).toBe(410);
    expect(gone.body).toMatchObject({
      reason: 'Expired',
      message:
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    });
    expect(names(`${PODS}?continue=${at(gone.body, 'metadata', 'continue')}`)).toEqual(['b', 'bb', 'c']);
  });
});

describe('a list of another moment', () => {
  it('is exactly of then, or not older', () => {
    create('a');
    const then = at(server.ask('GET', PODS).body, 'metadata', 'resourceVersion');
    create('b');
    expect(names(`${PODS}?resourceVersion=${then}&resourceVersionMatch=Exact`)).toEqual(['a']);
    expect(names(`${PODS}?resourceVersion=${then}&resourceVersionMatch=NotOlderThan`)).toEqual(['a', 'b']);
    expect(names(`${PODS}?resourceVersion=${then}`)).toEqual(['a', 'b']);
  });

  it('may be forgotten, or yet to come', () => {
    create('a', 'b');
    server.api.compact();
    expect(refusal(`${PODS}?resourceVersion=1&resourceVersionMatch=Exact`)).toEqual([
      410,
      'Expired',
      'The resourceVersion for the provided list is too old.',
    ]);
    const now = at(server.ask('GET', PODS).body, 'metadata', 'resourceVersion');
    expect(refusal(`${PODS}?resourceVersion=999`)).toEqual([
      504,
      'Timeout',
      `Timeout: Too large resource version: 999, current: ${now}`,
    ]);
  });
});
