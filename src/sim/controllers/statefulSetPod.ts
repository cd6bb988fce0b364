// The Pods of a StatefulSet: each has a number, and from it a name, a hostname and claims that stay.
//
// Read:    kubernetes pkg/controller/statefulset/stateful_set_utils.go.

import type { ControllerRevision } from '../api/kinds/controllerRevision.ts';
import { isPodReady, type Pod, type PodTemplateSpec } from '../api/kinds/pod.ts';
import type { StatefulSet, VolumeClaimTemplate } from '../api/kinds/statefulSet.ts';
import type { NewObject } from '../api/objects.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { fnv32, safeEncode } from '../runtime/names.ts';
import { untilAvailable } from './podCounts.ts';
import { podOfTemplate } from './podOwner.ts';
import { type RevisionStyle, templatePatchText } from './revisions.ts';

const NAME_LABEL = 'statefulset.kubernetes.io/pod-name';
const INDEX_LABEL = 'apps.kubernetes.io/pod-index';
const REVISION_LABEL = 'controller-revision-hash';

export const STATEFUL_REVISIONS: RevisionStyle = {
  hashOf: (template, collisions) => safeEncode(String(fnv32(`${templatePatchText(template)}${collisions}`))),
  labelsOf: (template, hash) => ({ ...template.metadata?.labels, 'controller.kubernetes.io/hash': hash }),
};

/** The number in a Pod's name; undefined when the Pod cannot be one of this set. */
export function ordinalOf(
  { metadata: { name: setName } }: StatefulSet,
  { metadata: { name } }: Pod,
): number | undefined {
  const digits = name.startsWith(`${setName}-`) ? name.slice(setName.length + 1) : '';
  return /^(?:0|[1-9]\d*)$/.test(digits) ? Number(digits) : undefined;
}

/** The name of the ControllerRevision that a Pod was made from. */
export function revisionOfPod({ metadata }: Pod): string {
  return metadata.labels?.[REVISION_LABEL] ?? '';
}

export function statefulPod(
  set: StatefulSet,
  template: PodTemplateSpec,
  revision: ControllerRevision,
  ordinal: number,
): NewObject<Pod> {
  const { serviceName = '', volumeClaimTemplates = [] } = set.spec;
  const name = `${set.metadata.name}-${ordinal}`;
  const pod = podOfTemplate(set, template);
  const { labels } = pod.metadata;
  const claimed = new Set(volumeClaimTemplates.map(({ metadata }) => metadata?.name));
  const volumes = [
    ...volumeClaimTemplates.map(claim => ({
      name: claim.metadata?.name ?? '',
      persistentVolumeClaim: { claimName: claimName(claim, name) },
    })),
    ...(pod.spec.volumes ?? []).filter(volume => !claimed.has(volume.name)),
  ];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      name,
      labels: {
        ...labels,
        [NAME_LABEL]: name,
        [INDEX_LABEL]: String(ordinal),
        [REVISION_LABEL]: revision.metadata.name,
      },
    },
    spec: {
      ...pod.spec,
      hostname: name,
      ...(serviceName !== '' && { subdomain: serviceName }),
      ...(volumes.length > 0 && { volumes }),
    },
  };
}

/** `data-web-0` */
export function claimName(claim: VolumeClaimTemplate, podName: string): string {
  return `${claim.metadata?.name ?? ''}-${podName}`;
}

export function isTerminating(pod: Pod): boolean {
  return pod.metadata.deletionTimestamp !== undefined;
}

export function isRunningAndReady(pod: Pod): boolean {
  return pod.status?.phase === 'Running' && isPodReady(pod);
}

/** Runs, is ready, and was so for the set's minReadySeconds. */
export function isRunningAndAvailable({ spec }: StatefulSet, pod: Pod, now: VirtualMs): boolean {
  return isRunningAndReady(pod) && untilAvailable(pod, (spec.minReadySeconds ?? 0) * 1000, now) <= 0;
}
