// What the API server fills in where a Pod, or the template of one, says nothing.
//
// Models:  the defaults of core/v1, and what the admission plugins Priority and DefaultTolerationSeconds add to Pods.
// Omits:   the ServiceAccount plugin: no Pod gets the volume `kube-api-access-...` with a token.
// Read:    kubernetes pkg/apis/core/v1/defaults.go; plugin/pkg/admission/defaulttolerationseconds, .../priority.

import type { Draft } from '../draft.ts';
import type { Container, EnvVar, Pod, PodSpec, PodTemplateSpec, Probe, ProbeAction, Toleration } from './pod.ts';
import { withOwnLabels } from './podLabelKeys.ts';
import { defaultPullPolicy, defaultVolume } from './volumeDefaults.ts';

/** Of Pods and templates alike. */
export function defaultPodSpec(spec: Draft<PodSpec>): Draft<PodSpec> {
  const account = spec.serviceAccountName || spec.serviceAccount;
  return {
    ...spec,
    containers: (spec.containers ?? []).map(defaultContainer),
    ...(spec.initContainers !== undefined && { initContainers: spec.initContainers.map(defaultContainer) }),
    ...(spec.ephemeralContainers !== undefined && {
      ephemeralContainers: spec.ephemeralContainers.map(defaultContainer),
    }),
    ...(spec.volumes !== undefined && { volumes: spec.volumes.map(defaultVolume) }),
    restartPolicy: spec.restartPolicy || 'Always',
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec.dnsPolicy || 'ClusterFirst',
    securityContext: spec.securityContext ?? {},
    schedulerName: spec.schedulerName || 'default-scheduler',
    // The older name of the field has the same value.
    ...(account !== undefined && { serviceAccountName: account, serviceAccount: account }),
  };
}

export function defaultPodTemplate(template: Draft<PodTemplateSpec>): Draft<PodTemplateSpec> {
  return { ...template, metadata: template.metadata ?? {}, spec: defaultPodSpec(template.spec ?? {}) };
}

/** Of Pods alone: requests follow limits, and on the node's own network host ports follow container ports. */
export function defaultPod(pod: Draft<Pod>): Draft<Pod> {
  const spec = defaultPodSpec(pod.spec ?? {});
  const ofPod = (containers: Containers) => {
    const asking = requestsFromLimits(containers);
    return spec.hostNetwork === true ? asking.map(withHostPorts) : asking;
  };
  return {
    ...pod,
    spec: {
      ...spec,
      enableServiceLinks: spec.enableServiceLinks ?? true,
      containers: ofPod(spec.containers ?? []),
      ...(spec.initContainers !== undefined && { initContainers: ofPod(spec.initContainers) }),
    },
  };
}

/** How long a Pod stays on a node that is lost, in seconds. Source: DefaultTolerationSeconds. */
const LOST_NODE_S = 300;

export function admitPod(pod: Draft<Pod>): Draft<Pod> {
  const spec = pod.spec ?? {};
  return {
    ...pod,
    spec: {
      ...spec,
      priority: spec.priority ?? 0,
      preemptionPolicy: spec.preemptionPolicy || 'PreemptLowerPriority',
      tolerations: withLostNodeTolerations(spec.tolerations ?? []),
      ...withOwnLabels(spec, pod.metadata?.labels ?? {}),
    },
  };
}

function withLostNodeTolerations(tolerations: readonly Draft<Toleration>[]): readonly Draft<Toleration>[] {
  const added = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].filter(
    key => !tolerations.some(other => toleratesLoss(other, key)),
  );
  return [
    ...tolerations,
    ...added.map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: LOST_NODE_S })),
  ];
}

function toleratesLoss(toleration: Draft<Toleration> | undefined, key: string): boolean {
  const { key: ownKey = '', effect = '' } = toleration ?? {};
  return (ownKey === key || ownKey === '') && (effect === 'NoExecute' || effect === '');
}

type Containers = readonly Draft<Container>[];

function defaultContainer(container: Draft<Container>): Draft<Container> {
  return {
    ...container,
    ...(container.ports !== undefined && {
      ports: container.ports.map(port => ({ ...port, protocol: port.protocol || 'TCP' })),
    }),
    ...(container.env !== undefined && { env: container.env.map(defaultEnv) }),
    ...(container.livenessProbe && { livenessProbe: defaultProbe(container.livenessProbe) }),
    ...(container.readinessProbe && { readinessProbe: defaultProbe(container.readinessProbe) }),
    ...(container.startupProbe && { startupProbe: defaultProbe(container.startupProbe) }),
    ...(container.lifecycle && {
      lifecycle: {
        ...container.lifecycle,
        ...(container.lifecycle.postStart && { postStart: defaultAction(container.lifecycle.postStart) }),
        ...(container.lifecycle.preStop && { preStop: defaultAction(container.lifecycle.preStop) }),
      },
    }),
    resources: container.resources ?? {},
    terminationMessagePath: container.terminationMessagePath || '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy || 'File',
    imagePullPolicy: container.imagePullPolicy || defaultPullPolicy(container.image ?? ''),
  };
}

function withHostPorts(container: Draft<Container>): Draft<Container> {
  if (container.ports === undefined) return container;
  return {
    ...container,
    ports: container.ports.map(port => ({ ...port, hostPort: port.hostPort || port.containerPort })),
  };
}

function defaultEnv(variable: Draft<EnvVar>): Draft<EnvVar> {
  const fieldRef = variable.valueFrom?.fieldRef;
  if (fieldRef === undefined) return variable;
  return {
    ...variable,
    valueFrom: { ...variable.valueFrom, fieldRef: { ...fieldRef, apiVersion: fieldRef.apiVersion || 'v1' } },
  };
}

function defaultProbe(probe: Draft<Probe>): Draft<Probe> {
  return {
    ...probe,
    ...defaultAction(probe),
    ...(probe.grpc && { grpc: { ...probe.grpc, service: probe.grpc.service ?? '' } }),
    timeoutSeconds: probe.timeoutSeconds || 1,
    periodSeconds: probe.periodSeconds || 10,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

function defaultAction(action: Draft<ProbeAction>): Draft<ProbeAction> {
  const get = action.httpGet;
  if (get === undefined) return action;
  return { ...action, httpGet: { ...get, path: get.path || '/', scheme: get.scheme || 'HTTP' } };
}

function requestsFromLimits(containers: Containers): Containers {
  return containers.map(container => {
    const limits = container?.resources?.limits;
    if (container === undefined || !limits) return container;
    const requests = { ...limits, ...container.resources?.requests };
    return { ...container, resources: { ...container.resources, requests } };
  });
}

/**
 * How dear a Pod is to its node. Source: kubernetes pkg/apis/core/helper/qos.
 * - `Guaranteed`: every container has equal requests and limits of CPU and memory.
 * - `BestEffort`: none has any.
 * - `Burstable`: all others.
 */
export function qosClass(spec: Draft<PodSpec>): string {
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const names = ['cpu', 'memory'] as const;
  const all = containers.map(container => container?.resources ?? {});
  const hasAny = all.some(({ limits, requests }) => names.some(name => limits?.[name] ?? requests?.[name]));
  if (!hasAny) return 'BestEffort';
  const isGuaranteed = all.every(({ limits, requests }) =>
    names.every(name => limits?.[name] !== undefined && (requests?.[name] ?? limits[name]) === limits[name]),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
