// Why a Pod is not Ready: what the scheduler, its node, the kubelet and its containers have written down.

import type { KubernetesEvent } from '../../api/kinds/event.ts';
import type { Node } from '../../api/kinds/node.ts';
import { isPodReady, isPodTerminal, type Pod } from '../../api/kinds/pod.ts';
import type { Container, ContainerStatus } from '../../api/kinds/podSpec.ts';
import { cause, counted, type Evidence, fact, inNamespace, type Source, type WhyAnswer } from './answer.ts';

/** Events that are shown: older ones rarely say more. */
const MOST_EVENTS = 3;

/**
 * @param node the node that it is bound to; undefined: there is no such node
 * @param events those about this Pod, oldest first
 */
export function whyNotReady(pod: Pod, node: Node | undefined, events: readonly KubernetesEvent[]): WhyAnswer {
  const question = pod.spec.nodeName === undefined ? 'Why is it Pending?' : 'Why is it not Ready?';
  const found = [...causesOf(pod, node, events)];
  const warnings = events
    .filter(({ type }) => type === 'Warning')
    .slice(-MOST_EVENTS)
    .map(event => fact(`${event.reason ?? 'Warning'}: ${event.message ?? ''}`, { command: describing(pod) }));
  if (found.length > 0) return { question, evidence: [...found, ...unsaid(warnings, found)] };
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  const said = condition?.message ?? condition?.reason;
  return {
    question,
    evidence: [
      fact(
        said === undefined
          ? 'Nothing in the cluster says why: it has no condition Ready yet.'
          : `Its condition Ready is ${condition?.status}: ${said}.`,
        { command: describing(pod) },
      ),
      ...warnings,
    ],
  };
}

/** The first cause of a Pod that is not Ready, for a list of many; undefined: it is Ready, or nothing says why. */
export function firstCause(pod: Pod, node: Node | undefined, events: readonly KubernetesEvent[]): string | undefined {
  if (isPodReady(pod)) return undefined;
  return whyNotReady(pod, node, events).evidence.find(({ part }) => part === 'cause')?.sentence;
}

const describing = ({ metadata }: Pod): string =>
  `kubectl describe pod ${metadata.name}${inNamespace(metadata.namespace)}`;

/** Warnings whose words no cause has said already. */
function unsaid(warnings: readonly Evidence[], causes: readonly Evidence[]): readonly Evidence[] {
  return warnings.filter(({ sentence }) => {
    const message = sentence.slice(sentence.indexOf(': ') + 2).replace(/^Error: /, '');
    return !causes.some(other => other.sentence.includes(message) || message.includes(saidIn(other.sentence)));
  });
}

/** What comes after the first words of ours: `waits: ErrImagePull: ...` */
const saidIn = (sentence: string): string => sentence.replace(/^.*?: (?:\w+: )?/, '').replace(/\.$/, '');

function* causesOf(
  pod: Pod,
  node: Node | undefined,
  events: readonly KubernetesEvent[],
): Generator<Evidence, void, undefined> {
  const source: Source = { command: describing(pod) };
  if (pod.metadata.deletionTimestamp !== undefined) yield cause('It is being deleted.', source);
  if (isPodTerminal(pod)) {
    yield cause(`Its containers have ended: its phase is ${pod.status?.phase}.`, source);
    return;
  }
  if (pod.spec.nodeName === undefined) {
    const scheduled = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (scheduled?.message !== undefined) yield cause(`The scheduler says: ${scheduled.message}`, source);
    return;
  }
  if (node === undefined) {
    yield cause(`It is bound to ${pod.spec.nodeName}, and there is no such node.`, { command: 'kubectl get nodes' });
    return;
  }
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True')
    yield cause(`Its node ${node.metadata.name} is not ready: ${ready?.message ?? 'it has not said that it is'}`, {
      element: `node/${node.metadata.name}`,
      command: `kubectl describe node ${node.metadata.name}`,
    });
  yield* containerCauses(
    pod.spec.initContainers ?? [],
    pod.status?.initContainerStatuses ?? [],
    'init',
    events,
    source,
  );
  yield* containerCauses(pod.spec.containers, pod.status?.containerStatuses ?? [], 'app', events, source);
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  if (condition?.reason === 'ReadinessGatesNotReady')
    yield cause(`A readiness gate waits: ${condition.message}`, source);
}

function* containerCauses(
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  sort: 'init' | 'app',
  events: readonly KubernetesEvent[],
  source: Source,
): Generator<Evidence, void, undefined> {
  const called = sort === 'init' ? 'Init container' : 'Container';
  for (const container of containers) {
    const { name } = container;
    const status = statuses.find(other => other.name === name);
    if (status === undefined || (status.ready && status.state?.waiting === undefined)) continue;
    const { waiting, terminated, running } = status.state ?? {};
    if (waiting !== undefined)
      yield cause(
        `${called} ${name} waits: ${[waiting.reason, waiting.message].filter(Boolean).join(': ')}.`.replace(
          /\.\.$/,
          '.',
        ),
        source,
      );
    if (terminated !== undefined && !(sort === 'init' && terminated.exitCode === 0))
      yield cause(
        `${called} ${name} ended with exit code ${terminated.exitCode} (${terminated.reason ?? ''}).`,
        source,
      );
    if (running !== undefined && sort === 'app') yield runningCause(container, events, source);
    const last = status.lastState?.terminated;
    if (last !== undefined)
      yield fact(
        `${name} was restarted ${counted(status.restartCount ?? 0, 'time')}; before, it ended with exit code ${last.exitCode}.`,
        source,
      );
  }
}

/** It runs: a probe decides, and the kubelet wrote down what the probe met. */
function runningCause(
  { name, readinessProbe, startupProbe }: Container,
  events: readonly KubernetesEvent[],
  source: Source,
): Evidence {
  const unhealthy = events.findLast(
    event => event.reason === 'Unhealthy' && (event.involvedObject.fieldPath ?? `{${name}}`).includes(`{${name}}`),
  );
  if (unhealthy !== undefined) return cause(`Container ${name} runs, but: ${unhealthy.message}`, source);
  if (startupProbe !== undefined || readinessProbe !== undefined)
    return cause(
      `Container ${name} runs; its ${startupProbe ? 'startup' : 'readiness'} probe has not succeeded yet.`,
      source,
    );
  return cause(`Container ${name} runs and is not ready; nothing says why.`, source);
}
