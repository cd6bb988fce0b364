// StatefulSet: Pods with names that stay, made and replaced in the order of their numbers.
//
// Read:    kubernetes pkg/registry/apps/statefulset/strategy.go; pkg/apis/apps/v1/defaults.go;
//          pkg/printers/internalversion/printers.go, `printStatefulSet`.

import type { ApiObject, Condition, LabelSelector, ObjectMeta } from '../objects.ts';
import type { Json } from '../request.ts';
import { formatSelector } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { dnsLabel } from '../validation/formats.ts';
import {
  validateStatefulSet,
  validateStatefulSetStatus,
  validateStatefulSetUpdate,
} from '../validation/statefulSet.ts';
import { column, type Kind, nameColumn } from './kind.ts';
import { defaultPodTemplate } from './podDefaults.ts';
import type { PodTemplateSpec } from './podSpec.ts';
import { workloadWarnings } from './podWarnings.ts';
import { containerColumns } from './workload.ts';

export interface StatefulSetUpdateStrategy {
  /** `RollingUpdate` or `OnDelete`. */
  readonly type?: string;
  readonly rollingUpdate?: {
    /** Pods with lower numbers keep their revision. */
    readonly partition?: number;
    readonly maxUnavailable?: number | string;
  };
}

export interface VolumeClaimTemplate {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Partial<ObjectMeta>;
  readonly spec?: { readonly volumeMode?: string; readonly [field: string]: Json | undefined };
  readonly status?: { readonly phase?: string };
}

export interface StatefulSetSpec {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplateSpec;
  readonly volumeClaimTemplates?: readonly VolumeClaimTemplate[];
  /** The headless Service that gives the Pods their names. */
  readonly serviceName?: string;
  /** `OrderedReady` or `Parallel`. */
  readonly podManagementPolicy: string;
  readonly updateStrategy: StatefulSetUpdateStrategy;
  readonly revisionHistoryLimit: number;
  readonly minReadySeconds?: number;
  readonly persistentVolumeClaimRetentionPolicy?: { readonly whenDeleted?: string; readonly whenScaled?: string };
  readonly ordinals?: { readonly start?: number };
}

export interface StatefulSetStatus {
  readonly observedGeneration?: number;
  readonly replicas: number;
  readonly readyReplicas?: number;
  readonly currentReplicas?: number;
  readonly updatedReplicas?: number;
  readonly availableReplicas?: number;
  /** Names of ControllerRevisions. */
  readonly currentRevision?: string;
  readonly updateRevision?: string;
  readonly collisionCount?: number;
  readonly conditions?: readonly Condition[];
}

export interface StatefulSet extends ApiObject {
  readonly spec: StatefulSetSpec;
  readonly status?: StatefulSetStatus;
}

export const statefulSets: Kind<StatefulSet> = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  resource: 'statefulsets',
  singular: 'statefulset',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status', 'scale'],
  nameRule: dnsLabel,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults(statefulSet) {
    const spec = statefulSet.spec ?? {};
    const { volumeClaimTemplates: claims, persistentVolumeClaimRetentionPolicy: retention } = spec;
    const { type, rollingUpdate = type ? undefined : {} } = spec.updateStrategy ?? {};
    return {
      ...statefulSet,
      spec: {
        ...spec,
        replicas: spec.replicas ?? 1,
        template: defaultPodTemplate(spec.template ?? {}),
        podManagementPolicy: spec.podManagementPolicy || 'OrderedReady',
        updateStrategy: {
          type: type || 'RollingUpdate',
          ...(rollingUpdate !== undefined && {
            rollingUpdate:
              (type || 'RollingUpdate') === 'RollingUpdate'
                ? { ...rollingUpdate, partition: rollingUpdate.partition ?? 0 }
                : rollingUpdate,
          }),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: retention?.whenDeleted || 'Retain',
          whenScaled: retention?.whenScaled || 'Retain',
        },
        ...(claims !== undefined && {
          volumeClaimTemplates: claims.map(claim => ({
            ...claim,
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            metadata: claim.metadata ?? {},
            spec: { ...claim.spec, volumeMode: claim.spec?.volumeMode ?? 'Filesystem' },
            status: { ...claim.status, phase: claim.status?.phase || 'Pending' },
          })),
        }),
      },
    };
  },
  prepareCreate: statefulSet => ({ ...statefulSet, status: { replicas: 0, availableReplicas: 0 } }),
  prepareUpdate(statefulSet, old) {
    return { ...statefulSet, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validateStatefulSet,
  validateUpdate: validateStatefulSetUpdate,
  validateStatus: validateStatefulSetStatus,
  warnings: workloadWarnings,
  columns: [
    nameColumn(),
    column('Ready', object => `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`),
    column('Age', (object, now) => age(object.metadata?.creationTimestamp, now)),
    ...containerColumns<StatefulSet>(),
  ],
  scale: {
    specReplicas: object => object.spec.replicas,
    statusReplicas: object => object.status?.replicas ?? 0,
    selector: object => formatSelector(object.spec.selector),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  },
};
