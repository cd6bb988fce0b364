// What a node knows of a Pod that runs on it: its sandbox and how far each container is. Values, never changed.

import type { Container, Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';

/** The end of one run of a container. */
export interface Ended {
  readonly exitCode: number;
  readonly reason: 'Completed' | 'Error';
  readonly startedAt: VirtualMs;
  readonly finishedAt: VirtualMs;
  /** What it said last; shown where the container's terminationMessagePolicy asks for it. */
  readonly message: string;
  readonly run: number;
}

export type ContainerState =
  /** Not running. `message` is the kubelet's reason in words. */
  | { readonly kind: 'waiting'; readonly reason: string; readonly message?: string }
  | { readonly kind: 'running'; readonly since: VirtualMs }
  | { readonly kind: 'ended'; readonly ended: Ended };

export interface ContainerRecord {
  readonly state: ContainerState;
  /** The run before the present one. */
  readonly last?: Ended;
  readonly restarts: number;
  /** Runs that were begun; makes its containerID. */
  readonly runs: number;
  /**
   * - `start`: it is to be started as soon as its turn comes.
   * - `rest`: it runs, is through, or waits for an alarm.
   */
  readonly wish: 'start' | 'rest';
  /** How long it was made to wait before it was started last, and before its image was pulled last; 0: not yet. */
  readonly restartBackOff: VirtualMs;
  readonly pullBackOff: VirtualMs;
  /** Its startup probe has succeeded, or it has none. */
  readonly started: boolean;
  readonly ready: boolean;
  /** How many answers of one kind each probe has got in a row. */
  readonly probes: Readonly<Record<string, ProbeCount>>;
}

export interface ProbeCount {
  readonly result: 'success' | 'failure';
  readonly inARow: number;
}

export interface PodRecord {
  readonly startTime: VirtualMs;
  /** Its address; undefined until the sandbox is there. */
  readonly podIP: string | undefined;
  /** Containers of both sorts by name; none of a Pod that the kubelet has rejected. */
  readonly containers: ReadonlyMap<string, ContainerRecord>;
  /** - `ended`: all processes are gone for good; what is left is the status. */
  readonly phase: 'working' | 'ending' | 'ended';
  /** What the Pod's status says beside its containers: `DeadlineExceeded`. */
  readonly failure?: { readonly reason: string; readonly message: string };
}

const NEW_CONTAINER: Omit<ContainerRecord, 'state'> = {
  restarts: 0,
  runs: 0,
  wish: 'start',
  restartBackOff: 0,
  pullBackOff: 0,
  started: false,
  ready: false,
  probes: {},
};

/** Init containers, then the others. */
export function allContainers({ spec }: Pod): readonly Container[] {
  return spec.initContainers === undefined ? spec.containers : [...spec.initContainers, ...spec.containers];
}

/** A Pod as it comes to its node. Source: kubelet_pods.go, `convertStatusToAPIStatus`. */
export function newRecord(pod: Pod, startTime: VirtualMs): PodRecord {
  const reason = (pod.spec.initContainers ?? []).length > 0 ? 'PodInitializing' : 'ContainerCreating';
  const state: ContainerState = { kind: 'waiting', reason };
  const containers = new Map(allContainers(pod).map(({ name }) => [name, { ...NEW_CONTAINER, state }]));
  return { startTime, podIP: undefined, containers, phase: 'working' };
}

export function withContainer(record: PodRecord, name: string, change: Partial<ContainerRecord>): PodRecord {
  const old = record.containers.get(name);
  if (old === undefined) return record;
  return { ...record, containers: new Map(record.containers).set(name, { ...old, ...change }) };
}

/** An init container that goes on running beside the others. */
export function isSidecar(pod: Pod, container: Container): boolean {
  return container.restartPolicy === 'Always' && (pod.spec.initContainers ?? []).includes(container);
}

export function isRunning(container: ContainerRecord | undefined): boolean {
  return container?.state.kind === 'running';
}

/** Is a container started again that ended with this code? */
export function isRestarted(pod: Pod, container: Container, exitCode: number): boolean {
  if (isSidecar(pod, container)) return true;
  const isInit = pod.spec.initContainers?.includes(container) ?? false;
  const policy = pod.spec.restartPolicy ?? 'Always';
  // An init container that succeeded has done its work.
  if (isInit) return policy !== 'Never' && exitCode !== 0;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}
