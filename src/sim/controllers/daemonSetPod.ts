// The Pods of a DaemonSet: each is meant for one node from the beginning, and tolerates what befalls nodes.
//
// Read:    kubernetes pkg/controller/daemon/util/daemonset_util.go; daemon_controller.go, `NodeShouldRunDaemonPod`.

import type { DaemonSet } from '../api/kinds/daemonSet.ts';
import type { Node } from '../api/kinds/node.ts';
import type { Affinity, Pod, PodSpec, Toleration } from '../api/kinds/pod.ts';
import type { NewObject } from '../api/objects.ts';
import { matchesNode, untoleratedTaint } from '../api/placement.ts';
import { templateHash } from './deploymentRevisions.ts';
import { podOfTemplate } from './podOwner.ts';
import type { RevisionStyle } from './revisions.ts';

const REVISION_LABEL = 'controller-revision-hash';
const GENERATION_LABEL = 'pod-template-generation';
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

export const DAEMON_REVISIONS: RevisionStyle = {
  hashOf: (template, collisions) => templateHash(template, collisions === 0 ? undefined : collisions),
  labelsOf: (template, hash) => ({ ...template.metadata?.labels, [REVISION_LABEL]: hash }),
};

/** The last part of a revision's name, as its Pods carry it. */
export function isUpdated({ metadata }: Pod, hash: string): boolean {
  return metadata.labels?.[REVISION_LABEL] === hash;
}

/** A daemon stays where others are sent away. */
function tolerationsOf({ hostNetwork }: PodSpec): readonly Toleration[] {
  const exists = (key: string, effect: string) => ({
    key: `node.kubernetes.io/${key}`,
    operator: 'Exists',
    effect,
  });
  return [
    exists('not-ready', 'NoExecute'),
    exists('unreachable', 'NoExecute'),
    exists('disk-pressure', 'NoSchedule'),
    exists('memory-pressure', 'NoSchedule'),
    exists('pid-pressure', 'NoSchedule'),
    exists('unschedulable', 'NoSchedule'),
    ...(hostNetwork === true ? [exists('network-unavailable', 'NoSchedule')] : []),
  ];
}

/** The Pod for one node. It is the scheduler that binds it, told by the node's name to take no other. */
export function daemonPod(daemonSet: DaemonSet, node: string, hash: string): NewObject<Pod> {
  const pod = podOfTemplate(daemonSet, daemonSet.spec.template);
  const generation = daemonSet.metadata.annotations?.[TEMPLATE_GENERATION];
  const own = pod.spec.tolerations ?? [];
  const added = tolerationsOf(pod.spec).filter(
    ({ key, effect }) => !own.some(other => other.key === key && other.effect === effect),
  );
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: {
        ...pod.metadata.labels,
        [REVISION_LABEL]: hash,
        ...(generation !== undefined && { [GENERATION_LABEL]: generation }),
      },
    },
    spec: { ...pod.spec, affinity: onNode(pod.spec.affinity, node), tolerations: [...own, ...added] },
  };
}

function onNode(affinity: Affinity | undefined, node: string): Affinity {
  const matchFields = [{ key: 'metadata.name', operator: 'In', values: [node] }];
  const required = { nodeSelectorTerms: [{ matchFields }] };
  return {
    ...affinity,
    nodeAffinity: { ...affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: required },
  };
}

/** The node that a daemon's Pod is on or meant for. */
export function nodeOfDaemon({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const fields = required?.nodeSelectorTerms.flatMap(term => term.matchFields ?? []) ?? [];
  return fields.find(({ key, operator }) => key === 'metadata.name' && operator === 'In')?.values?.[0];
}

/**
 * - `run`: a Pod belongs there.
 * - `stay`: none is to come, but one that is there may remain.
 * - `none`: one that is there has to go.
 */
export function fitOf(daemonSet: DaemonSet, node: Node): 'run' | 'stay' | 'none' {
  const { spec } = daemonSet.spec.template;
  if (spec.nodeName && spec.nodeName !== node.metadata.name) return 'none';
  if (!matchesNode(spec, node)) return 'none';
  const tolerations = [...(spec.tolerations ?? []), ...tolerationsOf(spec)];
  // What keeps new Pods away from a cordoned node does not count for daemons.
  if (untoleratedTaint(tolerations, node, ['NoSchedule', 'NoExecute']) === undefined) return 'run';
  return untoleratedTaint(tolerations, node, ['NoExecute']) === undefined ? 'stay' : 'none';
}
