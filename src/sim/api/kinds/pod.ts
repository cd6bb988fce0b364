// Pod: the smallest thing that is scheduled, with an address of its own.
//
// Omits:   ephemeral containers, in-place resize; ServiceAccount tokens (see podDefaults.ts).
// Read:    kubernetes pkg/registry/core/pod/strategy.go; pkg/printers/internalversion/printers.go, `printPod`.

import type { Draft } from '../draft.ts';
import type { ApiObject } from '../objects.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { validatePod, validatePodCreate, validatePodUpdate } from '../validation/pod/pod.ts';
import { validatePodStatusUpdate } from '../validation/pod/status.ts';
import type { Kind } from './kind.ts';
import { admitPod, defaultPod, qosClass } from './podDefaults.ts';
import type { PodSpec, PodStatus } from './podSpec.ts';
import { podColumns } from './podTable.ts';
import { podWarnings } from './podWarnings.ts';

export type * from './podSpec.ts';

export interface Pod extends ApiObject {
  readonly spec: PodSpec;
  readonly status?: PodStatus;
}

export const pods: Kind<Pod> = {
  apiVersion: 'v1',
  kind: 'Pod',
  resource: 'pods',
  singular: 'pod',
  shortNames: ['po'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status', 'binding', 'eviction', 'log', 'exec', 'attach', 'portforward'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'object',
  defaults: defaultPod,
  prepareCreate(pod) {
    const admitted = admitPod(pod);
    const spec = admitted.spec ?? {};
    const isGated = (spec.schedulingGates ?? []).length > 0;
    return {
      ...admitted,
      status: { phase: 'Pending', ...(isGated && { conditions: [GATED] }), qosClass: qosClass(spec) },
    };
  },
  prepareUpdate(pod, old) {
    return { ...pod, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  validateStatus: validatePodStatusUpdate,
  warnings: (pod, old) => (old === undefined ? podWarnings(pod) : []),
  columns: podColumns,
  indexes: pod => [`node=${pod.spec.nodeName ?? ''}`],
  selectableFields: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  selectableField(pod, field) {
    switch (field) {
      case 'spec.nodeName':
        return pod.spec.nodeName ?? '';
      case 'spec.restartPolicy':
        return pod.spec.restartPolicy ?? '';
      case 'spec.schedulerName':
        return pod.spec.schedulerName ?? '';
      case 'spec.serviceAccountName':
        return pod.spec.serviceAccountName ?? '';
      case 'spec.hostNetwork':
        return String(pod.spec.hostNetwork ?? false);
      case 'status.phase':
        return pod.status?.phase ?? '';
      case 'status.podIP':
        return pod.status?.podIP ?? '';
      case 'status.nominatedNodeName':
        return pod.status?.nominatedNodeName ?? '';
      default:
        return undefined;
    }
  },
};

/** Of a Pod that waits until somebody takes its gates away. Source: strategy.go, `applySchedulingGatedCondition`. */
const GATED = {
  type: 'PodScheduled',
  status: 'False',
  reason: 'SchedulingGated',
  message: 'Scheduling is blocked due to non-empty scheduling gates',
} as const;

/** An object of the store is one of its kind's. */
export function isPod(object: ApiObject): object is Pod {
  return object.kind === 'Pod';
}

/** The Pod's condition `Ready` is true: its Services may send it traffic. */
export function isPodReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

/** All containers have ended for good. */
export function isPodTerminal(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** Bound to no node, and not waiting to be deleted. */
export function isPodUnscheduled(pod: Draft<Pod>): boolean {
  return (pod.spec?.nodeName ?? '') === '' && pod.metadata?.deletionTimestamp === undefined;
}
