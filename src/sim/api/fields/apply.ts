// Server-side apply: a manager says what it wants, and owns that.
//
// Read:    sigs.k8s.io/structured-merge-diff merge/update.go, `Apply`; k8s.io/apimachinery
//          pkg/util/managedfields/internal, lastappliedmanager.go, lastappliedupdater.go, conflict.go.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { badRequest } from '../apiError.ts';
import type { ApiError, StatusCause } from '../client.ts';
import { canonicalJson, equalJson, isJsonObject, type JsonObject, jsonObject } from '../json.ts';
import type { Kind } from '../kinds/kind.ts';
import type { Json } from '../request.ts';
import { groupOf, versionOf } from '../scheme.ts';
import { compare, fieldsIn } from './compare.ts';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  NO_FIELDS,
  pathsOf,
  pathText,
  union,
} from './fieldSet.ts';
import type { Place } from './items.ts';
import {
  isSameManager,
  type ManagedEntry,
  managedOnly,
  readManaged,
  sameManaged,
  withFields,
  writeManaged,
} from './managedFields.ts';
import { mergeApplied, pruneApplied } from './merge.ts';
import { misfit } from './misfits.ts';
import { managedBeforeApply, placeOf, type Writer, writtenPart } from './track.ts';

export interface ApplyRequest extends Writer {
  readonly kind: Kind;
  /** What there is; undefined for an object that comes into being. */
  readonly live: JsonObject | undefined;
  readonly config: JsonObject;
  readonly force: boolean;
}

/** An object with its managedFields; without defaults. */
export interface Applied {
  readonly object: JsonObject;
  readonly managedFields: Json | undefined;
}

/** kubectl's own manager: what client-side apply has left is taken over for it. */
const KUBECTL = 'kubectl';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export function applyConfiguration(request: ApplyRequest): Result<Applied, ApiError> {
  const { kind, config, live, who } = request;
  const refused = checkConfiguration(kind, config);
  if (refused !== undefined) return failure(refused);
  const attempt = attemptApply(request);
  if (attempt.kind === 'applied') return success(withLastApplied(request, attempt.applied));
  if (who.manager !== KUBECTL || live === undefined) return failure(conflictError(attempt.conflicts));
  // An object of client-side apply: what stands in the annotation as it is now was kubectl's all along.
  const allowed = unchangedSinceLastApplied(kind, live);
  const conflicts = attempt.conflicts.flatMap(entry => withFields(entry, allowed));
  if (conflicts.length > 0) return failure(conflictError(conflicts));
  const forced = attemptApply({ ...request, force: true });
  return forced.kind === 'applied'
    ? success(withLastApplied(request, forced.applied))
    : failure(conflictError(forced.conflicts));
}

function checkConfiguration(kind: Kind, config: JsonObject): ApiError | undefined {
  const { apiVersion = '', kind: kindName = '', metadata } = config;
  if (kindName !== kind.kind || apiVersion !== kind.apiVersion) {
    const group = typeof apiVersion === 'string' ? apiVersion : '';
    const version = group.includes('/') ? `${groupOf(group)}/${versionOf(group)}` : `/${group}`;
    return badRequest(`invalid object type: ${version}, Kind=${String(kindName)}`);
  }
  if (isJsonObject(metadata) && metadata.managedFields !== undefined && metadata.managedFields !== null)
    return badRequest('metadata.managedFields must be nil');
  const why = misfit(placeOf(kind), config);
  if (why === undefined) return undefined;
  const { name = '', namespace = '' } = isJsonObject(metadata) ? metadata : {};
  const gvk = `${groupOf(kind.apiVersion)}/${versionOf(kind.apiVersion)}, Kind=${kind.kind}`;
  const message = `failed to create typed patch object (${String(namespace)}/${String(name)}; ${gvk}): ${why}`;
  return { code: 500, reason: '', message };
}

type Attempt =
  | { readonly kind: 'applied'; readonly applied: Applied }
  | { readonly kind: 'conflicts'; readonly conflicts: readonly ManagedEntry[] };

function attemptApply({ kind, live, config, who, now, force }: ApplyRequest): Attempt {
  const place = placeOf(kind);
  const present = live ?? {};
  const wanted = writtenPart(kind, config, who.subresource);
  const { managedFields } = isJsonObject(present.metadata) ? present.metadata : {};
  const known = readManaged(managedFields) ?? [];
  const before = known.length > 0 || live === undefined ? known : managedBeforeApply(kind, present, now);
  const last = before.find(entry => isSameManager(entry, who));
  const said = fieldsIn(place, wanted);
  const fields = managedOnly(said);
  const own: ManagedEntry = { ...who, time: now, fields };
  const others = before.filter(entry => entry !== last);
  const merged = mergeApplied(place, present, wanted);
  const next = pruned(place, merged, last, [{ ...own, fields: said }, ...others]);
  const { added, modified, removed } = compare(place, present, next);
  const changed = union(added, modified);
  const conflicts = others.flatMap(entry => {
    const contested = intersection(entry.fields, changed);
    return isEmptySet(contested) ? [] : [{ ...entry, fields: contested }];
  });
  if (!force && conflicts.length > 0) return { kind: 'conflicts', conflicts };
  const lost = union(changed, removed);
  const rest = others.flatMap(entry => withFields(entry, lost));
  const entries = isEmptySet(fields) ? rest : [...rest, own];
  const object = isJsonObject(next) ? next : {};
  // Applying once more what is there already changes nothing, not even the time.
  const isSame = live !== undefined && sameManaged(entries, known) && equalJson(live, object);
  return { kind: 'applied', applied: { object, managedFields: isSame ? managedFields : writeManaged(entries) } };
}

function pruned(place: Place, merged: Json, last: ManagedEntry | undefined, entries: readonly ManagedEntry[]): Json {
  if (last === undefined) return merged;
  const owned = entries.reduce<FieldSet>((all, entry) => union(all, entry.fields), NO_FIELDS);
  return pruneApplied(place, merged, last.fields, owned);
}

/** What the annotation of client-side apply says and the object still has. */
function unchangedSinceLastApplied(kind: Kind, live: JsonObject): FieldSet {
  const lastApplied = readLastApplied(live);
  if (lastApplied === undefined || lastApplied.apiVersion !== kind.apiVersion) return NO_FIELDS;
  const place = placeOf(kind);
  const { added, modified, removed } = compare(place, lastApplied, live);
  return difference(difference(difference(fieldsIn(place, lastApplied), modified), added), removed);
}

function annotationsOf(object: JsonObject): JsonObject {
  const { annotations } = isJsonObject(object.metadata) ? object.metadata : {};
  return isJsonObject(annotations) ? annotations : {};
}

function readLastApplied(object: JsonObject): JsonObject | undefined {
  const text = annotationsOf(object)[LAST_APPLIED];
  if (typeof text !== 'string') return undefined;
  try {
    const value: Json = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the annotation of client-side apply, where there is one, in step with what kubectl applies. */
function withLastApplied({ who, config }: ApplyRequest, applied: Applied): Applied {
  const { object } = applied;
  const annotations = annotationsOf(object);
  if (who.manager !== KUBECTL || !annotations[LAST_APPLIED]) return applied;
  const { [LAST_APPLIED]: _old, ...others } = annotationsOf(config);
  const metadata = isJsonObject(config.metadata) ? config.metadata : {};
  const isEmpty = Object.keys(others).length === 0;
  const { annotations: _annotations, ...rest } = metadata;
  const said = { ...config, metadata: isEmpty ? rest : { ...rest, annotations: others } };
  const text = `${canonicalJson(said)}\n`;
  const own = isJsonObject(object.metadata) ? object.metadata : {};
  return {
    ...applied,
    object: jsonObject(
      Object.entries({ ...object, metadata: { ...own, annotations: { ...annotations, [LAST_APPLIED]: text } } }) as [
        string,
        Json,
      ][],
    ),
  };
}

/** `"kubectl-edit" using apps/v1`, `"kube-controller-manager" with subresource "scale" using apps/v1`, `"argocd"` */
function managerText({ manager, operation, apiVersion, subresource }: ManagedEntry): string {
  const name = `${JSON.stringify(manager)}${subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`}`;
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function conflictError(conflicts: readonly ManagedEntry[]): ApiError {
  const sorted = [...conflicts].sort((a, b) => (managerText(a) < managerText(b) ? -1 : 1));
  const single = sorted.flatMap(entry =>
    pathsOf(entry.fields).map(path => ({ manager: managerText(entry), path: pathText(path) })),
  );
  const causes = single.map(
    ({ manager, path }): StatusCause => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${manager}`,
      field: path,
    }),
  );
  const [first, ...others] = single;
  const message =
    others.length === 0
      ? `Apply failed with 1 conflict: conflict with ${first?.manager}: ${first?.path}`
      : `Apply failed with ${single.length} conflicts: ${sorted.map(paragraph).join('\n')}`;
  return { code: 409, reason: 'Conflict', message, details: { causes } };
}

function paragraph(entry: ManagedEntry): string {
  const lines = pathsOf(entry.fields).map(path => `- ${pathText(path)}`);
  return [`conflicts with ${managerText(entry)}:`, ...lines].join('\n');
}
