// Objects without what the server's admission and allocation put into them: they would do so again.
//
// Read:    kubernetes plugin/pkg/admission/priority, .../defaulttolerationseconds, .../serviceaccount;
//          pkg/registry/batch/job/strategy.go (generateSelector); pkg/registry/core/service (ipFamilies).

import { isJsonObject, type Json, type JsonObject } from '../../sim/index.ts';
import { at, listAt, textAt, withFilled, without } from './walk.ts';

/** The labels with which the server tells the Pods of a Job. */
const JOB_LABELS = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'];

export function withoutAdmission(object: JsonObject): JsonObject {
  const { spec } = object;
  if (!isJsonObject(spec)) return object;
  switch (object.kind) {
    case 'Service':
      return { ...object, spec: without(spec, ['clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) };
    case 'Pod':
      return { ...object, spec: plainPodSpec(spec) };
    case 'Job':
      return spec.manualSelector === true ? object : { ...object, spec: plainJobSpec(spec) };
    case 'Node':
      return plainNode(object, spec);
    case 'Namespace':
      return withoutLabels(without(object, ['spec']), ['kubernetes.io/metadata.name']);
    default:
      return object;
  }
}

/** Without what a kubelet says when it joins, and what the node controller makes of its state. */
function plainNode(object: JsonObject, spec: JsonObject): JsonObject {
  const taints = listAt(spec, 'taints').filter(taint => !textAt(taint, 'key').startsWith('node.kubernetes.io/'));
  const own = withFilled(without(spec, ['podCIDR', 'podCIDRs', 'providerID']), 'taints', taints);
  const metadata = isJsonObject(object.metadata) ? without(object.metadata, ['annotations']) : {};
  const labels = at(metadata, 'labels');
  const said = isJsonObject(labels) ? Object.keys(labels).filter(label => NODE_LABEL.test(label)) : [];
  return withoutLabels({ ...object, metadata, spec: own }, said);
}

const NODE_LABEL =
  /^((beta\.)?kubernetes\.io\/(arch|os|hostname)|node-role\.kubernetes\.io\/.*|node\.kubernetes\.io\/(exclude-from-external-load-balancers|instance-type))$/;

function plainJobSpec(spec: JsonObject): JsonObject {
  const { template } = spec;
  return {
    ...without(spec, ['selector']),
    ...(isJsonObject(template) && { template: withoutLabels(template, JOB_LABELS) }),
  };
}

function plainPodSpec(spec: JsonObject): JsonObject {
  const isToken = (value: Json): boolean => textAt(value, 'name').startsWith('kube-api-access-');
  const isLostNode = (value: Json): boolean =>
    at(value, 'tolerationSeconds') === 300 &&
    ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].includes(textAt(value, 'key'));
  const containers = listAt(spec, 'containers').map(container =>
    isJsonObject(container)
      ? withFilled(
          container,
          'volumeMounts',
          listAt(container, 'volumeMounts').filter(mount => !isToken(mount)),
        )
      : container,
  );
  const added = [
    'serviceAccount',
    ...(spec.serviceAccountName === 'default' ? ['serviceAccountName'] : []),
    ...(spec.priority === 0 ? ['priority', 'preemptionPolicy'] : []),
  ];
  const volumes = listAt(spec, 'volumes').filter(volume => !isToken(volume));
  const tolerations = listAt(spec, 'tolerations').filter(toleration => !isLostNode(toleration));
  const plain = withFilled({ ...without(spec, added), containers }, 'volumes', volumes);
  return withFilled(plain, 'tolerations', tolerations);
}

/** The object, or a template of one, without some of its labels. */
function withoutLabels(object: JsonObject, labels: readonly string[]): JsonObject {
  const { metadata } = object;
  const all = at(metadata, 'labels');
  if (!isJsonObject(metadata) || !isJsonObject(all)) return object;
  return { ...object, metadata: withFilled(metadata, 'labels', without(all, labels)) };
}
