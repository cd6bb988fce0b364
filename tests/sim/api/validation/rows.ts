// Tables of manifests and of what the API server says to them.

import { expect, it } from 'vitest';
import type { Json } from '../../../../src/sim/api/request.ts';
import { validateManifest } from '../../../../src/sim/api/validateManifest.ts';

/** What it is about; the part of a manifest that differs; the messages. */
type Row = readonly [string, Json, readonly string[]];

export function check(rows: readonly Row[], manifest: (part: Json) => Json): void {
  it.each(rows)('%s', (_, part, expected) => expect(messages(manifest(part))).toEqual(expected));
}

/** The fields of a part, to be put among others. */
export const spread = (part: Json): object => (typeof part === 'object' && part !== null ? part : {});

export function messages(value: Json): readonly string[] {
  return validateManifest(value, { namespace: 'default' }).map(problem => problem.message);
}
