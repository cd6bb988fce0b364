// Kinds that would make or scale Pods, if the lab had their controllers: kept, checked and shown.
//
// Read:    kubernetes pkg/apis/batch/v1/defaults.go; pkg/apis/core/v1/defaults.go; pkg/apis/autoscaling/v2/defaults.go;
//          pkg/printers/internalversion/printers.go.

import { isJsonObject, type JsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import { listAt, numberAt, peek, textAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import { formatLabels, formatSelector } from '../../selectors.ts';
import { age } from '../../timestamps.ts';
import { validateCronJob, validateCronJobCreate } from '../../validation/cronJob.ts';
import {
  validateAutoscaler,
  validateDisruptionBudget,
  validateReplicationController,
} from '../../validation/stored.ts';
import { type Column, column, type Kind, wideColumn } from '../kind.ts';
import { defaultPodTemplate } from '../podDefaults.ts';
import { metricsText } from './autoscalerText.ts';
import { ageColumn, type StoredDraft, storedKind, withSpec } from './storedKind.ts';

const controllers = storedKind({
  apiVersion: 'v1',
  kind: 'ReplicationController',
  resource: 'replicationcontrollers',
  shortNames: ['rc'],
  categories: ['all'],
  scope: 'Namespaced',
  generations: 'counted',
  initialStatus: { replicas: 0 },
  subresources: ['status', 'scale'],
  defaults: defaultController,
  validate: validateReplicationController,
  columns: [
    column('Desired', object => numberAt(object, 'spec', 'replicas'), 'integer'),
    column('Current', object => numberAt(object, 'status', 'replicas'), 'integer'),
    column('Ready', object => numberAt(object, 'status', 'readyReplicas'), 'integer'),
    ageColumn,
    ...templateColumns('spec', 'template'),
    wideColumn('Selector', object => formatLabels(wordsAt(object, 'spec', 'selector'))),
  ],
  scale: {
    specReplicas: object => numberAt(object, 'spec', 'replicas'),
    statusReplicas: object => numberAt(object, 'status', 'replicas'),
    selector: object => formatLabels(wordsAt(object, 'spec', 'selector')),
    withReplicas: (object, replicas) => withSpec(object, { ...specOf(object), replicas }),
  },
});

const cronJobs: Kind = {
  ...storedKind({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    resource: 'cronjobs',
    shortNames: ['cj'],
    categories: ['all'],
    scope: 'Namespaced',
    generations: 'counted',
    initialStatus: {},
    defaults: defaultCronJob,
    validate: validateCronJob,
    columns: [
      column('Schedule', object => textAt(object, 'spec', 'schedule')),
      column('Timezone', object => textAt(object, 'spec', 'timeZone') || '<none>'),
      column('Suspend', object => goBool(peek(object, 'spec', 'suspend')), 'boolean'),
      column('Active', object => listAt(object, 'status', 'active').length, 'integer'),
      column('Last Schedule', (object, now) => {
        const last = textAt(object, 'status', 'lastScheduleTime');
        return last === '' ? '<none>' : age(last, now);
      }),
      ageColumn,
      ...templateColumns('spec', 'jobTemplate', 'spec', 'template'),
      wideColumn('Selector', object => {
        const selector = peek(object, 'spec', 'jobTemplate', 'spec', 'selector');
        return selector === undefined ? '<none>' : formatSelector(isJsonObject(selector) ? selector : {});
      }),
    ],
  }),
  validateCreate: validateCronJobCreate,
};

const autoscalers = storedKind({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  resource: 'horizontalpodautoscalers',
  shortNames: ['hpa'],
  categories: ['all'],
  scope: 'Namespaced',
  initialStatus: { desiredReplicas: 0 },
  defaults: defaultAutoscaler,
  validate: validateAutoscaler,
  columns: [
    column('Reference', object => {
      const target = (key: string) => textAt(object, 'spec', 'scaleTargetRef', key);
      return `${target('kind')}/${target('name')}`;
    }),
    column('Targets', metricsText),
    column('MinPods', object => textAt(object, 'spec', 'minReplicas') || '<unset>'),
    column('MaxPods', object => numberAt(object, 'spec', 'maxReplicas')),
    column('Replicas', object => numberAt(object, 'status', 'currentReplicas')),
    ageColumn,
  ],
});

const disruptionBudgets = storedKind({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  resource: 'poddisruptionbudgets',
  shortNames: ['pdb'],
  scope: 'Namespaced',
  generations: 'counted',
  initialStatus: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
  validate: validateDisruptionBudget,
  columns: [
    column('Min Available', object => textAt(object, 'spec', 'minAvailable') || 'N/A'),
    column('Max Unavailable', object => textAt(object, 'spec', 'maxUnavailable') || 'N/A'),
    column('Allowed Disruptions', object => numberAt(object, 'status', 'disruptionsAllowed'), 'integer'),
    ageColumn,
  ],
});

export const WORKLOAD_KINDS: readonly Kind[] = [controllers, autoscalers, cronJobs, disruptionBudgets];

function specOf(object: StoredDraft): JsonObject {
  const spec = peek(object, 'spec');
  return isJsonObject(spec) ? spec : {};
}

function wordsAt(object: StoredDraft, ...keys: readonly string[]): Readonly<Record<string, string>> {
  const words = peek(object, ...keys);
  return isJsonObject(words)
    ? Object.fromEntries(Object.entries(words).map(([key, value]) => [key, String(value ?? '')]))
    : {};
}

/** Go prints `True` and `False` of a pointer. */
function goBool(value: Json | undefined): string {
  return value === undefined ? '<unset>' : value === true ? 'True' : 'False';
}

function templateColumns(...keys: readonly string[]): readonly Column<ApiObject>[] {
  const all = (object: StoredDraft, field: 'name' | 'image') =>
    listAt(object, ...keys, 'spec', 'containers')
      .map(container => (isJsonObject(container) ? String(container[field] ?? '') : ''))
      .join(',');
  return [
    wideColumn('Containers', object => all(object, 'name')),
    wideColumn('Images', object => all(object, 'image')),
  ];
}

function withTemplate(spec: JsonObject): JsonObject {
  return isJsonObject(spec.template)
    ? { ...spec, ...{ template: defaultPodTemplate(spec.template) as JsonObject } }
    : spec;
}

/** Selector and labels are the template's where they are not given. */
function defaultController(object: StoredDraft): StoredDraft {
  const spec = specOf(object);
  const labels = peek(object, 'spec', 'template', 'metadata', 'labels');
  const isEmpty = Object.keys(wordsAt(object, 'spec', 'selector')).length === 0;
  const hasLabels = Object.keys(object.metadata?.labels ?? {}).length > 0;
  const next = withSpec(object, {
    ...withTemplate(spec),
    ...(labels !== undefined && isEmpty && { selector: labels }),
    replicas: spec.replicas ?? 1,
  });
  return labels === undefined || hasLabels
    ? next
    : { ...next, metadata: { ...next.metadata, labels: wordsAt(object, 'spec', 'template', 'metadata', 'labels') } };
}

function defaultCronJob(object: StoredDraft): StoredDraft {
  const spec = specOf(object);
  const template = isJsonObject(spec.jobTemplate) ? spec.jobTemplate : {};
  const jobSpec = isJsonObject(template.spec) ? template.spec : {};
  return withSpec(object, {
    ...spec,
    concurrencyPolicy: spec.concurrencyPolicy || 'Allow',
    suspend: spec.suspend ?? false,
    successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
    failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    jobTemplate: { metadata: {}, ...template, spec: withTemplate({ template: {}, ...jobSpec }) },
  });
}

/** 80 % of the CPU that the Pods ask for, where nothing is said. */
function defaultAutoscaler(object: StoredDraft): StoredDraft {
  const spec = specOf(object);
  const metrics = listAt(object, 'spec', 'metrics');
  const cpu = { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } };
  return withSpec(object, {
    ...spec,
    minReplicas: spec.minReplicas ?? 1,
    metrics: metrics.length > 0 ? metrics : [cpu],
  });
}
