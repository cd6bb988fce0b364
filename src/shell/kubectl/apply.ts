// kubectl apply -f: creates what is not there, patches what is, and says which.
//
// Models:  client-side apply with its last-applied annotation, --dry-run=server, --force-conflicts refused.
// Omits:   server-side apply, pruning.
// Read:    kubectl pkg/cmd/apply/apply.go, patcher.go; pkg/util/apply.go.

import { canonicalJson, definitionOf, isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { threeWayPatch } from './applyPatch.ts';
import { at, objectAt, textAt, withMetadata } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { formatOf, objectText } from './formats.ts';
import { closingMessages, type Manifest, manifestsOf } from './manifests.ts';
import { pathOf, qualifiedKind } from './resources.ts';
import {
  type KubectlCall,
  KubectlError,
  ownRefusal,
  print,
  printError,
  printWarnings,
  type Refusal,
  serverRefusal,
} from './session.ts';

export const APPLY_FLAGS: FlagTable = {
  filename: { short: 'f', kind: 'list' },
  kustomize: { short: 'k', kind: 'value' },
  'dry-run': { kind: 'value', bare: 'unchanged' },
  output: { short: 'o', kind: 'value' },
  validate: { kind: 'value', bare: 'strict' },
  'server-side': { kind: 'flag' },
};

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export async function apply(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const names = flags.list('filename');
  if (flags.has('server-side')) throw new KubectlError('error: the lab does not apply on the server side yet');
  if (names.length === 0) throw new KubectlError('error: must specify one of -f and -k');
  if (flags.words.length > 0)
    throw new KubectlError(
      `error: Unexpected args: [${flags.words.join(' ')}]\nSee 'kubectl apply -h' for help and examples`,
    );
  const read = await manifestsOf(call, names);
  if (read.manifests.length === 0 && read.problems.length === 0)
    throw new KubectlError('error: no objects passed to apply');
  const problems = [...read.problems];
  for (const manifest of read.manifests) {
    const refused = await applyOne(call, manifest);
    if (refused !== undefined) problems.push(refused);
  }
  if (problems.length === 0) return 0;
  printError(call, closingMessages(problems));
  return 1;
}

/** Applies one object. Returns what is wrong, in kubectl's words, if it could not. */
async function applyOne(call: KubectlCall, manifest: Manifest): Promise<Refusal | undefined> {
  const { resource, source } = manifest;
  const { context, flags } = call;
  const name = textAt(manifest.object, 'metadata', 'name');
  const stated = textAt(manifest.object, 'metadata', 'namespace');
  const namespace = resource.namespaced ? stated || call.namespace : undefined;
  if (flags.value('namespace') !== undefined && stated !== '' && stated !== call.namespace)
    return ownRefusal(
      `the namespace from the provided object "${stated}" does not match the namespace "${call.namespace}". You must pass '--namespace=${stated}' to perform this operation.`,
    );
  const object = namespace === undefined ? manifest.object : withMetadata(manifest.object, { namespace });
  if (name === '') {
    return textAt(object, 'metadata', 'generateName') === ''
      ? retrievalError(manifest, namespace, 'resource name may not be empty')
      : ownRefusal(`from ${textAt(object, 'metadata', 'generateName')}: cannot use generate name with apply`);
  }
  const query: Record<string, string> = {
    fieldValidation: flags.value('validate') === 'false' ? 'Ignore' : 'Strict',
    fieldManager: 'kubectl-client-side-apply',
    ...(isServerDryRun(call) && { dryRun: 'All' }),
  };
  const modified = withLastApplied(object);
  const live = await context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
  if (live.status === 404) {
    const created = await context.request({
      method: 'POST',
      path: pathOf(resource, namespace),
      query,
      headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
      body: modified,
    });
    printWarnings(call, created);
    if (created.status >= 400) return serverRefusal(created, `error when creating "${source}": `);
    return report(call, manifest, created.body, 'created');
  }
  if (live.status >= 400 || !isJsonObject(live.body)) return serverRefusal(live);
  const annotation = textAt(live.body, 'metadata', 'annotations', LAST_APPLIED);
  if (annotation === '') {
    printError(
      call,
      `Warning: resource ${resource.name}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  }
  const definition = definitionOf(resource.apiVersion, resource.kind);
  const original = annotation === '' ? {} : readAnnotation(annotation);
  const patch = definition === undefined ? {} : threeWayPatch(definition, original, modified, live.body);
  if (Object.keys(patch).length === 0) return report(call, manifest, live.body, 'unchanged');
  const patched = await context.request({
    method: 'PATCH',
    path: pathOf(resource, namespace, name),
    query,
    headers: { 'content-type': 'application/strategic-merge-patch+json', 'user-agent': 'kubectl' },
    body: patch,
  });
  printWarnings(call, patched);
  if (patched.status >= 400)
    return serverRefusal(
      patched,
      `error when applying patch:\n${canonicalJson(patch)}\nto:\n${aboutOf(manifest, namespace)}\nfor: "${source}": `,
    );
  const isSame =
    textAt(patched.body, 'metadata', 'resourceVersion') === textAt(live.body, 'metadata', 'resourceVersion');
  return report(call, manifest, patched.body, isSame ? 'unchanged' : 'configured');
}

function isServerDryRun({ flags }: KubectlCall): boolean {
  const mode = flags.value('dry-run');
  if (mode === undefined || mode === 'none') return false;
  if (mode === 'server') return true;
  throw new KubectlError('error: this lab dry-runs apply on the server only: --dry-run=server');
}

function report(call: KubectlCall, { resource }: Manifest, object: Json, what: string): undefined {
  const output = call.flags.value('output');
  const format = formatOf(call);
  if (output !== undefined && format.kind !== 'table') print(call, objectText(object, format));
  else {
    const suffix = isServerDryRun(call) ? ' (server dry run)' : '';
    print(call, `${qualifiedKind(resource)}/${textAt(object, 'metadata', 'name')} ${what}${suffix}\n`);
  }
  return undefined;
}

/** `Resource: "/v1, Resource=services", GroupVersionKind: ...`. Source: apply.go, `addSourceToErr`, `Info.String`. */
function aboutOf({ resource, object }: Manifest, namespace: string | undefined): string {
  const group = resource.apiVersion.includes('/') ? resource.apiVersion : `/${resource.apiVersion}`;
  return (
    `Resource: "${group}, Resource=${resource.name}", GroupVersionKind: "${group}, Kind=${resource.kind}"\n` +
    `Name: "${textAt(object, 'metadata', 'name')}", Namespace: "${namespace ?? ''}"`
  );
}

function retrievalError(manifest: Manifest, namespace: string | undefined, why: string): Refusal {
  return ownRefusal(
    `error when retrieving current configuration of:\n${aboutOf(manifest, namespace)}\nfrom server for: "${manifest.source}": ${why}`,
  );
}

/** The object with the annotation that remembers it. Source: kubectl pkg/util/apply.go, `GetModifiedConfiguration`. */
export function withLastApplied(object: JsonObject): JsonObject {
  const annotations = objectAt(object, 'metadata', 'annotations');
  const rest: JsonObject = { ...annotations, [LAST_APPLIED]: undefined };
  const remembered = canonicalJson(withMetadata(object, { annotations: rest }));
  return withMetadata(object, { annotations: { ...annotations, [LAST_APPLIED]: `${remembered}\n` } });
}

function readAnnotation(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    const json = value as Json;
    return isJsonObject(json) ? json : {};
  } catch {
    throw new KubectlError(`error: the annotation ${LAST_APPLIED} holds no JSON: ${String(at(text)).slice(0, 60)}`);
  }
}
