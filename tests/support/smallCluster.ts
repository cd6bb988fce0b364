// A small cluster for tests of controllers and kubelets: manifests in, objects and Events in words out.

import { type Json, Lab } from '../../src/sim/index.ts';

type JsonObject = { readonly [key: string]: Json | undefined };

export interface SmallCluster {
  readonly lab: Lab;
  /** An object as JSON, by `pods/web` (of the namespace default), `nodes/node-1` or a whole path. */
  get(path: string): JsonObject;
  /** Objects of a collection: `pods`, `apps/replicasets`. */
  list(collection: string): readonly JsonObject[];
  /** Creates; the answer's status code. */
  create(collection: string, object: Json): number;
  /** A merge patch; the answer's status code. */
  patch(path: string, patch: Json): number;
  delete(path: string, body?: Json): number;
  /** Events about an object, the oldest first: `Normal Scheduled Successfully assigned ...`, with ` (x2)` if repeated. */
  events(kind: string, name: string): readonly string[];
  /** The rows of a table as kubectl prints them: the cells of the columns that are always shown, without the age. */
  table(collection: string): readonly string[];
  seconds(seconds: number): void;
}

/** The lessons' nodes (cp, node-1, node-2), and what the text says. */
export function smallCluster(text = ''): SmallCluster {
  const opened = Lab.open(text);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  const { lab } = opened;
  const ask = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: Json, type = 'application/json') =>
    lab.request({
      method,
      path: pathOf(path),
      headers: { 'content-type': type },
      ...(body !== undefined && { body }),
    });
  const get = (path: string): JsonObject => objectOf(ask('GET', path).body);
  const list = (collection: string): readonly JsonObject[] => {
    const { items } = get(collection);
    return Array.isArray(items) ? items.map(objectOf) : [];
  };
  return {
    lab,
    get,
    list,
    create: (collection, object) => ask('POST', collection, object).status,
    patch: (path, patch) => ask('PATCH', path, patch, 'application/merge-patch+json').status,
    delete: (path, body) => ask('DELETE', path, body).status,
    events: (kind, name) =>
      list('events')
        .filter(
          event => textAt(event, 'involvedObject', 'kind') === kind && textAt(event, 'involvedObject', 'name') === name,
        )
        .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
        .map(event => {
          const count = Number(event.count ?? 1);
          return `${event.type} ${event.reason} ${event.message}${count > 1 ? ` (x${count})` : ''}`;
        }),
    table(collection) {
      const answer = lab.request({
        method: 'GET',
        path: pathOf(collection),
        headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
      });
      const { columnDefinitions, rows } = objectOf(answer.body);
      const shown = (Array.isArray(columnDefinitions) ? columnDefinitions : []).map(objectOf);
      return (Array.isArray(rows) ? rows : []).map(row => {
        const { cells } = objectOf(row);
        const kept = (Array.isArray(cells) ? cells : []).filter(
          (_cell, i) => shown[i]?.priority === 0 && shown[i]?.name !== 'Age',
        );
        return kept.join(' ');
      });
    },
    seconds: seconds => lab.advance(seconds * 1000),
  };
}

/** An Event's name ends with the moment of its first time. */
function orderOf(event: JsonObject): bigint {
  return BigInt(`0x${textAt(event, 'metadata', 'name').split('.').at(-1) ?? '0'}`);
}

/** The text at a path of fields; empty when there is none. */
export function textAt(object: JsonObject, ...path: readonly string[]): string {
  let at: Json | undefined = object;
  for (const key of path) at = objectOf(at)[key];
  return at === undefined || at === null ? '' : typeof at === 'object' ? JSON.stringify(at) : String(at);
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

const CLUSTER_WIDE: ReadonlySet<string> = new Set(['nodes', 'namespaces']);

function pathOf(path: string): string {
  if (path.startsWith('/')) return path;
  const [first = '', ...rest] = path.split('/');
  const group = { apps: '/apis/apps/v1', batch: '/apis/batch/v1', discovery: '/apis/discovery.k8s.io/v1' }[first];
  if (group !== undefined) return `${group}/namespaces/default/${rest.join('/')}`;
  return CLUSTER_WIDE.has(first) ? `/api/v1/${path}` : `/api/v1/namespaces/default/${path}`;
}
