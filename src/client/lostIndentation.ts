// A manifest whose indentation got lost on its way through a page or a chat: it parses, but every field stands at the
// left edge, so `metadata` and `spec` are empty and their fields are fields of the object.

import type { Json } from '../sim/index.ts';
import { LOST_INDENTATION as WORDS } from './words.ts';

export interface LostIndentation {
  readonly message: string;
  readonly remedy: string;
  /** The first field that should hold the ones that stand too far left. */
  readonly emptyField: string;
  /** Where a field belongs. */
  hintFor(field: string): string;
}

/** Fields of every kind that stand at the left edge rightly. */
const TOP_FIELDS = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'spec',
  'status',
  'data',
  'stringData',
  'type',
  'immutable',
  'endpoints',
  'addressType',
  'subsets',
]);
const METADATA_FIELDS = ['name', 'namespace', 'labels', 'annotations', 'generateName'];

/** Undefined when the document has its indentation. */
export function lostIndentation(value: Json): LostIndentation | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const object = value as { readonly [key: string]: Json | undefined };
  const parents = ['metadata', 'spec'].filter(name => name in object && object[name] === null);
  const stray = Object.keys(object).filter(key => !TOP_FIELDS.has(key));
  const [emptyField] = parents;
  if (emptyField === undefined || stray.length < 2) return undefined;
  const parentOf = placesOf(Object.keys(object));
  const fieldsAt = (place: string): string => listed(stray.filter(field => parentOf.get(field) === place));
  const parts = [...new Set(parentOf.values())]
    .filter(place => fieldsAt(place) !== '')
    .map(place => `${fieldsAt(place)} ${place}`);
  return {
    message: WORDS.message(parents),
    remedy: WORDS.remedy(parts),
    emptyField,
    hintFor: field => {
      const parent = parentOf.get(field);
      return parent === undefined ? WORDS.further : WORDS.belongs(parent);
    },
  };
}

/**
 * Where each stray field belongs, by the order in which the fields stand: after `metadata` its fields, after `spec`
 * its own, after a field of it that takes a mapping the fields of that one.
 */
function placesOf(keys: readonly string[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  let section: string | undefined;
  let mapping: string | undefined;
  for (const key of keys) {
    if (TOP_FIELDS.has(key)) {
      section = key;
      mapping = undefined;
      continue;
    }
    if (section === undefined) continue;
    if (section === 'metadata' && !METADATA_FIELDS.includes(key) && mapping === undefined) {
      places.set(key, WORDS.under(section));
      continue;
    }
    const isField = section === 'metadata' ? METADATA_FIELDS.includes(key) : SPEC_FIELDS.has(key);
    if (isField || mapping === undefined) {
      places.set(key, LIST_ITEM_FIELDS.get(key) ?? WORDS.under(section));
      mapping = MAPPINGS.has(key) ? key : undefined;
    } else places.set(key, WORDS.under(mapping));
  }
  return places;
}

/** Fields of `spec` that people write, of the kinds that lessons use. */
const SPEC_FIELDS = new Set([
  'selector',
  'ports',
  'type',
  'clusterIP',
  'replicas',
  'template',
  'containers',
  'targetPort',
  'port',
  'protocol',
  'nodePort',
  'strategy',
  'nodeName',
  'sessionAffinity',
  'externalTrafficPolicy',
]);
/** Fields whose value is a mapping with names of the author's own. */
const MAPPINGS = new Set(['selector', 'labels', 'annotations', 'matchLabels', 'template']);
/** Fields that stand beside others in an item of a list. */
const LIST_ITEM_FIELDS = new Map([
  ['targetPort', WORDS.beside('port')],
  ['nodePort', WORDS.beside('port')],
]);

/** `selector and ports`, `a, b and c` */
function listed(words: readonly string[]): string {
  const last = words[words.length - 1];
  return words.length < 2 || last === undefined
    ? words.join('')
    : `${words.slice(0, -1).join(', ')}${WORDS.and}${last}`;
}
