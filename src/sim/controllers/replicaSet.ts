// The ReplicaSet controller: keeps so many Pods of a template.
//
// Models:  creation and deletion in order, adoption and release by labels, readiness and availability, what failed.
// Omits:   expectations (nothing is in flight here), retries with back-off: a failure is tried again at the next change.
// Read:    kubernetes pkg/controller/replicaset/replica_set.go, replica_set_utils.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { type ReplicaSet, type ReplicaSetStatus, replicaSets } from '../api/kinds/replicaSet.ts';
import { type Condition, parseKey, type Timestamp } from '../api/objects.ts';
import { matchesLabels } from '../api/selectors.ts';
import { timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';
import { adopted, released } from './ownership.ts';
import { activePods, isPodActive, labelSetsOf, untilAvailable } from './podCounts.ts';
import { dropPod, isNamespaceEnding, makePod, podOfTemplate, podsOf } from './podOwner.ts';
import { inOrderOfDeletion } from './podRank.ts';

const NAME = 'replicaset-controller';
/** Pods made or deleted in one go. Source: replica_set.go, `BurstReplicas`. */
const BURST = 500;

export function replicaSetController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [ofKind(replicaSets), podsOf(replicaSets)],
    reconcile(api, key) {
      const replicaSet = api.get(replicaSets, parseKey(key));
      if (replicaSet === undefined) return;
      claimPods(api, replicaSet);
      const failed = replicaSet.metadata.deletionTimestamp === undefined ? manage(api, replicaSet) : undefined;
      const minReady = (replicaSet.spec.minReadySeconds ?? 0) * 1000;
      const counts = countPods(api, replicaSet, minReady, clock.now);
      if (counts.untilNextAvailable !== undefined) clock.setAlarm(NAME, key, counts.untilNextAvailable);
      report(api, replicaSet, counts, failed, timestamp(clock.now));
    },
  };
}

/** Takes in Pods that match and belong to nobody, and lets those go that no longer match. */
function claimPods(api: ApiClient, replicaSet: ReplicaSet): void {
  const { namespace = '', uid, deletionTimestamp } = replicaSet.metadata;
  const { selector } = replicaSet.spec;
  const strayLabels = labelSets(api, replicaSet).filter(({ labels }) => !matchesLabels(selector, labels));
  if (strayLabels.length > 0) {
    for (const pod of api.list(pods, { controller: uid }))
      if (!matchesLabels(selector, pod.metadata.labels) && pod.metadata.deletionTimestamp === undefined)
        api.update(pods, released(pod, uid));
  }
  if (deletionTimestamp !== undefined) return;
  for (const pod of api.list(pods, { namespace, selector, controller: '' }))
    if (isPodActive(pod)) api.update(pods, adopted(pod, replicaSet));
}

/** Makes or deletes Pods until the number is right. Returns what went wrong, if anything did. */
function manage(api: ApiClient, replicaSet: ReplicaSet): Failure | undefined {
  const { uid } = replicaSet.metadata;
  const missing = replicaSet.spec.replicas - (api.tally(pods, { controller: uid }, activePods).get('active') ?? 0);
  if (missing > 0) return createPods(api, replicaSet, Math.min(missing, BURST));
  if (missing === 0) return undefined;
  const active = api.list(pods, { controller: uid }).filter(isPodActive);
  return deletePods(api, replicaSet, active, Math.min(-missing, BURST));
}

interface Failure {
  readonly reason: 'FailedCreate' | 'FailedDelete';
  readonly message: string;
}

function createPods(api: ApiClient, replicaSet: ReplicaSet, count: number): Failure | undefined {
  for (let i = 0; i < count; i++) {
    const created = makePod(api, replicaSet, podOfTemplate(replicaSet, replicaSet.spec.template), NAME);
    if (created.ok) continue;
    const { message } = created.error;
    return isNamespaceEnding(created.error) ? undefined : { reason: 'FailedCreate', message };
  }
  return undefined;
}

function deletePods(
  api: ApiClient,
  replicaSet: ReplicaSet,
  active: readonly Pod[],
  count: number,
): Failure | undefined {
  for (const pod of inOrderOfDeletion(active).slice(0, count)) {
    const deleted = dropPod(api, replicaSet, pod, NAME);
    if (!deleted.ok) return { reason: 'FailedDelete', message: deleted.error.message };
  }
  return undefined;
}

interface PodCounts {
  readonly active: number;
  readonly fullyLabeled: number;
  readonly ready: number;
  readonly available: number;
  /** How long until the next ready Pod counts as available; undefined when none is on the way. */
  readonly untilNextAvailable: VirtualMs | undefined;
}

function countPods(api: ApiClient, replicaSet: ReplicaSet, minReady: VirtualMs, now: VirtualMs): PodCounts {
  const { uid } = replicaSet.metadata;
  const tally = api.tally(pods, { controller: uid }, activePods);
  const wanted = { matchLabels: replicaSet.spec.template.metadata?.labels ?? {} };
  const labelled = labelSets(api, replicaSet).filter(({ labels }) => matchesLabels(wanted, labels));
  const [active, ready] = [tally.get('active') ?? 0, tally.get('ready') ?? 0];
  const fullyLabeled = labelled.reduce((sum, { count }) => sum + count, 0);
  if (minReady === 0) return { active, fullyLabeled, ready, available: ready, untilNextAvailable: undefined };
  const waits = api
    .list(pods, { controller: uid })
    .filter(isPodActive)
    .map(pod => untilAvailable(pod, minReady, now));
  const coming = waits.filter(wait => wait > 0 && wait < Number.POSITIVE_INFINITY);
  return {
    active,
    fullyLabeled,
    ready,
    available: waits.filter(wait => wait <= 0).length,
    untilNextAvailable: coming.length === 0 ? undefined : Math.min(...coming),
  };
}

/** The different labels that active Pods of a ReplicaSet have, and how many have them: one set, but for hand edits. */
function labelSets(api: ApiClient, replicaSet: ReplicaSet) {
  return labelSetsOf(api.tally(pods, { controller: replicaSet.metadata.uid }, activePods));
}

function report(
  api: ApiClient,
  replicaSet: ReplicaSet,
  { active, fullyLabeled, ready, available }: PodCounts,
  failed: Failure | undefined,
  now: Timestamp,
): void {
  const conditions = conditionsOf(replicaSet, failed, now);
  const status: ReplicaSetStatus = {
    replicas: active,
    ...(fullyLabeled > 0 && { fullyLabeledReplicas: fullyLabeled }),
    ...(ready > 0 && { readyReplicas: ready }),
    ...(available > 0 && { availableReplicas: available }),
    ...(replicaSet.metadata.generation !== undefined && { observedGeneration: replicaSet.metadata.generation }),
    ...(conditions.length > 0 && { conditions }),
  };
  if (equalJson(status, replicaSet.status)) return;
  // Taking Pods in or letting them go has not changed the ReplicaSet itself.
  api.updateStatus(replicaSets, { ...replicaSet, status });
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
