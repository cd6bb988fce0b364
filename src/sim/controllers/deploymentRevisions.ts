// The ReplicaSets of a Deployment: which one is of the present template, which are of earlier ones.
//
// Simplified: the hash in their names is FNV-1a of the template as sorted JSON. The real one hashes Go's own dump of the
//          template, which nothing but Go can write; so the names look alike but are not the same.
// Read:    kubernetes pkg/controller/deployment/sync.go, `getNewReplicaSet`; util/deployment_util.go, `FindNewReplicaSet`;
//          pkg/controller/controller_utils.go, `ComputeHash`.

import { canonicalJson, equalJson } from '../api/json.ts';
import type { Deployment } from '../api/kinds/deployment.ts';
import type { PodTemplateSpec } from '../api/kinds/pod.ts';
import type { ReplicaSet } from '../api/kinds/replicaSet.ts';
import type { NewObject } from '../api/objects.ts';
import { fnv32a, safeEncode } from '../runtime/names.ts';
import { byAge, DESIRED_REPLICAS, MAX_REPLICAS, maxSurgeOf, REVISION } from './deploymentMath.ts';
import { controllerReference } from './ownership.ts';

const HASH_LABEL = 'pod-template-hash';
/** Annotations of a Deployment that its ReplicaSets do not take over. Source: `annotationsToSkip`. */
const OWN_ANNOTATIONS: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  'deprecated.deployment.rollback.to',
]);

/** `6c9f7d8b5`: what the names of ReplicaSets and Pods have of their template. */
export function templateHash(template: PodTemplateSpec, collisionCount: number | undefined): string {
  const text = `${canonicalJson(template)}${collisionCount === undefined ? '' : `#${collisionCount}`}`;
  return safeEncode(String(fnv32a(text)));
}

/** The ReplicaSet of the Deployment's present template; of several the oldest. */
export function findLatest(deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet | undefined {
  return [...all].sort(byAge).find(replicaSet => isOfTemplate(replicaSet, deployment.spec.template));
}

export function isOfTemplate({ spec }: ReplicaSet, template: PodTemplateSpec): boolean {
  return equalJson(withoutHash(spec.template), withoutHash(template));
}

function withoutHash(template: PodTemplateSpec): object {
  const { [HASH_LABEL]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

export function revisionOf(object: ReplicaSet | Deployment): number {
  return Number(object.metadata.annotations?.[REVISION] ?? 0);
}

/** A ReplicaSet for the present template. */
export function newReplicaSet(deployment: Deployment, revision: number, replicas: number): NewObject<ReplicaSet> {
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template, deployment.status?.collisionCount);
  const labels = { ...spec.template.metadata?.labels, [HASH_LABEL]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      labels,
      annotations: annotationsFor(deployment, {}, revision),
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      ...(spec.minReadySeconds !== undefined && { minReadySeconds: spec.minReadySeconds }),
      selector: { ...spec.selector, matchLabels: { ...spec.selector.matchLabels, [HASH_LABEL]: hash } },
      template: { ...spec.template, metadata: { ...spec.template.metadata, labels } },
    },
  };
}

/** The annotations of a ReplicaSet: the Deployment's, its number, and the Deployment's size. */
export function annotationsFor(
  deployment: Deployment,
  current: Readonly<Record<string, string>>,
  revision: number,
): Readonly<Record<string, string>> {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !OWN_ANNOTATIONS.has(key));
  return {
    ...current,
    ...Object.fromEntries(own),
    [REVISION]: String(revision),
    ...sizeAnnotations(deployment),
  };
}

/** By these a ReplicaSet knows later that its Deployment has changed size meanwhile. */
export function sizeAnnotations(deployment: Deployment): Readonly<Record<string, string>> {
  const { replicas } = deployment.spec;
  return { [DESIRED_REPLICAS]: String(replicas), [MAX_REPLICAS]: String(replicas + maxSurgeOf(deployment)) };
}
