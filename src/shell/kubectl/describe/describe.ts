// `kubectl describe` of one object: which description its kind has, and the text.
//
// Models:  the kinds of the table below as kubectl describes them; every other kind by its fields.
// Read:    kubectl v1.34 pkg/describe/describe.go.

import type { Json } from '../../../sim/index.ts';
import type { ApiResource } from '../resources.ts';
import { alignTabs, DESCRIBE_STYLE } from '../tabwriter.ts';
import { roleBindingLines, roleLines } from './access.ts';
import { autoscalerLines } from './autoscaler.ts';
import { configMapLines, endpointsLines, secretLines, serviceAccountLines } from './config.ts';
import { deploymentLines } from './deployment.ts';
import { endpointSliceLines } from './endpointSlice.ts';
import { genericLines } from './generic.ts';
import { ingressClassLines, ingressLines } from './ingress.ts';
import { cronJobLines, jobLines } from './jobs.ts';
import { disruptionBudgetLines, limitRangeLines, priorityClassLines, quotaLines } from './limits.ts';
import { namespaceLines } from './namespace.ts';
import { networkPolicyLines } from './networkPolicy.ts';
import { nodeLines } from './node.ts';
import { podLines } from './pod.ts';
import type { Lines, Related } from './related.ts';
import { replicaSetLines } from './replicaSet.ts';
import { serviceLines } from './service.ts';
import { persistentVolumeClaimLines, persistentVolumeLines, storageClassLines } from './storage.ts';
import { daemonSetLines, replicationControllerLines, statefulSetLines } from './workloads.ts';

export { eventSearches } from './events.ts';
export type { Related } from './related.ts';

type Describe = (object: Json, related: Related) => Lines | Promise<Lines>;

/** By group and kind. */
const DESCRIPTIONS: ReadonlyMap<string, Describe> = new Map<string, Describe>([
  ['/Pod', podLines],
  ['/Service', serviceLines],
  ['/Node', nodeLines],
  ['/Namespace', namespaceLines],
  ['apps/Deployment', deploymentLines],
  ['apps/ReplicaSet', replicaSetLines],
  ['discovery.k8s.io/EndpointSlice', endpointSliceLines],
  ['apps/DaemonSet', daemonSetLines],
  ['apps/StatefulSet', statefulSetLines],
  ['/ReplicationController', replicationControllerLines],
  ['batch/Job', jobLines],
  ['batch/CronJob', cronJobLines],
  ['/ConfigMap', configMapLines],
  ['/Secret', secretLines],
  ['/ServiceAccount', serviceAccountLines],
  ['/Endpoints', endpointsLines],
  ['networking.k8s.io/Ingress', ingressLines],
  ['networking.k8s.io/IngressClass', ingressClassLines],
  ['networking.k8s.io/NetworkPolicy', networkPolicyLines],
  ['/PersistentVolume', persistentVolumeLines],
  ['/PersistentVolumeClaim', persistentVolumeClaimLines],
  ['storage.k8s.io/StorageClass', storageClassLines],
  ['rbac.authorization.k8s.io/Role', roleLines],
  ['rbac.authorization.k8s.io/ClusterRole', roleLines],
  ['rbac.authorization.k8s.io/RoleBinding', roleBindingLines],
  ['rbac.authorization.k8s.io/ClusterRoleBinding', roleBindingLines],
  ['/ResourceQuota', quotaLines],
  ['/LimitRange', limitRangeLines],
  ['policy/PodDisruptionBudget', disruptionBudgetLines],
  ['scheduling.k8s.io/PriorityClass', priorityClassLines],
  ['autoscaling/HorizontalPodAutoscaler', autoscalerLines],
]);

/**
 * What `kubectl describe` prints about one object, with the end of its last line. Between two objects kubectl prints two
 * empty lines, which are not part of this.
 * @param object as the API server gives it
 */
export async function describeObject(resource: ApiResource, object: Json, related: Related): Promise<string> {
  const describe = DESCRIPTIONS.get(`${resource.group}/${resource.kind}`) ?? genericLines;
  const lines = await describe(object, related);
  return alignTabs(withoutControls(lines.join('')), DESCRIBE_STYLE);
}

/** What an object says must not move the terminal's cursor. Source: cli-runtime pkg/printers/terminal.go. */
function withoutControls(text: string): string {
  return text.replaceAll('\u001b', '^[').replaceAll('\r', '\\r');
}
