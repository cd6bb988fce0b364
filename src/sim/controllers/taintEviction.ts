// The taint eviction controller: Pods leave nodes whose NoExecute taints they do not tolerate, or not for longer.
//
// Read:    kubernetes pkg/controller/tainteviction/taint_eviction.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { equalJson } from '../api/json.ts';
import { nodes, type Taint } from '../api/kinds/node.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { type Condition, keyOf, parseKey } from '../api/objects.ts';
import { tolerates } from '../api/placement.ts';
import { timestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { ControllerContext } from './context.ts';

const NAME = 'taint-eviction-controller';
/** Ends the key of a Pod whose time is over; without it the key is of a Pod that has to be looked at. */
const DUE = ' due';

export function taintEvictionController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  const isAwaited = (key: string): boolean => clock.alarm(NAME, key + DUE) !== undefined;
  return {
    name: NAME,
    watches: [
      ofKind(pods, ({ type, object, previous }) => {
        if (type === 'DELETED') return isAwaited(keyOf(object)) ? [keyOf(object)] : [];
        return previous?.spec.nodeName === object.spec.nodeName ? [] : [keyOf(object)];
      }),
      ofKind(nodes, ({ type, object, previous }, api) =>
        type === 'DELETED' || equalJson(previous?.spec.taints, object.spec.taints)
          ? []
          : api.list(pods, { node: object.metadata.name }).map(keyOf),
      ),
    ],
    reconcile(api, key) {
      const isDue = key.endsWith(DUE);
      const name = isDue ? key.slice(0, -DUE.length) : key;
      const pod = api.get(pods, parseKey(name));
      const patience = pod === undefined ? Number.POSITIVE_INFINITY : patienceOf(pod, noExecuteTaints(api, pod));
      if (pod !== undefined && (patience === 0 || (isDue && patience < Number.POSITIVE_INFINITY))) {
        clock.cancelAlarm(NAME, name + DUE);
        evict(api, pod, timestamp(clock.now));
      } else if (patience < Number.POSITIVE_INFINITY) {
        // What is awaited already goes on: another taint does not start the time anew.
        if (!isAwaited(name)) clock.setAlarm(NAME, name + DUE, patience, 'periodic');
      } else if (isAwaited(name)) {
        clock.cancelAlarm(NAME, name + DUE);
        if (pod !== undefined) tell(api, pod, `Cancelling deletion of Pod ${name}`);
      }
    },
  };
}

function noExecuteTaints(api: ApiClient, { spec }: Pod): readonly Taint[] {
  const node = spec.nodeName ? api.get(nodes, { name: spec.nodeName }) : undefined;
  return node?.spec.taints?.filter(({ effect }) => effect === 'NoExecute') ?? [];
}

/** How long a Pod stays under these taints: not at all, for ever, or by the shortest of the tolerations that it needs. */
function patienceOf({ spec }: Pod, taints: readonly Taint[]): VirtualMs {
  let shortest = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    const toleration = spec.tolerations?.find(other => tolerates(other, taint));
    if (toleration === undefined) return 0;
    const { tolerationSeconds = Number.POSITIVE_INFINITY } = toleration;
    shortest = Math.min(shortest, Math.max(0, tolerationSeconds) * 1000);
  }
  return shortest;
}

function tell(api: ApiClient, pod: Pod, message: string): void {
  api.event(pod, { type: 'Normal', reason: 'TaintManagerEviction', message, source: NAME });
}

function evict(api: ApiClient, pod: Pod, now: string): void {
  if (pod.metadata.deletionTimestamp !== undefined) return;
  tell(api, pod, `Marking for deletion Pod ${keyOf(pod)}`);
  const message = 'Taint manager: deleting due to NoExecute taint';
  disrupt(api, pod, { reason: 'DeletionByTaintManager', message }, now);
  api.delete(pods, pod.metadata, { uid: pod.metadata.uid });
}

/** Writes into a Pod's status that it goes for a reason that is not its own. */
export function disrupt(
  api: ApiClient,
  pod: Pod,
  why: { readonly reason: string; readonly message: string },
  now: string,
  phase = pod.status?.phase,
): void {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  const condition: Condition = { type: 'DisruptionTarget', status: 'True', ...why, lastTransitionTime: now };
  const status = { ...pod.status, ...(phase !== undefined && { phase }), conditions: [...others, condition] };
  api.updateStatus(pods, { ...pod, status });
}
