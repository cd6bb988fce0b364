// manifests/: YAML files that an API server must accept.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { field, isJsonArray, isJsonObject } from '../../src/sim/api/json.ts';
import { ApiServer } from '../../src/sim/api/server.ts';
import { applyManifest } from '../../src/sim/applyManifest.ts';
import { type Json, readManifests } from '../../src/sim/index.ts';
import { prefix } from '../../src/sim/net/address.ts';
import { Clock } from '../../src/sim/runtime/clock.ts';
import { EventLog } from '../../src/sim/runtime/eventLog.ts';
import { NameSource } from '../../src/sim/runtime/names.ts';
import { attempt, type CaseResult, failed, type Outcome, PASSED, skipped } from './outcome.ts';

interface ManifestFile {
  readonly file: string;
  /** Always `accepted` so far. */
  readonly expect: string;
}

export function runManifests(folder: string): readonly CaseResult[] {
  const index: { readonly files: readonly ManifestFile[] } = JSON.parse(
    readFileSync(join(folder, 'index.json'), 'utf8'),
  );
  return index.files.map(({ file, expect }) => ({
    name: file,
    outcome: attempt(() =>
      expect === 'accepted' ? accepted(readFileSync(join(folder, file), 'utf8')) : failed('accepted', expect),
    ),
  }));
}

/** What is refused on purpose, and why. */
const OTHERWISE_HERE: readonly { readonly pattern: RegExp; readonly reason: string }[] = [
  {
    pattern: /^key ".*" already set in map$/,
    reason: 'the lab refuses a key that stands twice; kubectl takes the last',
  },
  { pattern: /protocol: Unsupported value: "(tcp|udp)"/, reason: 'an API server knows protocols in capitals only' },
  {
    pattern: /ipFamil.*(not configured on this cluster|not configured for dual-stack)/,
    reason: 'the cluster has IPv4 only',
  },
];

/** Each file meets a server of its own, in which its namespaces are. */
function accepted(text: string): Outcome {
  const read = readManifests(text);
  if (read.kind === 'refused') return failed('accepted', read.reason);
  const api = emptyServer();
  const refusals: string[] = [];
  for (const { value, problems } of read.documents) {
    refusals.push(...problems.map(problem => problem.message));
    for (const object of value === undefined || value === null ? [] : itemsOf(value)) {
      makeNamespace(api, object);
      // As a server takes objects by default: unknown fields are warnings.
      const applied = applyManifest(api, object, { validation: 'Warn' });
      if (applied.kind === 'refused') refusals.push(applied.message);
    }
  }
  const [first] = refusals;
  if (first === undefined) return PASSED;
  const known = OTHERWISE_HERE.find(({ pattern }) => pattern.test(first));
  return known === undefined ? failed('accepted', refusals.join('; ')) : skipped(known.reason);
}

function emptyServer(): ApiServer {
  const clock = new Clock();
  // The examples pin addresses of several Service networks.
  return new ApiServer({
    clock,
    names: new NameSource(1),
    events: new EventLog(() => clock.now),
    serviceSubnet: prefix('10.0.0.0/8'),
  });
}

/** A List stands for its items. */
function itemsOf(value: Json): readonly Json[] {
  if (!isJsonObject(value) || field(value, 'kind') !== 'List') return [value];
  const items = field(value, 'items');
  return isJsonArray(items) ? items : [];
}

function makeNamespace(api: ApiServer, object: Json): void {
  const metadata = isJsonObject(object) ? field(object, 'metadata') : undefined;
  const name = isJsonObject(metadata) ? field(metadata, 'namespace') : undefined;
  for (const namespace of ['default', ...(typeof name === 'string' ? [name] : [])])
    applyManifest(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
}
