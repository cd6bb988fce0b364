// kubectl delete.
//
// Omits:   --raw.
// Read:    kubectl pkg/cmd/delete/delete.go.

import { deleteTarget, deletionOf, waitUntilGone } from './deletion.ts';
import { objectAt, textAt } from './fields.ts';
import { DELETION, DRY_RUN, FILES, SELECTOR } from './flagGroups.ts';
import { closingMessages } from './manifests.ts';
import { qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError, type Refusal, serverRefusal } from './session.ts';
import { type Target, targetsOf } from './targets.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, dryRunSuffix, usageError } from './writing.ts';

export const remove: Verb = {
  summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  usage: 'kubectl delete ([-f FILENAME] | [-k DIRECTORY] | TYPE [(NAME | -l label | --all)])',
  flags: {
    ...FILES,
    ...SELECTOR,
    ...DRY_RUN,
    ...DELETION,
    all: { kind: 'flag' },
    'all-namespaces': { short: 'A', kind: 'flag' },
    'field-selector': { kind: 'value' },
    'ignore-not-found': { kind: 'flag' },
    interactive: { short: 'i', kind: 'flag' },
    now: { kind: 'flag' },
    output: { short: 'o', kind: 'value' },
    raw: { kind: 'value' },
    wait: { kind: 'flag', initial: 'true' },
  },
  run: removeAll,
};

async function removeAll(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const output = flags.value('output') ?? '';
  if (output !== '' && output !== 'name')
    throw usageError('delete', `unexpected -o output mode: ${output}. We only support '-o name'`);
  if (flags.value('raw') !== undefined) throw new KubectlError('error: this kubectl has no --raw');
  if (flags.has('all') && (flags.value('selector') ?? '') !== '')
    throw new KubectlError('error: cannot set --all and --selector at the same time');
  if (flags.has('all') && (flags.value('field-selector') ?? '') !== '')
    throw new KubectlError('error: cannot set --all and --field-selector at the same time');
  const deletion = deletionOf(call);
  const found = await targetsOf(call, { words: flags.words, as: 'named' });
  if (flags.has('interactive') && !isConfirmed(call, found.targets)) return 0;
  const problems = [...found.problems];
  const removed: Target[] = [];
  const isMissingFine =
    flags.value('ignore-not-found') === undefined ? flags.has('all') : flags.has('ignore-not-found');
  warnOfScope(call, found.targets);
  for (const target of found.targets) {
    if (dryRunOf(call) === 'client') {
      report(call, target, deletion.grace === 0);
      continue;
    }
    const response = await deleteTarget(call, target, deletion);
    if (response.status === 404 && isMissingFine) continue;
    if (response.status >= 400) {
      problems.push(refusalOf(target, response));
      continue;
    }
    const isObject = textAt(response.body, 'kind') !== 'Status';
    const uid = isObject ? textAt(response.body, 'metadata', 'uid') : textAt(response.body, 'details', 'uid');
    removed.push({ ...target, object: { metadata: { ...objectAt(target.object, 'metadata'), uid } } });
    report(call, target, deletion.grace === 0);
  }
  if (problems.length > 0) printError(call, closingMessages(problems));
  else if (found.targets.length === 0 && removed.length === 0) print(call, 'No resources found\n');
  const isAwaited = flags.value('wait') === undefined || flags.has('wait');
  if (problems.length === 0 && isAwaited && dryRunOf(call) === 'none') await waitUntilGone(call, removed);
  return problems.length > 0 ? 1 : 0;
}

function refusalOf({ source }: Target, response: Parameters<typeof serverRefusal>[0]): Refusal {
  return serverRefusal(response, source === '' ? '' : `error when deleting "${source}": `);
}

function report(call: KubectlCall, { resource, name }: Target, isForced: boolean): void {
  if (call.flags.value('output') === 'name') {
    print(call, `${qualifiedKind(resource)}/${name}\n`);
    return;
  }
  print(call, `${qualifiedKind(resource)} "${name}" ${isForced ? 'force deleted' : 'deleted'}${dryRunSuffix(call)}\n`);
}

/** A namespace that was named has no say in what belongs to none. */
function warnOfScope(call: KubectlCall, targets: readonly Target[]): void {
  const isNamed = call.flags.value('namespace') !== undefined && !call.flags.has('all-namespaces');
  if (isNamed && targets.some(({ resource }) => !resource.namespaced))
    printError(call, 'Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n');
}

/** -i: what comes through the pipe is the answer. */
function isConfirmed(call: KubectlCall, targets: readonly Target[]): boolean {
  const lines = targets.map(({ resource, name }) => `${qualifiedKind(resource)}/${name}\n`).join('');
  print(
    call,
    `You are about to delete the following ${targets.length} resource(s):\n${lines}Do you want to continue? (y/N): `,
  );
  if (/^y(es)?$/i.test((call.context.stdin ?? '').split('\n')[0]?.trim() ?? '')) return true;
  print(call, 'deletion is cancelled\n');
  return false;
}
