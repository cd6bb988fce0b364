// Values that a field may have: those of the schema, and names that are in the lab.

import { FIELD_ENUMS, type Json, type Lab } from '../../sim/index.ts';
import type { FieldAt } from './fieldAt.ts';
import type { DocumentHead } from './place.ts';

/** Fields with a few values that the generated schema does not have. Source: the constants of k8s.io/api. */
const MORE_ENUMS: Readonly<Record<string, readonly string[]>> = {
  'V1NetworkPolicySpec.policyTypes': ['Ingress', 'Egress'],
  'V1NetworkPolicyPort.protocol': ['TCP', 'UDP', 'SCTP'],
  'V1HTTPIngressPath.pathType': ['Prefix', 'Exact', 'ImplementationSpecific'],
  'V1ServiceSpec.ipFamilies': ['IPv4', 'IPv6'],
  'V1PersistentVolumeClaimSpec.accessModes': ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  'V1PersistentVolumeSpec.accessModes': ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  'V1StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'V1CronJobSpec.concurrencyPolicy': ['Allow', 'Forbid', 'Replace'],
  'V1PolicyRule.verbs': ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', '*'],
  'V1RoleRef.kind': ['Role', 'ClusterRole'],
  'RbacV1Subject.kind': ['ServiceAccount', 'User', 'Group'],
  'GatewayV1Listener.protocol': ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'],
};

/** Which names of the lab a field takes: the path of their list below its group. */
const NAMED: Readonly<Record<string, string>> = {
  'V1ObjectMeta.namespace': '/api/v1/namespaces',
  'V1IngressServiceBackend.name': 'services',
  'V1StatefulSetSpec.serviceName': 'services',
  'V1ConfigMapEnvSource.name': 'configmaps',
  'V1ConfigMapKeySelector.name': 'configmaps',
  'V1ConfigMapVolumeSource.name': 'configmaps',
  'V1SecretEnvSource.name': 'secrets',
  'V1SecretKeySelector.name': 'secrets',
  'V1SecretVolumeSource.secretName': 'secrets',
  'V1IngressTLS.secretName': 'secrets',
  'V1PersistentVolumeClaimVolumeSource.claimName': 'persistentvolumeclaims',
  'V1PodSpec.serviceAccountName': 'serviceaccounts',
  'V1PodSpec.nodeName': '/api/v1/nodes',
  'V1PodSpec.priorityClassName': '/apis/scheduling.k8s.io/v1/priorityclasses',
  'V1IngressSpec.ingressClassName': '/apis/networking.k8s.io/v1/ingressclasses',
  'V1PersistentVolumeClaimSpec.storageClassName': '/apis/storage.k8s.io/v1/storageclasses',
  'GatewayV1GatewaySpec.gatewayClassName': '/apis/gateway.networking.k8s.io/v1/gatewayclasses',
  'GatewayV1HTTPBackendRef.name': 'services',
  'GatewayV1GRPCBackendRef.name': 'services',
  'RbacV1Subject.name': 'serviceaccounts',
};

/** What is known of a field's value, in the order in which it is offered. */
export function valuesOf(field: FieldAt, document: DocumentHead, lab: Lab | undefined): readonly string[] {
  const name = `${field.definition}.${field.name}`;
  const fixed = FIELD_ENUMS[name] ?? MORE_ENUMS[name];
  if (fixed !== undefined) return fixed;
  if (field.type.kind === 'boolean') return ['true', 'false'];
  const list = NAMED[name];
  if (list === undefined || lab === undefined) return [];
  return namesIn(lab, list.startsWith('/') ? list : `/api/v1/namespaces/${document.namespace}/${list}`);
}

function listed(lab: Lab, path: string): readonly Json[] {
  const { status, body } = lab.request({ method: 'GET', path });
  const items = status === 200 ? field(body, 'items') : undefined;
  return Array.isArray(items) ? items : [];
}

function field(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Json | undefined })[name]
    : undefined;
}

function namesIn(lab: Lab, path: string): readonly string[] {
  return listed(lab, path)
    .map(item => field(field(item, 'metadata'), 'name'))
    .filter(name => typeof name === 'string')
    .sort();
}

/** Fields whose keys and values are labels, and what has these labels. */
const SELECTORS: Readonly<Record<string, 'pods' | 'nodes'>> = {
  'V1LabelSelector.matchLabels': 'pods',
  'V1ServiceSpec.selector': 'pods',
  'V1ReplicationControllerSpec.selector': 'pods',
  'V1PodSpec.nodeSelector': 'nodes',
};

/** The labels that things in the lab have, where a field selects by label: each key with its values. */
export function labelsFor(
  at: FieldAt,
  document: DocumentHead,
  lab: Lab | undefined,
): ReadonlyMap<string, readonly string[]> {
  const of = SELECTORS[`${at.definition}.${at.name}`];
  const found = new Map<string, string[]>();
  if (of === undefined || lab === undefined) return found;
  const path = of === 'nodes' ? '/api/v1/nodes' : `/api/v1/namespaces/${document.namespace}/pods`;
  for (const item of listed(lab, path)) {
    for (const [key, value] of Object.entries(field(field(item, 'metadata'), 'labels') ?? {})) {
      const values = found.get(key) ?? [];
      if (!values.includes(String(value))) values.push(String(value));
      found.set(key, values.sort());
    }
  }
  return found;
}
