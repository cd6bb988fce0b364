// metadata.managedFields: who has said what about an object. Kept up to date by every write.
//
// Read:    k8s.io/apimachinery pkg/util/managedfields/internal; kubernetes.io/docs/reference/using-api/server-side-apply.

import { canonicalJson, field, isJsonArray, isJsonObject } from '../json.ts';
import type { Timestamp } from '../objects.ts';
import type { Json } from '../request.ts';
import type { Comparison } from './compare.ts';
import { difference, type FieldSet, isEmptySet, NO_FIELDS, union } from './fieldSet.ts';

/** Who writes, and how: one entry of managedFields each. */
export interface ManagerId {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  /** `apps/v1`. Of an Apply only the latest counts. */
  readonly apiVersion: string;
  /** `status`, `scale`; undefined for the object itself. */
  readonly subresource?: string;
}

/** One manager's fields. */
export interface ManagedEntry extends ManagerId {
  readonly time?: Timestamp;
  readonly fields: FieldSet;
}

/** More managers than this by updates are put together. Source: `DefaultMaxUpdateManagers`. */
const MAX_UPDATE_MANAGERS = 10;
const ANCIENT = 'ancient-changes';

/** Fields that nobody manages. Source: internal/stripmeta.go. */
const NOT_MANAGED: FieldSet = {
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:clusterName': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
  },
};

export function managedOnly(fields: FieldSet): FieldSet {
  return difference(fields, NOT_MANAGED);
}

/** Reads metadata.managedFields; `undefined` when an entry is malformed. */
export function readManaged(value: Json | undefined): readonly ManagedEntry[] | undefined {
  if (value === undefined || value === null) return [];
  if (!isJsonArray(value)) return undefined;
  const entries: ManagedEntry[] = [];
  for (const item of value) {
    const entry = readEntry(item);
    if (entry === undefined) return undefined;
    entries.push(entry);
  }
  return entries;
}

function readEntry(item: Json): ManagedEntry | undefined {
  if (!isJsonObject(item)) return undefined;
  const { manager = '', operation, apiVersion, time, fieldsType, fieldsV1 = {}, subresource = '' } = item;
  if (operation !== 'Apply' && operation !== 'Update') return undefined;
  if (typeof apiVersion !== 'string' || apiVersion === '' || fieldsType !== 'FieldsV1') return undefined;
  if (typeof manager !== 'string' || typeof subresource !== 'string' || !isFieldSet(fieldsV1)) return undefined;
  return {
    manager,
    operation,
    apiVersion,
    ...(subresource !== '' && { subresource }),
    ...(typeof time === 'string' && { time }),
    fields: fieldsV1,
  };
}

const checked = new WeakSet<object>();

function isFieldSet(value: Json): value is FieldSet & Json {
  if (!isJsonObject(value)) return false;
  if (checked.has(value)) return true;
  for (const element in value) {
    if (element !== '.' && !/^[fkvi]:/.test(element)) return false;
    const child = field(value, element);
    if (child === undefined || !isFieldSet(child)) return false;
    if (element.startsWith('k:') && !isKeyText(element.slice(2))) return false;
  }
  checked.add(value);
  return true;
}

function isKeyText(text: string): boolean {
  try {
    return isJsonObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/** Does the client ask to begin anew, with an empty list or one empty entry? */
export function resetsManaged(value: Json | undefined): boolean {
  if (!isJsonArray(value)) return false;
  const [first, ...others] = value;
  return first === undefined || (others.length === 0 && isJsonObject(first) && Object.keys(first).length === 0);
}

/** As metadata.managedFields; `undefined` when there are none. */
export function writeManaged(entries: readonly ManagedEntry[]): Json | undefined {
  if (entries.length === 0) return undefined;
  return [...entries].sort(inOrder).map(writtenEntry);
}

const written = new WeakMap<ManagedEntry, Json>();

function writtenEntry(entry: ManagedEntry): Json {
  const known = written.get(entry);
  if (known !== undefined) return known;
  const { manager, operation, apiVersion, time, fields, subresource } = entry;
  const json: Json = {
    apiVersion,
    fieldsType: 'FieldsV1',
    fieldsV1: shared(fields),
    manager,
    operation,
    ...(subresource !== undefined && { subresource }),
    ...(time !== undefined && { time }),
  };
  written.set(entry, json);
  return json;
}

/** Pods of one owner have the same fields: they share them in memory. Forgotten when it grows; nothing depends on it. */
const sharedFields = new Map<string, FieldSet>();
const SHARED_LIMIT = 1000;

function shared(fields: FieldSet): FieldSet {
  if (checked.has(fields)) return fields;
  checked.add(fields);
  const text = JSON.stringify(fields);
  const known = sharedFields.get(text);
  if (known !== undefined) return known;
  if (sharedFields.size >= SHARED_LIMIT) sharedFields.clear();
  sharedFields.set(text, fields);
  return fields;
}

/** Source: internal/managedfields.go, `sortEncodedManagedFields`. */
function inOrder(a: ManagedEntry, b: ManagedEntry): number {
  const keys = (entry: ManagedEntry) => [
    entry.operation,
    entry.time ?? '',
    entry.manager,
    entry.apiVersion,
    entry.subresource ?? '',
  ];
  const [left, right] = [keys(a), keys(b)];
  for (const [i, key] of left.entries()) {
    const other = right[i] ?? '';
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

export function isSameManager(a: ManagerId, b: ManagerId): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion) &&
    a.subresource === b.subresource
  );
}

/** What an update by `who` leaves: it owns what it added or changed, whoever owned it before; what is gone has no owner. */
export function afterUpdate(
  entries: readonly ManagedEntry[],
  who: ManagerId,
  { added, modified, removed }: Comparison,
  now: Timestamp,
): readonly ManagedEntry[] {
  const taken = managedOnly(union(added, modified));
  const lost = union(taken, removed);
  const rest = isEmptySet(lost)
    ? entries
    : entries.flatMap(entry => withFields(entry, isSameManager(entry, who) ? removed : lost));
  if (isEmptySet(taken)) return rest;
  const own = rest.find(entry => isSameManager(entry, who));
  const grown: ManagedEntry = { ...who, time: now, fields: union(own?.fields ?? NO_FIELDS, taken) };
  return capped([...rest.filter(entry => entry !== own), grown]);
}

/** The entry without some fields, or none when nothing is left. */
export function withFields(entry: ManagedEntry, lost: FieldSet): readonly ManagedEntry[] {
  const fields = difference(entry.fields, lost);
  if (fields === entry.fields) return [entry];
  return isEmptySet(fields) ? [] : [{ ...entry, fields }];
}

/** Puts the oldest updates together when there are too many. Source: internal/capmanagers.go. */
function capped(entries: readonly ManagedEntry[]): readonly ManagedEntry[] {
  const updates = entries.filter(entry => entry.operation === 'Update');
  if (updates.length <= MAX_UPDATE_MANAGERS) return entries;
  const oldest = [...updates].sort(inOrder).slice(0, updates.length - MAX_UPDATE_MANAGERS + 1);
  const buckets = new Map<string, ManagedEntry>();
  for (const entry of oldest) {
    const bucket = buckets.get(entry.apiVersion);
    const { apiVersion, time } = entry;
    const fields = union(bucket?.fields ?? NO_FIELDS, entry.fields);
    const who = { manager: ANCIENT, operation: 'Update', apiVersion } as const;
    buckets.set(apiVersion, { ...who, ...(time !== undefined && { time }), fields });
  }
  return [...entries.filter(entry => !oldest.includes(entry)), ...buckets.values()];
}

/** Equal in who and what; times do not count. */
export function sameManaged(a: readonly ManagedEntry[], b: readonly ManagedEntry[]): boolean {
  return (
    a.length === b.length &&
    a.every(entry => {
      const other = b.find(candidate => isSameManager(candidate, entry));
      return (
        other !== undefined &&
        other.apiVersion === entry.apiVersion &&
        (other.fields === entry.fields || canonicalJson(other.fields) === canonicalJson(entry.fields))
      );
    })
  );
}
