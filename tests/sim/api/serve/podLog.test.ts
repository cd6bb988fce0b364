// The log of a Pod's container, as it is asked for.

import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerLog } from '../../../../src/sim/api/containerLog.ts';
import { type AskedServer, apiServer, at } from '../apiServer.ts';

const PODS = '/api/v1/namespaces/default/pods';
const LINES = ['one', 'two', 'drei ä', 'four'].map((text, i) => ({ at: i * 1000 + 250, text }));

let server: AskedServer;
let answer: ContainerLog;
beforeEach(() => {
  answer = { kind: 'lines', startedAt: 0, lines: LINES, process: 'running' };
  server = apiServer({
    containerLog: (pod, container, run) =>
      container === 'c' && run === 'current'
        ? answer
        : { kind: 'refused', message: `${run} ${container} of ${pod.metadata.name}` },
  });
  create('a', ['c']);
  create('two', ['c', 'd'], ['init']);
  server.clock.passTo(3500);
});

function create(name: string, containers: readonly string[], init: readonly string[] = []): void {
  const of = (names: readonly string[]) => names.map(container => ({ name: container, image: 'web' }));
  const spec = { nodeName: 'node-1', containers: of(containers), initContainers: of(init) };
  expect(server.ask('POST', PODS, { metadata: { name }, spec }).status).toBe(201);
}

describe('a log', () => {
  it.each([
    ['', 'one\ntwo\ndrei ä\nfour\n'],
    ['container=c', 'one\ntwo\ndrei ä\nfour\n'],
    ['tailLines=2', 'drei ä\nfour\n'],
    ['tailLines=0', ''],
    ['sinceSeconds=2', 'drei ä\nfour\n'],
    ['sinceTime=2026-01-01T00:00:03Z', 'four\n'],
    ['sinceSeconds=3&tailLines=1', 'four\n'],
    ['limitBytes=15', 'one\ntwo\ndrei ä'],
    ['limitBytes=14', 'one\ntwo\ndrei '],
    ['timestamps=true&tailLines=1', '2026-01-01T00:00:03.250000000Z four\n'],
    ['previous=false', 'one\ntwo\ndrei ä\nfour\n'],
  ])('with %j is %j', (query, expected) => {
    const { status, headers, body } = server.ask('GET', `${PODS}/a/log?${query}`);
    expect([status, headers['content-type'], body]).toEqual([200, 'text/plain', expected]);
  });

  it.each([
    ['a', 'previous=true', 400, 'previous c of a'],
    ['a', 'container=x', 400, 'container x is not valid for pod a'],
    ['two', '', 400, 'a container name must be specified for pod two, choose one of: [init c d]'],
    ['two', 'container=init', 400, 'current init of two'],
    ['b', '', 404, 'pods "b" not found'],
    ['a', 'tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['a', 'sinceTime=now', 400, 'parsing time "now" as "2006-01-02T15:04:05Z07:00": cannot parse "now" as "2006"'],
    [
      'a',
      'tailLines=-1',
      422,
      'PodLogOptions "a" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'a',
      'sinceSeconds=0&limitBytes=0',
      422,
      'PodLogOptions "a" is invalid: [limitBytes: Invalid value: 0: must be greater than 0, sinceSeconds: Invalid value: 0: must be greater than 0]',
    ],
    [
      'a',
      'sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
      422,
      'PodLogOptions "a" is invalid: : Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('of %s with %j is refused', (name, query, status, message) => {
    const refused = server.ask('GET', `${PODS}/${name}/log?${query}`);
    expect([refused.status, at(refused.body, 'message')]).toEqual([status, message]);
  });

  it('can be followed to the end of the run', () => {
    const { body, follow } = server.ask('GET', `${PODS}/a/log?follow=true&tailLines=1`);
    expect(body).toBe('four\n');
    expect(follow?.read()).toEqual({ text: '', state: 'open' });
    const lines = [...LINES, { at: 3300, text: 'five' }];
    answer = { kind: 'lines', startedAt: 0, lines, process: 'running' };
    expect(follow?.read()).toEqual({ text: 'five\n', state: 'open' });
    answer = { kind: 'lines', startedAt: 0, lines: [...lines, { at: 3400, text: 'six' }], process: 'ended' };
    expect(follow?.read()).toEqual({ text: 'six\n', state: 'over' });
    answer = { kind: 'lines', startedAt: 3450, lines, process: 'running' };
    expect(follow?.read()).toEqual({ text: '', state: 'over' });
  });

  it('of a Pod that is on no node is empty', () => {
    server.ask('POST', PODS, { metadata: { name: 'waits' }, spec: { containers: [{ name: 'x', image: 'web' }] } });
    expect(server.ask('GET', `${PODS}/waits/log`).body).toBe('');
  });

  it('cannot be had from a kubelet that does not answer', () => {
    answer = { kind: 'unreachable', message: 'Get "https://192.168.10.11:10250/": dial tcp: connection refused' };
    const refused = server.ask('GET', `${PODS}/a/log`);
    expect([refused.status, at(refused.body, 'message')]).toEqual([500, answer.message]);
  });
});
