// kubectl diff: what an apply would change, as `diff -u -N` prints it.
//
// Models:  client-side and server-side apply as dry runs on the server; Secrets without their values.
// Omits:   --prune, KUBECTL_EXTERNAL_DIFF.
// Simplified: names of folders and times of files, which no two runs have in common, follow from the lab's clock.
// Read:    kubectl pkg/cmd/diff/diff.go; GNU diffutils for the lines.

import { isJsonObject, type Json, type JsonObject, timestamp } from '../../sim/index.ts';
import { applyPatch } from './applyPatch.ts';
import { ABOUT_CONFLICTS } from './applyServerSide.ts';
import { objectAt, textAt, withMetadata } from './fields.ts';
import { FILES, fieldManager, SELECTOR } from './flagGroups.ts';
import { LAST_APPLIED } from './lastApplied.ts';
import { type Manifest, manifestsOf } from './manifests.ts';
import { pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, print, serverError } from './session.ts';
import { unifiedDiff } from './unifiedDiff.ts';
import type { Verb } from './verb.ts';
import { send, usageError } from './writing.ts';
import { yamlText } from './yamlText.ts';

export const diff: Verb = {
  summary: 'Diff the live version against a would-be applied version',
  usage: 'kubectl diff -f FILENAME',
  flags: {
    ...FILES,
    ...SELECTOR,
    ...fieldManager('kubectl-client-side-apply'),
    concurrency: { kind: 'number', initial: '1' },
    'force-conflicts': { kind: 'flag' },
    'server-side': { kind: 'flag' },
    'show-managed-fields': { kind: 'flag' },
  },
  async run(call) {
    try {
      return await diffAll(call);
    } catch (error) {
      // One stands for differences; what went wrong is more than that.
      throw error instanceof KubectlError ? new KubectlError(error.message, 2) : error;
    }
  },
};

async function diffAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.words.length > 0) throw usageError('diff', `Unexpected args: [${flags.words.join(' ')}]`);
  if (flags.list('filename').length === 0 && flags.value('kustomize') === undefined)
    throw new KubectlError('error: must specify one of -f and -k');
  const read = await manifestsOf(call);
  const [problem] = read.problems;
  if (problem !== undefined) throw new KubectlError(problem.alone);
  const pairs: Pair[] = [];
  for (const manifest of read.manifests) pairs.push(await pairOf(call, manifest));
  const texts = pairs.sort((a, b) => (a.file < b.file ? -1 : 1)).map(pair => differenceText(call, pair));
  print(call, texts.join(''));
  return texts.some(text => text !== '') ? 1 : 0;
}

/** One object as it is and as it would be. */
export interface Pair {
  /** `apps.v1.Deployment.default.web` */
  readonly file: string;
  /** Absent: it is not there. */
  readonly live: JsonObject | undefined;
  readonly merged: JsonObject;
}

export async function pairOf(call: KubectlCall, manifest: Manifest): Promise<Pair> {
  const { object, resource, namespace } = manifest;
  const name = textAt(object, 'metadata', 'name');
  const file = `${resource.apiVersion.replace('/', '.')}.${resource.kind}.${namespace ?? ''}.${name}`;
  const found = await call.context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
  if (found.status >= 400 && found.status !== 404) throw new KubectlError(serverError(found));
  const live = found.status === 404 ? undefined : objectAt(found.body);
  return { file, live, merged: await mergedOf(call, manifest, live) };
}

/** What the server would make of it. */
async function mergedOf(
  call: KubectlCall,
  { object, resource, namespace }: Manifest,
  live: JsonObject | undefined,
): Promise<JsonObject> {
  const to = { resource, namespace, name: textAt(object, 'metadata', 'name'), dryRun: 'server' } as const;
  const isServerSide = call.flags.has('server-side');
  if (!isServerSide && live === undefined)
    return answered(await send(call, { ...to, kind: 'create', manager: 'kubectl-client-side-apply', body: object }));
  if (isServerSide || live === undefined) {
    const force = call.flags.has('force-conflicts');
    const response = await send(call, { ...to, kind: 'patch', type: 'apply', manager: 'kubectl', force, body: object });
    if (textAt(response.body, 'reason') === 'Conflict')
      throw new KubectlError(`error: ${textAt(response.body, 'message')}\n${ABOUT_CONFLICTS}`);
    return answered(response);
  }
  const { [LAST_APPLIED]: _, ...annotations } = objectAt(object, 'metadata', 'annotations');
  const { type, patch } = applyPatch(resource, withMetadata(object, { annotations }), live);
  if (Object.keys(patch).length === 0) return live;
  const manager = 'kubectl-client-side-apply';
  return answered(await send(call, { ...to, kind: 'patch', type, manager, body: patch }));
}

function answered(response: Awaited<ReturnType<typeof send>>): JsonObject {
  if (response.status >= 400) throw new KubectlError(serverError(response));
  return objectAt(response.body);
}

/** The hunks between the two; empty when they are the same. */
export function differencesOf(call: KubectlCall, { live, merged }: Pair): string {
  const shown = (object: JsonObject): JsonObject =>
    call.flags.has('show-managed-fields') ? object : withMetadata(object, { managedFields: undefined });
  const [before, after] = masked(live, merged).map(object => (object === undefined ? '' : yamlText(shown(object))));
  return unifiedDiff(before ?? '', after ?? '');
}

function differenceText(call: KubectlCall, pair: Pair): string {
  const hunks = differencesOf(call, pair);
  if (hunks === '') return '';
  const now = call.context.lab.now;
  const folder = String(1_000_000_000 + (Math.floor(now) % 1_000_000_000));
  const [a, b] = [`/tmp/LIVE-${folder}/${pair.file}`, `/tmp/MERGED-${folder}/${pair.file}`];
  const time = timestamp(now).replace('T', ' ').replace('Z', '.000000000 +0000');
  return `diff -u -N ${a} ${b}\n--- ${a}\t${time}\n+++ ${b}\t${time}\n${hunks}`;
}

/** The values of a Secret are not shown, only which of them differ. Source: `Masker`. */
function masked(live: JsonObject | undefined, merged: JsonObject): readonly (JsonObject | undefined)[] {
  if (merged.kind !== 'Secret') return [live, merged];
  const [before, after] = [objectAt(live, 'data'), objectAt(merged, 'data')];
  const hidden = (own: JsonObject, other: JsonObject, side: string): JsonObject =>
    Object.fromEntries(
      Object.keys(own).map((key): [string, Json] => [
        key,
        other[key] === undefined || other[key] === own[key] ? '***' : `*** (${side})`,
      ]),
    );
  const withData = (object: JsonObject, data: JsonObject): JsonObject =>
    isJsonObject(object.data) ? { ...object, data } : object;
  return [
    live === undefined ? undefined : withData(live, hidden(before, after, 'before')),
    withData(merged, hidden(after, before, 'after')),
  ];
}
