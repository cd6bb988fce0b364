// A small cluster for tests: the API server, the controllers, and an agent that stands for the kubelets.

import { expect } from 'vitest';
import type { ApiClient } from '../../../src/sim/api/client.ts';
import { type Controller, ControllerRuntime, ofKind } from '../../../src/sim/api/controller.ts';
import type { JsonObject } from '../../../src/sim/api/json.ts';
import { isJsonObject } from '../../../src/sim/api/json.ts';
import { type Pod, pods } from '../../../src/sim/api/kinds/pod.ts';
import { parseKey } from '../../../src/sim/api/objects.ts';
import type { ApiRequest, ApiResponse, Json } from '../../../src/sim/api/request.ts';
import { ApiServer } from '../../../src/sim/api/server.ts';
import { timestamp } from '../../../src/sim/api/timestamps.ts';
import { clusterControllers, startControllers } from '../../../src/sim/controllers/index.ts';
import { prefix } from '../../../src/sim/net/address.ts';
import { Clock } from '../../../src/sim/runtime/clock.ts';
import { EventLog } from '../../../src/sim/runtime/eventLog.ts';
import { NameSource } from '../../../src/sim/runtime/names.ts';

export interface TestCluster {
  readonly api: ApiServer;
  readonly client: ApiClient;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly runtime: ControllerRuntime;
  /** Runs controllers until nothing is left to do within a virtual minute. */
  settle(): void;
}

/** An API server with the namespace `default`, and nothing else. */
export function testApi(): { readonly api: ApiServer; readonly clock: Clock; readonly log: EventLog } {
  const clock = new Clock();
  const log = new EventLog(() => clock.now);
  const serviceSubnet = prefix('10.96.0.0/12');
  const api = new ApiServer({ clock, names: new NameSource(1), events: log, serviceSubnet });
  create(api, '/api/v1/namespaces', { metadata: { name: 'default' } });
  return { api, clock, log };
}

/** The same with controllers, and with nodes on which an agent makes Pods run. */
export function testCluster(nodes: readonly string[] = ['node-1', 'node-2']): TestCluster {
  const { api, clock, log } = testApi();
  const runtime = new ControllerRuntime(api.client('controllers'));
  startControllers(runtime, [...clusterControllers({ clock, podSubnet: prefix('10.244.0.0/16') }), agent(clock)], {
    clock,
  });
  for (const name of nodes) create(api, '/api/v1/nodes', { metadata: { name } });
  const settle = () => {
    const end = clock.now + 60_000;
    for (;;) {
      expect(runtime.drain(1_000_000)).toEqual({ kind: 'idle' });
      const alarm = clock.next('once');
      if (alarm === undefined || alarm.at > end) return;
      clock.ring(alarm);
    }
  };
  settle();
  return { api, client: api.client('test'), clock, log, runtime, settle };
}

/** Pods with the label `broken` never get ready. */
function agent(clock: Clock): Controller {
  let next = 2;
  return {
    name: 'agent',
    watches: [ofKind(pods)],
    reconcile(api, key) {
      const pod = api.get(pods, parseKey(key));
      if (pod?.spec.nodeName === undefined) return;
      if (pod.metadata.deletionTimestamp !== undefined) {
        api.delete(pods, pod.metadata, { gracePeriodSeconds: 0 });
        return;
      }
      if (pod.status?.podIP !== undefined) return;
      const podIP = `10.244.${next >> 8}.${next++ & 255}`;
      api.updateStatus(pods, { ...pod, status: { ...pod.status, ...runningStatus(pod, podIP, timestamp(clock.now)) } });
    },
  };
}

export function runningStatus(pod: Pod, podIP: string, now: string): NonNullable<Pod['status']> {
  const isReady = pod.metadata.labels?.broken === undefined;
  return {
    phase: 'Running',
    podIP,
    podIPs: [{ ip: podIP }],
    conditions: [
      ...(pod.status?.conditions ?? []),
      { type: 'Ready', status: isReady ? 'True' : 'False', lastTransitionTime: now },
    ],
    containerStatuses: pod.spec.containers.map(({ name, image }) => ({
      name,
      image,
      imageID: image,
      ready: isReady,
      restartCount: 0,
      state: { running: { startedAt: now } },
    })),
  };
}

/** A request, and its body as an object. */
export function ask(api: ApiServer, request: ApiRequest): ApiResponse & { readonly body: JsonObject } {
  const response = api.request(request);
  const body = isJsonObject(response.body) ? response.body : {};
  return { ...response, body };
}

export function create(api: ApiServer, path: string, body: Json, query: Readonly<Record<string, string>> = {}) {
  return ask(api, { method: 'POST', path, body, query: { fieldValidation: 'Strict', ...query } });
}

export function get(api: ApiServer, path: string, query: Readonly<Record<string, string>> = {}) {
  return ask(api, { method: 'GET', path, query });
}

/** What a refusal says. */
export function messageOf(response: ApiResponse): string {
  const { body } = response;
  return isJsonObject(body) && typeof body.message === 'string' ? body.message : '';
}

/** The rows of a table, as kubectl prints their cells. */
export function rowsOf(api: ApiServer, path: string, columns: 'wide' | 'narrow' = 'narrow'): readonly string[] {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';
  const { body } = ask(api, { method: 'GET', path, headers: { accept } });
  const definitions = list(body.columnDefinitions);
  const shown = definitions.map(definition => columns === 'wide' || definition.priority === 0);
  return list(body.rows).map(row => {
    const cells = Array.isArray(row.cells) ? row.cells : [];
    return cells.filter((_, i) => shown[i]).join(' | ');
  });
}

/** A list of objects, or none. */
export function list(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** Walks down: `dig(body, 'spec', 'ports', 0, 'port')`. */
export function dig(value: Json | undefined, ...keys: readonly (string | number)[]): Json | undefined {
  let current = value;
  for (const key of keys) {
    if (Array.isArray(current) && typeof key === 'number') current = current[key];
    else if (isJsonObject(current) && typeof key === 'string') current = current[key];
    else return undefined;
  }
  return current;
}

/** The Events about objects of this name, as `REASON message`, in the order in which they were recorded. */
export function eventsAbout(log: EventLog, about: string): readonly string[] {
  return log
    .since(0)
    .filter(event => event.source === 'controller' && event.about === about)
    .map(event => `${event.reason} ${event.message}`);
}

export const PODS = '/api/v1/namespaces/default/pods';
export const SERVICES = '/api/v1/namespaces/default/services';
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
export const REPLICA_SETS = '/apis/apps/v1/namespaces/default/replicasets';
export const SLICES = '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices';

export function podManifest(name: string, labels: JsonObject = { app: name }, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: { containers: [{ name: 'main', image: 'nginx:1.27' }], ...spec },
  };
}

export function serviceManifest(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}

export function deploymentManifest(
  name: string,
  replicas: number,
  image = 'nginx:1.27',
  spec: JsonObject = {},
  labels: JsonObject = {},
): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name, ...labels } },
        spec: { containers: [{ name: 'main', image, ports: [{ name: 'http', containerPort: 8080 }] }] },
      },
      ...spec,
    },
  };
}

