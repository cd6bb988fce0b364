// CronJobs: the schedule and the template of their Jobs.
//
// Simplified: what is wrong with a schedule is said in the words of upstream's parser for the commonest mistakes.
// Read:    kubernetes pkg/apis/batch/validation/validation.go, `validateCronJobSpec`; github.com/robfig/cron v3, parser.go.

import type { Draft } from '../draft.ts';
import { type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { isJsonObject } from '../json.ts';
import type { JobSpec } from '../kinds/job.ts';
import type { ApiObject } from '../objects.ts';
import { peek, textAt } from '../peek.ts';
import { validateJobSpec } from './job.ts';
import { nonNegative } from './objectMeta.ts';

const POLICIES = ['Allow', 'Forbid', 'Replace'] as const;
/** A Job's name is that of its CronJob and eleven characters. */
const MAX_NAME = 52;
const DESCRIPTORS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'] as const;

export function validateCronJob(cronJob: Draft<ApiObject>): FieldError[] {
  const place = path('spec');
  const schedule = textAt(cronJob, 'spec', 'schedule');
  const at = child(place, 'schedule');
  const errors: FieldError[] = [];
  if (schedule === '') errors.push(required(at));
  else {
    const complaint = scheduleComplaint(schedule);
    if (complaint !== undefined) errors.push(invalid(at, schedule, complaint));
    if (schedule.includes('TZ'))
      errors.push(invalid(at, schedule, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'));
  }
  errors.push(...count(cronJob, 'startingDeadlineSeconds'));
  if (peek(cronJob, 'spec', 'timeZone') === '')
    errors.push(invalid(child(place, 'timeZone'), '', 'timeZone must be nil or non-empty string'));
  const policy = textAt(cronJob, 'spec', 'concurrencyPolicy');
  if (policy === '') errors.push(required(child(place, 'concurrencyPolicy')));
  else if (!POLICIES.some(known => known === policy))
    errors.push(notSupported(child(place, 'concurrencyPolicy'), policy, POLICIES));
  return [
    ...errors,
    ...validateTemplate(cronJob, child(place, 'jobTemplate', 'spec')),
    ...count(cronJob, 'successfulJobsHistoryLimit'),
    ...count(cronJob, 'failedJobsHistoryLimit'),
  ];
}

export function validateCronJobCreate({ metadata }: Draft<ApiObject>): FieldError[] {
  const name = metadata?.name ?? '';
  return name.length > MAX_NAME
    ? [invalid(path('metadata', 'name'), name, `must be no more than ${MAX_NAME} characters`)]
    : [];
}

function validateTemplate(cronJob: Draft<ApiObject>, place: FieldPath): FieldError[] {
  const found = peek(cronJob, 'spec', 'jobTemplate', 'spec');
  const spec: Draft<JobSpec> = isJsonObject(found) ? found : {};
  const errors = validateJobSpec(spec, place);
  if (isJsonObject(found) && found.selector !== undefined)
    errors.push(invalid(child(place, 'selector'), found.selector, '`selector` will be auto-generated'));
  if (spec.manualSelector === true) errors.push(notSupported(child(place, 'manualSelector'), true, ['nil', 'false']));
  return errors;
}

function count(cronJob: Draft<ApiObject>, field: string): FieldError[] {
  const value = peek(cronJob, 'spec', field);
  return nonNegative(path('spec', field), typeof value === 'number' ? value : 0);
}

interface CronField {
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
}

const FIELDS: readonly CronField[] = [
  { low: 0, high: 59 },
  { low: 0, high: 23 },
  { low: 1, high: 31 },
  { low: 1, high: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { low: 0, high: 6, names: 'sun mon tue wed thu fri sat'.split(' ') },
];

/** What is wrong with a schedule; undefined when nothing is. */
function scheduleComplaint(schedule: string): string | undefined {
  const text = schedule.replace(/^(?:CRON_)?TZ=\S+\s+/, '').trim();
  if (text.startsWith('@')) {
    if (/^@every (\d+(\.\d+)?(h|m|s|ms|us|ns))+$/.test(text)) return undefined;
    return DESCRIPTORS.some(known => known === text) ? undefined : `unrecognized descriptor: ${text}`;
  }
  const parts = text.split(/\s+/);
  if (parts.length !== FIELDS.length) return `expected exactly 5 fields, found ${parts.length}: [${parts.join(' ')}]`;
  for (const [i, part] of parts.entries()) {
    const known = FIELDS[i];
    const complaint = known === undefined ? undefined : fieldComplaint(part, known);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function fieldComplaint(text: string, { low, high, names = [] }: CronField): string | undefined {
  for (const range of text.split(',')) {
    const [span = '', step, ...more] = range.split('/');
    if (more.length > 0) return `too many slashes: ${range}`;
    const number = (word: string) => {
      const named = names.indexOf(word.toLowerCase());
      if (named >= 0) return named + low;
      return /^\d+$/.test(word) ? Number(word) : undefined;
    };
    const ends = span.split('-');
    if (ends.length > 2) return `too many hyphens: ${range}`;
    const isAny = span === '*' || span === '?';
    for (const end of isAny ? [] : ends) {
      const value = number(end);
      if (value === undefined)
        return `failed to parse int from ${end}: strconv.Atoi: parsing ${JSON.stringify(end)}: invalid syntax`;
      if (value < low) return `beginning of range (${value}) below minimum (${low}): ${range}`;
      if (value > high) return `end of range (${value}) above maximum (${high}): ${range}`;
    }
    const [first, last] = ends.map(number);
    if (!isAny && first !== undefined && last !== undefined && first > last)
      return `beginning of range (${first}) beyond end of range (${last}): ${range}`;
    if (step === undefined) continue;
    if (!/^\d+$/.test(step))
      return `failed to parse int from ${step}: strconv.Atoi: parsing ${JSON.stringify(step)}: invalid syntax`;
    if (Number(step) === 0) return `step of range should be a positive number: ${range}`;
  }
  return undefined;
}
