// 10,000 objects made from the schema: the server answers each of them, and keeps no invalid one.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/sim/api/decode.ts';
import { formatFieldError } from '../../../src/sim/api/fieldError.ts';
import { isJsonObject } from '../../../src/sim/api/json.ts';
import type { ApiObject } from '../../../src/sim/api/objects.ts';
import type { ApiResponse, Json } from '../../../src/sim/api/request.ts';
import { SCHEME } from '../../../src/sim/api/scheme.ts';
import { definitionOf } from '../../../src/sim/api/structure.ts';
import { pathSegment } from '../../../src/sim/api/validation/formats.ts';
import { validateNew } from '../../../src/sim/api/write/create.ts';
import { apiServer, at } from './apiServer.ts';
import { changedManifest, dice, VALID } from './manifestsFromSchema.ts';

const OBJECTS = 10_000;
const RUNS = Math.ceil(OBJECTS / 2 / SCHEME.length);

function pathOf(kind: (typeof SCHEME)[number]): string {
  const root = kind.apiVersion.includes('/') ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  return `${root}${kind.namespaced ? '/namespaces/default' : ''}/${kind.resource}`;
}

/** The API server calls this one an error of its own. */
const UPSTREAM_500 = 'resourceVersion should not be set on objects to be created';

/** Made or changed, or refused for what is wrong with the request: never a crash of the server's own. */
function isAnswer({ status, body }: ApiResponse): boolean {
  if (status < 300) return true;
  return at(body, 'kind') === 'Status' && (status < 500 || at(body, 'message') === UPSTREAM_500);
}

/** Everything that is wrong with what the server has handed out. */
function wrongWith(kind: (typeof SCHEME)[number], body: Json): readonly string[] {
  const { problems } = decode(definitionOf(kind.apiVersion, kind.kind) ?? '', body);
  return [
    ...problems.map(problem => problem.message),
    // An update may change the generateName, which means nothing by then.
    ...validateNew({ ...kind, nameRule: pathSegment, validateCreate: () => [] }, body as unknown as ApiObject).map(
      formatFieldError,
    ),
  ];
}

describe.each(SCHEME)('$apiVersion $kind', kind => {
  it('is made from its smallest manifest', () => {
    const manifest = changedManifest(kind.apiVersion, kind.kind, () => 0);
    expect(VALID).toHaveProperty([`${kind.apiVersion} ${kind.kind}`]);
    expect(apiServer().ask('POST', pathOf(kind), manifest).body).toMatchObject({ kind: kind.kind });
  });

  it('is answered and kept valid, however it is made and changed', () => {
    const seed = fc.integer({ min: 0, max: 2 ** 31 });
    const { ask } = apiServer();
    fc.assert(
      fc.property(seed, seed, (first, second) => {
        const path = pathOf(kind);
        const manifest = changedManifest(kind.apiVersion, kind.kind, dice(first));
        const made = ask('POST', path, manifest);
        expect(made, JSON.stringify(manifest)).toSatisfy(isAnswer);
        if (made.status !== 201) return;
        expect(wrongWith(kind, made.body), JSON.stringify(manifest)).toEqual([]);
        const name = String(at(made.body, 'metadata', 'name'));
        const other = changedManifest(kind.apiVersion, kind.kind, dice(second));
        const metadata = { ...(isJsonObject(other.metadata) ? other.metadata : {}), name };
        const put = ask('PUT', `${path}/${encodeURIComponent(name)}`, { ...other, metadata });
        expect(put, JSON.stringify(other)).toSatisfy(isAnswer);
        const kept = ask('GET', `${path}/${encodeURIComponent(name)}`);
        if (kept.status === 200) expect(wrongWith(kind, kept.body), JSON.stringify(other)).toEqual([]);
        ask('DELETE', `${path}/${encodeURIComponent(name)}?gracePeriodSeconds=0`);
      }),
      { numRuns: RUNS },
    );
  });

  it('is answered whatever the body is', () => {
    const { ask } = apiServer();
    fc.assert(
      fc.property(fc.jsonValue(), value => isAnswer(ask('POST', pathOf(kind), value as Json))),
      { numRuns: 20 },
    );
  });
});
