// Pods leave a node: by eviction, which asks disruption budgets first, or by deletion.
//
// Read:    kubectl pkg/drain/drain.go, `evictPods`, `deletePods`, `waitForDelete`; pkg/drain/cordon.go.

import type { ApiResponse, Json } from '../../../sim/index.ts';
import { listAt, textAt } from '../fields.ts';
import { type KubectlCall, mustGet, print, printError, printWarnings } from '../session.ts';
import { dryRunOf, dryRunSuffix } from '../writing.ts';

export interface DrainedPod {
  readonly namespace: string;
  readonly name: string;
  readonly pod: Json;
}

/** Between two tries, in milliseconds of the lab. */
const RETRY_MS = 5000;
const STEP_MS = 100;

/** Removes Pods and waits until they are gone. @returns why that failed; empty when it did not */
export async function removePods(
  call: KubectlCall,
  pods: readonly DrainedPod[],
  timeoutMs: number,
): Promise<readonly string[]> {
  if (pods.length === 0) return [];
  const way = call.flags.has('disable-eviction') ? 'deleted' : await wayOf(call);
  const end = timeoutMs > 0 ? call.context.lab.now + timeoutMs : Number.POSITIVE_INFINITY;
  const problems: string[] = [];
  if (way === 'evicted')
    for (const { namespace, name } of pods) print(call, `evicting pod ${namespace}/${name}${dryRunSuffix(call)}\n`);
  const asked: DrainedPod[] = [];
  for (const pod of pods) {
    const problem = way === 'evicted' ? await evict(call, pod, end) : await ask(call, pod, 'DELETE');
    if (problem === undefined) asked.push(pod);
    else problems.push(problem);
  }
  if (dryRunOf(call) === 'server') return problems;
  for (const pod of asked) {
    const isGone = await goneBefore(call, pod, end);
    if (isGone) print(call, `pod/${pod.name} ${way}\n`);
    else if (!call.context.isCancelled())
      problems.push(
        `error when waiting for pod "${pod.name}" in namespace "${pod.namespace}" to terminate: global timeout reached: ${timeoutMs / 1000}s`,
      );
  }
  return problems;
}

/** A server that has no evictions is asked to delete. */
async function wayOf(call: KubectlCall): Promise<'evicted' | 'deleted'> {
  const list = await mustGet(call, '/api/v1');
  return listAt(list, 'resources').some(resource => textAt(resource, 'name') === 'pods/eviction')
    ? 'evicted'
    : 'deleted';
}

async function evict(call: KubectlCall, pod: DrainedPod, end: number): Promise<string | undefined> {
  const { namespace, name } = pod;
  for (;;) {
    const { status, body } = await request(call, pod, 'POST');
    if (status < 400 || status === 404) return undefined;
    const message = textAt(body, 'message');
    if (status !== 429) return `error when evicting pods/"${name}" -n "${namespace}": ${message}`;
    printError(call, `error when evicting pods/"${name}" -n "${namespace}" (will retry after 5s): ${message}\n`);
    if (call.context.lab.now >= end)
      return `error when evicting pods/"${name}" -n "${namespace}": global timeout reached`;
    if (call.context.isCancelled()) return message;
    call.context.sleep(RETRY_MS);
    await call.context.breathe();
    print(call, `evicting pod ${namespace}/${name}\n`);
  }
}

async function ask(call: KubectlCall, pod: DrainedPod, method: 'DELETE'): Promise<string | undefined> {
  const { status, body } = await request(call, pod, method);
  return status < 400 || status === 404 ? undefined : textAt(body, 'message');
}

async function request(
  call: KubectlCall,
  { namespace, name }: DrainedPod,
  method: 'POST' | 'DELETE',
): Promise<ApiResponse> {
  const grace = Number(call.flags.value('grace-period') ?? -1);
  const options = {
    ...(grace >= 0 && { gracePeriodSeconds: grace }),
    ...(dryRunOf(call) === 'server' && { dryRun: ['All'] }),
  };
  const path = podPath({ namespace, name });
  const response = await call.context.request({
    method,
    path: method === 'POST' ? `${path}/eviction` : path,
    headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
    body:
      method === 'POST'
        ? { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace }, deleteOptions: options }
        : options,
  });
  printWarnings(call, response);
  return response;
}

async function goneBefore(call: KubectlCall, pod: DrainedPod, end: number): Promise<boolean> {
  for (;;) {
    const { status, body } = await call.context.request({ method: 'GET', path: podPath(pod) });
    const isSame = textAt(body, 'metadata', 'uid') === textAt(pod.pod, 'metadata', 'uid');
    if (status === 404 || !isSame) return true;
    if (call.context.isCancelled() || call.context.lab.now >= end) return false;
    call.context.sleep(STEP_MS);
    await call.context.breathe();
  }
}

function podPath({ namespace, name }: Pick<DrainedPod, 'namespace' | 'name'>): string {
  return `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(name)}`;
}
