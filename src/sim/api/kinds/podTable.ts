// The columns of `kubectl get pods`.
//
// Read:    kubernetes pkg/printers/internalversion/printers.go, `printPod`.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { Draft } from '../draft.ts';
import { age, humanDuration, parseTimestamp } from '../timestamps.ts';
import { type Column, column, nameColumn, wideColumn } from './kind.ts';
import type { Pod } from './pod.ts';
import type { ContainerStatus } from './podSpec.ts';

type DraftPod = Draft<Pod>;
type Status = Draft<ContainerStatus>;

const NONE = '<none>';

export const podColumns: readonly Column<Pod>[] = [
  nameColumn(),
  column('Ready', pod => summary(pod).ready),
  column('Status', pod => summary(pod).status),
  column('Restarts', (pod, now) => restartsText(summary(pod), now)),
  column('Age', (pod, now) => age(pod.metadata?.creationTimestamp, now)),
  wideColumn('IP', pod => pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || NONE),
  wideColumn('Node', pod => pod.spec?.nodeName || NONE),
  wideColumn('Nominated Node', pod => pod.status?.nominatedNodeName || NONE),
  wideColumn('Readiness Gates', readinessGates),
];

/** What the STATUS column says. */
export const podStatusText = (pod: Pod): string => summary(pod).status || 'Pending';

interface PodSummary {
  readonly ready: string;
  readonly status: string;
  readonly restarts: number;
  /** When a container ended last; undefined if none has. */
  readonly lastRestart: VirtualMs | undefined;
}

/** One row is asked for three of its cells. */
const summaries = new WeakMap<DraftPod, PodSummary>();

function summary(pod: DraftPod): PodSummary {
  let known = summaries.get(pod);
  if (known === undefined) {
    known = summarize(pod);
    summaries.set(pod, known);
  }
  return known;
}

function summarize(pod: DraftPod): PodSummary {
  const { spec, status } = pod;
  const sidecars = new Set((spec?.initContainers ?? []).filter(c => c?.restartPolicy === 'Always').map(c => c?.name));
  const total = (spec?.containers?.length ?? 0) + sidecars.size;
  const gated = status?.conditions?.some(c => c?.type === 'PodScheduled' && c.reason === 'SchedulingGated') ?? false;
  let text = gated ? 'SchedulingGated' : status?.reason || status?.phase || '';
  const init = initProgress(pod, sidecars);
  let { ready, counts } = init;
  if (init.waiting !== undefined) text = init.waiting;
  const initialized = status?.conditions?.some(c => c?.type === 'Initialized' && c.status === 'True') ?? false;
  if (init.waiting === undefined || initialized) {
    counts = init.sidecarCounts;
    let hasRunning = false;
    for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
      if (container === undefined) continue;
      counts = withRestarts(counts, container);
      const reason = stoppedReason(container);
      if (reason !== undefined) text = reason;
      else if (container.ready === true && container.state?.running !== undefined) {
        hasRunning = true;
        ready++;
      }
    }
    if (text === 'Completed' && hasRunning) {
      const isReady = status?.conditions?.some(c => c?.type === 'Ready' && c.status === 'True') ?? false;
      text = isReady ? 'Running' : 'NotReady';
    }
  }
  if (pod.metadata?.deletionTimestamp !== undefined) {
    if (status?.reason === 'NodeLost') text = 'Unknown';
    else if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') text = 'Terminating';
  }
  return { ready: `${ready}/${total}`, status: text, restarts: counts.restarts, lastRestart: counts.lastRestart };
}

interface Restarts {
  readonly restarts: number;
  readonly lastRestart: VirtualMs | undefined;
}

const NO_RESTARTS: Restarts = { restarts: 0, lastRestart: undefined };

function withRestarts(sum: Restarts, container: Status): Restarts {
  const ended = container.lastState?.terminated?.finishedAt;
  const at = ended === undefined ? undefined : parseTimestamp(ended);
  const isLater = at !== undefined && (sum.lastRestart === undefined || at > sum.lastRestart);
  return {
    restarts: sum.restarts + (container.restartCount ?? 0),
    lastRestart: isLater ? at : sum.lastRestart,
  };
}

interface InitProgress {
  /** `Init:0/2` and the like; undefined when no init container holds the Pod up. */
  readonly waiting: string | undefined;
  /** Sidecars that are ready. */
  readonly ready: number;
  readonly counts: Restarts;
  readonly sidecarCounts: Restarts;
}

/** The first init container that is not through decides. */
function initProgress(pod: DraftPod, sidecars: ReadonlySet<string | undefined>): InitProgress {
  let ready = 0;
  let counts = NO_RESTARTS;
  let sidecarCounts = NO_RESTARTS;
  for (const [i, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    if (container === undefined) continue;
    counts = withRestarts(counts, container);
    const isSidecar = sidecars.has(container.name);
    if (isSidecar) sidecarCounts = withRestarts(sidecarCounts, container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (isSidecar && container.started === true) {
      if (container.ready === true) ready++;
      continue;
    }
    let text = `Init:${i}/${pod.spec?.initContainers?.length ?? 0}`;
    if (terminated) text = `Init:${terminated.reason || exitText(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') text = `Init:${waiting.reason}`;
    return { waiting: text, ready, counts, sidecarCounts };
  }
  return { waiting: undefined, ready, counts, sidecarCounts };
}

function exitText(terminated: {
  readonly signal?: number | undefined;
  readonly exitCode?: number | undefined;
}): string {
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`;
}

function stoppedReason({ state }: Status): string | undefined {
  if (state?.waiting?.reason) return state.waiting.reason;
  if (state?.terminated) return state.terminated.reason || exitText(state.terminated);
  return undefined;
}

function restartsText({ restarts, lastRestart }: PodSummary, now: VirtualMs): string {
  if (restarts === 0 || lastRestart === undefined) return String(restarts);
  return `${restarts} (${humanDuration((now - lastRestart) / 1000)} ago)`;
}

function readinessGates(pod: DraftPod): string {
  const gates = pod.spec?.readinessGates ?? [];
  if (gates.length === 0) return NONE;
  const open = gates.filter(gate =>
    pod.status?.conditions?.some(c => c?.type === gate?.conditionType && c?.status === 'True'),
  );
  return `${open.length}/${gates.length}`;
}
