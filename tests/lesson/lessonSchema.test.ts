import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { lessonSchema } from '../../src/lesson/lessonSchema.ts';

const FILE = 'lessons/lesson.schema.json';

describe('lesson.schema.json', () => {
  it('is what the compiler reads by (npm run lessons -- --schema > lessons/lesson.schema.json)', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(lessonSchema())));
  });

  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema(JSON.parse(readFileSync(FILE, 'utf8')), 'lesson');

  it.each([
    ['lesson', { id: 'a', version: 1, title: 'A', minutes: 5, objectives: ['One.'] }, true],
    ['lesson', { id: 'a', version: 1, title: 'A', minutes: 5 }, false],
    ['lesson#/$defs/checks', [{ goal: 'x', seen: { from: 'pod/client', expect: 'ok' } }], true],
    ['lesson#/$defs/checks', { seen: { expect: 'okay' } }, false],
    ['lesson#/$defs/check', { seen: {}, probe: {} }, false],
    ['lesson#/$defs/module', { title: 'A', summary: 'B' }, true],
  ])('%s %j is valid: %s', (schema, value, expected) => {
    expect(ajv.validate(schema, value)).toBe(expected);
  });
});
