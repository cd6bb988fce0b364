// The end of a Pod: its containers are told to end, get their grace period, and then are ended.
//
// Models:  preStop hooks (sleep, exec, httpGet), the grace period shared by hook and signal, sidecars after the others.
// Read:    kubernetes pkg/kubelet/kubelet.go, `SyncTerminatingPod`; kuberuntime_container.go, `killContainer`.

import { type Container, type Pod, type ProbeAction, pods } from '../api/kinds/pod.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { runBeside } from '../workload/script.ts';
import { containerEnded } from './containerEnd.ts';
import { KUBELET_MS, type Kubelet, publish, sleep, tell, untilAwaited, wake } from './context.ts';
import { removePodFiles } from './podFiles.ts';
import { allContainers, isRunning, isSidecar, type PodRecord } from './podRecord.ts';
import { heedsTerm, ownCourse } from './process.ts';
import { removeSandbox, sandboxName } from './sandbox.ts';

/** The grace period of a Pod that names none. Source: core/v1 defaults. */
const DEFAULT_GRACE_S = 30;

/** The Pod is marked for deletion, or its mark has changed. */
export function terminate(kubelet: Kubelet, pod: Pod): void {
  const record = kubelet.memory.get(pod.metadata.uid);
  if (record === undefined || record.phase === 'ended') {
    finishPod(kubelet, pod);
    return;
  }
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? DEFAULT_GRACE_S) * 1000;
  if (record.phase === 'working') wake(kubelet, pod, { purpose: 'end', after: beginEnd(kubelet, pod, record, grace) });
  else hurry(kubelet, pod);
}

/** A second deletion can only make the time shorter. */
function hurry(kubelet: Kubelet, pod: Pod): void {
  const end = parseTimestamp(pod.metadata.deletionTimestamp ?? '') ?? kubelet.clock.now;
  wake(kubelet, pod, { purpose: 'end', after: Math.min(end - kubelet.clock.now, untilAwaited(kubelet, pod, 'end')) });
}

/** Tells all running containers to end. Returns when the last of them will have ended. */
function beginEnd(kubelet: Kubelet, pod: Pod, record: PodRecord, grace: VirtualMs): VirtualMs {
  kubelet.memory.set(pod.metadata.uid, { ...record, phase: 'ending' });
  for (const purpose of ['sandbox', 'start'] as const) sleep(kubelet, pod, purpose);
  const running = allContainers(pod).filter(({ name }) => isRunning(record.containers.get(name)));
  for (const { name } of running) tell(kubelet, pod, 'Normal', 'Killing', `Stopping container ${name}`);
  const time = (sidecars: boolean): VirtualMs =>
    Math.max(
      0,
      ...running
        .filter(container => isSidecar(pod, container) === sidecars)
        .map(container => endsAfter(kubelet, pod, container, grace)),
    );
  return Math.min(grace, Math.max(time(false) + time(true), Math.min(KUBELET_MS.stop, grace)));
}

function endsAfter(kubelet: Kubelet, pod: Pod, container: Container, grace: VirtualMs): VirtualMs {
  const hook = hookTime(kubelet, pod, container, container.lifecycle?.preStop, grace);
  return hook >= grace || !heedsTerm(container) ? grace : Math.min(grace, hook + KUBELET_MS.stop);
}

function hookTime(
  kubelet: Kubelet,
  pod: Pod,
  container: Container,
  hook: ProbeAction | undefined,
  grace: VirtualMs,
): VirtualMs {
  if (hook?.sleep !== undefined) return hook.sleep.seconds * 1000;
  if (hook?.exec !== undefined) {
    const { endsAfter: end, exitCode } = runBeside(ownCourse(container), 0, hook.exec.command ?? []);
    if (end !== undefined && exitCode !== 0) tell(kubelet, pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
    return end ?? grace;
  }
  const { httpGet } = hook ?? {};
  if (httpGet !== undefined && typeof httpGet.port === 'number') {
    const address = httpGet.host || (kubelet.memory.get(pod.metadata.uid)?.podIP ?? '');
    const http = { path: httpGet.path ?? '/', headers: { Host: `${address}:${httpGet.port}` } };
    const { from, port, timeoutMs } = { from: pod.spec.nodeName ?? '', port: httpGet.port, timeoutMs: grace };
    const answer = kubelet.ask({ from, address, port, timeoutMs, http });
    if (answer.kind === 'failed') tell(kubelet, pod, 'Warning', 'FailedPreStopHook', 'PreStopHook failed');
  }
  return 0;
}

/** All processes have ended: the last status, then the object goes. */
export function finishPod(kubelet: Kubelet, pod: Pod): void {
  const { memory, api } = kubelet;
  const { uid, namespace = 'default', name } = pod.metadata;
  for (const container of allContainers(pod)) {
    const exitCode = heedsTerm(container) ? 0 : 137;
    containerEnded(kubelet, pod, container, { exitCode, message: '' });
  }
  const record = memory.get(uid);
  if (record !== undefined) memory.set(uid, { ...record, phase: 'ended' });
  publish(kubelet, pod);
  cleanUp(kubelet, pod);
  api.delete(pods, { namespace, name }, { gracePeriodSeconds: 0, uid });
}

/** Takes away what the node keeps for a Pod. Doing it twice is no error. */
export function cleanUp({ nodeOf }: Kubelet, pod: Pod): void {
  const node = nodeOf(pod.spec.nodeName ?? '');
  if (node === undefined) return;
  removePodFiles(node.host.files, pod);
  if (pod.spec.hostNetwork === true || node.host.world.find(sandboxName(pod)) !== undefined)
    removeSandbox(node.host, node.plugins ?? [], pod);
}
