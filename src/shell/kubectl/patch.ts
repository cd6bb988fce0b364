// kubectl patch.
//
// Omits:   patches of objects in files (--local) that are no JSON merge patches.
// Read:    kubectl pkg/cmd/patch/patch.go.

import { equalJson, isJsonArray, isJsonObject, type Json, readManifests } from '../../sim/index.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD } from './flagGroups.ts';
import { closingMessages } from './manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal, serverRefusal } from './session.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, type PatchType, printDone, send } from './writing.ts';

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
  const subresource = flags.value('subresource');
  if (subresource !== undefined && !['status', 'scale', 'resize', ''].includes(subresource))
    throw new KubectlError(
      `error: invalid subresource value: ${JSON.stringify(subresource)}. Must be one of [resize scale status]`,
    );
  if (flags.has('local'))
    throw new KubectlError('error: this kubectl has no --local: --dry-run=server shows what a patch would do');
  const body = patchBody(call, text, file);
  if (type === 'json' && !isJsonArray(body))
    throw new KubectlError(
      `error: unable to parse ${JSON.stringify(text)}: json: cannot unmarshal object into Go value of type jsonpatch.Patch`,
    );
  const { targets, problems } = await targetsOf(call, { words: flags.words, as: 'live' });
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const problem = await patchOne(call, target, {
      type,
      body,
      subresource: subresource === '' ? undefined : subresource,
    });
    if (problem !== undefined) refused.push(problem);
  }
  if (targets.length === 0 && refused.length === 0) refused.push(ownRefusal('no objects passed to patch'));
  if (refused.length > 0) printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

/** JSON or YAML. */
function patchBody(call: KubectlCall, text: string, file: string): Json {
  const content =
    file === ''
      ? text
      : file === '-' || file === '/dev/stdin'
        ? (call.context.stdin ?? '')
        : call.context.files.get(file.replace(/^\.\//, ''));
  if (content === undefined)
    throw new KubectlError(`error: unable to read patch file: open ${file}: no such file or directory`);
  const read = readManifests(content);
  const [document] = read.kind === 'documents' ? read.documents : [];
  const [problem] = document?.problems ?? [];
  if (document === undefined || document.value === undefined || problem !== undefined) {
    const line = problem?.span.startLine ?? 1;
    throw new KubectlError(
      `error: unable to parse ${JSON.stringify(content)}: yaml: line ${line}: ${problem?.message ?? 'no value'}`,
    );
  }
  return document.value;
}

interface Patch {
  readonly type: PatchType;
  readonly body: Json;
  readonly subresource: string | undefined;
}

async function patchOne(
  call: KubectlCall,
  target: Target,
  { type, body, subresource }: Patch,
): Promise<Refusal | undefined> {
  const { resource, namespace, name, object } = target;
  const isKeyed = isJsonObject(body);
  if (dryRunOf(call) === 'client') {
    printDone(call, object, 'patched');
    return undefined;
  }
  if (type !== 'json' && !isKeyed) return ownRefusal(`unable to parse ${JSON.stringify(body)}`);
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
  const isSame = equalJson(object, response.body);
  printDone(call, response.body, isSame ? 'patched (no change)' : 'patched');
  return undefined;
}
