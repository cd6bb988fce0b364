// `kubectl describe` of a Job and a CronJob.
//
// Read:    kubectl pkg/describe/describe.go, `describeJob`, `describeCronJob`, `describeJobTemplate`.

import { humanDuration, type Json, parseTimestamp } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { controllerLines, headLines, labelAndAnnotationLines, line, longTime, nameLines } from './lines.ts';
import { podTemplateLines } from './podTemplate.ts';
import type { Lines, Related } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';

/** Letters of a list of indexes that are shown. */
const INDEXES_LENGTH = 50;

export function jobLines(job: Json, related: Related): Lines {
  const { spec, status } = { spec: at(job, 'spec'), status: at(job, 'status') };
  const [start, end] = [textAt(status, 'startTime'), textAt(status, 'completionTime')];
  return [
    ...nameLines(job),
    line(0, 'Selector:', orNone(selectorText(at(spec, 'selector')))),
    ...labelAndAnnotationLines(job),
    ...controllerLines(job),
    ...given('Parallelism:', at(spec, 'parallelism')),
    line(0, 'Completions:', textAt(spec, 'completions') || '<unset>'),
    ...given('Completion Mode:', at(spec, 'completionMode')),
    ...given('Suspend:', at(spec, 'suspend')),
    ...given('Backoff Limit:', at(spec, 'backoffLimit')),
    ...given('TTL Seconds After Finished:', at(spec, 'ttlSecondsAfterFinished')),
    ...(start === '' ? [] : [line(0, 'Start Time:', longTime(start))]),
    ...(end === '' ? [] : [line(0, 'Completed At:', longTime(end))]),
    ...(start === '' || end === '' ? [] : [line(0, 'Duration:', between(start, end))]),
    ...seconds('Active Deadline Seconds:', spec, 'activeDeadlineSeconds'),
    line(0, 'Pods Statuses:', countsText(status)),
    ...(textAt(spec, 'completionMode') === 'Indexed'
      ? [line(0, 'Completed Indexes:', shortened(textAt(status, 'completedIndexes')))]
      : []),
    ...podTemplateLines(at(spec, 'template')),
    ...eventLines(related),
  ];
}

function countsText(status: Json | undefined): string {
  const count = (field: string): number => numberAt(status, field) ?? 0;
  const ready = at(status, 'ready') === undefined ? '' : ` (${count('ready')} Ready)`;
  return `${count('active')} Active${ready} / ${count('succeeded')} Succeeded / ${count('failed')} Failed`;
}

function between(start: string, end: string): string {
  return humanDuration(((parseTimestamp(end) ?? 0) - (parseTimestamp(start) ?? 0)) / 1000);
}

function shortened(indexes: string): string {
  if (indexes.length <= INDEXES_LENGTH) return orNone(indexes);
  return `${indexes.slice(0, indexes.lastIndexOf(',', INDEXES_LENGTH) + 1)}...`;
}

function given(title: string, value: Json | undefined): Lines {
  return value === undefined || value === null ? [] : [line(0, title, String(value))];
}

function seconds(title: string, spec: Json | undefined, field: string): Lines {
  const value = numberAt(spec, field);
  return value === undefined ? [] : [line(0, title, `${value}s`)];
}

export function cronJobLines(cronJob: Json, related: Related): Lines {
  const spec = at(cronJob, 'spec');
  const job = at(spec, 'jobTemplate', 'spec');
  const orUnset = (value: Json | undefined, suffix = ''): string =>
    value === undefined || value === null ? '<unset>' : `${String(value)}${suffix}`;
  const suspend = at(spec, 'suspend');
  const selector = at(job, 'selector');
  const lastTime = textAt(cronJob, 'status', 'lastScheduleTime');
  const active = listAt(cronJob, 'status', 'active').map(one => textAt(one, 'name'));
  return [
    ...headLines(cronJob),
    line(0, 'Schedule:', textAt(spec, 'schedule')),
    line(0, 'Concurrency Policy:', textAt(spec, 'concurrencyPolicy')),
    line(0, 'Suspend:', suspend === undefined ? '<unset>' : suspend === true ? 'True' : 'False'),
    line(0, 'Successful Job History Limit:', orUnset(at(spec, 'successfulJobsHistoryLimit'))),
    line(0, 'Failed Job History Limit:', orUnset(at(spec, 'failedJobsHistoryLimit'))),
    line(0, 'Starting Deadline Seconds:', orUnset(at(spec, 'startingDeadlineSeconds'), 's')),
    line(0, 'Selector:', selector === undefined ? '<unset>' : orNone(selectorText(selector))),
    line(0, 'Parallelism:', orUnset(at(job, 'parallelism'))),
    line(0, 'Completions:', orUnset(at(job, 'completions'))),
    ...seconds('Active Deadline Seconds:', job, 'activeDeadlineSeconds'),
    ...podTemplateLines(at(job, 'template')),
    line(0, 'Last Schedule Time:', lastTime === '' ? '<unset>' : longTime(lastTime)),
    line(0, 'Active Jobs:', orNone(active.join(', '))),
    ...eventLines(related),
  ];
}
