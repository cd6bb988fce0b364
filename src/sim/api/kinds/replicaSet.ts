// ReplicaSet: so many Pods of one template.
//
// Read:    kubernetes pkg/registry/apps/replicaset/strategy.go; pkg/apis/apps/validation, `ValidateReplicaSetSpec`.

import type { FieldError } from '../fieldError.ts';
import { child, path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { ApiObject, Condition, LabelSelector } from '../objects.ts';
import { formatSelector } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { immutable, nonNegative } from '../validation/objectMeta.ts';
import { column, type Kind, nameColumn } from './kind.ts';
import { defaultPodTemplate } from './podDefaults.ts';
import type { PodTemplateSpec } from './podSpec.ts';
import { workloadWarnings } from './podWarnings.ts';
import { validateWorkload, workloadColumns } from './workload.ts';

export interface ReplicaSet extends ApiObject {
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly selector: LabelSelector;
    readonly template: PodTemplateSpec;
  };
  readonly status?: ReplicaSetStatus;
}

export interface ReplicaSetStatus {
  readonly replicas: number;
  readonly fullyLabeledReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly observedGeneration?: number;
  readonly conditions?: readonly Condition[];
}

export const replicaSets: Kind<ReplicaSet> = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  resource: 'replicasets',
  singular: 'replicaset',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status', 'scale'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults(replicaSet) {
    const spec = replicaSet.spec ?? {};
    return {
      ...replicaSet,
      spec: { ...spec, replicas: spec.replicas ?? 1, template: defaultPodTemplate(spec.template ?? {}) },
    };
  },
  prepareCreate: replicaSet => ({ ...replicaSet, status: { replicas: 0 } }),
  prepareUpdate(replicaSet, old) {
    return { ...replicaSet, ...(old.status !== undefined && { status: old.status }) };
  },
  validate(replicaSet): readonly FieldError[] {
    const place = path('spec');
    const spec = replicaSet.spec ?? {};
    return [
      ...nonNegative(child(place, 'replicas'), spec.replicas ?? 0),
      ...nonNegative(child(place, 'minReadySeconds'), spec.minReadySeconds ?? 0),
      ...validateWorkload(spec, place),
    ];
  },
  validateUpdate(replicaSet, old) {
    return immutable(path('spec', 'selector'), asJson(replicaSet.spec?.selector), asJson(old.spec.selector));
  },
  warnings: workloadWarnings,
  columns: [
    nameColumn(),
    column('Desired', object => object.spec?.replicas ?? 0, 'integer'),
    column('Current', object => object.status?.replicas ?? 0, 'integer'),
    column('Ready', object => object.status?.readyReplicas ?? 0, 'integer'),
    column('Age', (object, now) => age(object.metadata?.creationTimestamp, now)),
    ...workloadColumns<ReplicaSet>(),
  ],
  selectableFields: ['status.replicas'],
  selectableField: (object, field) => (field === 'status.replicas' ? String(object.status?.replicas ?? 0) : undefined),
  scale: {
    specReplicas: object => object.spec.replicas,
    statusReplicas: object => object.status?.replicas ?? 0,
    selector: object => formatSelector(object.spec.selector),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  },
};
