// kubectl apply --prune: objects that were applied once and that the files no longer have are deleted.
//
// Omits:   apply sets.
// Read:    kubectl pkg/cmd/apply/prune.go; pkg/util/prune/prune.go for the kinds.

import type { JsonObject } from '../../sim/index.ts';
import { listAt, textAt } from './fields.ts';
import { LAST_APPLIED } from './lastApplied.ts';
import { type ApiResource, discover, pathOf, qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print, serverError } from './session.ts';
import { dryRunOf, dryRunSuffix } from './writing.ts';

/** `VERSION/KIND` of what is pruned when --prune-allowlist says nothing else. */
const PRUNED = [
  'v1/ConfigMap',
  'v1/Endpoints',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/ReplicationController',
  'v1/Secret',
  'v1/Service',
  'batch/v1/Job',
  'batch/v1/CronJob',
  'networking.k8s.io/v1/Ingress',
  'apps/v1/DaemonSet',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
];
const PRUNED_CLUSTER_WIDE = ['v1/Namespace', 'v1/PersistentVolume'];

/** @param applied what the files had, as the server answered */
export async function prune(call: KubectlCall, applied: readonly JsonObject[]): Promise<void> {
  const visited = new Set(applied.map(object => textAt(object, 'metadata', 'uid')));
  const namespaces = [...new Set(applied.map(object => textAt(object, 'metadata', 'namespace')))].filter(
    name => name !== '',
  );
  const all = await discover(call);
  const allowed = call.flags.list('prune-allowlist').map(text => text.replace(/^core\//, ''));
  const kinds = (names: readonly string[]): readonly ApiResource[] =>
    names.flatMap(name => all.filter(({ apiVersion, kind }) => `${apiVersion}/${kind}` === name));
  const chosen = allowed.length > 0 ? kinds(allowed) : kinds([...PRUNED, ...PRUNED_CLUSTER_WIDE]);
  const places = [
    ...namespaces.flatMap(namespace =>
      chosen.filter(({ namespaced }) => namespaced).map(resource => ({ resource, namespace })),
    ),
    ...chosen.filter(({ namespaced }) => !namespaced).map(resource => ({ resource, namespace: undefined })),
  ];
  for (const { resource, namespace } of places) await pruneKind(call, resource, namespace, visited);
}

async function pruneKind(
  call: KubectlCall,
  resource: ApiResource,
  namespace: string | undefined,
  visited: ReadonlySet<string>,
): Promise<void> {
  const selector = call.flags.value('selector') ?? '';
  const list = await mustGet(call, pathOf(resource, namespace), selector === '' ? {} : { labelSelector: selector });
  for (const item of listAt(list, 'items')) {
    const isApplied = textAt(item, 'metadata', 'annotations', LAST_APPLIED) !== '';
    if (!isApplied || visited.has(textAt(item, 'metadata', 'uid'))) continue;
    const name = textAt(item, 'metadata', 'name');
    if (dryRunOf(call) !== 'client') {
      const response = await call.context.request({
        method: 'DELETE',
        path: pathOf(resource, namespace, name),
        query: dryRunOf(call) === 'server' ? { dryRun: 'All' } : {},
        headers: { 'content-type': 'application/json', 'user-agent': 'kubectl' },
        body: { propagationPolicy: 'Background' },
      });
      if (response.status >= 400) throw new KubectlError(serverError(response));
    }
    print(call, `${qualifiedKind(resource)}/${name} pruned${dryRunSuffix(call)}\n`);
  }
}
