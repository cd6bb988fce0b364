// kubectl label and annotate: keys and values in the metadata of objects that are there.
//
// Read:    kubectl pkg/cmd/label/label.go, pkg/cmd/annotate/annotate.go.

import { equalJson, type JsonObject } from '../../sim/index.ts';
import { objectAt, textAt, withMetadata } from './fields.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD, SELECTOR } from './flagGroups.ts';
import type { FlagTable } from './flags.ts';
import { labelValueProblem } from './labelValue.ts';
import { closingMessages } from './manifests.ts';
import { CHANGE_CAUSE, changeCause } from './record.ts';
import {
  type KubectlCall,
  KubectlError,
  ownRefusal,
  print,
  printError,
  type Refusal,
  serverRefusal,
} from './session.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send } from './writing.ts';

const FLAGS: FlagTable = {
  ...FILES,
  ...PRINT,
  ...DRY_RUN,
  ...SELECTOR,
  ...RECORD,
  all: { kind: 'flag' },
  'all-namespaces': { short: 'A', kind: 'flag' },
  'field-selector': { kind: 'value' },
  list: { kind: 'flag' },
  local: { kind: 'flag' },
  overwrite: { kind: 'flag' },
  'resource-version': { kind: 'value' },
};

/** Which part of the metadata is written, and the words for it. */
interface Field {
  readonly verb: 'label' | 'annotate';
  readonly one: 'label' | 'annotation';
  readonly field: 'labels' | 'annotations';
}

export const label: Verb = {
  summary: 'Update the labels on a resource',
  usage:
    'kubectl label [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: { ...FLAGS, ...fieldManager('kubectl-label') },
  run: call => change(call, { verb: 'label', one: 'label', field: 'labels' }),
};

export const annotate: Verb = {
  summary: 'Update the annotations on a resource',
  usage:
    'kubectl annotate [--overwrite] (-f FILENAME | TYPE NAME) KEY_1=VAL_1 ... KEY_N=VAL_N [--resource-version=version]',
  flags: { ...FLAGS, ...fieldManager('kubectl-annotate') },
  run: call => change(call, { verb: 'annotate', one: 'annotation', field: 'annotations' }),
};

async function change(call: KubectlCall, of: Field): Promise<number> {
  const { flags } = call;
  const { resources, pairs } = splitPairs(flags.words, of.one);
  const wanted = readPairs(pairs, of);
  checkFlags(call, of, resources, wanted);
  const isLocal = flags.has('local');
  const found = await targetsOf(call, { words: resources, as: isLocal ? 'written' : 'live', kindAlone: 'all' });
  const problems = [...found.problems];
  for (const target of found.targets) {
    if (flags.has('list')) {
      printList(call, of, target, found.targets.length > 1);
      continue;
    }
    const problem = await changeOne(call, of, target, wanted);
    if (problem !== undefined) problems.push(problem);
  }
  if (problems.length > 0) printError(call, closingMessages(problems));
  return problems.length > 0 ? 1 : 0;
}

/** The words that name objects, and those behind them that name changes. Source: `GetResourcesAndPairs`. */
export function splitPairs(
  words: readonly string[],
  one: string,
): { readonly resources: readonly string[]; readonly pairs: readonly string[] } {
  const isPair = (word: string): boolean =>
    (word.includes('=') && !word.startsWith('=')) || (word.endsWith('-') && word !== '-');
  const first = words.findIndex(isPair);
  if (first < 0) return { resources: words, pairs: [] };
  const stray = words.slice(first).find(word => !isPair(word));
  if (stray !== undefined)
    throw new KubectlError(`error: all resources must be specified before ${one} changes: ${stray}`);
  return { resources: words.slice(0, first), pairs: words.slice(first) };
}

/** What each key becomes; null: it goes. */
type Wanted = ReadonlyMap<string, string | null>;

function readPairs(pairs: readonly string[], { one }: Field): Wanted {
  const wanted = new Map<string, string | null>();
  const removed: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 0) {
      removed.push(pair.slice(0, -1));
      continue;
    }
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    if (one === 'label') {
      if (value.includes('=')) throw new KubectlError(`error: invalid label spec: ${pair}`);
      const problem = labelValueProblem(value);
      if (problem !== undefined)
        throw new KubectlError(`error: invalid label value: ${JSON.stringify(pair)}: ${problem}`);
    }
    wanted.set(key, value);
  }
  const both = removed.filter(key => wanted.has(key));
  if (both.length > 0)
    throw new KubectlError(
      one === 'label'
        ? 'error: can not both modify and remove a label in the same command'
        : `error: can not both modify and remove the following annotation(s) in the same command: ${both.join(', ')}`,
    );
  for (const key of removed) wanted.set(key, null);
  return wanted;
}

function checkFlags(call: KubectlCall, { one }: Field, resources: readonly string[], wanted: Wanted): void {
  const { flags } = call;
  const refuse = (message: string): never => {
    throw new KubectlError(`error: ${message}`);
  };
  if (flags.has('all') && (flags.value('selector') ?? '') !== '')
    refuse('cannot set --all and --selector at the same time');
  if (flags.has('all') && (flags.value('field-selector') ?? '') !== '')
    refuse('cannot set --all and --field-selector at the same time');
  const hasFiles = flags.list('filename').length > 0 || flags.value('kustomize') !== undefined;
  if (flags.has('local')) {
    if (dryRunOf(call) === 'server')
      refuse('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
    if (resources.length > 0)
      refuse('can only use local files by -f pod.yaml or --filename=pod.json when --local=true is set');
    if (!hasFiles) refuse('one or more files must be specified as -f when --local=true is set');
  } else if (resources.length === 0 && !hasFiles)
    refuse('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (wanted.size === 0 && !flags.has('list')) refuse(`at least one ${one} update is required`);
}

async function changeOne(call: KubectlCall, of: Field, target: Target, wanted: Wanted): Promise<Refusal | undefined> {
  const { flags } = call;
  const { object, resource, namespace, name } = target;
  const before = objectAt(object, 'metadata', of.field);
  const isSent = dryRunOf(call) !== 'client' && !flags.has('local');
  if (of.one === 'label' && dryRunOf(call) === 'none' && !flags.has('local'))
    for (const [key, value] of wanted)
      if (value === null && !Object.hasOwn(before, key)) print(call, `label "${key}" not found.\n`);
  const problem = overwritten(call, of, before, wanted);
  if (problem !== undefined) return problem;
  const after: JsonObject = Object.fromEntries(
    [...Object.entries(before).filter(([key]) => !wanted.has(key)), ...wanted].filter(([, value]) => value !== null),
  );
  const version = flags.value('resource-version') ?? '';
  const cause = changeCause(call, of.verb);
  const changed = withCause(
    withMetadata(object, { [of.field]: after, ...(version !== '' && { resourceVersion: version }) }),
    cause,
  );
  if (!isSent) {
    printDone(call, changed, doneWord(of, equalJson(before, after), wanted));
    return undefined;
  }
  const patch: JsonObject = {
    metadata: {
      [of.field]: Object.fromEntries([...wanted].filter(([key, value]) => (before[key] ?? null) !== value)),
      ...(version !== '' && { resourceVersion: version }),
    },
  };
  const response = await send(call, {
    kind: 'patch',
    type: 'merge',
    name,
    resource,
    namespace,
    manager: `kubectl-${of.verb}`,
    body: cause === undefined ? patch : withCause(patch, cause),
  });
  if (response.status >= 400) return serverRefusal(response);
  printDone(call, response.body, doneWord(of, equalJson(before, after), wanted));
  return undefined;
}

function withCause(object: JsonObject, cause: string | undefined): JsonObject {
  if (cause === undefined) return object;
  return withMetadata(object, {
    annotations: { ...objectAt(object, 'metadata', 'annotations'), [CHANGE_CAUSE]: cause },
  });
}

function overwritten(call: KubectlCall, of: Field, before: JsonObject, wanted: Wanted): Refusal | undefined {
  if (call.flags.has('overwrite')) return undefined;
  const clashes = [...wanted].filter(
    ([key, value]) => value !== null && Object.hasOwn(before, key) && before[key] !== value,
  );
  if (clashes.length === 0) return undefined;
  const texts = clashes.map(([key]) => `'${key}' already has a value (${String(before[key])})`);
  if (of.one === 'annotation')
    return ownRefusal(`--overwrite is false but found the following declared annotation(s): ${texts.join('; ')}`);
  const messages = texts.map(text => `${text}, and --overwrite is false`);
  return messages.length === 1
    ? ownRefusal(messages.join(''))
    : { alone: messages.join('\n'), among: messages.join('\n') };
}

function doneWord({ one }: Field, isSame: boolean, wanted: Wanted): string {
  if (one === 'annotation') return 'annotated';
  if (isSame) return 'not labeled';
  return [...wanted.values()].every(value => value === null) ? 'unlabeled' : 'labeled';
}

function printList(
  call: KubectlCall,
  { field, one }: Field,
  { object, resource, name }: Target,
  isOneOfMany: boolean,
): void {
  if (isOneOfMany) print(call, `Listing ${one}s for ${resource.kind}.${resource.group}/${name}:\n`);
  const entries = Object.keys(objectAt(object, 'metadata', field)).sort();
  for (const key of entries) print(call, `${isOneOfMany ? ' ' : ''}${key}=${textAt(object, 'metadata', field, key)}\n`);
}
