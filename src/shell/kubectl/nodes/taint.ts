// kubectl taint.
//
// Read:    kubectl pkg/cmd/taint/taint.go, utils.go.

import { isJsonObject, type JsonObject } from '../../../sim/index.ts';
import { changesBetween } from '../applyPatch.ts';
import { listAt, objectAt, textAt } from '../fields.ts';
import { DRY_RUN, fieldManager, PRINT, SELECTOR, VALIDATE } from '../flagGroups.ts';
import { labelValueProblem } from '../labelValue.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal, serverRefusal } from '../session.ts';
import { type Target, targetsOf } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { dryRunOf, printUnmarked, send, usageError } from '../writing.ts';

export const taint: Verb = {
  summary: 'Update the taints on one or more nodes',
  usage: 'kubectl taint NODE NAME KEY_1=VAL_1:TAINT_EFFECT_1 ... KEY_N=VAL_N:TAINT_EFFECT_N',
  flags: {
    ...PRINT,
    ...DRY_RUN,
    ...SELECTOR,
    ...VALIDATE,
    ...fieldManager('kubectl-taint'),
    all: { kind: 'flag' },
    overwrite: { kind: 'flag' },
  },
  run: taintAll,
};

interface Taint {
  readonly key: string;
  readonly value: string;
  /** Empty: all effects, for a taint that goes. */
  readonly effect: string;
}

async function taintAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const isSpec = (word: string): boolean => /[=:]/.test(word) || word.endsWith('-');
  const first = flags.words.findIndex(isSpec);
  const resources = first < 0 ? flags.words : flags.words.slice(0, first);
  const specs = first < 0 ? [] : flags.words.slice(first);
  const stray = specs.find(word => !isSpec(word));
  if (stray !== undefined) throw usageError('taint', `all resources must be specified before taint changes: ${stray}`);
  const removed = specs.filter(spec => spec.endsWith('-')).map(spec => readTaint(spec.slice(0, -1)));
  const added = newTaints(specs.filter(spec => !spec.endsWith('-')));
  const refuse = (message: string): never => {
    throw new KubectlError(`error: ${message}`);
  };
  if (resources.length === 0) refuse('one or more resources must be specified as <resource> <name>');
  const [type = ''] = resources;
  if (!/^(?:nodes?|no)(?:\/|$)/.test(type))
    refuse(`invalid resource type ${type.split('/')[0]}, only node types are supported`);
  if (specs.length === 0) refuse('at least one taint update is required');
  const both = added.filter(one => removed.some(other => isSame(one, other)));
  if (both.length > 0)
    refuse(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `${key}=${effect}`).join(', ')}`,
    );
  if (flags.has('all') && (flags.value('selector') ?? '') !== '')
    refuse("setting 'all' parameter with a non empty selector is prohibited");
  const found = await targetsOf(call, { words: resources, as: 'live' });
  const refused: Refusal[] = [...found.problems];
  for (const target of found.targets) {
    const problem = await taintOne(call, target, added, removed);
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

const isSame = (a: Taint, b: Taint): boolean => a.key === b.key && (b.effect === '' || a.effect === b.effect);

function newTaints(specs: readonly string[]): readonly Taint[] {
  const taints: Taint[] = [];
  for (const spec of specs) {
    const one = readTaint(spec);
    if (one.effect === '') throw usageError('taint', `invalid taint spec: ${spec}`);
    if (taints.some(other => other.key === one.key && other.effect === one.effect))
      throw usageError(
        'taint',
        `duplicated taints with the same key and effect: {${one.key} ${one.value} ${one.effect} <nil>}`,
      );
    taints.push(one);
  }
  return taints;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const NAME_PART =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

/** `dedicated=gpu:NoSchedule`, `dedicated:NoSchedule`, `dedicated`. */
function readTaint(spec: string): Taint {
  const refuse = (message: string): never => {
    throw usageError('taint', message);
  };
  const [left = '', effect, ...more] = spec.split(':');
  if (more.length > 0) refuse(`invalid taint spec: ${spec}`);
  if (effect !== undefined && !EFFECTS.includes(effect))
    refuse(`invalid taint effect: ${effect}, unsupported taint effect`);
  const [key = '', value = '', ...rest] = effect === undefined ? [left] : left.split('=');
  if (rest.length > 0) refuse(`invalid taint spec: ${spec}`);
  const problem = labelValueProblem(value);
  if (problem !== undefined) refuse(`invalid taint spec: ${spec}, ${problem}`);
  const name = key.includes('/') ? key.slice(key.indexOf('/') + 1) : key;
  if (!/^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(name)) refuse(`invalid taint spec: ${spec}, ${NAME_PART}`);
  return { key, value, effect: effect ?? '' };
}

async function taintOne(
  call: KubectlCall,
  { resource, namespace, name, object }: Target,
  added: readonly Taint[],
  removed: readonly Taint[],
): Promise<Refusal | undefined> {
  const now = listAt(object, 'spec', 'taints').filter(isJsonObject);
  const known = (one: Taint): boolean => now.some(other => isSame(taintIn(other), one));
  const clashes = added.filter(known);
  if (clashes.length > 0 && !call.flags.has('overwrite'))
    return ownRefusal(
      `node ${name} already has ${clashes.map(({ key }) => key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  const missing = removed.filter(one => !known(one));
  if (missing.length > 0) {
    const texts = missing.map(({ key, effect }) => `taint "${effect === '' ? key : `${key}:${effect}`}" not found`);
    return ownRefusal(texts.length === 1 ? texts.join('') : `[${texts.join(', ')}]`);
  }
  const kept = now.filter(other => ![...added, ...removed].some(one => isSame(taintIn(other), one)));
  const taints = [...added.map(asObject), ...kept];
  const hasGrown = taints.length + removed.length !== now.length;
  const operation =
    (hasGrown && removed.length > 0 && added.length > 0) || call.flags.has('overwrite')
      ? 'modified'
      : added.length > 0
        ? 'tainted'
        : 'untainted';
  const { taints: _, ...spec } = objectAt(object, 'spec');
  const after = { ...object, spec: { ...spec, ...(taints.length > 0 && { taints }) } };
  if (dryRunOf(call) === 'client') {
    printUnmarked(call, after, operation, 'typed');
    return undefined;
  }
  const response = await send(call, {
    kind: 'patch',
    ...changesBetween(resource, object, after),
    resource,
    namespace,
    name,
    manager: 'kubectl-taint',
  });
  if (response.status >= 400) return serverRefusal(response);
  printUnmarked(call, response.body, operation, 'typed');
  return undefined;
}

function taintIn(taint: JsonObject): Taint {
  return { key: textAt(taint, 'key'), value: textAt(taint, 'value'), effect: textAt(taint, 'effect') };
}

function asObject({ key, value, effect }: Taint): JsonObject {
  return { key, ...(value !== '' && { value }), effect };
}
