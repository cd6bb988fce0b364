// kubectl apply view-last-applied and set-last-applied.
//
// Read:    kubectl pkg/cmd/apply/apply_view_last_applied.go, apply_set_last_applied.go.

import { isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { textAt } from './fields.ts';
import { DRY_RUN, FILES, PRINT, SELECTOR } from './flagGroups.ts';
import { goJson } from './goSyntax.ts';
import { LAST_APPLIED, lastApplied } from './lastApplied.ts';
import { manifestsOf } from './manifests.ts';
import { pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, print, serverError } from './session.ts';
import { allTargetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send, usageError } from './writing.ts';
import { yamlText } from './yamlText.ts';

export const viewLastApplied: Verb = {
  summary: 'View the latest last-applied-configuration annotations of a resource/object',
  usage: 'kubectl apply view-last-applied (TYPE [NAME | -l label] | TYPE/NAME | -f FILENAME)',
  flags: { ...FILES, ...SELECTOR, all: { kind: 'flag' }, output: { short: 'o', kind: 'value', initial: "'yaml'" } },
  run: view,
};

async function view(call: KubectlCall): Promise<number> {
  const targets = await allTargetsOf(call, { words: call.flags.words, as: 'live' });
  const output = call.flags.value('output') ?? 'yaml';
  if (output !== 'yaml' && output !== 'json')
    throw usageError(
      'apply view-last-applied',
      `Unexpected -o output mode: ${output}, the flag 'output' must be one of yaml|json`,
    );
  const texts = targets.map(target => {
    const value = lastApplied(target.object);
    if (value === undefined)
      throw new KubectlError(`error: no last-applied-configuration annotation found on resource: ${target.name}\n`);
    return output === 'json' ? `${JSON.stringify(sorted(value), null, 2)}\n` : yamlText(value);
  });
  print(call, texts.join(''));
  return 0;
}

function sorted(value: Json): Json {
  if (!isJsonObject(value)) return Array.isArray(value) ? value.map(sorted) : value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map(key => [key, sorted(value[key] ?? null)]));
}

export const setLastApplied: Verb = {
  summary: 'Set the last-applied-configuration annotation on a live object to match the contents of a file',
  usage: 'kubectl apply set-last-applied -f FILENAME',
  flags: {
    ...PRINT,
    ...DRY_RUN,
    filename: FILES.filename ?? { kind: 'words' },
    'create-annotation': { kind: 'flag' },
  },
  run: set,
};

async function set(call: KubectlCall): Promise<number> {
  const read = await manifestsOf(call);
  const [problem] = read.problems;
  if (problem !== undefined) throw new KubectlError(problem.alone);
  if (read.manifests.length === 0) throw new KubectlError('error: no objects passed to set-last-applied');
  for (const { object, resource, namespace, source } of read.manifests) {
    const name = textAt(object, 'metadata', 'name');
    const live = await call.context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
    if (live.status >= 400) throw new KubectlError(serverError(live, `error when getting "${source}": `));
    const before = textAt(live.body, 'metadata', 'annotations', LAST_APPLIED);
    const wanted = `${goJson(object)}\n`;
    if (before === '' && !call.flags.has('create-annotation'))
      throw new KubectlError(
        `error: no last-applied-configuration annotation found on resource: ${name}, to create the annotation, run the command with --create-annotation`,
      );
    if (before === wanted) {
      printDone(call, live.body, 'configured');
      continue;
    }
    const patch: JsonObject = { metadata: { annotations: { [LAST_APPLIED]: wanted } } };
    if (dryRunOf(call) === 'client') {
      printDone(call, live.body, 'configured');
      continue;
    }
    const patched = await send(call, { kind: 'patch', type: 'merge', name, resource, namespace, body: patch });
    if (patched.status >= 400) throw new KubectlError(serverError(patched));
    printDone(call, patched.body, 'configured');
  }
  return 0;
}
