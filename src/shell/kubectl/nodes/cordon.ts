// kubectl cordon and uncordon: whether the scheduler may place Pods on nodes.
//
// Read:    kubectl pkg/cmd/drain/drain.go, `RunCordonOrUncordon`; pkg/drain/cordon.go.

import { at, textAt } from '../fields.ts';
import { DRY_RUN, SELECTOR } from '../flagGroups.ts';
import type { FlagTable } from '../flags.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, printError, type Refusal } from '../session.ts';
import { type Target, type Targets, targetsOf } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { dryRunOf, printDone, send, usageError } from '../writing.ts';

const FLAGS: FlagTable = { ...SELECTOR, ...DRY_RUN };

export const cordon: Verb = {
  summary: 'Mark node as unschedulable',
  usage: 'kubectl cordon NODE',
  flags: FLAGS,
  run: async call => finish(call, await mark(call, await nodesOf(call, 'cordon'), 'cordoned')),
};

export const uncordon: Verb = {
  summary: 'Mark node as schedulable',
  usage: 'kubectl uncordon NODE',
  flags: FLAGS,
  run: async call => finish(call, await mark(call, await nodesOf(call, 'uncordon'), 'uncordoned')),
};

function finish(call: KubectlCall, problems: readonly Refusal[]): number {
  printError(call, closingMessages(problems));
  return problems.length > 0 ? 1 : 0;
}

/** The nodes that the words or -l name. @throws KubectlError */
export async function nodesOf(call: KubectlCall, verb: string): Promise<Targets> {
  const { words } = call.flags;
  const selector = call.flags.value('selector') ?? '';
  dryRunOf(call);
  if (words.length === 0 && selector === '') throw usageError(verb, `USAGE: ${verb} NODE [flags]`);
  if (words.length > 0 && selector !== '')
    throw usageError(verb, 'cannot specify both a node name and a --selector option');
  const names = words.map(word => word.replace(/^(?:nodes?|no)\//, ''));
  const stray = names.find(name => name.includes('/'));
  if (stray !== undefined)
    throw new KubectlError(
      `error: the lab was asked to ${verb} ${stray}, which is no node: only nodes can be cordoned and drained`,
    );
  const found = await targetsOf(call, { words: ['nodes', ...names], as: 'live' });
  const [problem] = found.problems;
  if (problem !== undefined) throw new KubectlError(problem.alone);
  return found;
}

/** Marks nodes, and says which were so before. */
export async function mark(
  call: KubectlCall,
  { targets }: Targets,
  done: 'cordoned' | 'uncordoned',
): Promise<readonly Refusal[]> {
  const refused: Refusal[] = [];
  for (const target of targets) {
    const isCordoned = at(target.object, 'spec', 'unschedulable') === true;
    if (isCordoned === (done === 'cordoned')) {
      printDone(call, target.object, `already ${done}`);
      continue;
    }
    const problem = await markOne(call, target, done);
    if (problem === undefined) printDone(call, target.object, done);
    else refused.push(problem);
  }
  return refused;
}

async function markOne(
  call: KubectlCall,
  { resource, namespace, name }: Target,
  done: 'cordoned' | 'uncordoned',
): Promise<Refusal | undefined> {
  if (dryRunOf(call) === 'client') return undefined;
  const response = await send(call, {
    kind: 'patch',
    type: 'strategic',
    resource,
    namespace,
    name,
    body: { spec: { unschedulable: done === 'cordoned' ? true : null } },
  });
  if (response.status < 400) return undefined;
  const verb = done.replace(/ed$/, '');
  return ownRefusal(`unable to ${verb} node ${JSON.stringify(name)}: ${textAt(response.body, 'message')}`);
}
