// The client of controllers and node agents: the same admission, validation and store as requests, without their text.

import { failure, invariant, type Result, success } from '../runtime/errors.ts';
import { notFound } from './apiError.ts';
import type { ApiChange, ApiClient, ApiError, DeleteOptions, KindRef, ListOptions } from './client.ts';
import { allKinds, kindIn } from './customKinds.ts';
import type { Draft } from './draft.ts';
import type { Kind } from './kinds/kind.ts';
import { type Namespace, namespaces } from './kinds/namespace.ts';
import { type ApiObject, keyOf, type NewObject, type ObjectKey } from './objects.ts';
import {
  controllerIndex,
  labelIndex,
  type Measure,
  namespaceIndex,
  type ObjectTable,
  ownerIndex,
} from './objectTable.ts';
import { recordEvent } from './recordEvent.ts';
import { matchesLabels } from './selectors.ts';
import type { ApiWorld, WriteOptions } from './world.ts';
import { bindPod } from './write/bind.ts';
import { createObject } from './write/create.ts';
import { removeObject } from './write/remove.ts';
import { replace, updateObject } from './write/update.ts';
import { updateObjectStatus } from './write/updateStatus.ts';

/** @param userAgent who writes, as the log names it */
export function inProcessClient(world: ApiWorld, userAgent: string): ApiClient {
  const options: WriteOptions = { actor: userAgent, mode: 'store' };
  return {
    as: other => inProcessClient(world, other),
    get: <T extends ApiObject>(kind: KindRef<T>, key: ObjectKey) =>
      typed<T>(world.store.table(kind).get(keyOf({ metadata: key }))),
    list: <T extends ApiObject>(kind: KindRef<T>, wanted: ListOptions = {}) =>
      listed(world.store.table(kind), wanted) as readonly T[],
    count: (kind, wanted = {}) => {
      const table = world.store.table(kind);
      const { indexes, rest } = planOf(wanted);
      const [only, ...others] = indexes;
      if (only === undefined) return table.size;
      return others.length === 0 && rest === undefined ? table.countUnder(only) : listed(table, wanted).length;
    },
    tally: <T extends ApiObject>(
      kind: KindRef<T>,
      under: { readonly controller: string } | { readonly node: string },
      measure: Measure<T>,
    ) =>
      world.store
        .table(kind)
        .tally(
          'node' in under ? nodeIndex(under.node) : controllerIndex(under.controller),
          measure as Measure<ApiObject>,
        ),
    kindOf: (apiVersion, kind) => kindIn(world.store, apiVersion, kind),
    kinds: () => allKinds(world.store),
    create<T extends ApiObject>(kind: KindRef<T>, object: NewObject<T>): Result<T, ApiError> {
      const namespace = kind.namespaced ? (object.metadata.namespace ?? 'default') : undefined;
      return typedResult(
        createObject(world, { kind: knownTo(world, kind), object: draftOf(object), namespace }, options),
      );
    },
    update: <T extends ApiObject>(kind: KindRef<T>, object: T) =>
      typedResult<T>(
        updateObject(world, { kind: knownTo(world, kind), key: object.metadata, object: draftOf(object) }, options),
      ),
    updateStatus: <T extends ApiObject>(kind: KindRef<T>, object: T) =>
      typedResult<T>(
        updateObjectStatus(
          world,
          { kind: knownTo(world, kind), key: object.metadata, object: draftOf(object) },
          options,
        ),
      ),
    delete(kind: KindRef<ApiObject>, key: ObjectKey, wanted: DeleteOptions = {}): Result<void, ApiError> {
      const removed = removeObject(world, { kind: knownTo(world, kind), key, options: wanted }, options);
      return removed.ok ? success(undefined) : removed;
    },
    bind(pod: ObjectKey, node: string): Result<void, ApiError> {
      const bound = bindPod(world, pod, node, options);
      return bound.ok ? success(undefined) : bound;
    },
    finalizeNamespace(name: string): Result<void, ApiError> {
      const namespace = typed<Namespace>(world.store.table(namespaces).get(name));
      if (namespace === undefined) return failure(notFound({ group: '', resource: 'namespaces' }, name));
      const finished: Namespace = { ...namespace, spec: { ...namespace.spec, finalizers: [] } };
      if (finished.metadata.deletionTimestamp === undefined) replace(world, namespaces, namespace, finished, options);
      else world.store.remove(namespaces, finished);
      return success(undefined);
    },
    watch: <T extends ApiObject>(kind: KindRef<T>, listener: (change: ApiChange<T>) => void) =>
      world.store.onChange(kind, change => listener(change as unknown as ApiChange<T>)),
    event: (about, event) => recordEvent(world, about, event),
  };
}

/** What is in the table of a kind is of the kind's type: nothing gets in without the kind's own validation. */
function typed<T extends ApiObject>(object: ApiObject | undefined): T | undefined {
  return object as T | undefined;
}

function typedResult<T extends ApiObject>(result: Result<ApiObject, ApiError>): Result<T, ApiError> {
  return result as Result<T, ApiError>;
}

/** A whole object is a draft in which nothing is missing. */
function draftOf(object: unknown): Draft<ApiObject> {
  return object as Draft<ApiObject>;
}

function knownTo(world: ApiWorld, kind: KindRef<ApiObject>): Kind {
  const found = kindIn(world.store, kind.apiVersion, kind.kind);
  invariant(found !== undefined, `a kind of the scheme, not ${kind.apiVersion} ${kind.kind}`);
  return found;
}

interface ListPlan {
  /** Index names that all have to hold. */
  readonly indexes: readonly string[];
  /** What no index answers. */
  readonly rest: ListOptions['selector'];
}

function planOf({ namespace, selector, owner, controller, node }: ListOptions): ListPlan {
  const indexes: string[] = [];
  if (owner !== undefined) indexes.push(ownerIndex(owner));
  if (controller !== undefined) indexes.push(controllerIndex(controller));
  if (node !== undefined) indexes.push(nodeIndex(node));
  for (const label in selector?.matchLabels) indexes.push(labelIndex(label, selector.matchLabels[label] ?? ''));
  if (namespace !== undefined) indexes.push(namespaceIndex(namespace));
  return { indexes, rest: (selector?.matchExpressions ?? []).length > 0 ? selector : undefined };
}

/** Of Pods; see kinds/pod.ts. */
function nodeIndex(node: string): string {
  return `node=${node}`;
}

/** Starts from the shortest list that an index gives. */
function listed(table: ObjectTable, wanted: ListOptions): readonly ApiObject[] {
  const { indexes } = planOf(wanted);
  let shortest: string | undefined;
  for (const index of indexes)
    if (shortest === undefined || table.countUnder(index) < table.countUnder(shortest)) shortest = index;
  if (shortest === undefined) return table.all();
  const candidates = table.under(shortest);
  return indexes.length === 1 && planOf(wanted).rest === undefined
    ? candidates
    : candidates.filter(object => isWanted(table.kind, object, wanted));
}

function isWanted(
  kind: Kind,
  object: ApiObject,
  { namespace, selector, owner, controller, node }: ListOptions,
): boolean {
  const { metadata } = object;
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  if (selector !== undefined && !matchesLabels(selector, metadata.labels)) return false;
  if (owner !== undefined && !metadata.ownerReferences?.some(({ uid }) => uid === owner)) return false;
  const controlledBy = metadata.ownerReferences?.find(reference => reference.controller === true)?.uid ?? '';
  if (controller !== undefined && controlledBy !== controller) return false;
  return node === undefined || (kind.indexes?.(object).includes(nodeIndex(node)) ?? false);
}
