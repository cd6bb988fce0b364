// The DaemonSet controller: one Pod on every node that fits.
//
// Models:  what daemonSetPlan.ts decides; revisions of the template.
// Read:    kubernetes pkg/controller/daemon/daemon_controller.go, `syncDaemonSet`, `updateDaemonSetStatus`.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { type DaemonSet, type DaemonSetStatus, daemonSets } from '../api/kinds/daemonSet.ts';
import { nodes } from '../api/kinds/node.ts';
import { isPodReady, type Pod, pods } from '../api/kinds/pod.ts';
import { keyOf, parseKey } from '../api/objects.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';
import { byNode, type DaemonStep, type DaemonView, isAvailable, planDaemonSet } from './daemonSetPlan.ts';
import { DAEMON_REVISIONS, daemonPod, fitOf, isUpdated } from './daemonSetPod.ts';
import { untilAvailable } from './podCounts.ts';
import { claimPods, dropPod, makePod, podsOf } from './podOwner.ts';
import { forgetRevisions, type History, keepHistory } from './revisions.ts';

const NAME = 'daemonset-controller';

export function daemonSetController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(daemonSets),
      podsOf(daemonSets),
      ofKind(nodes, ({ type, object, previous }, api) =>
        type === 'MODIFIED' &&
        equalJson(previous?.metadata.labels, object.metadata.labels) &&
        equalJson(previous?.spec.taints, object.spec.taints)
          ? []
          : api.list(daemonSets).map(keyOf),
      ),
    ],
    reconcile(api, key) {
      const daemonSet = api.get(daemonSets, parseKey(key));
      if (daemonSet === undefined || daemonSet.metadata.deletionTimestamp !== undefined) return;
      const own = claimPods(api, daemonSet);
      const history = keepHistory(api, daemonSet, DAEMON_REVISIONS);
      if (history === undefined) return;
      const hash = hashOf(daemonSet, history);
      for (const step of planDaemonSet(viewOf(api, daemonSet, own, hash, clock.now))) take(api, daemonSet, hash, step);
      const left = api.list(pods, { controller: daemonSet.metadata.uid });
      report(api, viewOf(api, daemonSet, left, hash, clock.now), history);
      const wait = untilNextAvailable(daemonSet, left, clock.now);
      if (wait < Number.POSITIVE_INFINITY) clock.setAlarm(NAME, key, wait);
    },
  };
}

/** A revision's name ends with it. */
function hashOf({ metadata }: DaemonSet, { latest }: History): string {
  return latest.metadata.name.slice(metadata.name.length + 1);
}

function viewOf(api: ApiClient, daemonSet: DaemonSet, own: readonly Pod[], hash: string, now: VirtualMs): DaemonView {
  return { daemonSet, nodes: api.list(nodes), podsOn: byNode(own), hash, now };
}

function take(api: ApiClient, daemonSet: DaemonSet, hash: string, step: DaemonStep): void {
  if (step.kind === 'create') {
    makePod(api, daemonSet, daemonPod(daemonSet, step.node, hash), NAME);
    return;
  }
  const { pod, why } = step;
  const found = `daemon pod ${keyOf(pod)} on node ${pod.spec.nodeName ?? ''}, will try to`;
  if (why === 'failed') {
    const message = `Found failed ${found} kill it`;
    api.event(daemonSet, { type: 'Warning', reason: 'FailedDaemonPod', message, source: NAME });
  } else if (why === 'succeeded') {
    const message = `Found succeeded ${found} delete it`;
    api.event(daemonSet, { type: 'Normal', reason: 'SucceededDaemonPod', message, source: NAME });
  }
  dropPod(api, daemonSet, pod, NAME);
}

function report(api: ApiClient, view: DaemonView, history: History): void {
  const { daemonSet, hash } = view;
  const counts = { desired: 0, current: 0, misscheduled: 0, ready: 0, available: 0, updated: 0 };
  for (const node of view.nodes) {
    const [pod] = view.podsOn.get(node.metadata.name) ?? [];
    if (fitOf(daemonSet, node) !== 'run') {
      if (pod !== undefined) counts.misscheduled++;
      continue;
    }
    counts.desired++;
    if (pod === undefined) continue;
    counts.current++;
    if (isPodReady(pod)) counts.ready++;
    if (isAvailable(view, pod)) counts.available++;
    if (isUpdated(pod, hash)) counts.updated++;
  }
  const { generation } = daemonSet.metadata;
  const unavailable = counts.desired - counts.available;
  const status: DaemonSetStatus = {
    currentNumberScheduled: counts.current,
    numberMisscheduled: counts.misscheduled,
    desiredNumberScheduled: counts.desired,
    numberReady: counts.ready,
    ...(generation !== undefined && { observedGeneration: generation }),
    ...(counts.updated > 0 && { updatedNumberScheduled: counts.updated }),
    ...(counts.available > 0 && { numberAvailable: counts.available }),
    ...(unavailable > 0 && { numberUnavailable: unavailable }),
    ...(history.collisions > 0 && { collisionCount: history.collisions }),
  };
  if (!equalJson(status, daemonSet.status)) api.updateStatus(daemonSets, { ...daemonSet, status });
  const { name } = daemonSet.metadata;
  const hashes = [...view.podsOn.values()].flat().map(pod => pod.metadata.labels?.['controller-revision-hash'] ?? '');
  forgetRevisions(api, daemonSet, history, new Set([hash, ...hashes].map(other => `${name}-${other}`)));
}

/** How long until a ready Pod counts as available; infinite when none is on the way. */
function untilNextAvailable({ spec }: DaemonSet, own: readonly Pod[], now: VirtualMs): VirtualMs {
  const minReady = (spec.minReadySeconds ?? 0) * 1000;
  const waits = own.map(pod => untilAvailable(pod, minReady, now));
  return Math.min(...waits.filter(wait => wait > 0), Number.POSITIVE_INFINITY);
}
