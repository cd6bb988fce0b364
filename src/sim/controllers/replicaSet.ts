// The ReplicaSet controller: keeps so many Pods of a template.
//
// Models:  creation and deletion in order, adoption and release by labels, readiness and availability, what failed.
// Omits:   expectations (nothing is in flight here), retries with back-off: a failure is tried again at the next change.
// Read:    kubernetes pkg/controller/replicaset/replica_set.go, replica_set_utils.go.

import type { ApiChange, ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { isPodReady, isPodTerminal, type Pod, pods } from '../api/kinds/pod.ts';
import { type ReplicaSet, type ReplicaSetStatus, replicaSets } from '../api/kinds/replicaSet.ts';
import { type Condition, keyOf, type NewObject, parseKey } from '../api/objects.ts';
import { matchesLabels } from '../api/selectors.ts';
import { parseTimestamp, timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';
import { adopted, controllerOf, controllerReference, isControlledBy, released } from './ownership.ts';
import { inOrderOfDeletion } from './podRank.ts';

const NAME = 'replicaset-controller';
/** Pods made or deleted in one go. Source: replica_set.go, `BurstReplicas`. */
const BURST = 500;

export function replicaSetController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [ofKind(replicaSets), ofKind(pods, keysOfPod)],
    reconcile(api, key) {
      const replicaSet = api.get(replicaSets, parseKey(key));
      if (replicaSet === undefined) return;
      const claimed = claimPods(api, replicaSet);
      const failed = replicaSet.metadata.deletionTimestamp === undefined ? manage(api, replicaSet, claimed) : undefined;
      // What was made or deleted just now counts.
      const own = api.list(pods, { owner: replicaSet.metadata.uid }).filter(isActive);
      const minReady = (replicaSet.spec.minReadySeconds ?? 0) * 1000;
      const wait = untilAvailable(own, minReady, clock.now);
      if (wait !== undefined) clock.setAlarm(NAME, key, wait);
      report(api, replicaSet, own, { failed, minReady, now: clock.now });
    },
  };
}

/** The ReplicaSet that a Pod belongs to, or those that may want it. */
function keysOfPod({ object, previous }: ApiChange<Pod>, api: ApiClient): readonly string[] {
  const { namespace } = object.metadata;
  const keys = new Set<string>();
  for (const pod of [object, previous]) {
    const owner = pod === undefined ? undefined : controllerOf(pod);
    if (owner?.kind === 'ReplicaSet') keys.add(`${namespace}/${owner.name}`);
  }
  if (controllerOf(object) === undefined && namespace !== undefined) {
    for (const replicaSet of api.list(replicaSets, { namespace }))
      if (matchesLabels(replicaSet.spec.selector, object.metadata.labels)) keys.add(keyOf(replicaSet));
  }
  return [...keys];
}

function isActive(pod: Pod): boolean {
  return !isPodTerminal(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Takes in Pods that match and belong to nobody, lets those go that no longer match, and returns the active rest. */
function claimPods(api: ApiClient, replicaSet: ReplicaSet): readonly Pod[] {
  const { namespace = '', uid, deletionTimestamp } = replicaSet.metadata;
  const { selector } = replicaSet.spec;
  const claimed: Pod[] = [];
  for (const pod of api.list(pods, { owner: uid })) {
    if (!isControlledBy(pod, replicaSet)) continue;
    if (matchesLabels(selector, pod.metadata.labels)) claimed.push(pod);
    else if (pod.metadata.deletionTimestamp === undefined) api.update(pods, released(pod, uid));
  }
  if (deletionTimestamp === undefined) {
    for (const pod of api.list(pods, { namespace, selector })) {
      if (controllerOf(pod) !== undefined || !isActive(pod)) continue;
      const taken = api.update(pods, adopted(pod, replicaSet));
      if (taken.ok) claimed.push(taken.value);
    }
  }
  return claimed.filter(isActive);
}

/** Makes or deletes Pods until the number is right. Returns what went wrong, if anything did. */
function manage(api: ApiClient, replicaSet: ReplicaSet, active: readonly Pod[]): Failure | undefined {
  const missing = replicaSet.spec.replicas - active.length;
  if (missing > 0) return createPods(api, replicaSet, Math.min(missing, BURST));
  if (missing < 0) return deletePods(api, replicaSet, active, Math.min(-missing, BURST));
  return undefined;
}

interface Failure {
  readonly reason: 'FailedCreate' | 'FailedDelete';
  readonly message: string;
}

function createPods(api: ApiClient, replicaSet: ReplicaSet, count: number): Failure | undefined {
  for (let i = 0; i < count; i++) {
    const created = api.create(pods, podOf(replicaSet));
    if (created.ok) {
      const message = `Created pod: ${created.value.metadata.name}`;
      api.event(replicaSet, { type: 'Normal', reason: 'SuccessfulCreate', message, source: NAME });
      continue;
    }
    const { message, details } = created.error;
    // In a namespace that goes away nothing more can be made, and nobody needs to hear of it.
    if (details?.causes?.some(cause => cause.reason === 'NamespaceTerminating') === true) return undefined;
    api.event(replicaSet, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${message}`,
      source: NAME,
    });
    return { reason: 'FailedCreate', message };
  }
  return undefined;
}

/** A Pod of the template. Source: controller_utils.go, `GetPodFromTemplate`. */
function podOf(replicaSet: ReplicaSet): NewObject<Pod> {
  const { metadata, spec } = replicaSet.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${replicaSet.metadata.name}-`,
      ...(replicaSet.metadata.namespace !== undefined && { namespace: replicaSet.metadata.namespace }),
      ...(metadata?.labels !== undefined && { labels: metadata.labels }),
      ...(metadata?.annotations !== undefined && { annotations: metadata.annotations }),
      ...(metadata?.finalizers !== undefined && { finalizers: metadata.finalizers }),
      ownerReferences: [controllerReference(replicaSet)],
    },
    spec,
  };
}

function deletePods(
  api: ApiClient,
  replicaSet: ReplicaSet,
  active: readonly Pod[],
  count: number,
): Failure | undefined {
  for (const pod of inOrderOfDeletion(active).slice(0, count)) {
    const deleted = api.delete(pods, pod.metadata);
    if (!deleted.ok) return { reason: 'FailedDelete', message: deleted.error.message };
    const message = `Deleted pod: ${pod.metadata.name}`;
    api.event(replicaSet, { type: 'Normal', reason: 'SuccessfulDelete', message, source: NAME });
  }
  return undefined;
}

/** Ready for long enough. Source: pkg/api/v1/pod, `IsPodAvailable`. */
function isAvailable(pod: Pod, minReady: VirtualMs, now: VirtualMs): boolean {
  return isPodReady(pod) && (minReady === 0 || readySince(pod, now) + minReady <= now);
}

function readySince(pod: Pod, now: VirtualMs): VirtualMs {
  const since = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  return (since === undefined ? undefined : parseTimestamp(since)) ?? now;
}

/** How long until the next ready Pod counts as available; undefined when none is on the way. */
function untilAvailable(own: readonly Pod[], minReady: VirtualMs, now: VirtualMs): VirtualMs | undefined {
  if (minReady === 0) return undefined;
  const waits = own.flatMap(pod => {
    const wait = readySince(pod, now) + minReady - now;
    return isPodReady(pod) && wait > 0 ? [wait] : [];
  });
  return waits.length === 0 ? undefined : Math.min(...waits);
}

interface Findings {
  readonly failed: Failure | undefined;
  readonly minReady: VirtualMs;
  readonly now: VirtualMs;
}

function report(api: ApiClient, replicaSet: ReplicaSet, own: readonly Pod[], findings: Findings): void {
  const { failed, minReady, now } = findings;
  const { template } = replicaSet.spec;
  const fullyLabeled = own.filter(pod =>
    matchesLabels({ matchLabels: template.metadata?.labels ?? {} }, pod.metadata.labels),
  );
  const ready = own.filter(isPodReady);
  const available = ready.filter(pod => isAvailable(pod, minReady, now));
  const conditions = conditionsOf(replicaSet, failed, timestamp(now));
  const status: ReplicaSetStatus = {
    replicas: own.length,
    ...(fullyLabeled.length > 0 && { fullyLabeledReplicas: fullyLabeled.length }),
    ...(ready.length > 0 && { readyReplicas: ready.length }),
    ...(available.length > 0 && { availableReplicas: available.length }),
    ...(replicaSet.metadata.generation !== undefined && { observedGeneration: replicaSet.metadata.generation }),
    ...(conditions.length > 0 && { conditions }),
  };
  if (!equalJson(status, replicaSet.status)) api.updateStatus(replicaSets, { ...replicaSet, status });
}

function conditionsOf({ status }: ReplicaSet, failed: Failure | undefined, now: string): readonly Condition[] {
  const others = (status?.conditions ?? []).filter(({ type }) => type !== 'ReplicaFailure');
  if (failed === undefined) return others;
  const old = status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  return [
    ...others,
    { type: 'ReplicaFailure', status: 'True', lastTransitionTime: old?.lastTransitionTime ?? now, ...failed },
  ];
}
