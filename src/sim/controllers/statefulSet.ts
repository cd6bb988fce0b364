// The StatefulSet controller: Pods with names that stay, made and replaced in the order of their numbers.
//
// Models:  what statefulSetPlan.ts decides; revisions and rollbacks; claims, where the server knows their kind.
// Omits:   the retention policy of claims: they are kept.
// Read:    kubernetes pkg/controller/statefulset/stateful_set.go, stateful_set_control.go, stateful_pod_control.go.

import type { ApiClient, ApiError, KindRef } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import type { ControllerRevision } from '../api/kinds/controllerRevision.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { type StatefulSet, type StatefulSetStatus, statefulSets } from '../api/kinds/statefulSet.ts';
import { type ApiObject, type NewObject, parseKey } from '../api/objects.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';
import { untilAvailable } from './podCounts.ts';
import { claimPods, isNamespaceEnding, podsOf } from './podOwner.ts';
import { forgetRevisions, type History, keepHistory, templateOf } from './revisions.ts';
import { planStatefulSet, type StatefulStep } from './statefulSetPlan.ts';
import {
  claimName,
  isRunningAndAvailable,
  isRunningAndReady,
  isTerminating,
  ordinalOf,
  revisionOfPod,
  STATEFUL_REVISIONS,
  statefulPod,
} from './statefulSetPod.ts';

const NAME = 'statefulset-controller';

export function statefulSetController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [ofKind(statefulSets), podsOf(statefulSets)],
    reconcile(api, key) {
      const set = api.get(statefulSets, parseKey(key));
      if (set === undefined) return;
      const own = claimPods(api, set, pod => ordinalOf(set, pod) !== undefined);
      const history = keepHistory(api, set, STATEFUL_REVISIONS);
      if (history === undefined) return;
      const current = history.all.find(({ metadata }) => metadata.name === set.status?.currentRevision);
      const round: Round = { api, set, history, current: current ?? history.latest };
      if (set.metadata.deletionTimestamp === undefined) {
        const updateRevision = history.latest.metadata.name;
        for (const step of planStatefulSet({ set, pods: own, updateRevision, now: clock.now })) take(round, step);
      }
      report(round, clock.now);
      const wait = untilNextAvailable(api, set, clock.now);
      if (wait < Number.POSITIVE_INFINITY) clock.setAlarm(NAME, key, wait);
    },
  };
}

interface Round {
  readonly api: ApiClient;
  readonly set: StatefulSet;
  readonly history: History;
  /** The revision that was rolled out last. */
  readonly current: ControllerRevision;
}

function take(round: Round, step: StatefulStep): void {
  if (step.kind === 'create') createPod(round, step.ordinal);
  else deletePod(round, step.pod);
}

function tell({ api, set }: Round, type: 'Normal' | 'Warning', reason: string, message: string): void {
  api.event(set, { type, reason, message, source: NAME });
}

function tellOutcome(round: Round, verb: 'create' | 'delete', what: string, error: ApiError | undefined): void {
  const reason = verb === 'create' ? 'Create' : 'Delete';
  const sentence = `${verb} ${what} in StatefulSet ${round.set.metadata.name}`;
  if (error === undefined) tell(round, 'Normal', `Successful${reason}`, `${sentence} successful`);
  else if (!isNamespaceEnding(error))
    tell(round, 'Warning', `Failed${reason}`, `${sentence} failed error: ${error.message}`);
}

function createPod(round: Round, ordinal: number): void {
  const { api, set, history, current } = round;
  const { type, rollingUpdate } = set.spec.updateStrategy;
  const start = set.spec.ordinals?.start ?? 0;
  const keepsOld = type === 'RollingUpdate' && ordinal < start + (rollingUpdate?.partition ?? 0);
  const revision = keepsOld ? current : history.latest;
  const pod = statefulPod(set, templateOf(revision) ?? set.spec.template, revision, ordinal);
  const podName = pod.metadata.name ?? '';
  createClaims(round, podName);
  const created = api.create(pods, pod);
  tellOutcome(round, 'create', `Pod ${podName}`, created.ok ? undefined : created.error);
}

/** The claims of a Pod's volumes are made once, and stay when the Pod goes. */
function createClaims(round: Round, podName: string): void {
  const { api, set } = round;
  const kind: KindRef<ApiObject> | undefined = api.kindOf('v1', 'PersistentVolumeClaim');
  if (kind === undefined) return;
  const { namespace = '', name: setName } = set.metadata;
  for (const claim of set.spec.volumeClaimTemplates ?? []) {
    const name = claimName(claim, podName);
    if (api.get(kind, { namespace, name }) !== undefined) continue;
    const { apiVersion: _apiVersion, kind: _kind, status: _status, metadata, ...rest } = claim;
    const labels = { ...metadata?.labels, ...set.spec.selector.matchLabels };
    const object: NewObject<ApiObject> = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { ...metadata, name, namespace, labels },
      ...rest,
    };
    const created = api.create(kind, object);
    const what = `Claim ${name} Pod ${podName} in StatefulSet ${setName}`;
    if (created.ok) tell(round, 'Normal', 'SuccessfulCreate', `create ${what} success`);
    else tell(round, 'Warning', 'FailedCreate', `create ${what} failed error: ${created.error.message}`);
  }
}

function deletePod(round: Round, { metadata }: Pod): void {
  const deleted = round.api.delete(pods, metadata, { uid: metadata.uid });
  tellOutcome(round, 'delete', `Pod ${metadata.name}`, deleted.ok ? undefined : deleted.error);
}

function report({ api, set, history, current }: Round, now: VirtualMs): void {
  const { uid, generation } = set.metadata;
  const all = api.list(pods, { controller: uid });
  const count = (holds: (pod: Pod) => boolean) => all.filter(holds).length;
  const update = history.latest.metadata.name;
  const ofRevision = (name: string) => count(pod => !isTerminating(pod) && revisionOfPod(pod) === name);
  const [ready, updated] = [count(isRunningAndReady), ofRevision(update)];
  const { replicas } = set.spec;
  const isThrough = [ready, updated, all.length].every(number => number === replicas);
  const isComplete = set.spec.updateStrategy.type === 'RollingUpdate' && isThrough;
  const present = isComplete ? update : current.metadata.name;
  const currentReplicas = ofRevision(present);
  const status: StatefulSetStatus = {
    ...(generation !== undefined && { observedGeneration: generation }),
    replicas: all.length,
    ...(ready > 0 && { readyReplicas: ready }),
    ...(currentReplicas > 0 && { currentReplicas }),
    ...(updated > 0 && { updatedReplicas: updated }),
    currentRevision: present,
    updateRevision: update,
    collisionCount: history.collisions,
    availableReplicas: count(pod => isRunningAndAvailable(set, pod, now)),
  };
  if (!equalJson(status, set.status)) api.updateStatus(statefulSets, { ...set, status });
  forgetRevisions(api, set, history, new Set([present, update, ...all.map(revisionOfPod)]));
}

/** How long until a ready Pod counts as available; infinite when none is on the way. */
function untilNextAvailable(api: ApiClient, { metadata, spec }: StatefulSet, now: VirtualMs): VirtualMs {
  const minReady = (spec.minReadySeconds ?? 0) * 1000;
  const waits = api.list(pods, { controller: metadata.uid }).map(pod => untilAvailable(pod, minReady, now));
  return Math.min(...waits.filter(wait => wait > 0), Number.POSITIVE_INFINITY);
}
