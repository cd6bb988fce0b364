// The kubelet of every node: turns Pods that are bound to a node into sandboxes with running containers, and back.
//
// Models:  sandbox, images that the node has or lacks, start, readiness by "its process runs", termination with a grace
//          period; each step takes virtual time.
// Omits:   probes, init containers, volumes, resource limits, restarts of crashed containers.
// Read:    kubernetes pkg/kubelet/kubelet.go, `SyncPod`; pkg/kubelet/kuberuntime/kuberuntime_manager.go.

import type { ApiClient } from '../api/client.ts';
import { type Controller, ofKind } from '../api/controller.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import type { ObjectKey, Timestamp } from '../api/objects.ts';
import type { CniPlugin, PluginHost } from '../cni/plugin.ts';
import type { Clock, VirtualMs } from '../runtime/clock.ts';
import { findImage } from '../workload/registry.ts';
import type { ClusterDns } from './podDns.ts';
import { removePodFiles, writePodFiles } from './podFiles.ts';
import { type ContainerProgress, type PodProgress, podStatus } from './podStatus.ts';
import { createSandbox, removeSandbox, sandboxName, startContainer } from './sandbox.ts';

/** Simplified: how long a node takes for the parts of starting and stopping a Pod. */
export const KUBELET_MS = { sandbox: 400, start: 600, stop: 500 } as const;

/** The grace period of a Pod that names none. Source: core/v1 defaults. */
const DEFAULT_GRACE_S = 30;
const OWNER = 'kubelet';

/** A node as its kubelet sees it. */
export interface KubeletNode {
  readonly host: PluginHost;
  readonly address: string;
  /** The plugins that its CNI configuration names; undefined: there is none yet. */
  readonly plugins: readonly CniPlugin[] | undefined;
}

export interface KubeletWorld {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly nodeOf: (name: string) => KubeletNode | undefined;
  readonly timestamp: (ms: VirtualMs) => Timestamp;
  readonly dns: ClusterDns;
}

/** The kubelets of all nodes. Keys are Pods, as `namespace/name`. */
export function kubeletController(world: KubeletWorld): Controller {
  world.clock.onAlarm(OWNER, key => {
    const [phase = '', uid = '', podKey = ''] = key.split(' ');
    const pod = world.api.get(pods, keyFrom(podKey));
    // The Pod of this alarm is gone, or another one has its name by now.
    if (pod === undefined || pod.metadata.uid !== uid) return;
    if (phase === 'sandbox') makeSandbox(world, pod);
    else if (phase === 'start') startAll(world, pod);
    else finish(world, pod);
  });
  return {
    name: OWNER,
    watches: [
      ofKind(pods, change => {
        if (change.type === 'DELETED') cleanUp(world, change.object);
        return change.type === 'DELETED' || change.object.spec.nodeName === undefined ? [] : [podKey(change.object)];
      }),
    ],
    reconcile(api, key) {
      const pod = api.get(pods, keyFrom(key));
      if (pod !== undefined) sync(world, pod);
    },
  };
}

function podKey(pod: Pod): string {
  return `${pod.metadata.namespace}/${pod.metadata.name}`;
}

function keyFrom(text: string): ObjectKey {
  const [namespace = '', name = ''] = text.split('/');
  return { namespace, name };
}

function setPhaseAlarm({ clock }: KubeletWorld, pod: Pod, phase: 'sandbox' | 'start' | 'stop', delay: VirtualMs): void {
  clock.setAlarm(OWNER, `${phase} ${pod.metadata.uid} ${podKey(pod)}`, delay);
}

/** What is to be done now for a Pod of this node, from what the API says about it. */
function sync(world: KubeletWorld, pod: Pod): void {
  const node = world.nodeOf(pod.spec.nodeName ?? '');
  if (node === undefined) return;
  if (pod.metadata.deletionTimestamp !== undefined) {
    stop(world, pod);
    return;
  }
  if (pod.status?.phase !== 'Pending' || pod.status.startTime !== undefined) return;
  world.api.updateStatus(pods, {
    ...pod,
    status: podStatus(pod, progressOf(world, pod, node, new Map(), undefined), now(world)),
  });
  setPhaseAlarm(world, pod, 'sandbox', KUBELET_MS.sandbox);
}

function now({ clock, timestamp }: KubeletWorld): Timestamp {
  return timestamp(clock.now);
}

function progressOf(
  world: KubeletWorld,
  pod: Pod,
  node: KubeletNode,
  containers: ReadonlyMap<string, ContainerProgress>,
  podIP: string | undefined,
): PodProgress {
  return { containers, podIP, hostIP: node.address, startTime: pod.status?.startTime ?? now(world) };
}

function event(world: KubeletWorld, pod: Pod, type: 'Normal' | 'Warning', reason: string, message: string): void {
  world.api.event(pod, { type, reason, message, source: `kubelet, ${pod.spec.nodeName}` });
}

/** Source: the message of containerd and the kubelet when a plugin fails. */
function sandboxError(pod: Pod, msg: string): string {
  return `Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox "${pod.metadata.uid.replaceAll('-', '')}": ${msg}`;
}

function makeSandbox(world: KubeletWorld, pod: Pod): void {
  const node = world.nodeOf(pod.spec.nodeName ?? '');
  if (node === undefined || pod.metadata.deletionTimestamp !== undefined) return;
  let podIP: string = node.address;
  if (pod.spec.hostNetwork !== true) {
    const created = createSandbox(node.host, node.plugins ?? [], pod);
    if (!created.ok) {
      event(
        world,
        pod,
        'Warning',
        'FailedCreatePodSandBox',
        sandboxError(pod, `plugin type="${created.error.plugin}" failed (add): ${created.error.msg}`),
      );
      return;
    }
    podIP = created.value;
  }
  for (const message of writePodFiles(node.host.files, pod, [podIP], world.dns))
    event(world, pod, 'Warning', 'DNSConfigForming', message);
  world.api.updateStatus(pods, {
    ...pod,
    status: podStatus(pod, progressOf(world, pod, node, new Map(), podIP), now(world)),
  });
  setPhaseAlarm(world, pod, 'start', KUBELET_MS.start);
}

function startAll(world: KubeletWorld, pod: Pod): void {
  const node = world.nodeOf(pod.spec.nodeName ?? '');
  if (node === undefined || pod.metadata.deletionTimestamp !== undefined) return;
  const progress = new Map<string, ContainerProgress>();
  for (const container of pod.spec.containers) {
    const image = findImage(container.image);
    if (image === undefined) {
      const message = pullError(container.image);
      event(world, pod, 'Normal', 'Pulling', `Pulling image "${container.image}"`);
      event(world, pod, 'Warning', 'Failed', message);
      progress.set(container.name, { kind: 'no-image', message });
      continue;
    }
    event(world, pod, 'Normal', 'Pulled', `Container image "${container.image}" already present on machine`);
    event(world, pod, 'Normal', 'Created', `Created container: ${container.name}`);
    event(world, pod, 'Normal', 'Started', `Started container ${container.name}`);
    const started = startContainer(node.host.world, pod, container, image);
    if (started.ok) progress.set(container.name, { kind: 'running', startedAt: now(world), ready: true });
    else {
      const message = `back-off 10s restarting failed container=${container.name} pod=${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;
      event(
        world,
        pod,
        'Warning',
        'BackOff',
        `Back-off restarting failed container ${container.name} in pod ${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`,
      );
      progress.set(container.name, { kind: 'crashed', message, restarts: 1 });
    }
  }
  const status = podStatus(pod, progressOf(world, pod, node, progress, pod.status?.podIP), now(world));
  world.api.updateStatus(pods, { ...pod, status });
}

/** What a node without a way to the registry (or to this image) reports. Source: containerd's resolver. */
function pullError(image: string): string {
  const reference = image.includes('/') ? image : `docker.io/library/${image}`;
  const tagged = /:[\w][\w.-]*$/.test(reference) ? reference : `${reference}:latest`;
  return `Failed to pull image "${image}": failed to pull and unpack image "${tagged}": failed to resolve reference "${tagged}": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
}

/** Ends the containers: at once those that heed the signal, at the end of the grace period the others. */
function stop(world: KubeletWorld, pod: Pod): void {
  if (world.clock.hasAlarm(OWNER, `stop ${pod.metadata.uid} ${podKey(pod)}`)) return;
  for (const container of pod.spec.containers)
    event(world, pod, 'Normal', 'Killing', `Stopping container ${container.name}`);
  const heeds = pod.spec.containers.every(container => findImage(container.image)?.endsOnTerm !== false);
  const grace = (pod.metadata.deletionGracePeriodSeconds ?? DEFAULT_GRACE_S) * 1000;
  setPhaseAlarm(world, pod, 'stop', heeds ? Math.min(KUBELET_MS.stop, grace) : grace);
}

function finish(world: KubeletWorld, pod: Pod): void {
  cleanUp(world, pod);
  world.api.delete(
    pods,
    { namespace: pod.metadata.namespace ?? 'default', name: pod.metadata.name },
    { gracePeriodSeconds: 0 },
  );
}

function cleanUp(world: KubeletWorld, pod: Pod): void {
  const node = world.nodeOf(pod.spec.nodeName ?? '');
  if (node === undefined) return;
  removePodFiles(node.host.files, pod);
  if (pod.spec.hostNetwork === true || node.host.world.find(sandboxName(pod)) !== undefined)
    removeSandbox(node.host, node.plugins ?? [], pod);
}
