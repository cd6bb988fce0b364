// The type of a place in a manifest, from the schema of its kind.

import { definitionOf, type FieldType, fieldsOf } from '../../sim/index.ts';
import { LISTS, TYPES } from '../words.ts';
import type { DocumentHead, PathStep } from './place.ts';

/** A field: the definition that it is in, its name there, and its type. */
export interface FieldAt {
  readonly definition: string;
  readonly name: string;
  readonly type: FieldType;
}

export type TypeAt =
  | {
      readonly kind: 'found';
      readonly type: FieldType /** The field that the value belongs to. */;
      readonly field?: FieldAt;
    }
  /** The schema has no such field, or the document says no kind. */
  | { readonly kind: 'unknown' };

const UNKNOWN: TypeAt = { kind: 'unknown' };

/** The type of what stands at a path below the root of a document. */
export function typeAt({ apiVersion, kind }: DocumentHead, path: readonly PathStep[]): TypeAt {
  const definition = apiVersion === undefined || kind === undefined ? undefined : definitionOf(apiVersion, kind);
  if (definition === undefined) return UNKNOWN;
  return path.reduce<TypeAt>(stepDown, { kind: 'found', type: { kind: 'struct', definition } });
}

function stepDown(above: TypeAt, step: PathStep): TypeAt {
  if (above.kind === 'unknown') return above;
  const { type } = above;
  if (step.kind === 'item') return type.kind === 'list' ? { ...above, type: type.item } : UNKNOWN;
  if (type.kind === 'map') return { ...above, type: type.value };
  if (type.kind !== 'struct') return UNKNOWN;
  const found = fieldsOf(type.definition).get(step.name);
  if (found === undefined) return UNKNOWN;
  return { kind: 'found', type: found, field: { definition: type.definition, name: step.name, type: found } };
}

/** A type in a learner's words: `text`, `list of ServicePort`. */
export function typeText(type: FieldType): string {
  switch (type.kind) {
    case 'list':
      return LISTS.of(typeText(type.item));
    case 'map':
      return LISTS.mapOf(typeText(type.value));
    case 'struct':
      return type.definition.replace(/^[A-Za-z]*?V\d+(?:alpha\d+|beta\d+)?/, '');
    default:
      return TYPE_WORDS[type.kind] ?? type.kind;
  }
}

const TYPE_WORDS: Readonly<Record<string, string>> = TYPES;
