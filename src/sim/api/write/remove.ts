// Deleting an object: at once, after a grace period, or once its finalizers are done.
//
// Models:  grace periods of Pods that are bound to a node; finalizers; the three propagation policies, as the garbage
//          collector sees them; namespaces, which go only when they are empty.
// Read:    k8s.io/apiserver pkg/registry/generic/registry/store.go, `Delete`; pkg/registry/rest/delete.go;
//          kubernetes pkg/registry/core/pod/strategy.go, `CheckGracefulDelete`.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { checkNamespaceDeletion } from '../admission/namespaceLifecycle.ts';
import { conflict, notFound } from '../apiError.ts';
import type { ApiError, DeleteOptions } from '../client.ts';
import type { Kind } from '../kinds/kind.ts';
import { type Namespace, namespaces } from '../kinds/namespace.ts';
import { isPodTerminal, type Pod, pods } from '../kinds/pod.ts';
import { type ApiObject, keyOf, type ObjectKey } from '../objects.ts';
import { groupOf } from '../scheme.ts';
import { timestamp } from '../timestamps.ts';
import { type ApiWorld, logWrite, type WriteOptions } from '../world.ts';

const ORPHAN = 'orphan';
const FOREGROUND = 'foregroundDeletion';

export interface RemoveRequest {
  readonly kind: Kind;
  readonly key: ObjectKey;
  readonly options: DeleteOptions;
}

/** What became of the object. */
export type Removal =
  | { readonly kind: 'removed'; readonly object: ApiObject }
  /** It has its deletionTimestamp and waits. */
  | { readonly kind: 'terminating'; readonly object: ApiObject };

export function removeObject(
  world: ApiWorld,
  { kind, key, options: wanted }: RemoveRequest,
  options: WriteOptions,
): Result<Removal, ApiError> {
  const about = { group: groupOf(kind.apiVersion), resource: kind.resource };
  if (isNamespaceKind(kind)) {
    const refused = checkNamespaceDeletion(key.name);
    if (refused !== undefined) return failure(refused);
  }
  const object = world.store.table(kind).get(keyOf({ metadata: key }));
  if (object === undefined) return failure(notFound(about, key.name));
  if (wanted.uid !== undefined && wanted.uid !== object.metadata.uid) {
    const why = `Precondition failed: UID in precondition: ${wanted.uid}, UID in object meta: ${object.metadata.uid}`;
    return failure(conflict(about, key.name, why));
  }
  const grace = gracePeriod(kind, object, wanted.gracePeriodSeconds);
  const finalizers = finalizersFor(object, wanted.propagationPolicy);
  if (grace === 0 && finalizers.length === 0 && !holdsContent(kind, object)) {
    if (options.mode === 'dry-run') return success({ kind: 'removed', object });
    const removed = world.store.remove(kind, object);
    logWrite(world, kind, removed, options, 'Deleted');
    return success({ kind: 'removed', object: removed });
  }
  const marked = marking(world, object, grace, finalizers);
  if (marked === object || options.mode === 'dry-run') return success({ kind: 'terminating', object: marked });
  const stored = world.store.put(kind, marked);
  if (object.metadata.deletionTimestamp === undefined) logWrite(world, kind, stored, options, 'Terminating');
  return success({ kind: 'terminating', object: stored });
}

/** Seconds until the object may be taken away. Only Pods on a node have any: the kubelet has to stop them. */
function gracePeriod(kind: Kind, object: ApiObject, wanted: number | undefined): number {
  if (!isPod(kind, object)) return 0;
  if (!object.spec.nodeName || isPodTerminal(object)) return 0;
  const seconds = wanted ?? object.spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

function isPod(kind: Kind, object: ApiObject): object is Pod {
  return kind.kind === pods.kind && object.kind === pods.kind;
}

function isNamespaceKind(kind: Kind): boolean {
  return kind.kind === namespaces.kind && kind.apiVersion === namespaces.apiVersion;
}

/** A namespace stays until its controller has found it empty. */
function holdsContent(kind: Kind, object: ApiObject): boolean {
  return isNamespace(kind, object) && (object.spec?.finalizers ?? []).length > 0;
}

function isNamespace(kind: Kind, object: ApiObject): object is Namespace {
  return isNamespaceKind(kind) && object.kind === namespaces.kind;
}

/** The policies are finalizers that the garbage collector takes away when it has done its part. */
function finalizersFor(object: ApiObject, policy: DeleteOptions['propagationPolicy']): readonly string[] {
  const finalizers = object.metadata.finalizers ?? [];
  if (policy === undefined) return finalizers;
  const others = finalizers.filter(name => name !== ORPHAN && name !== FOREGROUND);
  if (policy === 'Background') return others;
  return [...others, policy === 'Orphan' ? ORPHAN : FOREGROUND];
}

/** The object with its deletionTimestamp. A period that runs already can only become shorter. */
function marking(world: ApiWorld, object: ApiObject, grace: number, finalizers: readonly string[]): ApiObject {
  const { metadata } = object;
  const isMarked = metadata.deletionTimestamp !== undefined;
  const running = metadata.deletionGracePeriodSeconds ?? 0;
  const sameFinalizers = finalizers.join() === (metadata.finalizers ?? []).join();
  if (isMarked && grace >= running && sameFinalizers) return object;
  const seconds = isMarked ? Math.min(grace, running) : grace;
  const { finalizers: _finalizers, ...rest } = metadata;
  const marked: ApiObject = {
    ...object,
    metadata: {
      ...rest,
      ...(finalizers.length > 0 && { finalizers }),
      ...(metadata.generation !== undefined && !isMarked && { generation: metadata.generation + 1 }),
      deletionTimestamp: timestamp(world.clock.now + seconds * 1000),
      deletionGracePeriodSeconds: seconds,
    },
  };
  return object.kind === namespaces.kind ? { ...marked, ...{ status: { phase: 'Terminating' } } } : marked;
}
