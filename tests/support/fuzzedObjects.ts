// Objects made from the schema: the right fields with values of the right types, most of which mean nothing.

import fc from 'fast-check';
import type { Json } from '../../src/sim/api/request.ts';
import { type FieldType, fieldsOf } from '../../src/sim/api/structure.ts';

const WORDS = [
  '',
  'a',
  'web',
  'x'.repeat(64),
  'A_b',
  'a.b.c',
  'TCP',
  '80',
  '50%',
  'Always',
  'Never',
  'node-1',
  '__proto__',
  'a/b',
];
const text = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ maxLength: 6 }));
const integer = fc.oneof(fc.constantFrom(0, 1, -1, 80, 65_535, 65_536, 2 ** 31 - 1, -(2 ** 31)), fc.integer());
const quantity = fc.constantFrom<Json>('1', '500m', '1Gi', '0', '-1', 1.5, '1e3', '100n', '9999999999Ei');

/** A value of a type of the schema; deeper than `depth` there is little. */
export function anyOf(type: FieldType, depth: number): fc.Arbitrary<Json> {
  switch (type.kind) {
    case 'struct':
      return structOf(type.definition, depth);
    case 'list':
      return depth <= 0 ? fc.constant([]) : fc.array(anyOf(type.item, depth - 1), { maxLength: 3 });
    case 'map':
      return depth <= 0
        ? fc.constant({})
        : fc.dictionary(text, anyOf(type.value, depth - 1), { maxKeys: 3, noNullPrototype: true });
    case 'boolean':
      return fc.boolean();
    case 'int32':
    case 'int64':
      return integer;
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case 'time':
    case 'microTime':
      return fc.constantFrom('2026-01-01T00:00:00Z', '2020-02-30T00:00:00Z', '1970-01-01T00:00:00.5+01:00');
    case 'bytes':
      return fc.constantFrom('', 'YQ==', 'YWJj');
    case 'quantity':
      return quantity;
    case 'intOrString':
      return fc.oneof<fc.Arbitrary<Json>[]>(integer, text);
    case 'string':
      return text;
    case 'any':
      return fc.oneof<fc.Arbitrary<Json>[]>(text, integer, fc.constant({}), fc.constant([]), fc.constant(null));
  }
}

/** Each field is absent as often as it is there. */
export function structOf(definition: string, depth: number): fc.Arbitrary<Json> {
  if (depth <= 0) return fc.constant({});
  const fields = [...fieldsOf(definition)];
  return fc
    .subarray(fields, { maxLength: Math.min(8, fields.length) })
    .chain(chosen =>
      fc
        .tuple(...chosen.map(([, type]) => anyOf(type, depth - 1)))
        .map(values => Object.fromEntries(chosen.map(([name], i) => [name, values[i] ?? null]))),
    );
}
