// Startup, readiness and liveness probes: real packets from the node, or a command in the container.
//
// Models:  delays, periods, thresholds, timeouts; a startup probe holds the others back; what comes of failing.
// Simplified: the first probe of a container is sent the moment it starts.
// Omits:   gRPC (no image speaks it: it fails).
// Read:    kubernetes pkg/kubelet/prober/worker.go, prober.go; pkg/probe/http/request.go, pkg/probe/tcp/tcp.go.

import type { Container, Pod, Probe } from '../api/kinds/pod.ts';
import type { VirtualMs } from '../runtime/clock.ts';
import { runBeside } from '../workload/script.ts';
import { isAwaited, KUBELET_MS, type Kubelet, publish, tell, wake } from './context.ts';
import { isRunning, type ProbeCount, withContainer } from './podRecord.ts';
import { heedsTerm, ownCourse } from './process.ts';

export type ProbeType = 'startup' | 'readiness' | 'liveness';

/** Probes with longer periods than this are not waited for when a lab settles. */
const PATIENCE_MS: VirtualMs = 30_000;

export function probeOf(container: Container, type: ProbeType): Probe | undefined {
  return { startup: container.startupProbe, readiness: container.readinessProbe, liveness: container.livenessProbe }[
    type
  ];
}

/** Of a container whose process runs; the startup probe goes before the others. */
export function startProbes(kubelet: Kubelet, pod: Pod, container: Container): void {
  const known = kubelet.memory.get(pod.metadata.uid)?.containers.get(container.name);
  const types: readonly ProbeType[] = known?.started === true ? ['readiness', 'liveness'] : ['startup'];
  for (const type of types) {
    const probe = probeOf(container, type);
    if (probe === undefined) continue;
    const period = periodOf(probe);
    // The worker ticks from the container's start on, and skips what is too early.
    const after = Math.ceil(((probe.initialDelaySeconds ?? 0) * 1000) / period) * period;
    wakeFor(kubelet, pod, container, type, after);
  }
}

function periodOf(probe: Probe): VirtualMs {
  return (probe.periodSeconds ?? 10) * 1000;
}

/** While a container is on its way to being ready its probes are work; afterwards they are routine. */
function wakeFor(kubelet: Kubelet, pod: Pod, container: Container, type: ProbeType, after: VirtualMs): void {
  const known = kubelet.memory.get(pod.metadata.uid)?.containers.get(container.name);
  const count = known?.probes[type];
  const isOnItsWay =
    (type === 'startup' && known?.started === false) || (type === 'readiness' && known?.ready === false);
  const isHopeful = count?.result !== 'failure' || count.inARow < (probeOf(container, type)?.failureThreshold ?? 3);
  const kind = isOnItsWay && isHopeful && after <= PATIENCE_MS ? 'once' : 'periodic';
  wake(kubelet, pod, { purpose: type, container: container.name, after, kind });
}

/** A probe is due. */
export function runProbe(kubelet: Kubelet, pod: Pod, container: Container, type: ProbeType): void {
  const { memory } = kubelet;
  const { uid } = pod.metadata;
  const record = memory.get(uid);
  const known = record?.containers.get(container.name);
  const probe = probeOf(container, type);
  if (record === undefined || probe === undefined || !isRunning(known) || known === undefined) return;
  const answer = askOnce(kubelet, pod, container, probe);
  const before = known.probes[type];
  const count: ProbeCount = {
    result: answer.kind,
    inARow: before?.result === answer.kind ? before.inARow + 1 : 1,
  };
  memory.set(uid, withContainer(record, container.name, { probes: { ...known.probes, [type]: count } }));
  if (answer.kind === 'failure')
    tell(kubelet, pod, 'Warning', 'Unhealthy', `${capitalized(type)} probe failed: ${answer.output}`);
  const threshold = answer.kind === 'success' ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
  const outcome = count.inARow < threshold ? 'undecided' : answer.kind;
  wakeAgain(kubelet, pod, container, type, outcome);
  act(kubelet, pod, container, type, outcome);
}

type Outcome = ProbeCount['result'] | 'undecided';

function wakeAgain(kubelet: Kubelet, pod: Pod, container: Container, type: ProbeType, outcome: Outcome): void {
  const probe = probeOf(container, type);
  // A startup probe has done its work with the first success.
  if (probe === undefined || (type === 'startup' && outcome === 'success')) return;
  wakeFor(kubelet, pod, container, type, periodOf(probe));
}

function act(kubelet: Kubelet, pod: Pod, container: Container, type: ProbeType, outcome: Outcome): void {
  const { memory } = kubelet;
  const record = memory.get(pod.metadata.uid);
  const known = record?.containers.get(container.name);
  if (outcome === 'undecided' || record === undefined || known === undefined) return;
  const set = (change: { readonly started?: boolean; readonly ready?: boolean }): void => {
    memory.set(pod.metadata.uid, withContainer(record, container.name, change));
    publish(kubelet, pod);
  };
  if (outcome === 'failure') {
    if (type !== 'readiness') kill(kubelet, pod, container, type);
    else if (known.ready) set({ ready: false });
  } else if (type === 'startup') {
    set({ started: true, ready: container.readinessProbe === undefined });
    startProbes(kubelet, pod, container);
  } else if (type === 'readiness' && !known.ready) set({ ready: true });
}

/** Tells a container to end; it is started again as its Pod's restart policy says. */
function kill(kubelet: Kubelet, pod: Pod, container: Container, type: ProbeType): void {
  if (isAwaited(kubelet, pod, 'killed', container.name)) return;
  const why = `Container ${container.name} failed ${type} probe, will be restarted`;
  tell(kubelet, pod, 'Normal', 'Killing', why);
  const own = probeOf(container, type)?.terminationGracePeriodSeconds;
  const grace = (own ?? pod.spec.terminationGracePeriodSeconds ?? 30) * 1000;
  const after = heedsTerm(container) ? Math.min(KUBELET_MS.stop, grace) : grace;
  wake(kubelet, pod, { purpose: 'killed', container: container.name, after });
}

type Answer = { readonly kind: 'success' } | { readonly kind: 'failure'; readonly output: string };

const SUCCESS: Answer = { kind: 'success' };

function askOnce(kubelet: Kubelet, pod: Pod, container: Container, probe: Probe): Answer {
  const { memory, ask, clock } = kubelet;
  const record = memory.get(pod.metadata.uid);
  const known = record?.containers.get(container.name);
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  const podIP = record?.podIP ?? '';
  const from = pod.spec.nodeName ?? '';
  if (probe.exec !== undefined) {
    const since = known?.state.kind === 'running' ? known.state.since : clock.now;
    const command = probe.exec.command ?? [];
    const course = runBeside(ownCourse(container), clock.now - since, command);
    if (course.endsAfter === undefined || course.endsAfter > timeoutMs)
      return {
        kind: 'failure',
        output: `command timed out: "${command.join(' ')}" timed out after ${timeoutMs / 1000}s`,
      };
    return course.exitCode === 0
      ? SUCCESS
      : { kind: 'failure', output: course.output.map(({ line }) => `${line}\n`).join('') };
  }
  if (probe.grpc !== undefined) {
    const output = `timeout: failed to connect service "${podIP}:${probe.grpc.port}" within ${timeoutMs / 1000}s: context deadline exceeded`;
    return { kind: 'failure', output };
  }
  const action = probe.httpGet ?? probe.tcpSocket;
  const port = portOf(action?.port ?? 0, container);
  const address = action?.host || podIP;
  if (probe.httpGet === undefined) {
    const answer = ask({ from, address, port, timeoutMs });
    return answer.kind === 'failed' ? { kind: 'failure', output: answer.message } : SUCCESS;
  }
  const path = probe.httpGet.path ?? '/';
  const own = (probe.httpGet.httpHeaders ?? []).map(({ name, value = '' }) => [name, value] as const);
  const headers = { Host: `${address}:${port}`, 'User-Agent': 'kube-probe/1.34', Accept: '*/*', Connection: 'close' };
  const http = { path, headers: { ...headers, ...Object.fromEntries(own) } };
  const answer = ask({ from, address, port, timeoutMs, http });
  const scheme = (probe.httpGet.scheme ?? 'HTTP').toLowerCase();
  if (answer.kind === 'failed')
    return { kind: 'failure', output: `Get "${scheme}://${address}:${port}${path}": ${answer.message}` };
  if (answer.kind === 'response' && answer.status >= 200 && answer.status < 400) return SUCCESS;
  const status = answer.kind === 'response' ? answer.status : 0;
  return { kind: 'failure', output: `HTTP probe failed with statuscode: ${status}` };
}

function portOf(port: number | string, container: Container): number {
  if (typeof port === 'number') return port;
  return container.ports?.find(other => other.name === port)?.containerPort ?? (Number(port) || 0);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
