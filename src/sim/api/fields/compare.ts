// Which fields a value has, and which of them differ between two values.
//
// Read:    sigs.k8s.io/structured-merge-diff typed/tofieldset.go, typed/compare.go.

import { equalJson, field, isJsonArray, isJsonObject, type JsonObject } from '../json.ts';
import type { Json } from '../request.ts';
import { type FieldSet, NO_FIELDS, nodeOf } from './fieldSet.ts';
import { itemElement, itemPlace, memberPlace, type Place } from './items.ts';

/** What differs between an old and a new value. */
export interface Comparison {
  readonly added: FieldSet;
  readonly modified: FieldSet;
  readonly removed: FieldSet;
}

/** The fields that a configuration says something about. */
export function fieldsIn(place: Place, value: Json): FieldSet {
  return inside(place, value, 'said') ?? NO_FIELDS;
}

/**
 * The node of a value. `said`: what a configuration names, where a struct stands for its fields alone; `all`: everything
 * that has come into being, the structs and lists themselves too.
 */
function inside(place: Place, value: Json, extent: 'said' | 'all'): FieldSet | undefined {
  const members = membersOf(place, value);
  if (members === undefined || members.size === 0) return nodeOf(true, []);
  const children: [string, FieldSet][] = [];
  for (const [element, member] of members) {
    const node = inside(member.place, member.value, extent);
    if (node === undefined) continue;
    // Items and keys of maps are things of their own; fields of a struct are there in any case.
    const isOwn = place.type.kind !== 'struct' && extent === 'said';
    children.push([element, isOwn ? asMember(node) : node]);
  }
  return nodeOf(extent === 'all', children);
}

function asMember(node: FieldSet): FieldSet {
  return nodeOf(
    true,
    Object.entries(node).filter(([element]) => element !== '.'),
  ) as FieldSet;
}

interface Member {
  readonly place: Place;
  readonly value: Json;
}

/** The parts of a value that can be owned by themselves; `undefined` when it is owned as a whole. */
function membersOf(place: Place, value: Json): ReadonlyMap<string, Member> | undefined {
  if (place.isAtomic) return undefined;
  if (isJsonObject(value)) return membersOfObject(place, value);
  if (!isJsonArray(value) || place.list.kind === 'atomic') return undefined;
  const members = new Map<string, Member>();
  const at = itemPlace(place);
  for (const item of value) {
    const element = itemElement(place.list, item);
    if (element !== undefined && !members.has(element)) members.set(element, { place: at, value: item });
  }
  return members;
}

function membersOfObject(place: Place, value: JsonObject): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>();
  for (const key of Object.keys(value)) {
    const member = field(value, key);
    if (member !== undefined && member !== null)
      members.set(`f:${key}`, { place: memberPlace(place, key), value: member });
  }
  return members;
}

/** What has to be done to `old` to make `next` of it. Parts that are the same object are not looked into. */
export function compare(place: Place, old: Json, next: Json): Comparison {
  if (old === next) return { added: NO_FIELDS, modified: NO_FIELDS, removed: NO_FIELDS };
  const found = compareNodes(place, old, next);
  return {
    added: found.added ?? NO_FIELDS,
    modified: found.modified ?? NO_FIELDS,
    removed: found.removed ?? NO_FIELDS,
  };
}

interface Found {
  readonly added?: FieldSet | undefined;
  readonly modified?: FieldSet | undefined;
  readonly removed?: FieldSet | undefined;
}

const NOTHING: Found = {};
const WHOLE = nodeOf(true, []);

function compareNodes(place: Place, old: Json | undefined, next: Json | undefined): Found {
  if (old === next) return NOTHING;
  if (old === undefined) return next === undefined ? NOTHING : { added: inside(place, next, 'all') };
  if (next === undefined) return { removed: inside(place, old, 'all') };
  const before = membersOf(place, old);
  const after = membersOf(place, next);
  if (before === undefined || after === undefined || before.size + after.size === 0)
    return equalJson(old, next) ? NOTHING : { modified: WHOLE };
  const added: [string, FieldSet][] = [];
  const modified: [string, FieldSet][] = [];
  const removed: [string, FieldSet][] = [];
  const take = (element: string, found: Found): void => {
    if (found.added !== undefined) added.push([element, found.added]);
    if (found.modified !== undefined) modified.push([element, found.modified]);
    if (found.removed !== undefined) removed.push([element, found.removed]);
  };
  for (const [element, member] of after)
    take(element, compareNodes(member.place, before.get(element)?.value, member.value));
  for (const [element, member] of before)
    if (!after.has(element)) take(element, compareNodes(member.place, member.value, undefined));
  return { added: nodeOf(false, added), modified: nodeOf(false, modified), removed: nodeOf(false, removed) };
}
