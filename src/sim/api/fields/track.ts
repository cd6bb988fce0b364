// Keeping managedFields in step with creates and updates.
//
// Read:    k8s.io/apimachinery pkg/util/managedfields/internal/fieldmanager.go, `Update`; k8s.io/apiserver
//          pkg/endpoints/handlers/create.go: before the registry sees the object, so without what the server adds.

import type { Draft } from '../draft.ts';
import { isJsonObject, type JsonObject, jsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { ApiObject, Timestamp } from '../objects.ts';
import type { Json } from '../request.ts';
import { definitionOf } from '../structure.ts';
import type { ApiWorld, WriteOptions } from '../world.ts';
import { compare } from './compare.ts';
import { hasMember, memberPlace, type Place, rootPlace } from './items.ts';
import {
  afterUpdate,
  type ManagedEntry,
  type ManagerId,
  readManaged,
  resetsManaged,
  writeManaged,
} from './managedFields.ts';

/** Who writes, and when. */
export interface Writer {
  readonly who: ManagerId;
  readonly now: Timestamp;
}

/** Drafts and objects are JSON. */
export function jsonOf(object: Draft<ApiObject>): JsonObject {
  return object as JsonObject;
}

/**
 * The manager of a writer that names none: its program. Controllers run in kube-controller-manager; the other programs of
 * a cluster have their own names.
 */
export function managerOf(userAgent: string): string {
  const name = userAgent.split('/')[0] ?? '';
  if (name === 'default-scheduler') return 'kube-scheduler';
  return /-controller$|^garbage-collector$/.test(name) ? 'kube-controller-manager' : name;
}

/** Who writes by these options. */
export function writerOf(world: ApiWorld, kind: Kind, { actor, manager, subresource }: WriteOptions): Writer {
  return {
    who: {
      manager: manager ?? managerOf(actor),
      operation: 'Update',
      apiVersion: kind.apiVersion,
      ...(subresource !== undefined && { subresource }),
    },
    now: world.now,
  };
}

export function placeOf(kind: Kind): Place {
  return rootPlace(definitionOf(kind.apiVersion, kind.kind));
}

/** The part of an object that a request can write: without the status, or with nothing but it and the metadata. */
export function writtenPart(kind: Kind, object: JsonObject, subresource: string | undefined): JsonObject {
  const entries = Object.entries(object);
  const isWritten = (key: string): boolean => {
    if (subresource === 'status')
      return key === 'status' || key === 'metadata' || key === 'apiVersion' || key === 'kind';
    return key !== 'status' || !kind.subresources.includes('status');
  };
  const written = entries.filter(([key]) => isWritten(key));
  return written.length === entries.length ? object : jsonObject(written as [string, Json][]);
}

/** managedFields of a new object. */
export function managedOnCreate(kind: Kind, object: JsonObject, { who, now }: Writer): Json | undefined {
  const place = placeOf(kind);
  const whole = writtenPart(kind, object, undefined);
  return writeManaged(afterUpdate([], who, compare(place, beginning(place, whole), whole), now));
}

/**
 * managedFields after an update.
 * @param given what the client has put there: it counts when it is well-formed, for that is how entries are edited
 */
export function managedOnUpdate(
  kind: Kind,
  old: JsonObject,
  object: JsonObject,
  given: Json | undefined,
  { who, now }: Writer,
): Json | undefined {
  const { managedFields } = isJsonObject(old.metadata) ? old.metadata : {};
  const isEdited = given !== undefined && given !== managedFields && who.subresource === undefined;
  if (isEdited && resetsManaged(given)) return undefined;
  const edited = isEdited ? readManaged(given) : undefined;
  const entries = edited !== undefined && edited.length > 0 ? edited : (readManaged(managedFields) ?? []);
  // What has never been tracked is not from now on.
  if (entries.length === 0) return undefined;
  const before = writtenPart(kind, old, who.subresource);
  const after = writtenPart(kind, object, who.subresource);
  const next = afterUpdate(entries, who, compare(placeOf(kind), before, after), now);
  return next === entries && !isEdited ? managedFields : writeManaged(next);
}

/** The entries of an object that nobody has managed so far, as the first apply finds it. Source: skipnonapplied.go. */
export function managedBeforeApply(kind: Kind, object: JsonObject, now: Timestamp): readonly ManagedEntry[] {
  const place = placeOf(kind);
  const who = { manager: 'before-first-apply', operation: 'Update', apiVersion: kind.apiVersion } as const;
  return afterUpdate([], who, compare(place, beginning(place, object), object), now);
}

/**
 * Fields that an object of Go has before anything is put into it: structs that are no pointers, and lists that are always
 * written. Source: k8s.io/api types.go; the defaults in client-go applyconfigurations/internal.
 */
const ALWAYS_THERE: ReadonlySet<string> = new Set([
  'containers',
  'daemonEndpoints',
  'jobTemplate',
  'kubeletEndpoint',
  'loadBalancer',
  'metadata',
  'nodeInfo',
  'source',
  'spec',
  'status',
  'strategy',
  'template',
  'updateStrategy',
]);

/** What is there before an object is made: all that comes to it is added. */
function beginning(place: Place, object: JsonObject): JsonObject {
  const parts = Object.entries(object).flatMap(([key, value]): [string, Json][] => {
    if (!ALWAYS_THERE.has(key) || place.type.kind !== 'struct' || !hasMember(place, key)) return [];
    return [[key, isJsonObject(value) ? beginning(memberPlace(place, key), value) : []]];
  });
  return jsonObject(parts);
}
