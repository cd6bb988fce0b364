// kubectl drain: a node without Pods, for its repair.
//
// Simplified: what cannot be evicted yet is asked for again every five seconds of the lab's time.
// Read:    kubectl pkg/cmd/drain/drain.go; pkg/drain/drain.go, filters.go.

import { isJsonObject, type Json } from '../../../sim/index.ts';
import { parseDuration } from '../duration.ts';
import { at, listAt, textAt } from '../fields.ts';
import { DRY_RUN, SELECTOR } from '../flagGroups.ts';
import { type KubectlCall, mustGet, print, printError } from '../session.ts';
import type { Target } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { dryRunOf, dryRunSuffix, printDone } from '../writing.ts';
import { mark, nodesOf } from './cordon.ts';
import { type DrainedPod, removePods } from './evict.ts';

export const drain: Verb = {
  summary: 'Drain node in preparation for maintenance',
  usage: 'kubectl drain NODE',
  flags: {
    ...SELECTOR,
    ...DRY_RUN,
    'chunk-size': { kind: 'number', initial: '500' },
    'delete-emptydir-data': { kind: 'flag' },
    'disable-eviction': { kind: 'flag' },
    force: { kind: 'flag' },
    'grace-period': { kind: 'number', initial: '-1' },
    'ignore-daemonsets': { kind: 'flag' },
    'pod-selector': { kind: 'value' },
    'skip-wait-for-delete-timeout': { kind: 'number' },
    timeout: { kind: 'duration' },
  },
  run: drainAll,
};

async function drainAll(call: KubectlCall): Promise<number> {
  const nodes = await nodesOf(call, 'drain');
  const problems = await mark(call, nodes, 'cordoned');
  if (problems.length > 0) {
    printError(call, problems.map(({ alone }) => `${alone}\n`).join(''));
    return 1;
  }
  const left: { readonly name: string; readonly why: readonly string[] }[] = [];
  for (const node of nodes.targets) {
    const why = await drainOne(call, node);
    if (call.context.isCancelled()) return 130;
    if (why.length === 0) {
      printDone(call, node.object, 'drained');
      continue;
    }
    left.push({ name: node.name, why });
    const what = why.length === 1 ? why.join('') : `[${why.join(', ')}]`;
    printError(call, `error: unable to drain node "${node.name}" due to error: ${what}, continuing command...\n`);
  }
  if (left.length === 0) return 0;
  printError(call, `There are pending nodes to be drained:\n${left.map(({ name }) => ` ${name}\n`).join('')}`);
  printError(call, left.flatMap(({ why }) => why.map(reason => `${reason}\n`)).join(''));
  return 1;
}

/** Why the node is not drained; empty when it is. */
async function drainOne(call: KubectlCall, node: Target): Promise<readonly string[]> {
  const selector = call.flags.value('pod-selector') ?? '';
  const list = await mustGet(call, '/api/v1/pods', {
    fieldSelector: `spec.nodeName=${node.name}`,
    ...(selector !== '' && { labelSelector: selector }),
  });
  const judged = listAt(list, 'items').map(pod => ({ pod, judgement: judge(call, pod) }));
  const fatal = grouped(judged, 'fatal');
  if (fatal.length > 0) return fatal.map(({ message, pods }) => `cannot delete ${message}: ${pods.join(', ')}`);
  const warnings = grouped(judged, 'warning').map(({ message, pods }) => `${message}: ${pods.join(', ')}`);
  if (warnings.length > 0) printError(call, `Warning: ${warnings.join('; ')}\n`);
  const pods = judged.flatMap(({ pod, judgement }): DrainedPod[] =>
    judgement.goes === 'goes' && isJsonObject(pod)
      ? [{ namespace: textAt(pod, 'metadata', 'namespace'), name: textAt(pod, 'metadata', 'name'), pod }]
      : [],
  );
  if (dryRunOf(call) === 'client') {
    for (const { namespace, name } of pods) print(call, `evicting pod ${namespace}/${name}${dryRunSuffix(call)}\n`);
    return [];
  }
  const timeout = parseDuration(call.flags.value('timeout') ?? '0');
  return removePods(call, pods, timeout.kind === 'duration' ? timeout.ms : 0);
}

interface Judgement {
  readonly goes: 'goes' | 'stays';
  readonly fatal?: string;
  readonly warning?: string;
}

/** Whether a Pod goes, and what is said about it. Source: pkg/drain/filters.go. */
function judge({ flags }: KubectlCall, pod: Json): Judgement {
  const isFinished = ['Succeeded', 'Failed'].includes(textAt(pod, 'status', 'phase'));
  const owner = listAt(pod, 'metadata', 'ownerReferences').find(each => at(each, 'controller') === true);
  if (textAt(owner, 'kind') === 'DaemonSet' && !isFinished)
    return flags.has('ignore-daemonsets')
      ? { goes: 'stays', warning: 'ignoring DaemonSet-managed Pods' }
      : { goes: 'stays', fatal: 'DaemonSet-managed Pods (use --ignore-daemonsets to ignore)' };
  if (textAt(pod, 'metadata', 'annotations', 'kubernetes.io/config.mirror') !== '') return { goes: 'stays' };
  if (isFinished) return { goes: 'goes' };
  const isLocal = listAt(pod, 'spec', 'volumes').some(volume => at(volume, 'emptyDir') !== undefined);
  if (isLocal && !flags.has('delete-emptydir-data'))
    return { goes: 'stays', fatal: 'Pods with local storage (use --delete-emptydir-data to override)' };
  if (owner === undefined)
    return flags.has('force')
      ? { goes: 'goes', warning: 'deleting Pods that declare no controller' }
      : { goes: 'stays', fatal: 'cannot delete Pods that declare no controller (use --force to override)' };
  return isLocal ? { goes: 'goes', warning: 'deleting Pods with local storage' } : { goes: 'goes' };
}

function grouped(
  judged: readonly { readonly pod: Json; readonly judgement: Judgement }[],
  by: 'fatal' | 'warning',
): readonly { readonly message: string; readonly pods: readonly string[] }[] {
  const messages = [...new Set(judged.flatMap(({ judgement }) => judgement[by] ?? []))];
  return messages.map(message => ({
    message,
    pods: judged
      .filter(({ judgement }) => judgement[by] === message)
      .map(({ pod }) => `${textAt(pod, 'metadata', 'namespace')}/${textAt(pod, 'metadata', 'name')}`),
  }));
}
