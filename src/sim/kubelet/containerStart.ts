// Starting one container: its image, its process, and what is awaited of it from then on.
//
// Read:    kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go, `startContainer`; pkg/kubelet/images/image_manager.go.

import type { Container, Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import type { Course } from '../workload/script.ts';
import { containerEnded } from './containerEnd.ts';
import { BACK_OFF, type Kubelet, type KubeletNode, RETRY_MS, tell, wake } from './context.ts';
import { pullImage } from './imagePull.ts';
import { withContainer } from './podRecord.ts';
import { startProbes } from './probes.ts';
import { ownCourse } from './process.ts';
import { missingVariable } from './references.ts';
import { listen } from './sandbox.ts';

/** Simplified: after so long the kubelet looks again and says that it waits. */
const LOOK_AGAIN_MS = 1000;
/** Settling waits for programs that end within this time; longer ones end as time is played. */
const SHORT_MS: VirtualMs = 10_000;

export function startContainer(kubelet: Kubelet, node: KubeletNode, pod: Pod, container: Container): void {
  const { memory, clock } = kubelet;
  const { uid } = pod.metadata;
  const record = memory.get(uid);
  const known = record?.containers.get(container.name);
  if (record === undefined || known === undefined) return;
  const pulled = pullImage(container);
  if (pulled.kind === 'failed') {
    failPull(kubelet, pod, container, pulled);
    return;
  }
  tell(kubelet, pod, 'Normal', 'Pulled', `Container image "${container.image}" already present on machine`);
  const missing = missingVariable(kubelet.api, pod, container);
  if (missing !== undefined) {
    failConfig(kubelet, pod, container, missing);
    return;
  }
  tell(kubelet, pod, 'Normal', 'Created', `Created container: ${container.name}`);
  tell(kubelet, pod, 'Normal', 'Started', `Started container ${container.name}`);
  const isFirst = known.runs === 0;
  memory.set(
    uid,
    withContainer(record, container.name, {
      state: { kind: 'running', since: clock.now },
      ...(known.state.kind === 'ended' && { last: known.state.ended }),
      restarts: isFirst ? 0 : known.restarts + 1,
      runs: known.runs + 1,
      wish: 'rest',
      pullBackOff: 0,
      started: container.startupProbe === undefined,
      ready: container.startupProbe === undefined && container.readinessProbe === undefined,
      probes: {},
    }),
  );
  const course = ownCourse(container);
  if (course !== undefined) {
    awaitExit(kubelet, pod, container, course, 0);
  } else {
    const listening = listen(node.host.world, pod, container, pulled.image);
    if (!listening.ok) {
      containerEnded(kubelet, pod, container, { exitCode: 1, message: listening.error });
      return;
    }
  }
  startProbes(kubelet, pod, container);
}

/** @param ran how long it has run already */
export function awaitExit(kubelet: Kubelet, pod: Pod, container: Container, course: Course, ran: VirtualMs): void {
  if (course.endsAfter === undefined) return;
  const after = course.endsAfter - ran;
  wake(kubelet, pod, {
    purpose: 'exit',
    container: container.name,
    after,
    kind: after <= SHORT_MS ? 'once' : 'periodic',
  });
}

/** The container cannot be made yet; the kubelet tries again. */
function failConfig(kubelet: Kubelet, pod: Pod, { name }: Container, message: string): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record === undefined) return;
  tell(kubelet, pod, 'Warning', 'Failed', `Error: ${message}`);
  const state = { kind: 'waiting', reason: 'CreateContainerConfigError', message } as const;
  kubelet.memory.set(pod.metadata.uid, withContainer(record, name, { state, wish: 'rest' }));
  wake(kubelet, pod, { purpose: 'retry', container: name, after: RETRY_MS, kind: 'periodic' });
}

type FailedPull = Extract<ReturnType<typeof pullImage>, { kind: 'failed' }>;

function failPull(kubelet: Kubelet, pod: Pod, container: Container, failed: FailedPull): void {
  const { memory } = kubelet;
  const { uid } = pod.metadata;
  const { name, image } = container;
  const record = memory.get(uid);
  const known = record?.containers.get(name);
  if (record === undefined || known === undefined) return;
  const backOff = Math.min(known.pullBackOff === 0 ? BACK_OFF.first : 2 * known.pullBackOff, BACK_OFF.most);
  memory.set(
    uid,
    withContainer(record, name, {
      state: { kind: 'waiting', reason: failed.reason, message: failed.message },
      ...(known.state.kind === 'ended' && { last: known.state.ended }),
      wish: 'rest',
      pullBackOff: backOff,
    }),
  );
  if (failed.tried === 'never') {
    const reason = failed.reason === 'InvalidImageName' ? 'InspectFailed' : failed.reason;
    tell(kubelet, pod, 'Warning', reason, failed.message);
    tell(kubelet, pod, 'Warning', 'Failed', `Error: ${failed.reason}`);
    return;
  }
  tell(kubelet, pod, 'Normal', 'Pulling', `Pulling image "${image}"`);
  tell(kubelet, pod, 'Warning', 'Failed', `Failed to pull image "${image}": ${failed.message}`);
  tell(kubelet, pod, 'Warning', 'Failed', `Error: ${failed.reason}`);
  wake(kubelet, pod, { purpose: 'pull-wait', container: name, after: LOOK_AGAIN_MS, kind: 'periodic' });
  wake(kubelet, pod, { purpose: 'retry', container: name, after: backOff, kind: 'periodic' });
}

/** The kubelet has looked again and does not try yet. */
export function showPullBackOff(kubelet: Kubelet, pod: Pod, container: Container): void {
  const { memory } = kubelet;
  const record = memory.get(pod.metadata.uid);
  const state = record?.containers.get(container.name)?.state;
  if (record === undefined || state?.kind !== 'waiting' || state.reason !== 'ErrImagePull') return;
  const waiting = `Back-off pulling image "${container.image}"`;
  tell(kubelet, pod, 'Normal', 'BackOff', waiting);
  tell(kubelet, pod, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  const message = `${waiting}: ErrImagePull: ${state.message ?? ''}`;
  memory.set(
    pod.metadata.uid,
    withContainer(record, container.name, { state: { kind: 'waiting', reason: 'ImagePullBackOff', message } }),
  );
}
