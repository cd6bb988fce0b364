// Watches: the events that a client gets, in each form.

import { beforeEach, describe, expect, it } from 'vitest';
import type { Json, WatchEvent } from '../../../../src/sim/api/request.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const MERGE = { 'content-type': 'application/merge-patch+json' };
let server: AskedServer;
beforeEach(() => {
  server = apiServer();
});

function pod(name: string, labels: Record<string, string> = {}): Json {
  return { metadata: { name, labels }, spec: { containers: [{ name: 'c', image: 'web' }] } };
}

function create(name: string, labels: Record<string, string> = {}): void {
  expect(server.ask('POST', PODS, pod(name, labels)).status).toBe(201);
}

function label(name: string, labels: Record<string, Json>): void {
  expect(server.ask('PATCH', `${PODS}/${name}`, { metadata: { labels } }, MERGE).status).toBe(200);
}

/** Opens a watch. The events come into the list as they happen. */
function watch(query: string, headers: Record<string, string> = {}, path = PODS): WatchEvent[] {
  const { watch: stream } = server.ask('GET', `${path}?watch=true&${query}`, undefined, headers);
  const events: WatchEvent[] = [];
  stream?.onEvent(event => events.push(event));
  return events;
}

const version = () => at(server.ask('GET', PODS).body, 'metadata', 'resourceVersion');
const told = (events: readonly WatchEvent[]) =>
  events.map(({ type, object }) => `${type} ${String(at(object, 'metadata', 'name'))}`);

describe('a watch', () => {
  it('without a version begins with what there is', () => {
    create('a');
    const events = watch('');
    create('b');
    server.ask('DELETE', `${PODS}/a`);
    expect(told(events)).toEqual(['ADDED a', 'ADDED b', 'MODIFIED a', 'DELETED a']);
  });

  it('from a version tells all that came after it, in order', () => {
    create('a');
    const from = version();
    label('a', { x: '1' });
    create('b');
    server.ask('DELETE', `${PODS}/a`);
    create('a');
    expect(told(watch(`resourceVersion=${from}`))).toEqual([
      'MODIFIED a',
      'ADDED b',
      'MODIFIED a',
      'DELETED a',
      'ADDED a',
    ]);
  });

  it('sees objects come and go as they begin and cease to be chosen', () => {
    create('a');
    const events = watch('labelSelector=app%3Dweb');
    label('a', { app: 'web' });
    label('a', { more: 'x' });
    label('a', { app: 'db' });
    label('a', { more: 'y' });
    expect(told(events)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a']);
    // What is gone is shown as it was, with the version of its end.
    expect(at(events[2]?.object, 'metadata', 'labels')).toEqual({ app: 'web', more: 'x' });
    expect(Number(at(events[2]?.object, 'metadata', 'resourceVersion'))).toBe(Number(version()) - 1);
  });

  it('can be of one object', () => {
    create('a');
    create('b');
    const events = watch('', {}, `${PODS}/b`);
    label('a', { x: '1' });
    label('b', { x: '1' });
    expect(told(events)).toEqual(['ADDED b', 'MODIFIED b']);
    expect(told(watch('fieldSelector=metadata.name%3Da'))).toEqual(['ADDED a']);
  });

  it('of one object cannot choose another one', () => {
    const { status, body } = server.ask('GET', `${PODS}/b?watch=1&fieldSelector=metadata.name%3Da`);
    expect([status, at(body, 'message')]).toEqual([400, "fieldSelector metadata.name doesn't match requested name"]);
  });

  it('ends with 410 as an event when what it asks for is forgotten', () => {
    create('a');
    const old = version();
    create('b');
    server.api.compact();
    const events = watch(`resourceVersion=${old}`);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        status: 'Failure',
        reason: 'Expired',
        code: 410,
        message: `too old resource version: ${old} (${version()})`,
      },
    });
  });

  it('is over when it is closed', () => {
    const { watch: stream } = server.ask('GET', `${PODS}?watch=1`);
    const events: WatchEvent[] = [];
    stream?.onEvent(event => events.push(event));
    stream?.close();
    create('a');
    expect(events).toEqual([]);
  });
});

describe('bookmarks', () => {
  it('end the initial events', () => {
    create('a');
    const events = watch('sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true');
    expect(told(events)).toEqual(['ADDED a', 'BOOKMARK undefined']);
    expect(events[1]?.object).toEqual({
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { resourceVersion: version(), annotations: { 'k8s.io/initial-events-end': 'true' } },
    });
  });

  it('do not come to who has not asked for them', () => {
    create('a');
    expect(told(watch('sendInitialEvents=true&resourceVersionMatch=NotOlderThan'))).toEqual(['ADDED a']);
    expect(told(watch('sendInitialEvents=false&resourceVersionMatch=NotOlderThan'))).toEqual([]);
  });

  it('say how far the server is when much else has happened', () => {
    create('a');
    const events = watch(`resourceVersion=${version()}&allowWatchBookmarks=true&labelSelector=none`);
    for (let i = 0; i < 1500; i++) label('a', { x: String(i) });
    expect(events).toHaveLength(1);
    expect(events[0]?.type).toBe('BOOKMARK');
    server.api.compact();
    const from = at(events[0]?.object, 'metadata', 'resourceVersion');
    expect(Number(from)).toBeGreaterThanOrEqual(1000);
  });
});

describe('the form of events', () => {
  const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };

  it('is a Table whose columns come once', () => {
    create('a');
    const events = watch('', TABLE);
    label('a', { x: '1' });
    expect(events.map(({ object }) => at(object, 'kind'))).toEqual(['Table', 'Table']);
    expect(at(events[0]?.object, 'columnDefinitions', 0, 'name')).toBe('Name');
    expect(at(events[1]?.object, 'columnDefinitions')).toBeNull();
    expect(at(events[1]?.object, 'rows', 0, 'cells', 0)).toBe('a');
    expect(at(events[1]?.object, 'rows', 0, 'object', 'metadata', 'labels')).toEqual({ x: '1' });
  });

  it('is metadata alone', () => {
    create('a', { x: '1' });
    const events = watch('', { accept: 'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io' });
    expect(Object.keys(events[0]?.object as object)).toEqual(['kind', 'apiVersion', 'metadata']);
    expect(at(events[0]?.object, 'kind')).toBe('PartialObjectMetadata');
  });
});
