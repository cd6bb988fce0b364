// The conditions of a Pod, in the order in which the kubelet writes them.
//
// Read:    kubernetes pkg/kubelet/status/generate.go; kubelet_pods.go, `generateAPIPodStatus`.

import type { Pod } from '../api/kinds/pod.ts';
import type { Condition, Timestamp } from '../api/objects.ts';
import { isRunning, isSidecar, type PodRecord } from './podRecord.ts';

const OWN: ReadonlySet<string> = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
]);

interface Finding {
  readonly status: 'True' | 'False';
  readonly reason?: string;
  readonly message?: string;
}

const HOLDS: Finding = { status: 'True' };

/** Conditions of others come first and stay as they are; own ones keep their time while their status is the same. */
export function podConditions(pod: Pod, record: PodRecord, phase: string, now: Timestamp): readonly Condition[] {
  const containersReady = containersReadiness(pod, record, phase);
  const findings: readonly (readonly [string, Finding])[] = [
    ['PodReadyToStartContainers', record.podIP !== undefined && record.phase !== 'ended' ? HOLDS : { status: 'False' }],
    ['Initialized', initialization(pod, record, phase)],
    ['Ready', readiness(pod, containersReady)],
    ['ContainersReady', containersReady],
    ['PodScheduled', HOLDS],
  ];
  const old = pod.status?.conditions ?? [];
  const others = old.filter(({ type }) => !OWN.has(type));
  return [
    ...others,
    ...findings.map(([type, finding]): Condition => {
      const before = old.find(other => other.type === type);
      const lastTransitionTime = before?.status === finding.status ? (before.lastTransitionTime ?? now) : now;
      return { type, ...finding, lastTransitionTime };
    }),
  ];
}

function initialization(pod: Pod, { containers }: PodRecord, phase: string): Finding {
  const unfinished = (pod.spec.initContainers ?? []).filter(container => {
    const known = containers.get(container.name);
    if (isSidecar(pod, container)) return known?.started !== true;
    return !(known?.state.kind === 'ended' && known.state.ended.exitCode === 0);
  });
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  if (unfinished.length === 0) return HOLDS;
  const message = `containers with incomplete status: [${unfinished.map(({ name }) => name).join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotInitialized', message };
}

function containersReadiness(pod: Pod, { containers }: PodRecord, phase: string): Finding {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const sidecars = (pod.spec.initContainers ?? []).filter(container => isSidecar(pod, container));
  const unready = [...sidecars, ...pod.spec.containers].filter(({ name }) => {
    const known = containers.get(name);
    return known?.ready !== true || !isRunning(known);
  });
  if (unready.length === 0) return HOLDS;
  const message = `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}

/** Ready is more than its containers where the Pod names further conditions. */
function readiness(pod: Pod, containersReady: Finding): Finding {
  if (containersReady.status !== 'True') return containersReady;
  const problems = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const found = pod.status?.conditions?.find(({ type }) => type === conditionType);
    const name = JSON.stringify(conditionType);
    if (found === undefined) return [`corresponding condition of pod readiness gate ${name} does not exist.`];
    return found.status === 'True'
      ? []
      : [`the status of pod readiness gate ${name} is not "True", but ${found.status}`];
  });
  if (problems.length === 0) return HOLDS;
  return { status: 'False', reason: 'ReadinessGatesNotReady', message: problems.join(', ') };
}
