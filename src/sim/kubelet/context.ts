// What the kubelets work with: the API, the clock, their nodes, and their memory of the Pods that run there.

import type { ApiClient } from '../api/client.ts';
import { sharing } from '../api/json.ts';
import { type Pod, pods } from '../api/kinds/pod.ts';
import { type ObjectKey, parseKey } from '../api/objects.ts';
import type { CniPlugin, PluginHost } from '../cni/plugin.ts';
import type { Clock, VirtualMs } from '../runtime/clock.ts';
import type { CowMap } from '../runtime/cowMap.ts';
import type { ClusterDns } from './podDns.ts';
import type { PodRecord } from './podRecord.ts';
import { podStatus } from './podStatus.ts';

/** Simplified: how long a node takes for the parts of starting and stopping a Pod. */
export const KUBELET_MS = { sandbox: 400, start: 600, stop: 500 } as const;
/** Milliseconds. Source: kubelet.go, `backOffPeriod` and `MaxContainerBackOff`; image_manager.go. */
export const BACK_OFF = { first: 10_000, most: 300_000 } as const;
/** Simplified: what could not be made is tried again after so long. Source: kubelet.go, `backOffPeriod`. */
export const RETRY_MS: VirtualMs = 10_000;
export const OWNER = 'kubelet';

/** A node as its kubelet sees it. */
export interface KubeletNode {
  readonly host: PluginHost;
  readonly address: string;
  /** The plugins that its CNI configuration names; undefined: there is none yet. */
  readonly plugins: readonly CniPlugin[] | undefined;
}

/** What a probe asks from the node. */
export interface NodeQuestion {
  /** The node. */
  readonly from: string;
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: VirtualMs;
  /** With it an HTTP GET; without it a connection is opened and closed. */
  readonly http?: { readonly path: string; readonly headers: Readonly<Record<string, string>> };
}

export type NodeAnswer =
  | { readonly kind: 'connected' }
  | { readonly kind: 'response'; readonly status: number }
  /** In the words of Go's net package: `dial tcp 10.244.1.5:8080: connect: connection refused`. */
  | { readonly kind: 'failed'; readonly message: string };

export interface KubeletWorld {
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly nodeOf: (name: string) => KubeletNode | undefined;
  readonly dns: ClusterDns;
  /** Sends real packets from the node. */
  readonly ask: (question: NodeQuestion) => NodeAnswer;
}

export interface Kubelet extends KubeletWorld {
  /** By the Pods' uids. */
  readonly memory: CowMap<string, PodRecord>;
  /** Nodes whose kubelet is stopped, and since when. */
  readonly stopped: CowMap<string, VirtualMs>;
}

/**
 * What an alarm is for.
 * - `sandbox`, `start`: a step of a Pod's start is done.
 * - `exit`: the program of a container ends by itself.
 * - `killed`: a container that was told to end has ended.
 * - `retry`, `pull-wait`: a container's back-off is over, or begins to show.
 * - `startup`, `readiness`, `liveness`: a probe is due.
 * - `deadline`: the Pod's activeDeadlineSeconds are over.
 * - `end`: all containers of a Pod that is deleted have ended.
 */
export type Purpose =
  | 'sandbox'
  | 'start'
  | 'exit'
  | 'killed'
  | 'retry'
  | 'pull-wait'
  | 'startup'
  | 'readiness'
  | 'liveness'
  | 'deadline'
  | 'end';

export interface Wake {
  readonly purpose: Purpose;
  /** Empty for what concerns the whole Pod. */
  readonly container?: string;
  readonly after: VirtualMs;
  readonly kind?: 'once' | 'periodic';
}

export function wake({ clock }: Kubelet, pod: Pod, { purpose, container = '', after, kind = 'once' }: Wake): void {
  clock.setAlarm(OWNER, alarmKey(pod, purpose, container), Math.max(0, after), kind);
}

export function sleep({ clock }: Kubelet, pod: Pod, purpose: Purpose, container = ''): void {
  clock.cancelAlarm(OWNER, alarmKey(pod, purpose, container));
}

export function isAwaited(kubelet: Kubelet, pod: Pod, purpose: Purpose, container = ''): boolean {
  return untilAwaited(kubelet, pod, purpose, container) < Number.POSITIVE_INFINITY;
}

/** How long until the alarm rings; infinite when it is not set. */
export function untilAwaited({ clock }: Kubelet, pod: Pod, purpose: Purpose, container = ''): VirtualMs {
  const alarm = clock.alarm(OWNER, alarmKey(pod, purpose, container));
  return alarm === undefined ? Number.POSITIVE_INFINITY : alarm.at - clock.now;
}

function alarmKey(pod: Pod, purpose: Purpose, container: string): string {
  return `${purpose} ${pod.metadata.uid} ${podKey(pod)} ${container}`;
}

/** The reverse of what {@link wake} writes. */
export function readAlarm(key: string): {
  readonly purpose: Purpose;
  readonly uid: string;
  readonly pod: ObjectKey;
  readonly container: string;
} {
  const [purpose = '', uid = '', pod = '', container = ''] = key.split(' ');
  return { purpose: purpose as Purpose, uid, pod: parseKey(pod), container };
}

export function podKey({ metadata }: Pod): string {
  return `${metadata.namespace}/${metadata.name}`;
}

/** `web_default(3f0c…)`: how the kubelet's messages name a Pod. */
export function podTitle({ metadata }: Pod): string {
  return `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
}

export function tell({ api }: Kubelet, pod: Pod, type: 'Normal' | 'Warning', reason: string, message: string): void {
  api.event(pod, { type, reason, message, source: `kubelet, ${pod.spec.nodeName}` });
}

/** Writes what is known of a Pod into its status, if that says something else. */
export function publish({ api, nodeOf, memory, clock }: Kubelet, pod: Pod): void {
  const { namespace = '', name, uid } = pod.metadata;
  const [current, record] = [api.get(pods, { namespace, name }), memory.get(uid)];
  const node = nodeOf(pod.spec.nodeName ?? '');
  if (current?.metadata.uid !== uid || record === undefined || node === undefined) return;
  const status = sharing(current.status, podStatus(current, record, node.address, clock.now));
  if (status !== current.status) api.updateStatus(pods, { ...current, status });
}
