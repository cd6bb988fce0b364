// What the kubelet writes into a Pod's status, in each phase of its life.
//
// Read:    kubernetes pkg/kubelet/kubelet_pods.go, `generateAPIPodStatus`; pkg/kubelet/status/generate.go.

import type { ContainerStatus, Pod, PodStatus } from '../api/kinds/pod.ts';
import type { Condition, Timestamp } from '../api/objects.ts';

/** How far the kubelet has got with a container. */
export type ContainerProgress =
  /** The sandbox is not there yet. */
  | { readonly kind: 'creating' }
  /** Its process runs. */
  | { readonly kind: 'running'; readonly startedAt: Timestamp; readonly ready: boolean }
  /** The node has no such image. */
  | { readonly kind: 'no-image'; readonly message: string }
  /** Its process ended at once; the kubelet waits before it tries again. */
  | { readonly kind: 'crashed'; readonly message: string; readonly restarts: number };

/** What is known of a Pod on its node. */
export interface PodProgress {
  readonly containers: ReadonlyMap<string, ContainerProgress>;
  readonly podIP: string | undefined;
  readonly hostIP: string;
  readonly startTime: Timestamp;
}

/** The whole status, from what the kubelet knows. Conditions keep their transition time while they do not change. */
export function podStatus(pod: Pod, progress: PodProgress, now: Timestamp): PodStatus {
  const statuses = pod.spec.containers.map(container =>
    containerStatus(
      pod,
      container.name,
      container.image,
      progress.containers.get(container.name) ?? { kind: 'creating' },
    ),
  );
  const ready = statuses.length > 0 && statuses.every(status => status.ready);
  const unready = statuses.filter(status => !status.ready).map(status => status.name);
  const started = progress.podIP !== undefined;
  const notReady = { reason: 'ContainersNotReady', message: `containers with unready status: [${unready.join(' ')}]` };
  const conditions = [
    condition('PodReadyToStartContainers', started),
    condition('Initialized', true),
    condition('Ready', ready, notReady),
    condition('ContainersReady', ready, notReady),
    condition('PodScheduled', true),
  ];
  const running = [...progress.containers.values()].some(
    container => container.kind === 'running' || container.kind === 'crashed',
  );
  return {
    ...pod.status,
    phase: running ? 'Running' : 'Pending',
    conditions: conditions.map(next => withTransition(pod.status?.conditions, next, now)),
    hostIP: progress.hostIP,
    hostIPs: [{ ip: progress.hostIP }],
    ...(progress.podIP !== undefined && { podIP: progress.podIP, podIPs: [{ ip: progress.podIP }] }),
    startTime: progress.startTime,
    containerStatuses: statuses,
  };
}

function condition(
  type: string,
  holds: boolean,
  why?: { readonly reason: string; readonly message: string },
): Condition {
  return { type, status: holds ? 'True' : 'False', ...(!holds && why !== undefined && why) };
}

function withTransition(old: readonly Condition[] | undefined, next: Condition, now: Timestamp): Condition {
  const before = old?.find(other => other.type === next.type);
  const lastTransitionTime = before?.status === next.status ? (before.lastTransitionTime ?? now) : now;
  return { ...next, lastTransitionTime };
}

function containerStatus(pod: Pod, name: string, image: string, progress: ContainerProgress): ContainerStatus {
  const common = {
    name,
    image,
    imageID: progress.kind === 'running' ? image : '',
    started: progress.kind === 'running',
  };
  switch (progress.kind) {
    case 'creating':
      return { ...common, ready: false, restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } };
    case 'running':
      return {
        ...common,
        ready: progress.ready,
        restartCount: 0,
        containerID: `containerd://${pod.metadata.uid.replaceAll('-', '')}`,
        state: { running: { startedAt: progress.startedAt } },
      };
    case 'no-image':
      return {
        ...common,
        ready: false,
        restartCount: 0,
        state: { waiting: { reason: 'ErrImagePull', message: progress.message } },
      };
    case 'crashed':
      return {
        ...common,
        ready: false,
        restartCount: progress.restarts,
        state: { waiting: { reason: 'CrashLoopBackOff', message: progress.message } },
      };
  }
}
