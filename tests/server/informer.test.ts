// A real informer, that of @kubernetes/client-node, on a served lab: it lists, watches and stays in step.

import {
  CoreV1Api,
  type Informer,
  KubeConfig,
  makeInformer,
  type ObjectCache,
  type V1Pod,
} from '@kubernetes/client-node';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { type ServedLab, serveLab } from '../../src/server/http/serveLab.ts';
import type { ApiRequest, Json } from '../../src/sim/index.ts';

const PODS = '/api/v1/pods';
/** More changes than this the server never remembers. */
const HISTORY = 20_000;
const NAMESPACES = ['default', 'other'];
/** Long enough for a machine that does other things too. */
const PATIENCE = { timeout: 20_000, interval: 20 };

let client: InProcessClient;
let served: ServedLab;
let informer: Informer<V1Pod> & ObjectCache<V1Pod>;
/** What the informer told of, in order. */
let seen: string[];
/** How often it listed. */
let lists: number;

beforeEach(async () => {
  client = createInProcessClient();
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
  await change({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } },
  });
  served = await serve(0);
  informer = startInformer(served.url);
});

afterEach(async () => {
  await informer.stop();
  await served.close();
  client.close();
});

function serve(port: number): Promise<ServedLab> {
  return serveLab(client, {
    port,
    origins: [],
    open: text => client.open({ kind: 'manifests', text }),
    onFault: error => {
      throw error;
    },
  });
}

function startInformer(server: string): Informer<V1Pod> & ObjectCache<V1Pod> {
  const config = new KubeConfig();
  // It takes plain HTTP only so.
  config.loadFromClusterAndUser({ name: 'lab', server, skipTLSVerify: true }, { name: 'nobody' });
  const api = config.makeApiClient(CoreV1Api);
  seen = [];
  lists = 0;
  const started = makeInformer<V1Pod>(config, PODS, () => {
    lists++;
    return api.listPodForAllNamespaces();
  });
  for (const verb of ['add', 'update', 'delete'] as const)
    started.on(verb, pod => seen.push(`${verb} ${pod.metadata?.namespace}/${pod.metadata?.name}`));
  // As its documentation says: what ended with an error is started again after a while.
  started.on('error', () => setTimeout(() => void started.start(), 20));
  void started.start();
  return started;
}

async function change(request: ApiRequest): Promise<number> {
  return (await client.request(request)).status;
}

/** What both sides can say of each Pod in the same words. */
async function stored(): Promise<readonly string[]> {
  const { body } = await client.request({ method: 'GET', path: PODS });
  return (body as unknown as { readonly items: readonly V1Pod[] }).items.map(wordsOf).sort();
}

const cached = (): readonly string[] => informer.list().map(wordsOf).sort();

function wordsOf({ metadata, spec, status }: V1Pod): string {
  const { namespace, name, uid, resourceVersion, labels } = metadata ?? {};
  return JSON.stringify([namespace, name, uid, resourceVersion, labels, spec?.nodeName, status?.phase, status?.podIP]);
}

const inStep = () => vi.waitFor(async () => expect(cached()).toEqual(await stored()), PATIENCE);

const pod = (namespace: string, name: string): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace, labels: { app: name } },
  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'c', image: 'nginx' }] },
});

/** One change; many of them are refused, since the name is taken or nobody has it. */
const anyChange: fc.Arbitrary<ApiRequest> = fc
  .record({
    verb: fc.constantFrom('create', 'create', 'label', 'delete', 'delete-all'),
    namespace: fc.constantFrom(...NAMESPACES),
    name: fc.integer({ min: 0, max: 14 }).map(n => `p${n}`),
    value: fc.integer({ min: 0, max: 9 }).map(String),
  })
  .map(({ verb, namespace, name, value }): ApiRequest => {
    const path = `/api/v1/namespaces/${namespace}/pods`;
    switch (verb) {
      case 'create':
        return { method: 'POST', path, body: pod(namespace, name) };
      case 'label':
        return {
          method: 'PATCH',
          path: `${path}/${name}`,
          headers: { 'content-type': 'application/merge-patch+json' },
          body: { metadata: { labels: { value } } },
        };
      case 'delete':
        return { method: 'DELETE', path: `${path}/${name}` };
      default:
        return { method: 'DELETE', path, query: { labelSelector: `app=${name}` } };
    }
  });

/** A change that nobody but the store has anything to do with. */
const rewrite = (i: number): ApiRequest => ({
  method: 'PUT',
  path: '/api/v1/namespaces/default/configmaps/counter',
  body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'counter' }, data: { i: String(i) } },
});

const changes = (count: number, seed: number): readonly ApiRequest[] => fc.sample(anyChange, { numRuns: count, seed });

describe('an informer on a served lab', () => {
  it('stays in step through a thousand random changes, a disconnect and a compaction', async () => {
    await inStep();
    expect(seen).toContain('add default/client');
    let accepted = 0;
    for (const [i, request] of changes(1000, 1).entries()) {
      if ((await change(request)) < 300) accepted++;
      if (i % 100 === 99) await inStep();
    }
    expect(accepted).toBeGreaterThan(300);
    expect(lists).toBe(1);

    // A disconnect: it goes on from where it was, without a list.
    const port = Number(new URL(served.url).port);
    await served.close();
    for (const request of changes(50, 2)) await change(request);
    served = await serve(port);
    await inStep();
    expect(lists).toBe(1);

    // A compaction: what happened meanwhile is no longer known, so it lists anew.
    await served.close();
    await client.withLab(({ lab }) => {
      lab.request({ ...rewrite(-1), method: 'POST', path: '/api/v1/namespaces/default/configmaps' });
      for (let i = 0; i <= HISTORY; i++) lab.request(rewrite(i));
    });
    for (const request of changes(50, 3)) await change(request);
    served = await serve(port);
    await inStep();
    expect(lists).toBe(2);
    for (const request of changes(50, 4)) await change(request);
    await inStep();
  }, 240_000);

  it('follows undo: what comes back is added, what goes is deleted', async () => {
    await inStep();
    await client.run('create', 'kubectl run brief --image=nginx', () => undefined);
    await inStep();
    await client.undo();
    await inStep();
    expect(seen.at(-1)).toBe('delete default/brief');
    await client.redo();
    await inStep();
    expect(cached().join()).toContain('"brief"');
  });
});
