// kubectl wait: lets time pass until objects are as asked, or gone, or there.
//
// Read:    kubectl pkg/cmd/wait, wait.go, condition.go, json.go.

import { isJsonArray, isJsonObject, type Json, type VirtualMs } from '../../sim/index.ts';
import { relaxedPath } from './customColumns.ts';
import { parseDuration } from './duration.ts';
import { listAt, numberAt, textAt } from './fields.ts';
import { FILES, PRINT, SELECTOR } from './flagGroups.ts';
import { findJsonPath, JsonPathError } from './jsonPath.ts';
import { JsonPathSyntaxError } from './jsonPathParse.ts';
import { closingMessages } from './manifests.ts';
import { type ApiResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal, serverRefusal } from './session.ts';
import type { Verb } from './verb.ts';
import { objectsIn, type Visit, visitAll, visitsOf } from './visits.ts';
import { printDone } from './writing.ts';

/** How much of the lab's time passes between two looks. */
const STEP_MS = 50;
const WEEK_MS = 604_800_000;

/** What is waited for. */
type Goal =
  | { readonly kind: 'created' }
  | { readonly kind: 'deleted' }
  | { readonly kind: 'condition'; readonly type: string; readonly status: string }
  /** Without a value: anything. */
  | { readonly kind: 'path'; readonly path: string; readonly value?: string };

export const wait: Verb = {
  summary: 'Experimental: Wait for a specific condition on one or many resources',
  usage:
    "kubectl wait ([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  flags: {
    ...FILES,
    ...PRINT,
    ...SELECTOR,
    all: { kind: 'flag' },
    'all-namespaces': { short: 'A', kind: 'flag' },
    'field-selector': { kind: 'value' },
    for: { kind: 'value' },
    local: { kind: 'flag' },
    timeout: { kind: 'duration', initial: '30s' },
  },
  run: async call => {
    const goal = goalOf(call.flags.value('for') ?? '');
    const limit = limitOf(call);
    if (call.flags.words.length === 0 && call.flags.list('filename').length === 0)
      throw new KubectlError(
        `error: You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`,
      );
    const { visits, problems } = await visitsOf(call, call.flags.has('all') ? 'everything' : 'refused');
    if (goal.kind === 'created') await untilThere(call, visits, call.context.lab.now + limit);
    const ignores = goal.kind === 'deleted' ? ({ ignores: 'not-found' } as const) : {};
    const { visited, refusals } = await visitAll(call, visits, { accept: 'application/json', ...ignores });
    const all = [...problems, ...refusals];
    let count = 0;
    for (const one of visited)
      for (const object of objectsIn(one)) {
        count++;
        const refusal = await waitFor(call, goal, one.visit.resource, object, limit);
        if (refusal !== undefined) all.push(refusal);
      }
    if (count === 0 && all.length === 0 && goal.kind !== 'deleted')
      throw new KubectlError('error: no matching resources found');
    printError(call, closingMessages(all));
    return all.length > 0 ? 1 : 0;
  },
};

/** Negative: a week. */
function limitOf({ flags }: KubectlCall): VirtualMs {
  const parsed = parseDuration(flags.value('timeout') ?? '30s');
  const ms = parsed.kind === 'duration' ? parsed.ms : 0;
  return ms < 0 ? WEEK_MS : ms;
}

/** @throws KubectlError when it is no condition. Source: condition.go, `conditionFuncFor` */
function goalOf(text: string): Goal {
  if (text.toLowerCase() === 'delete') return { kind: 'deleted' };
  if (text.toLowerCase() === 'create') return { kind: 'created' };
  if (text.startsWith('condition=')) {
    const [, type = '', status = 'true'] = /^condition=([^=]*)(?:=(.*))?$/.exec(text) ?? [];
    return { kind: 'condition', type, status };
  }
  if (text.startsWith('jsonpath=')) return pathGoal(text.slice('jsonpath='.length));
  throw new KubectlError(`error: unrecognized condition: ${JSON.stringify(text)}`);
}

function pathGoal(text: string): Goal {
  // An equals sign within a filter separates nothing.
  const parts = text.match(/(?:\{[^{}]*\}|[^={}]|[{}])+|(?<==)$|^$/g) ?? [];
  const [expression = '', value] = parts;
  if (parts.length > 2)
    throw new KubectlError(
      "error: jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  if (expression === '') throw new KubectlError('error: jsonpath expression cannot be empty');
  const path = relaxedPath(expression);
  if (path === undefined)
    throw new KubectlError(
      "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  if (value === undefined) return { kind: 'path', path };
  const plain = value.replace(/^['"]+|['"]+$/g, '');
  if (plain === '')
    throw new KubectlError(
      "error: jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3",
    );
  return { kind: 'path', path, value: plain };
}

/** Lets time pass until all that was named is there. */
async function untilThere(call: KubectlCall, visits: readonly Visit[], end: VirtualMs): Promise<void> {
  const paths = visits.flatMap(visit =>
    visit.name === undefined ? [] : [pathOf(visit.resource, visit.namespace, visit.name)],
  );
  for (const path of paths)
    await passTime(call, end, async () => {
      const { status } = await call.context.request({ method: 'GET', path });
      return status !== 404;
    }).then(outcome => {
      if (outcome === 'timed-out') throw new KubectlError('error: timed out waiting for the condition');
    });
}

/** Looks again and again. A cancel ends the command: its exit code is the shell's. */
async function passTime(
  call: KubectlCall,
  end: VirtualMs,
  isDone: () => Promise<boolean>,
): Promise<'done' | 'timed-out'> {
  const { context } = call;
  for (;;) {
    if (await isDone()) return 'done';
    if (context.lab.now >= end || context.isCancelled()) return 'timed-out';
    context.sleep(STEP_MS);
    await context.breathe();
  }
}

async function waitFor(
  call: KubectlCall,
  goal: Goal,
  resource: ApiResource,
  object: Json,
  limit: VirtualMs,
): Promise<Refusal | undefined> {
  const name = textAt(object, 'metadata', 'name');
  const path = pathOf(resource, textAt(object, 'metadata', 'namespace') || undefined, name);
  const uid = textAt(object, 'metadata', 'uid');
  let latest = object;
  let refusal: Refusal | undefined;
  const outcome = await passTime(call, call.context.lab.now + limit, async () => {
    const response = await call.context.request({ method: 'GET', path });
    if (response.status === 404 && goal.kind === 'deleted') return true;
    if (response.status >= 400) {
      refusal = serverRefusal(response);
      return true;
    }
    latest = response.body;
    return goal.kind === 'deleted' ? textAt(latest, 'metadata', 'uid') !== uid : isMet(goal, latest);
  });
  if (refusal !== undefined) return refusal;
  if (outcome === 'done') {
    printDone(call, latest, 'condition met');
    return undefined;
  }
  const what = `${resource.name}/${name}`;
  return ownRefusal(limit === 0 ? `condition not met for ${what}` : `timed out waiting for the condition on ${what}`);
}

function isMet(goal: Exclude<Goal, { readonly kind: 'deleted' }>, object: Json): boolean {
  switch (goal.kind) {
    case 'created':
      return true;
    case 'condition':
      return listAt(object, 'status', 'conditions').some(
        condition =>
          textAt(condition, 'type').toLowerCase() === goal.type.toLowerCase() &&
          textAt(condition, 'status').toLowerCase() === goal.status.toLowerCase() &&
          isOfThisGeneration(object, condition),
      );
    case 'path':
      return hasValue(goal, object);
  }
}

/** A status that was written about an older specification says nothing. */
function isOfThisGeneration(object: Json, condition: Json): boolean {
  const observed = numberAt(condition, 'observedGeneration') ?? numberAt(object, 'status', 'observedGeneration');
  return observed === undefined || observed >= (numberAt(object, 'metadata', 'generation') ?? 0);
}

function hasValue({ path, value }: Extract<Goal, { readonly kind: 'path' }>, object: Json): boolean {
  const [found = []] = search(path, object);
  const [first] = found;
  if (first === undefined) return false;
  if (value === undefined) return true;
  if (found.length > 1) throw new KubectlError('error: given jsonpath expression matches more than one value');
  if (isJsonArray(first) || isJsonObject(first))
    throw new KubectlError('error: jsonpath leads to a nested object or list which is not supported');
  return String(first) === value;
}

/** What stands at a path; nothing where a part of it is missing. */
function search(path: string, object: Json): readonly (readonly Json[])[] {
  try {
    return findJsonPath(path, object);
  } catch (error) {
    if (error instanceof JsonPathError) return [];
    if (error instanceof JsonPathSyntaxError) throw new KubectlError(`error: ${error.message}`);
    throw error;
  }
}
