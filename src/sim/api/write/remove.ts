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
import { parseTimestamp, timestamp } from '../timestamps.ts';
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
  if (isNamespaceKind(kind)) {
    const refused = checkNamespaceDeletion(key.name);
    if (refused !== undefined) return failure(refused);
  }
  const object = world.store.table(kind).get(keyOf({ metadata: key }));
  if (object === undefined)
    return failure(notFound({ group: groupOf(kind.apiVersion), resource: kind.resource }, key.name));
  const unmet = checkPreconditions(kind, object, wanted);
  if (unmet !== undefined) return failure(unmet);
  const plan = planOf(world, kind, object, wanted);
  if (plan.kind === 'wait') return success({ kind: 'terminating', object });
  const isFirst = object.metadata.deletionTimestamp === undefined;
  let last = object;
  if (plan.kind === 'mark') {
    const isLast = plan.next === 'remove';
    last = options.mode === 'dry-run' ? plan.object : world.store.put(kind, plan.object);
    if (isFirst && !isLast && options.mode === 'store') logWrite(world, kind, last, options, 'Terminating');
    if (!isLast) return success({ kind: 'terminating', object: last });
  }
  if (options.mode === 'dry-run') return success({ kind: 'removed', object: last });
  const removed = world.store.remove(kind, last);
  logWrite(world, kind, removed, options, 'Deleted');
  return success({ kind: 'removed', object: removed });
}

function checkPreconditions(
  kind: Kind,
  { metadata }: ApiObject,
  { uid, resourceVersion }: DeleteOptions,
): ApiError | undefined {
  // The kind stands where other errors have the resource.
  const refuse = (why: string) =>
    conflict({ group: groupOf(kind.apiVersion), resource: kind.kind }, metadata.name, why);
  if (uid !== undefined && uid !== metadata.uid)
    return refuse(
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion)
    return refuse(
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  return undefined;
}

/** What a deletion does to an object. */
type Plan =
  /** Nothing: it is to go already, and no later than this. */
  { readonly kind: 'wait' } | { readonly kind: 'remove' } | Marking;

/** It gets its deletionTimestamp, and goes at once if nothing holds it. */
interface Marking {
  readonly kind: 'mark';
  readonly object: ApiObject;
  readonly next: 'wait' | 'remove';
}

function planOf(world: ApiWorld, kind: Kind, object: ApiObject, wanted: DeleteOptions): Plan {
  const running = object.metadata.deletionGracePeriodSeconds ?? 0;
  const { gracePeriodSeconds: seconds } = wanted;
  if (isPod(kind, object)) {
    if (running > 0 && (seconds === undefined || seconds >= running)) return { kind: 'wait' };
    const isMarked = object.metadata.deletionTimestamp !== undefined;
    if (!isMarked || running > 0) {
      const grace = running > 0 ? atLeastOne(seconds ?? 0) : gracePeriod(object, seconds);
      return marked(world, object, grace, finalizersFor(object, wanted.propagationPolicy));
    }
  }
  const finalizers = finalizersFor(object, wanted.propagationPolicy);
  if (finalizers.length === 0 && !holdsContent(kind, object)) return { kind: 'remove' };
  const plan = marked(world, object, 0, finalizers);
  const isSame = finalizers.join() === (object.metadata.finalizers ?? []).join();
  return isSame && object.metadata.deletionTimestamp !== undefined ? { kind: 'wait' } : { ...plan, next: 'wait' };
}

/** Seconds until a Pod may be taken away: on a node, the kubelet has to stop it. */
function gracePeriod(pod: Pod, wanted: number | undefined): number {
  if (!pod.spec.nodeName || isPodTerminal(pod)) return 0;
  return atLeastOne(wanted ?? pod.spec.terminationGracePeriodSeconds ?? 0);
}

function atLeastOne(seconds: number): number {
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

/** The object with its deletionTimestamp. A period that runs already is counted from when it began. */
function marked(world: ApiWorld, object: ApiObject, grace: number, finalizers: readonly string[]): Marking {
  const { finalizers: _finalizers, ...rest } = object.metadata;
  const { deletionTimestamp, deletionGracePeriodSeconds: running = 0, generation } = rest;
  const began =
    deletionTimestamp === undefined ? world.clock.now : (parseTimestamp(deletionTimestamp) ?? 0) - running * 1000;
  const end = Math.max(world.clock.now, began + grace * 1000);
  // A period that is over already leaves the kubelet a second.
  const seconds = grace > 0 && began + grace * 1000 < world.clock.now ? 1 : grace;
  const marking: ApiObject = {
    ...object,
    metadata: {
      ...rest,
      ...(finalizers.length > 0 && { finalizers }),
      ...(generation !== undefined && deletionTimestamp === undefined && { generation: generation + 1 }),
      deletionTimestamp: deletionTimestamp !== undefined && running === 0 ? deletionTimestamp : timestamp(end),
      deletionGracePeriodSeconds: seconds,
    },
  };
  return {
    kind: 'mark',
    object: object.kind === namespaces.kind ? { ...marking, ...{ status: { phase: 'Terminating' } } } : marking,
    next: seconds === 0 && finalizers.length === 0 ? 'remove' : 'wait',
  };
}
