// kubectl patch.
//
// Read:    kubectl pkg/cmd/patch/patch.go.

import {
  applyJsonPatch,
  applyMergePatch,
  applyStrategicMergePatch,
  definitionOf,
  equalJson,
  isJsonArray,
  isJsonObject,
  type Json,
  readManifests,
} from '../../sim/index.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD } from './flagGroups.ts';
import { closingMessages } from './manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal, serverRefusal } from './session.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, type PatchType, printUnmarked, send } from './writing.ts';

export const patch: Verb = {
  summary: 'Update fields of a resource',
  usage: 'kubectl patch (-f FILENAME | TYPE NAME) [-p PATCH|--patch-file FILE]',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...RECORD,
    ...fieldManager('kubectl-patch'),
    local: { kind: 'flag' },
    patch: { short: 'p', kind: 'value' },
    'patch-file': { kind: 'value' },
    subresource: { kind: 'value' },
    type: { kind: 'value', initial: "'strategic'" },
  },
  run: patchAll,
};

async function patchAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [text = '', file = ''] = [flags.value('patch'), flags.value('patch-file')];
  if (text !== '' && file !== '') throw new KubectlError('error: cannot specify --patch and --patch-file together');
  if (text === '' && file === '')
    throw new KubectlError('error: must specify --patch or --patch-file containing the contents of the patch');
  if (flags.has('local') && flags.words.length > 0)
    throw new KubectlError('error: cannot specify --local and server resources');
  const type = (flags.value('type') ?? 'strategic').toLowerCase();
  if (type !== 'json' && type !== 'merge' && type !== 'strategic')
    throw new KubectlError(
      `error: --type must be one of [json merge strategic], not ${JSON.stringify(flags.value('type'))}`,
    );
  const body = patchText(call, text, file);
  const isLocal = flags.has('local');
  const { targets, problems } = await targetsOf(call, { words: flags.words, as: isLocal ? 'written' : 'live' });
  const refused: Refusal[] = [...problems];
  const subresource = flags.value('subresource') || undefined;
  for (const target of targets) {
    const isSent = !isLocal && dryRunOf(call) !== 'client';
    const problem = isSent
      ? await sendPatch(call, target, { type, body, subresource })
      : patchHere(call, target, type, body);
    if (problem !== undefined) refused.push(problem);
  }
  if (targets.length === 0 && refused.length === 0) refused.push(ownRefusal('no objects passed to patch'));
  if (refused.length > 0) printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

/** JSON, as it is or made of YAML. Source: k8s.io/apimachinery pkg/util/yaml, `ToJSON`. */
function patchText(call: KubectlCall, text: string, file: string): string {
  const content =
    file === ''
      ? text
      : file === '-' || file === '/dev/stdin'
        ? (call.context.stdin ?? '')
        : call.context.files.get(file.replace(/^\.\//, ''));
  if (content === undefined)
    throw new KubectlError(`error: unable to read patch file: open ${file}: no such file or directory`);
  if (/^\s*\{/.test(content)) return content;
  const read = readManifests(content);
  const [document] = read.kind === 'documents' ? read.documents : [];
  const [problem] = document?.problems ?? [];
  if (document?.value === undefined || problem !== undefined) {
    const line = problem?.span.startLine ?? 1;
    const where = line > 1 ? `line ${line}: ` : '';
    throw new KubectlError(
      `error: unable to parse ${JSON.stringify(content)}: yaml: ${where}${problem?.message ?? 'no value'}`,
    );
  }
  return JSON.stringify(document.value);
}

interface Patch {
  readonly type: PatchType;
  /** JSON, which the server reads. */
  readonly body: string;
  readonly subresource: string | undefined;
}

async function sendPatch(
  call: KubectlCall,
  { resource, namespace, name, object }: Target,
  { type, body, subresource }: Patch,
): Promise<Refusal | undefined> {
  const response = await send(call, {
    kind: 'patch',
    type,
    name,
    resource,
    namespace,
    manager: 'kubectl-patch',
    ...(subresource !== undefined && { subresource }),
    body,
  });
  if (response.status >= 400) return serverRefusal(response);
  tell(call, object, response.body);
  return undefined;
}

/** --local and --dry-run=client: the patch is applied on this side. Source: `getPatchedJSON`. */
function patchHere(
  call: KubectlCall,
  { resource, object }: Target,
  type: PatchType,
  body: string,
): Refusal | undefined {
  let patch: Json;
  try {
    patch = JSON.parse(body);
  } catch {
    return ownRefusal(`unable to parse ${JSON.stringify(body)}: it is no JSON`);
  }
  const definition = definitionOf(resource.apiVersion, resource.kind);
  if (type === 'merge' || (type === 'strategic' && definition === undefined)) {
    tell(call, object, applyMergePatch(object, patch));
    return undefined;
  }
  if (type === 'strategic' && !isJsonObject(patch))
    return ownRefusal('json: cannot unmarshal array into Go value of type map[string]interface {}');
  const patched =
    isJsonObject(patch) && definition !== undefined && type === 'strategic'
      ? applyStrategicMergePatch(definition, object, patch)
      : applyJsonPatch(object, isJsonArray(patch) ? patch : []);
  if (!patched.ok) return ownRefusal(patched.error);
  tell(call, object, patched.value);
  return undefined;
}

/** A dry run is not marked as one. */
function tell(call: KubectlCall, before: Json, after: Json): void {
  printUnmarked(call, after, equalJson(before, after) ? 'patched (no change)' : 'patched');
}
