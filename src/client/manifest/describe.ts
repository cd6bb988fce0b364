// What a field is, for the pointer that rests on it.

import { FIELD_ENUMS, isRequired, type Lab } from '../../sim/index.ts';
import { REQUIRED } from '../words.ts';
import { typeAt, typeText } from './fieldAt.ts';
import { fieldNote } from './fieldNotes.ts';
import { valuesOf } from './fieldValues.ts';
import { type PathStep, placeAt } from './place.ts';

/** A field in words. */
export interface FieldDescription {
  /** `spec.ports[].port` */
  readonly path: string;
  /** `whole number, required` */
  readonly type: string;
  /** The only values that it takes. */
  readonly values: readonly string[];
  readonly note?: string;
  /** The key: offsets in the text. */
  readonly from: number;
  readonly to: number;
}

/** Undefined where there is no field of the schema. */
export function describeField(text: string, offset: number, lab: Lab | undefined): FieldDescription | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(lineStart, (text.indexOf('\n', offset) + text.length + 1) % (text.length + 1) || text.length);
  const key = keyAround(line, offset - lineStart);
  if (key === undefined) return undefined;
  const place = placeAt(text, lineStart + key.from);
  if (place === undefined || place.part !== 'key') return undefined;
  const path: readonly PathStep[] = [...place.path, { kind: 'key', name: key.name }];
  const at = typeAt(place.document, path);
  if (at.kind === 'unknown' || at.field === undefined || at.field.name !== key.name) return undefined;
  const { definition, name } = at.field;
  const note = fieldNote(definition, name);
  const isFixed = `${definition}.${name}` in FIELD_ENUMS || at.type.kind !== 'string';
  return {
    path: pathText(path),
    type: `${typeText(at.type)}${isRequired(definition, name) ? REQUIRED : ''}`,
    values: isFixed && at.type.kind !== 'boolean' ? valuesOf(at.field, place.document, lab) : [],
    ...(note !== undefined && { note }),
    from: lineStart + key.from,
    to: lineStart + key.to,
  };
}

/** The key of a line that a column is in. */
function keyAround(
  line: string,
  column: number,
): { readonly name: string; readonly from: number; readonly to: number } | undefined {
  for (const match of line.matchAll(/([\w./-]+)\s*:(?=\s|$)/g)) {
    const name = match[1] ?? '';
    if (match.index <= column && column <= match.index + name.length)
      return { name, from: match.index, to: match.index + name.length };
  }
  return undefined;
}

function pathText(path: readonly PathStep[]): string {
  return path.map((step, i) => (step.kind === 'item' ? '[]' : `${i === 0 ? '' : '.'}${step.name}`)).join('');
}
