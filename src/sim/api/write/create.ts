// Creating an object: admission, defaults, validation, a name and a uid, and into the store.
//
// Omits:   quotas, webhooks.
// Read:    k8s.io/apiserver pkg/registry/generic/registry/store.go, `create`; pkg/registry/rest/create.go, meta.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { checkNamespace } from '../admission/namespaceLifecycle.ts';
import { allocateService } from '../admission/serviceAllocation.ts';
import { alreadyExists, badRequest, invalidObject, nameNotGenerated } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import type { Draft } from '../draft.ts';
import { jsonOf, managedOnCreate, writerOf } from '../fields/track.ts';
import type { Kind } from '../kinds/kind.ts';
import { services } from '../kinds/service.ts';
import { type ApiObject, keyOf, type ObjectMeta } from '../objects.ts';
import { groupOf } from '../scheme.ts';
import { validateCommonMeta, validateObjectMeta } from '../validation/objectMeta.ts';
import { type ApiWorld, type AppliedFields, logWrite, type WriteOptions } from '../world.ts';
import { finished, withManagedFields } from './finished.ts';

/** A generated name has this many characters before its suffix. Source: apiserver pkg/storage/names/generate.go. */
const GENERATED_PREFIX_LENGTH = 58;
/** Source: store.go, `maxNameGenerationCreateAttempts`. */
const NAME_ATTEMPTS = 8;

export interface CreateRequest {
  readonly kind: Kind;
  readonly object: Draft<ApiObject>;
  /** The namespace of the request; undefined for kinds of the whole cluster. */
  readonly namespace: string | undefined;
  readonly applied?: AppliedFields;
}

export function createObject(
  world: ApiWorld,
  request: CreateRequest,
  options: WriteOptions,
): Result<ApiObject, ApiError> {
  const { kind } = request;
  const before = { names: world.names.count, allocation: world.allocation };
  const made = prepare(world, request, options);
  if (!made.ok || options.mode === 'dry-run') {
    // Nothing of an attempt remains: the next object gets what this one would have had.
    world.names.restore(before.names);
    world.allocation = before.allocation;
    return made;
  }
  const stored = world.store.put(kind, made.value);
  logWrite(world, kind, stored, options, 'Created');
  return success(stored);
}

function prepare(
  world: ApiWorld,
  { kind, object, namespace, applied }: CreateRequest,
  options: WriteOptions,
): Result<ApiObject, ApiError> {
  const metadata = object.metadata ?? {};
  if (namespace !== undefined && metadata.namespace && metadata.namespace !== namespace) {
    return failure(badRequest('the namespace of the provided object does not match the namespace sent on the request'));
  }
  if (metadata.resourceVersion) {
    const message = 'resourceVersion should not be set on objects to be created';
    return failure({ code: 500, reason: '', message });
  }
  const about = { group: groupOf(kind.apiVersion), resource: kind.resource };
  const table = world.store.table(kind);
  const prefix = metadata.generateName ?? '';
  let name = metadata.name ?? '';
  if (name === '' && prefix !== '') {
    for (let attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
      name = `${prefix.slice(0, GENERATED_PREFIX_LENGTH)}${world.names.suffix()}`;
      if (table.get(keyOf({ metadata: { ...(namespace !== undefined && { namespace }), name } })) === undefined) break;
    }
  }
  if (namespace !== undefined) {
    const refused = checkNamespace(world.store, kind, namespace, name);
    if (refused !== undefined) return failure(refused);
  }
  const draft = kind.defaults({
    ...object,
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: newMetadata(world, kind, metadata, namespace, name),
  });
  const admitted = kind.prepareCreate?.(draft) ?? draft;
  const allocated = allocate(world, kind, admitted);
  if (!allocated.ok) return allocated;
  const errors = validateNew(kind, allocated.value);
  if (errors.length > 0) return failure(invalidObject(kind.kind, about.group, name, errors));
  const managedFields =
    applied === undefined
      ? managedOnCreate(kind, jsonOf(draft), writerOf(world, kind, options))
      : applied.managedFields;
  const made = withManagedFields(finished(allocated.value), managedFields);
  if (table.get(keyOf(made)) === undefined) return success(made);
  return failure(metadata.name ? alreadyExists(about, name) : nameNotGenerated(about, name));
}

/** What a client says of the system's own fields does not count. */
function newMetadata(
  world: ApiWorld,
  kind: Kind,
  metadata: Draft<ObjectMeta>,
  namespace: string | undefined,
  name: string,
): Draft<ObjectMeta> {
  const {
    deletionTimestamp: _deletionTimestamp,
    deletionGracePeriodSeconds: _deletionGracePeriodSeconds,
    managedFields: _managedFields,
    resourceVersion: _resourceVersion,
    namespace: _namespace,
    generation: _generation,
    selfLink: _selfLink,
    ...rest
  } = metadata;
  return {
    ...rest,
    ...(name !== '' && { name }),
    ...(namespace !== undefined && { namespace }),
    uid: world.names.uid(),
    creationTimestamp: world.now,
    ...(kind.countsGenerations && { generation: 1 }),
  };
}

function allocate(world: ApiWorld, kind: Kind, object: Draft<ApiObject>): Result<Draft<ApiObject>, ApiError> {
  if (kind.kind !== services.kind || kind.apiVersion !== services.apiVersion) return success(object);
  const context = { store: world.store, network: world.serviceSubnet };
  const allocated = allocateService(object, undefined, context, world.allocation);
  if (!allocated.ok) return allocated;
  world.allocation = allocated.value.state;
  return success(allocated.value.service);
}

/** All that is wrong with a new object that has its defaults. */
export function validateNew(kind: Kind, object: Draft<ApiObject>) {
  const metadata = object.metadata ?? {};
  const own = [
    ...validateObjectMeta(metadata, { namespaced: kind.namespaced, name: kind.nameRule }),
    ...kind.validate(object),
    ...(kind.validateCreate?.(object) ?? []),
  ];
  return own.length > 0 ? own : validateCommonMeta(metadata, kind.namespaced);
}
