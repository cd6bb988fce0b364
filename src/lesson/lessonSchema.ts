// lessons/lesson.schema.json: what editors complete and underline in front matter and check blocks. Printed from the
// same schemas that read them; `npm run lessons -- --schema` prints it, and a test compares the file with it.

import type { Json } from '../sim/index.ts';
import { CHECKS } from './checks/index.ts';
import { frontMatter, moduleHead } from './frontMatter.ts';
import { isMap } from './schema.ts';

/** The JSON Schema (draft 2020-12) of a lesson's front matter, with the blocks and the module's head under `$defs`. */
export function lessonSchema(): Json {
  const head = isMap(frontMatter.json) ? frontMatter.json : {};
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Front matter of a lesson',
    ...head,
    $defs: {
      module: { title: 'module.yaml', ...(isMap(moduleHead.json) ? moduleHead.json : {}) },
      check: { title: 'One entry of a "yaml check" block', oneOf: CHECKS.map(kind => entryOf(kind.name, kind.json)) },
      checks: {
        title: 'A "yaml check" or "yaml when" block',
        oneOf: [{ $ref: '#/$defs/check' }, { type: 'array', items: { $ref: '#/$defs/check' }, minItems: 1 }],
      },
    },
  };
}

function entryOf(name: string, json: Json): Json {
  return {
    type: 'object',
    properties: { [name]: json, goal: { type: 'string', minLength: 1 } },
    required: [name],
    additionalProperties: false,
  };
}
