// The end of a container's process, and whether it is started again.
//
// Read:    kubernetes pkg/kubelet/kuberuntime/kuberuntime_manager.go, `doBackOff`; client-go util/flowcontrol/backoff.go.

import type { Container, Pod } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { BACK_OFF, type Kubelet, podTitle, sleep, tell, wake } from './context.ts';
import { type Ended, isRestarted, withContainer } from './podRecord.ts';
import { closeSockets } from './sandbox.ts';

/** Who ran so long is treated as if it had never failed. Source: backoff.go, `hasExpired`: twice the longest back-off. */
const FORGIVEN_MS: VirtualMs = 2 * BACK_OFF.most;

/** A process has ended. The caller publishes, and looks what is to be started next. */
export function containerEnded(
  kubelet: Kubelet,
  pod: Pod,
  container: Container,
  { exitCode, message }: { readonly exitCode: number; readonly message: string },
): void {
  const { memory, clock, nodeOf } = kubelet;
  const { uid, name: podName, namespace } = pod.metadata;
  const { name } = container;
  const record = memory.get(uid);
  const known = record?.containers.get(name);
  const node = nodeOf(pod.spec.nodeName ?? '');
  if (record === undefined || known?.state.kind !== 'running' || node === undefined) return;
  closeSockets(node.host.world, pod, container);
  for (const purpose of ['exit', 'killed', 'startup', 'readiness', 'liveness'] as const)
    sleep(kubelet, pod, purpose, name);
  const ended: Ended = {
    exitCode,
    reason: exitCode === 0 ? 'Completed' : 'Error',
    startedAt: known.state.since,
    finishedAt: clock.now,
    message,
    run: known.runs,
  };
  const over = { started: false, ready: false, probes: {} } as const;
  if (record.phase !== 'working' || !isRestarted(pod, container, exitCode)) {
    memory.set(uid, withContainer(record, name, { ...over, state: { kind: 'ended', ended }, wish: 'rest' }));
    return;
  }
  const isForgiven = clock.now - known.state.since >= FORGIVEN_MS;
  const wait = isForgiven ? 0 : known.restartBackOff;
  const restartBackOff = wait === 0 ? BACK_OFF.first : Math.min(2 * wait, BACK_OFF.most);
  if (wait === 0) {
    // The first time it is started again at once.
    memory.set(
      uid,
      withContainer(record, name, { ...over, state: { kind: 'ended', ended }, wish: 'start', restartBackOff }),
    );
    return;
  }
  const title = podTitle(pod);
  tell(kubelet, pod, 'Warning', 'BackOff', `Back-off restarting failed container ${name} in pod ${title}`);
  const waiting = `back-off ${goDuration(wait)} restarting failed container=${name} pod=${podName}_${namespace}(${uid})`;
  memory.set(
    uid,
    withContainer(record, name, {
      ...over,
      state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: waiting },
      last: ended,
      wish: 'rest',
      restartBackOff,
    }),
  );
  wake(kubelet, pod, { purpose: 'retry', container: name, after: wait, kind: 'periodic' });
}

/** `10s`, `1m20s`, `5m0s`: as Go prints a duration. */
function goDuration(ms: VirtualMs): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
