// Jobs: counts, modes, the generated selector, and what may change.
//
// Read:    kubernetes pkg/apis/batch/validation/validation.go, `ValidateJob`, `validateJobSpec`, `ValidateJobSpecUpdate`.

import type { Draft } from '../draft.ts';
import { type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { asJson, equalJson, sortedJson } from '../json.ts';
import {
  CONTROLLER_UID_LABEL,
  JOB_NAME_LABEL,
  type Job,
  type JobSpec,
  type JobStatus,
  LEGACY_CONTROLLER_UID_LABEL,
  LEGACY_JOB_NAME_LABEL,
} from '../kinds/job.ts';
import { validateSelected } from '../kinds/workload.ts';
import type { LabelSelector } from '../objects.ts';
import { matchesLabels } from '../selectors.ts';
import { dnsLabel } from './formats.ts';
import { validateFailurePolicy, validateReplacementPolicy, validateSuccessPolicy } from './jobPolicies.ts';
import { validateSelector } from './labelSelector.ts';
import { immutable, nonNegative } from './objectMeta.ts';
import { validatePodTemplate } from './pod/template.ts';

const SPEC = path('spec');
/** Source: batch validation, `maxParallelismForIndexedJob`, `maxFailedIndexesForIndexedJob`, `completionsSoftLimit`. */
const MAX_INDEXED = 100_000;
/** Source: batch validation, `parallelismLimitForHighCompletions`, `maxFailedIndexesLimitForHighCompletions`. */
const MAX_OF_MANY = 10_000;

export function validateJob(job: Draft<Job>): FieldError[] {
  const spec = job.spec ?? {};
  const errors = [...validateGeneratedSelector(job), ...validateJobSpec(spec, SPEC)];
  if (spec.selector === undefined) errors.push(required(child(SPEC, 'selector')));
  else errors.push(...validateSelector(spec.selector, child(SPEC, 'selector')));
  errors.push(...validateSelected(spec, child(SPEC, 'template')));
  const { completions = 0 } = spec;
  if (spec.completionMode === 'Indexed' && completions > 0) {
    const name = job.metadata?.name ?? '';
    const longest = `${name}-${completions - 1}`;
    if (dnsLabel(longest).length > 0) {
      const detail = `will not able to create pod with invalid DNS label: ${longest}`;
      errors.push(invalid(path('metadata', 'name'), name, detail));
    }
  }
  return errors;
}

function validateGeneratedSelector(job: Draft<Job>): FieldError[] {
  const { manualSelector, selector, template } = job.spec ?? {};
  if (manualSelector === true || selector === undefined) return [];
  const { uid = '', name = '' } = job.metadata ?? {};
  const errors: FieldError[] = uid === '' ? [required(path('metadata', 'uid'))] : [];
  const expected = {
    [LEGACY_CONTROLLER_UID_LABEL]: uid,
    [LEGACY_JOB_NAME_LABEL]: name,
    [CONTROLLER_UID_LABEL]: uid,
    [JOB_NAME_LABEL]: name,
  };
  const at = child(SPEC, 'template', 'metadata', 'labels');
  const labels = template?.metadata?.labels ?? {};
  for (const [key, value] of Object.entries(expected)) {
    const actual = labels[key];
    const place = { text: `${at.text}[${key}]`, keys: [...at.keys, key] };
    if (actual === undefined) errors.push(required(place, `must be '${value}'`));
    else if (actual !== value) errors.push(invalid(place, sortedJson(labels), `must be '${value}'`));
  }
  if (!matchesLabels(selector as LabelSelector, expected))
    errors.push(invalid(child(SPEC, 'selector'), asJson(selector), '`selector` not auto-generated'));
  return errors;
}

const COUNTS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
] as const;

/** All but the selector: of Jobs, and of the Jobs that a CronJob makes. */
export function validateJobSpec(spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const errors = COUNTS.flatMap(field => nonNegative(child(place, field), spec[field] ?? 0));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.push(required(child(place, 'backoffLimitPerIndex'), 'when maxFailedIndexes is specified'));
  const { completionMode } = spec;
  if (completionMode !== undefined && completionMode !== 'NonIndexed' && completionMode !== 'Indexed')
    errors.push(notSupported(child(place, 'completionMode'), completionMode, ['NonIndexed', 'Indexed']));
  if (completionMode === 'Indexed') errors.push(...validateIndexed(spec, place));
  else if (completionMode === undefined || completionMode === 'NonIndexed') {
    for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes'] as const) {
      const value = spec[field];
      if (value !== undefined) errors.push(invalid(child(place, field), value, 'requires indexed completion mode'));
    }
  }
  return [
    ...errors,
    ...validateFailurePolicy(spec, child(place, 'podFailurePolicy')),
    ...validateSuccessPolicy(spec, child(place, 'successPolicy')),
    ...validateReplacementPolicy(spec, child(place, 'podReplacementPolicy')),
    ...validatePodTemplate(spec.template ?? {}, child(place, 'template')),
    ...validateRestartPolicy(spec, child(place, 'template', 'spec', 'restartPolicy')),
  ];
}

function validateIndexed(spec: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { completions, parallelism = 0, maxFailedIndexes = 0 } = spec;
  const atMost = (field: 'parallelism' | 'maxFailedIndexes', limit: number, when: string) => {
    const value = spec[field] ?? 0;
    if (value > limit)
      errors.push(invalid(child(place, field), value, `must be less than or equal to ${limit}${when}`));
  };
  if (completions === undefined) errors.push(required(child(place, 'completions'), 'when completion mode is Indexed'));
  if (parallelism > MAX_INDEXED) atMost('parallelism', MAX_INDEXED, ' when completion mode is Indexed');
  if (completions !== undefined && maxFailedIndexes > completions) {
    const detail = 'must be less than or equal to completions';
    errors.push(invalid(child(place, 'maxFailedIndexes'), maxFailedIndexes, detail));
  }
  atMost('maxFailedIndexes', MAX_INDEXED, '');
  if (completions === undefined || completions <= MAX_INDEXED || spec.backoffLimitPerIndex === undefined) return errors;
  const when = ` when completions are above ${MAX_INDEXED} and used with backoff limit per index`;
  if (spec.maxFailedIndexes === undefined)
    errors.push(
      required(child(place, 'maxFailedIndexes'), `must be specified when completions is above ${MAX_INDEXED}`),
    );
  atMost('parallelism', MAX_OF_MANY, when);
  atMost('maxFailedIndexes', MAX_OF_MANY, when);
  return errors;
}

/** A Job's Pods must be able to end. */
function validateRestartPolicy({ template, podFailurePolicy }: Draft<JobSpec>, place: FieldPath): FieldError[] {
  const policy = template?.spec?.restartPolicy ?? '';
  if (policy === '' || policy === 'Always') return [required(place, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(place, policy, ['OnFailure', 'Never'])];
  return podFailurePolicy !== undefined && policy !== 'Never'
    ? [invalid(place, policy, 'only "Never" is supported when podFailurePolicy is specified')]
    : [];
}

export function validateJobUpdate(job: Draft<Job>, old: Job): FieldError[] {
  const spec = job.spec ?? {};
  const fixed = (field: 'selector' | 'template' | 'podFailurePolicy' | 'backoffLimitPerIndex' | 'successPolicy') =>
    immutable(child(SPEC, field), asJson(spec[field]), asJson(old.spec[field]));
  return [
    ...validateCompletionsUpdate(spec, old.spec),
    ...fixed('selector'),
    ...(isTemplateMutable(spec, old) && equalJson(withScheduling(spec, old.spec), old.spec.template)
      ? []
      : fixed('template')),
    ...immutable(child(SPEC, 'completionMode'), spec.completionMode, old.spec.completionMode),
    ...fixed('podFailurePolicy'),
    ...fixed('backoffLimitPerIndex'),
    ...immutable(child(SPEC, 'managedBy'), spec.managedBy, old.spec.managedBy),
    ...fixed('successPolicy'),
  ];
}

/** An indexed Job can be scaled: completions together with parallelism. */
function validateCompletionsUpdate(spec: Draft<JobSpec>, old: JobSpec): FieldError[] {
  const at = child(SPEC, 'completions');
  if (old.completionMode !== 'Indexed') return immutable(at, spec.completions, old.completions);
  if (spec.completions === old.completions || spec.completions === spec.parallelism) return [];
  const detail = 'can only be modified in tandem with spec.parallelism';
  return [invalid(at, spec.completions, detail)];
}

/** Queues decide where the Pods of a suspended Job, not started yet, will run. */
function isTemplateMutable(spec: Draft<JobSpec>, old: Job): boolean {
  return old.spec.suspend === true && spec.suspend === true && old.status?.startTime === undefined;
}

function withScheduling({ template = {} }: Draft<JobSpec>, old: JobSpec): object {
  const { affinity, nodeSelector, tolerations, schedulingGates } = old.template.spec;
  const { labels, annotations } = old.template.metadata ?? {};
  return {
    ...template,
    metadata: { ...template.metadata, labels, annotations },
    spec: { ...template.spec, affinity, nodeSelector, tolerations, schedulingGates },
  };
}

export function validateJobStatus(job: Draft<Job>, old: Job): FieldError[] {
  const place = path('status');
  const status = job.status ?? {};
  const isTrue = (type: string) =>
    (status.conditions ?? []).some(condition => condition.type === type && condition.status === 'True');
  const errors = (['active', 'succeeded', 'failed', 'ready', 'terminating'] as const).flatMap(field =>
    nonNegative(child(place, field), status[field] ?? 0),
  );
  const [isComplete, isFailed] = [isTrue('Complete'), isTrue('Failed')];
  if (isComplete && isFailed) errors.push(conditionError(place, 'cannot set Complete=True and Failed=true conditions'));
  if (status.completionTime !== undefined && !isComplete) {
    const detail = 'cannot set completionTime when there is no Complete=True condition';
    errors.push(invalid(child(place, 'completionTime'), status.completionTime, detail));
  }
  if (status.completionTime === undefined && isComplete)
    errors.push(required(child(place, 'completionTime'), 'completionTime is required for Complete jobs'));
  if (status.startTime === undefined && (isComplete || isFailed))
    errors.push(required(child(place, 'startTime'), 'startTime is required for finished job'));
  if ((status.active ?? 0) > 0 && (isComplete || isFailed))
    errors.push(invalid(child(place, 'active'), status.active ?? 0, 'active>0 is invalid for finished job'));
  if ((status.ready ?? 0) > (status.active ?? 0))
    errors.push(invalid(child(place, 'ready'), status.ready ?? 0, 'cannot set more ready pods than active'));
  return [...errors, ...validateStatusUpdate(status, old.status ?? {}, isTrue)];
}

/** What has happened stays: terminal conditions, counts, times. */
function validateStatusUpdate(
  status: Draft<JobStatus>,
  old: JobStatus,
  isTrue: (type: string) => boolean,
): FieldError[] {
  const place = path('status');
  const errors: FieldError[] = [];
  for (const type of ['Failed', 'Complete', 'FailureTarget', 'SuccessCriteriaMet']) {
    const was = old.conditions?.some(condition => condition.type === type && condition.status === 'True') ?? false;
    const what = type === 'SuccessCriteriaMet' ? 'the' : 'the terminal';
    if (was && !isTrue(type)) errors.push(conditionError(place, `cannot disable ${what} ${type}=True condition`));
  }
  for (const field of ['failed', 'succeeded'] as const) {
    const value = status[field] ?? 0;
    if (value < (old[field] ?? 0))
      errors.push(invalid(child(place, field), value, `cannot decrease the ${field} counter`));
  }
  const [ended, before] = [status.completionTime, old.completionTime];
  if (ended !== undefined && before !== undefined && ended !== before)
    errors.push(invalid(child(place, 'completionTime'), ended, 'field is immutable'));
  return errors;
}

/** The conditions are left out of these messages. */
function conditionError(place: FieldPath, detail: string): FieldError {
  return { type: 'FieldValueInvalid', path: child(place, 'conditions'), detail };
}
