// kubectl apply -f: creates what is not there, patches what is, and says which.
//
// Models:  client-side and server-side apply, --prune, --dry-run, --force.
// Omits:   -k; taking over on the server's side what was applied on the client's side before.
// Read:    kubectl pkg/cmd/apply/apply.go, patcher.go.

import { isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { applyPatch } from './applyPatch.ts';
import { applyOnServer } from './applyServerSide.ts';
import { objectAt, textAt } from './fields.ts';
import { DELETION, DRY_RUN, FILES, fieldManager, PRINT, RECORD, SELECTOR, VALIDATE } from './flagGroups.ts';
import { formatOf, objectText } from './formats.ts';
import { goJson, sortedKeys } from './goSyntax.ts';
import { LAST_APPLIED, withLastApplied } from './lastApplied.ts';
import { setLastApplied, viewLastApplied } from './lastAppliedVerbs.ts';
import { closingMessages, joined, type Manifest, manifestsOf } from './manifests.ts';
import { prune } from './prune.ts';
import { withChangeCause } from './record.ts';
import { pathOf } from './resources.ts';
import {
  type KubectlCall,
  KubectlError,
  ownRefusal,
  print,
  printError,
  type Refusal,
  serverRefusal,
} from './session.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send, usageError, validationOf } from './writing.ts';

export const apply: Verb = {
  summary: 'Apply a configuration to a resource by file name or stdin',
  usage: 'kubectl apply (-f FILENAME | -k DIRECTORY)',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SELECTOR,
    ...VALIDATE,
    ...RECORD,
    ...DELETION,
    ...fieldManager('kubectl-client-side-apply'),
    all: { kind: 'flag' },
    'force-conflicts': { kind: 'flag' },
    'openapi-patch': { kind: 'flag', initial: 'true' },
    overwrite: { kind: 'flag', initial: 'true' },
    prune: { kind: 'flag' },
    'prune-allowlist': { kind: 'list' },
    'server-side': { kind: 'flag' },
    subresource: { kind: 'value' },
  },
  subcommands: { 'set-last-applied': setLastApplied, 'view-last-applied': viewLastApplied },
  run: applyFiles,
};

/** What became of one object. */
type Applied =
  | { readonly kind: 'applied'; readonly object: JsonObject; readonly done: string }
  | { readonly kind: 'refused'; readonly problem: Refusal };

async function applyFiles(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.words.length > 0) throw usageError('apply', `Unexpected args: [${flags.words.join(' ')}]`);
  checkFlags(call);
  if (flags.list('filename').length === 0 && flags.value('kustomize') === undefined)
    throw new KubectlError('error: must specify one of -f and -k');
  const read = await manifestsOf(call);
  if (read.manifests.length === 0 && read.problems.length === 0)
    throw new KubectlError('error: no objects passed to apply');
  const problems: Refusal[] = [];
  const applied: JsonObject[] = [];
  const output = flags.value('output') ?? '';
  const isCollected = output !== '' && output !== 'name';
  for (const manifest of read.manifests) {
    const outcome = flags.has('server-side') ? await applyOnServer(call, manifest) : await applyOne(call, manifest);
    if (outcome.kind === 'refused') {
      problems.push(outcome.problem);
      continue;
    }
    applied.push(outcome.object);
    if (!isCollected) printDone(call, outcome.object, outcome.done);
  }
  if (isCollected && applied.length > 0) printAll(call, applied);
  const all = problems.length === 0 ? read.problems : [...joined(read.problems), ...problems];
  if (all.length > 0) {
    printError(call, closingMessages(all));
    return 1;
  }
  if (flags.has('prune')) await prune(call, applied);
  return 0;
}

/** Source: `ApplyOptions.Validate`. */
function checkFlags(call: KubectlCall): void {
  const { flags } = call;
  const [dryRun, isServerSide] = [dryRunOf(call), flags.has('server-side')];
  const refuse = (message: string): never => {
    throw new KubectlError(`error: ${message}`);
  };
  if (flags.has('force-conflicts') && !isServerSide) refuse('--force-conflicts only works with --server-side');
  if (dryRun === 'client' && isServerSide)
    refuse("--dry-run=client doesn't work with --server-side (did you mean --dry-run=server instead?)");
  if (isServerSide && flags.has('force')) refuse('--force cannot be used with --server-side');
  if (dryRun === 'server' && flags.has('force')) refuse('--dry-run=server cannot be used with --force');
  if (flags.has('all') && (flags.value('selector') ?? '') !== '')
    refuse('cannot set --all and --selector at the same time');
  if (flags.has('prune') && !flags.has('all') && (flags.value('selector') ?? '') === '')
    refuse(
      'all resources selected for prune without explicitly passing --all. To prune all resources, pass the --all flag. If you did not mean to prune all resources, specify a label selector',
    );
}

/** With -o: the object, or a List of several. */
function printAll(call: KubectlCall, objects: readonly JsonObject[]): void {
  const [first] = objects;
  const list: Json = { kind: 'List', apiVersion: 'v1', metadata: {}, items: objects.map(sortedKeys) };
  const format = formatOf(call);
  if (format.kind === 'table') printDone(call, list, '');
  else
    print(
      call,
      objects.length === 1 && first !== undefined ? objectText(first, format) : objectText(list, format, 'as they are'),
    );
}

async function applyOne(call: KubectlCall, manifest: Manifest): Promise<Applied> {
  const { resource, namespace, source } = manifest;
  const name = textAt(manifest.object, 'metadata', 'name');
  if (name === '') return { kind: 'refused', problem: namelessProblem(manifest) };
  const object = withChangeCause(call, 'apply', manifest.object);
  const modified = withLastApplied(object);
  const dryRun = dryRunOf(call);
  const live = await call.context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
  if (live.status === 404) {
    if (dryRun === 'client') return { kind: 'applied', object: modified, done: 'created' };
    return create(call, manifest, modified);
  }
  if (live.status >= 400 || !isJsonObject(live.body))
    return {
      kind: 'refused',
      problem: serverRefusal(
        live,
        `error when retrieving current configuration of:\n${aboutOf(manifest)}\nfrom server for: "${source}": `,
      ),
    };
  if (dryRun === 'client') return { kind: 'applied', object: live.body, done: 'configured' };
  if (textAt(live.body, 'metadata', 'annotations', LAST_APPLIED) === '')
    printError(
      call,
      `Warning: resource ${resource.name}/${name} is missing the ${LAST_APPLIED} annotation which is required by kubectl apply. kubectl apply should only be used on resources created declaratively by either kubectl create --save-config or kubectl apply. The missing annotation will be patched automatically.\n`,
    );
  const { type, patch } = applyPatch(resource, modified, live.body);
  const isSame = Object.keys(patch).length === 0;
  if (isSame) return { kind: 'applied', object: live.body, done: 'unchanged' };
  const patched = await send(call, {
    kind: 'patch',
    type,
    name,
    resource,
    namespace,
    manager: 'kubectl-client-side-apply',
    validation: validationOf(call),
    body: patch,
  });
  if (patched.status < 400) {
    if (textAt(live.body, 'metadata', 'deletionTimestamp') !== '')
      printError(call, `Warning: Detected changes to resource ${name} which is currently being deleted.\n`);
    return { kind: 'applied', object: objectAt(patched.body), done: 'configured' };
  }
  const reason = textAt(patched.body, 'reason');
  if (call.flags.has('force') && (reason === 'Conflict' || reason === 'Invalid'))
    return replaced(call, manifest, modified);
  return {
    kind: 'refused',
    problem: serverRefusal(
      patched,
      `error when applying patch:\n${goJson(patch)}\nto:\n${aboutOf(manifest)}\nfor: "${source}": `,
    ),
  };
}

async function create(
  call: KubectlCall,
  { resource, namespace, source }: Manifest,
  body: JsonObject,
): Promise<Applied> {
  const created = await send(call, {
    kind: 'create',
    resource,
    namespace,
    manager: 'kubectl-client-side-apply',
    validation: validationOf(call),
    body,
  });
  if (created.status >= 400)
    return { kind: 'refused', problem: serverRefusal(created, `error when creating "${source}": `) };
  return { kind: 'applied', object: objectAt(created.body), done: 'created' };
}

/** --force: what cannot be patched is deleted and made again. */
async function replaced(call: KubectlCall, manifest: Manifest, modified: JsonObject): Promise<Applied> {
  const { resource, namespace } = manifest;
  const name = textAt(modified, 'metadata', 'name');
  await call.context.request({
    method: 'DELETE',
    path: pathOf(resource, namespace, name),
    headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
    body: { gracePeriodSeconds: 0, propagationPolicy: 'Background' },
  });
  const made = await create(call, manifest, modified);
  return made.kind === 'applied' ? { ...made, done: 'configured' } : made;
}

function namelessProblem(manifest: Manifest): Refusal {
  const generateName = textAt(manifest.object, 'metadata', 'generateName');
  return ownRefusal(
    generateName === ''
      ? `error when retrieving current configuration of:\n${aboutOf(manifest)}\nfrom server for: "${manifest.source}": resource name may not be empty`
      : `from ${generateName}: cannot use generate name with apply`,
  );
}

/** `Resource: "/v1, Resource=services", GroupVersionKind: ...`. Source: `addSourceToErr`, `Info.String`. */
function aboutOf({ resource, object, namespace }: Manifest): string {
  const group = resource.apiVersion.includes('/') ? resource.apiVersion : `/${resource.apiVersion}`;
  return (
    `Resource: "${group}, Resource=${resource.name}", GroupVersionKind: "${group}, Kind=${resource.kind}"\n` +
    `Name: "${textAt(object, 'metadata', 'name')}", Namespace: "${namespace ?? ''}"`
  );
}
