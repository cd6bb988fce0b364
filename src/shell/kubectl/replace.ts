// kubectl replace.
//
// Omits:   --raw.
// Read:    kubectl pkg/cmd/replace/replace.go.

import { isJsonObject } from '../../sim/index.ts';
import { deleteTarget, deletionOf, waitUntilGone } from './deletion.ts';
import { textAt, withMetadata } from './fields.ts';
import { DELETION, DRY_RUN, FILES, fieldManager, PRINT, RECORD, SAVE_CONFIG, VALIDATE } from './flagGroups.ts';
import { LAST_APPLIED, withLastApplied } from './lastApplied.ts';
import { closingMessages, type Manifest, manifestsOf } from './manifests.ts';
import { pathOf, qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError, type Refusal, serverRefusal } from './session.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send, validationOf } from './writing.ts';

export const replace: Verb = {
  summary: 'Replace a resource by file name or stdin',
  usage: 'kubectl replace -f FILENAME',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SAVE_CONFIG,
    ...VALIDATE,
    ...RECORD,
    ...DELETION,
    ...fieldManager('kubectl-replace'),
    raw: { kind: 'value' },
    subresource: { kind: 'value' },
  },
  run: replaceAll,
};

async function replaceAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.value('raw') !== undefined) throw new KubectlError('error: this kubectl has no --raw');
  const isForced = flags.has('force');
  const grace = Number(flags.value('grace-period') ?? -1);
  if (grace >= 0 && !isForced) throw new KubectlError('error: --grace-period must have --force specified');
  if (flags.value('timeout') !== undefined && !isForced)
    throw new KubectlError('error: --timeout must have --force specified');
  if (flags.has('wait') && !isForced) throw new KubectlError('error: --wait must have --force specified');
  if (flags.list('filename').length === 0 && flags.value('kustomize') === undefined)
    throw new KubectlError('error: must specify one of -f and -k');
  if (isForced && dryRunOf(call) !== 'none')
    throw new KubectlError('error: --dry-run can not be used when --force is set');
  const read = await manifestsOf(call);
  const problems: Refusal[] = [...read.problems];
  if (isForced) await removeBefore(call, read.manifests);
  for (const manifest of read.manifests) {
    const problem = isForced ? await createOne(call, manifest) : await replaceOne(call, manifest);
    if (problem !== undefined) problems.push(problem);
  }
  if (read.manifests.length === 0 && problems.length === 0)
    throw new KubectlError('error: no objects passed to replace');
  if (problems.length > 0) printError(call, closingMessages(problems));
  return problems.length > 0 ? 1 : 0;
}

async function replaceOne(call: KubectlCall, manifest: Manifest): Promise<Refusal | undefined> {
  const { object, resource, namespace, source } = manifest;
  const name = textAt(object, 'metadata', 'name');
  const hadAnnotation = textAt(object, 'metadata', 'annotations', LAST_APPLIED) !== '';
  const named = call.flags.has('save-config') || hadAnnotation ? withLastApplied(object) : object;
  if (dryRunOf(call) === 'client') {
    printDone(call, named, 'replaced');
    return undefined;
  }
  const subresource = call.flags.value('subresource');
  const replaced = await send(call, {
    kind: 'replace',
    name,
    resource,
    namespace,
    manager: 'kubectl-replace',
    validation: validationOf(call),
    ...(subresource !== undefined && { subresource }),
    body: await withVersion(call, manifest, named),
  });
  if (replaced.status >= 400) return serverRefusal(replaced, `error when replacing "${source}": `);
  printDone(call, replaced.body, 'replaced');
  return undefined;
}

/** The object with the version that the server has now, unless it names one. Source: `Helper.Replace`. */
async function withVersion(call: KubectlCall, { resource, namespace }: Manifest, object: Manifest['object']) {
  if (textAt(object, 'metadata', 'resourceVersion') !== '') return object;
  const path = pathOf(resource, namespace, textAt(object, 'metadata', 'name'));
  const live = await call.context.request({ method: 'GET', path });
  const resourceVersion = textAt(live.body, 'metadata', 'resourceVersion');
  return live.status < 400 && resourceVersion !== '' ? withMetadata(object, { resourceVersion }) : object;
}

/** --force: the objects are deleted, then made anew. */
async function removeBefore(call: KubectlCall, manifests: readonly Manifest[]): Promise<void> {
  const deletion = deletionOf({ ...call, context: { ...call.context, output: { write: () => undefined } } });
  const removed = [];
  for (const { object, resource, namespace, source } of manifests) {
    const target = { resource, namespace, name: textAt(object, 'metadata', 'name'), object, source };
    const response = await deleteTarget(call, target, deletion);
    if (response.status >= 400) continue;
    print(call, `${qualifiedKind(resource)} "${target.name}" deleted\n`);
    removed.push({ ...target, object: {} });
  }
  await waitUntilGone(call, removed);
}

async function createOne(call: KubectlCall, { object, resource, namespace }: Manifest): Promise<Refusal | undefined> {
  const body = call.flags.has('save-config') ? withLastApplied(object) : object;
  const created = await send(call, {
    kind: 'create',
    resource,
    namespace,
    manager: 'kubectl-replace',
    validation: validationOf(call),
    body,
  });
  if (created.status >= 400 || !isJsonObject(created.body)) return serverRefusal(created);
  printDone(call, created.body, 'replaced');
  return undefined;
}
