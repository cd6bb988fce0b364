// Deployment: Pods of one template, replaced step by step when the template changes.
//
// Read:    kubernetes pkg/registry/apps/deployment/strategy.go; pkg/apis/apps/v1/defaults.go;
//          pkg/apis/apps/validation, `ValidateDeploymentSpec`.

import type { FieldError } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { ApiObject, Condition, LabelSelector } from '../objects.ts';
import { formatSelector } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { validateDeploymentSpec } from '../validation/deployment.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { immutable } from '../validation/objectMeta.ts';
import { column, type Kind, nameColumn } from './kind.ts';
import { defaultPodTemplate } from './podDefaults.ts';
import type { PodTemplateSpec } from './podSpec.ts';
import { workloadWarnings } from './podWarnings.ts';
import { workloadColumns } from './workload.ts';

export interface DeploymentStrategy {
  readonly type?: string;
  readonly rollingUpdate?: {
    /** A number of Pods or a share of all: `1`, `25%`. */
    readonly maxUnavailable?: number | string;
    readonly maxSurge?: number | string;
  };
}

export interface DeploymentSpec {
  readonly replicas: number;
  readonly selector: LabelSelector;
  readonly template: PodTemplateSpec;
  readonly strategy: DeploymentStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit: number;
  readonly progressDeadlineSeconds: number;
  readonly paused?: boolean;
}

export interface DeploymentCondition extends Condition {
  readonly lastUpdateTime?: string;
}

export interface DeploymentStatus {
  readonly observedGeneration?: number;
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly unavailableReplicas?: number;
  readonly conditions?: readonly DeploymentCondition[];
  /** How often the name of a ReplicaSet was taken already by another template. */
  readonly collisionCount?: number;
}

export interface Deployment extends ApiObject {
  readonly spec: DeploymentSpec;
  readonly status?: DeploymentStatus;
}

export const deployments: Kind<Deployment> = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  resource: 'deployments',
  singular: 'deployment',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status', 'scale'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults(deployment) {
    const spec = deployment.spec ?? {};
    const type = spec.strategy?.type || 'RollingUpdate';
    const rolling = spec.strategy?.rollingUpdate;
    return {
      ...deployment,
      spec: {
        ...spec,
        replicas: spec.replicas ?? 1,
        template: defaultPodTemplate(spec.template ?? {}),
        strategy: {
          ...spec.strategy,
          type,
          ...(type === 'RollingUpdate' && {
            rollingUpdate: {
              maxUnavailable: rolling?.maxUnavailable ?? '25%',
              maxSurge: rolling?.maxSurge ?? '25%',
            },
          }),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
        progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      },
    };
  },
  prepareCreate: deployment => ({ ...deployment, status: {} }),
  prepareUpdate(deployment, old) {
    return { ...deployment, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: (deployment): readonly FieldError[] => validateDeploymentSpec(deployment.spec ?? {}, path('spec')),
  validateUpdate(deployment, old) {
    return immutable(path('spec', 'selector'), asJson(deployment.spec?.selector), asJson(old.spec.selector));
  },
  warnings: workloadWarnings,
  columns: [
    nameColumn(),
    column('Ready', object => `${object.status?.readyReplicas ?? 0}/${object.spec?.replicas ?? 0}`),
    column('Up-to-date', object => object.status?.updatedReplicas ?? 0),
    column('Available', object => object.status?.availableReplicas ?? 0),
    column('Age', (object, now) => age(object.metadata?.creationTimestamp, now)),
    ...workloadColumns<Deployment>(),
  ],
  scale: {
    specReplicas: object => object.spec.replicas,
    statusReplicas: object => object.status?.replicas ?? 0,
    selector: object => formatSelector(object.spec.selector),
    withReplicas: (object, replicas) => ({ ...object, spec: { ...object.spec, replicas } }),
  },
};
