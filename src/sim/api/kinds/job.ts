// Job: Pods that run to their end, so many times.
//
// Read:    kubernetes pkg/registry/batch/job/strategy.go (`generateSelector`); pkg/apis/batch/v1/defaults.go;
//          pkg/printers/internalversion/printers.go, `printJob`.

import type { VirtualMs } from '../../runtime/clock.ts';
import type { Draft } from '../draft.ts';
import type { ApiObject, Condition, LabelSelector, Timestamp } from '../objects.ts';
import { age, humanDuration, parseTimestamp } from '../timestamps.ts';
import { dnsSubdomain } from '../validation/formats.ts';
import { validateJob, validateJobStatus, validateJobUpdate } from '../validation/job.ts';
import { column, type Kind, nameColumn } from './kind.ts';
import { defaultPodTemplate } from './podDefaults.ts';
import type { PodTemplateSpec } from './podSpec.ts';
import { workloadWarnings } from './podWarnings.ts';
import { workloadColumns } from './workload.ts';

export interface PodFailurePolicyRule {
  /** `Count`, `FailIndex`, `FailJob` or `Ignore`. */
  readonly action: string;
  readonly onExitCodes?: {
    readonly containerName?: string;
    readonly operator: string;
    readonly values: readonly number[];
  };
  readonly onPodConditions?: readonly { readonly type: string; readonly status?: string }[];
}

export interface SuccessPolicyRule {
  /** `0-2,4` */
  readonly succeededIndexes?: string;
  readonly succeededCount?: number;
}

export interface JobSpec {
  readonly parallelism?: number;
  readonly completions?: number;
  readonly activeDeadlineSeconds?: number;
  readonly backoffLimit?: number;
  readonly backoffLimitPerIndex?: number;
  readonly maxFailedIndexes?: number;
  readonly podFailurePolicy?: { readonly rules: readonly PodFailurePolicyRule[] };
  readonly successPolicy?: { readonly rules: readonly SuccessPolicyRule[] };
  readonly podReplacementPolicy?: string;
  readonly selector: LabelSelector;
  /** The selector is the client's own; else the server makes one. */
  readonly manualSelector?: boolean;
  readonly template: PodTemplateSpec;
  readonly ttlSecondsAfterFinished?: number;
  /** `NonIndexed` or `Indexed`. */
  readonly completionMode?: string;
  readonly suspend?: boolean;
  readonly managedBy?: string;
}

export interface JobStatus {
  /** `Complete`, `Failed`, `Suspended`, `FailureTarget`, `SuccessCriteriaMet`. */
  readonly conditions?: readonly Condition[];
  readonly startTime?: Timestamp;
  readonly completionTime?: Timestamp;
  readonly active?: number;
  readonly ready?: number;
  readonly terminating?: number;
  readonly succeeded?: number;
  readonly failed?: number;
  /** `1,3-5` */
  readonly completedIndexes?: string;
  readonly failedIndexes?: string;
  readonly uncountedTerminatedPods?: { readonly succeeded?: readonly string[]; readonly failed?: readonly string[] };
}

export interface Job extends ApiObject {
  readonly spec: JobSpec;
  readonly status?: JobStatus;
}

/** Labels of a Job's Pods: each has an older form without a domain. */
export const CONTROLLER_UID_LABEL = 'batch.kubernetes.io/controller-uid';
export const JOB_NAME_LABEL = 'batch.kubernetes.io/job-name';
export const LEGACY_CONTROLLER_UID_LABEL = 'controller-uid';
export const LEGACY_JOB_NAME_LABEL = 'job-name';

/** Without a limit of its own an index may fail as often as all together. Source: `math.MaxInt32`. */
const NO_LIMIT = 2 ** 31 - 1;

export const jobs: Kind<Job> = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  resource: 'jobs',
  singular: 'job',
  shortNames: [],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  nameRule: dnsSubdomain,
  countsGenerations: true,
  deletionAnswers: 'status',
  defaults: job => withTemplateLabels({ ...job, spec: defaultJobSpec(job.spec ?? {}) }),
  // The server applies its defaults once more when it reads what it has stored.
  prepareCreate: job => withTemplateLabels({ ...job, spec: withGeneratedSelector(job), status: {} }),
  prepareUpdate(job, old) {
    return { ...job, ...(old.status !== undefined && { status: old.status }) };
  },
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatus: validateJobStatus,
  warnings: workloadWarnings,
  columns: [
    nameColumn(),
    column('Status', statusText),
    column('Completions', completionsText),
    column('Duration', durationText),
    column('Age', (job, now) => age(job.metadata?.creationTimestamp, now)),
    ...workloadColumns<Job>(),
  ],
  selectableFields: ['status.successful'],
  selectableField: (job, field) => (field === 'status.successful' ? String(job.status?.succeeded ?? 0) : undefined),
};

/** A Job without labels has those of its Pods. Source: pkg/apis/batch/v1/defaults.go, `SetDefaults_Job`. */
function withTemplateLabels(job: Draft<Job>): Draft<Job> {
  const labels = job.spec?.template?.metadata?.labels;
  if (labels === undefined || Object.keys(job.metadata?.labels ?? {}).length > 0) return job;
  return { ...job, metadata: { ...job.metadata, labels } };
}

/** Of Jobs, and of the Jobs that a CronJob makes. */
export function defaultJobSpec(spec: Draft<JobSpec>): Draft<JobSpec> {
  const { completions, parallelism } = spec;
  const isSingle = completions === undefined && parallelism === undefined;
  const rules = spec.podFailurePolicy?.rules;
  return {
    ...spec,
    ...(isSingle && { completions: 1 }),
    parallelism: parallelism ?? 1,
    backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : NO_LIMIT),
    completionMode: spec.completionMode ?? 'NonIndexed',
    suspend: spec.suspend ?? false,
    manualSelector: spec.manualSelector ?? false,
    podReplacementPolicy:
      spec.podReplacementPolicy ?? (spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
    ...(rules !== undefined && {
      podFailurePolicy: {
        rules: rules.map(rule => ({
          ...rule,
          ...(rule.onPodConditions !== undefined && {
            onPodConditions: rule.onPodConditions.map(pattern => ({ ...pattern, status: pattern.status || 'True' })),
          }),
        })),
      },
    }),
    template: defaultPodTemplate(spec.template ?? {}),
  };
}

/** The Job's uid chooses its Pods. What the client set already stays, for validation to refuse. */
function withGeneratedSelector(job: Draft<Job>): Draft<JobSpec> {
  const spec = job.spec ?? {};
  if (spec.manualSelector === true) return spec;
  const { uid = '', name = '' } = job.metadata ?? {};
  const labels = {
    [LEGACY_CONTROLLER_UID_LABEL]: uid,
    [LEGACY_JOB_NAME_LABEL]: name,
    [CONTROLLER_UID_LABEL]: uid,
    [JOB_NAME_LABEL]: name,
    ...spec.template?.metadata?.labels,
  };
  const matchLabels = { [CONTROLLER_UID_LABEL]: uid, ...spec.selector?.matchLabels };
  return {
    ...spec,
    selector: { ...spec.selector, matchLabels },
    template: { ...spec.template, metadata: { ...spec.template?.metadata, labels } },
  };
}

function statusText(job: Draft<Job>): string {
  const has = (type: string) =>
    job.status?.conditions?.some(condition => condition.type === type && condition.status === 'True') ?? false;
  if (has('Complete')) return 'Complete';
  if (has('Failed')) return 'Failed';
  if (job.metadata?.deletionTimestamp !== undefined) return 'Terminating';
  return ['Suspended', 'FailureTarget'].find(has) ?? 'Running';
}

function completionsText({ spec = {}, status = {} }: Draft<Job>): string {
  const succeeded = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText({ status = {} }: Draft<Job>, now: VirtualMs): string {
  const start = parseTimestamp(status.startTime ?? '');
  if (start === undefined) return '';
  const end = parseTimestamp(status.completionTime ?? '') ?? now;
  return humanDuration((end - start) / 1000);
}
