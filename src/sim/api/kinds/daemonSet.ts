// DaemonSet: one Pod on every node that fits.
//
// Read:    kubernetes pkg/registry/apps/daemonset/strategy.go; pkg/apis/apps/v1/defaults.go;
//          pkg/apis/apps/validation, `ValidateDaemonSetSpec`; pkg/printers/internalversion/printers.go, `printDaemonSet`.

import type { Draft } from '../draft.ts';
import { equalJson } from '../json.ts';
import type { ApiObject, Condition, LabelSelector } from '../objects.ts';
import { formatLabels } from '../selectors.ts';
import { age } from '../timestamps.ts';
import { validateDaemonSet, validateDaemonSetStatus, validateDaemonSetUpdate } from '../validation/daemonSet.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { column, type Kind, nameColumn } from './kind.ts';
import { defaultPodTemplate } from './podDefaults.ts';
import type { PodTemplateSpec } from './podSpec.ts';
import { workloadWarnings } from './podWarnings.ts';
import { workloadColumns } from './workload.ts';

export interface DaemonSetUpdateStrategy {
  /** `RollingUpdate` or `OnDelete`. */
  readonly type?: string;
  readonly rollingUpdate?: { readonly maxUnavailable?: number | string; readonly maxSurge?: number | string };
}

export interface DaemonSetSpec {
  readonly selector: LabelSelector;
  readonly template: PodTemplateSpec;
  readonly updateStrategy: DaemonSetUpdateStrategy;
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit: number;
}

export interface DaemonSetStatus {
  readonly currentNumberScheduled: number;
  readonly numberMisscheduled: number;
  readonly desiredNumberScheduled: number;
  readonly numberReady: number;
  readonly observedGeneration?: number;
  readonly updatedNumberScheduled?: number;
  readonly numberAvailable?: number;
  readonly numberUnavailable?: number;
  readonly collisionCount?: number;
  readonly conditions?: readonly Condition[];
}

export interface DaemonSet extends ApiObject {
  readonly spec: DaemonSetSpec;
  readonly status?: DaemonSetStatus;
}

/** How often the template has changed; from the time before metadata.generation. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

export const daemonSets: Kind<DaemonSet> = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  resource: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults(daemonSet) {
    const spec = daemonSet.spec ?? {};
    const { type, rollingUpdate } = spec.updateStrategy ?? {};
    const isRolling = (type || 'RollingUpdate') === 'RollingUpdate';
    return {
      ...daemonSet,
      spec: {
        ...spec,
        template: defaultPodTemplate(spec.template ?? {}),
        updateStrategy: {
          type: type || 'RollingUpdate',
          ...(isRolling
            ? {
                rollingUpdate: {
                  maxUnavailable: rollingUpdate?.maxUnavailable ?? 1,
                  maxSurge: rollingUpdate?.maxSurge ?? 0,
                },
              }
            : rollingUpdate && { rollingUpdate }),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      },
    };
  },
  prepareCreate: daemonSet => ({
    ...withTemplateGeneration(daemonSet, 1),
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }),
  prepareUpdate(daemonSet, old) {
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0);
    const isSame = equalJson(daemonSet.spec?.template, old.spec.template);
    const next = withTemplateGeneration(daemonSet, isSame ? before : before + 1);
    return { ...next, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatus: validateDaemonSetStatus,
  warnings: workloadWarnings,
  columns: [
    nameColumn(),
    column('Desired', object => object.status?.desiredNumberScheduled ?? 0, 'integer'),
    column('Current', object => object.status?.currentNumberScheduled ?? 0, 'integer'),
    column('Ready', object => object.status?.numberReady ?? 0, 'integer'),
    column('Up-to-date', object => object.status?.updatedNumberScheduled ?? 0, 'integer'),
    column('Available', object => object.status?.numberAvailable ?? 0, 'integer'),
    column('Node Selector', object => formatLabels(object.spec?.template?.spec?.nodeSelector)),
    column('Age', (object, now) => age(object.metadata?.creationTimestamp, now)),
    ...workloadColumns<DaemonSet>(),
  ],
};

function withTemplateGeneration(daemonSet: Draft<DaemonSet>, generation: number): Draft<DaemonSet> {
  const annotations = { ...daemonSet.metadata?.annotations, [TEMPLATE_GENERATION]: String(generation) };
  return { ...daemonSet, metadata: { ...daemonSet.metadata, annotations } };
}
