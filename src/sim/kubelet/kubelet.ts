// The kubelet of every node: turns Pods that are bound to a node into sandboxes with running containers, and back.
//
// Models:  sandbox, images that the node has or lacks, init containers and sidecars, restarts with their back-off, probes,
//          readiness gates, termination with hooks and a grace period; each step takes virtual time. A kubelet can stop.
// Omits:   volumes, resource limits, postStart hooks, evictions for want of resources.
// Read:    kubernetes pkg/kubelet/kubelet.go, pod_workers.go.

import type { ReadContainerLog } from '../api/containerLog.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { pods } from '../api/kinds/pod.ts';
import { parseKey } from '../api/objects.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { CowMap } from '../runtime/cowMap.ts';
import { containerLog } from './containerLog.ts';
import { type Kubelet, type KubeletWorld, OWNER, podKey, readAlarm } from './context.ts';
import { postNodeStatus } from './nodeStatus.ts';
import { allContainers, type PodRecord } from './podRecord.ts';
import { endContainer, exceedDeadline, makeSandbox, pullWaits, resume, retry, startDue, syncPod } from './podWorker.ts';
import { runProbe } from './probes.ts';
import { cleanUp, finishPod } from './termination.ts';

/** The memory of all kubelets as a value. */
export interface KubeletState {
  readonly memory: ReadonlyMap<string, PodRecord>;
  readonly stopped: ReadonlyMap<string, VirtualMs>;
}

/** The kubelets of all nodes. */
export interface Kubelets {
  /** Keys are Pods, as `namespace/name`. */
  readonly controller: Controller;
  /** Since when a node's kubelet is silent; undefined: it runs. */
  readonly silentSince: (node: string) => VirtualMs | undefined;
  /** Like `systemctl stop kubelet`: the containers run on, and nobody looks after them. */
  readonly stop: (node: string) => void;
  readonly start: (node: string) => void;
  /** What a container has written. */
  readonly log: ReadContainerLog;
  readonly snapshot: () => KubeletState;
  readonly restore: (state: KubeletState) => void;
}

export function kubelets(world: KubeletWorld): Kubelets {
  const kubelet: Kubelet = { ...world, memory: new CowMap(), stopped: new CowMap() };
  const { api, clock, memory, stopped } = kubelet;
  clock.onAlarm(OWNER, key => ring(kubelet, key));
  return {
    controller: {
      name: OWNER,
      watches: [
        ofKind(pods, ({ type, object }) => {
          if (type !== 'DELETED') return object.spec.nodeName === undefined ? [] : [podKey(object)];
          if (memory.delete(object.metadata.uid)) cleanUp(kubelet, object);
          return [];
        }),
      ],
      reconcile(_api, key) {
        const pod = api.get(pods, parseKey(key));
        const { nodeName = '' } = pod?.spec ?? {};
        if (pod !== undefined && world.nodeOf(nodeName) !== undefined && !stopped.has(nodeName)) syncPod(kubelet, pod);
      },
    },
    silentSince: node => stopped.get(node),
    stop(node) {
      if (!stopped.has(node)) stopped.set(node, clock.now);
    },
    start(node) {
      if (!stopped.delete(node)) return;
      postNodeStatus(kubelet, node);
      for (const pod of api.list(pods, { node })) resume(kubelet, pod);
    },
    log: (pod, container, run) => containerLog(kubelet, pod, container, run),
    snapshot: () => ({ memory: memory.snapshot(), stopped: stopped.snapshot() }),
    restore(state) {
      memory.restore(state.memory);
      stopped.restore(state.stopped);
    },
  };
}

function ring(kubelet: Kubelet, key: string): void {
  const { purpose, uid, pod: name, container: wanted } = readAlarm(key);
  const pod = kubelet.api.get(pods, name);
  // The Pod of this alarm is gone, or another one has its name by now; or nobody is there to hear it.
  if (pod === undefined || pod.metadata.uid !== uid || kubelet.stopped.has(pod.spec.nodeName ?? '')) return;
  const container = allContainers(pod).find(other => other.name === wanted);
  switch (purpose) {
    case 'sandbox':
      makeSandbox(kubelet, pod);
      return;
    case 'start':
      startDue(kubelet, pod);
      return;
    case 'deadline':
      exceedDeadline(kubelet, pod);
      return;
    case 'end':
      finishPod(kubelet, pod);
      return;
  }
  if (container === undefined) return;
  switch (purpose) {
    case 'exit':
    case 'killed':
      endContainer(kubelet, pod, container, purpose);
      return;
    case 'retry':
      retry(kubelet, pod, container);
      return;
    case 'pull-wait':
      pullWaits(kubelet, pod, container);
      return;
    default:
      runProbe(kubelet, pod, container, purpose);
  }
}
