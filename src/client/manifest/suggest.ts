// What can stand at the cursor: fields of the kind, values of a field, names that are in the lab.

import { type FieldType, fieldsOf, isRequired, knownKinds, type Lab } from '../../sim/index.ts';
import { type FieldAt, typeAt, typeText } from './fieldAt.ts';
import { fieldNote } from './fieldNotes.ts';
import { labelsFor, valuesOf } from './fieldValues.ts';
import { type ManifestPlace, placeAt } from './place.ts';

export interface Candidate {
  readonly label: string;
  /** What is written in place of the word; lines below the first have their whole indentation. */
  readonly insert: string;
  readonly kind: 'field' | 'value';
  /** The type of a field, and whether it must be there. */
  readonly detail?: string;
  readonly note?: string;
}

export interface Suggestions {
  /** The word that they stand for: offsets in the text. */
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly Candidate[];
  /** `empty`: nothing else is in this document, so that a whole manifest can stand here. */
  readonly document: 'empty' | 'begun';
}

const ROOT_FIELDS = ['apiVersion', 'kind', 'metadata', 'spec', 'data'];

export function suggest(text: string, offset: number, lab: Lab | undefined): Suggestions {
  const place = placeAt(text, offset);
  if (place === undefined) return { from: offset, to: offset, candidates: [], document: 'begun' };
  const { from, to } = place;
  return { from, to, candidates: candidatesAt(place, lab), document: place.document.content };
}

function candidatesAt(place: ManifestPlace, lab: Lab | undefined): readonly Candidate[] {
  const { part, path, document } = place;
  const [root] = path;
  if (path.length === 1 && part === 'value' && root?.kind === 'key') {
    if (root.name === 'apiVersion') return apiVersions(document.kind).map(plain);
    if (root.name === 'kind') return kinds(document.apiVersion).map(plain);
  }
  const at = typeAt(document, path);
  if (at.kind === 'unknown')
    return path.length === 0 && part === 'key'
      ? ROOT_FIELDS.filter(name => !place.siblings.has(name)).map(name => ({
          label: name,
          insert: `${name}: `,
          kind: 'field',
        }))
      : [];
  const { type, field } = at;
  if (type.kind === 'list' && place.style === 'block') return inNewItem(type.item, place, field, lab);
  return ofType(type, place, field, lab);
}

/** Below the key of a list without a dash: what an item may begin with, behind one. */
function inNewItem(
  item: FieldType,
  place: ManifestPlace,
  field: FieldAt | undefined,
  lab: Lab | undefined,
): readonly Candidate[] {
  if (place.part === 'value') return [];
  const further = { ...place, column: place.column + 2 };
  return ofType(item, further, field, lab).map(candidate => ({ ...candidate, insert: `- ${candidate.insert}` }));
}

function ofType(
  type: FieldType,
  place: ManifestPlace,
  field: FieldAt | undefined,
  lab: Lab | undefined,
): readonly Candidate[] {
  if (type.kind === 'struct') return place.part === 'key' ? fieldsIn(type.definition, place) : [];
  if (field === undefined) return [];
  if (type.kind === 'map') {
    if (place.part === 'value') return [];
    const keys = [...labelsFor(field, place.document, lab).keys()].filter(key => !place.siblings.has(key));
    return keys.map(label => ({ label, insert: `${label}: `, kind: 'field' }));
  }
  if (field.type.kind === 'map') {
    const step = place.path.at(-1);
    const key = step?.kind === 'key' ? step.name : '';
    return (labelsFor(field, place.document, lab).get(key) ?? []).map(plain);
  }
  return valuesOf(field, place.document, lab).map(plain);
}

function fieldsIn(definition: string, { siblings, column, style }: ManifestPlace): readonly Candidate[] {
  const isMust = (name: string): boolean => isRequired(definition, name);
  return [...fieldsOf(definition)]
    .filter(([name]) => !siblings.has(name) && name !== 'status' && name !== 'managedFields')
    .sort(([a], [b]) => Number(isMust(b)) - Number(isMust(a)) || rank(a) - rank(b) || (a < b ? -1 : 1))
    .map(([name, type]): Candidate => {
      const note = fieldNote(definition, name);
      return {
        label: name,
        insert: `${name}:${style === 'flow' ? ' ' : opening(type, column)}`,
        kind: 'field',
        detail: isMust(name) ? `${typeText(type)}, required` : typeText(type),
        ...(note !== undefined && { note }),
      };
    });
}

/** The fields that a document begins with come first. */
const rank = (name: string): number => (ROOT_FIELDS.includes(name) ? ROOT_FIELDS.indexOf(name) : ROOT_FIELDS.length);

/** What follows the colon: a space, or the next line with its indentation. */
function opening(type: FieldType, column: number): string {
  const next = `\n${' '.repeat(column + 2)}`;
  if (type.kind === 'list') return `${next}- `;
  return type.kind === 'struct' || type.kind === 'map' ? next : ' ';
}

/** A word that YAML would take for something else than text is quoted. */
function plain(value: string): Candidate {
  const insert = /^(?:\d[\d._]*|0x.*|null|~|yes|no|on|off|y|n|[*&!%@].*)$/i.test(value) ? JSON.stringify(value) : value;
  return { label: value, insert, kind: 'value' };
}

function apiVersions(kind: string | undefined): readonly string[] {
  const all = knownKinds();
  const fitting = all.filter(each => each.kind === kind);
  return [...new Set((fitting.length > 0 ? fitting : all).map(each => each.apiVersion))];
}

function kinds(apiVersion: string | undefined): readonly string[] {
  const all = knownKinds();
  const fitting = all.filter(each => each.apiVersion === apiVersion);
  return (fitting.length > 0 ? fitting : all).map(each => each.kind).sort();
}
