// `kubectl describe` of what bounds a namespace: ResourceQuota, LimitRange, PodDisruptionBudget, PriorityClass.
//
// Simplified: the resources of a LimitRange stand in order; kubectl writes them in Go's random order of maps.
// Read:    kubectl pkg/describe/describe.go, `describeQuota`, `describeLimitRangeSpec`, `describePodDisruptionBudget`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { annotationLines, line, nameLines, sortedEntries } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';

const SCOPES: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};

export function quotaLines(quota: Json): Lines {
  const scopes = listAt(quota, 'spec', 'scopes').map(String).sort();
  return [
    ...nameLines(quota),
    ...(scopes.length === 0 ? [] : [line(0, 'Scopes:', scopes.join(', '))]),
    ...scopes.flatMap(scope => (SCOPES[scope] === undefined ? [] : [line(0, ` * ${SCOPES[scope]}`)])),
    line(0, 'Resource', 'Used', 'Hard'),
    line(0, '--------', '----', '----'),
    ...usedLines(quota, 0),
  ];
}

function usedLines(quota: Json, level: number): Lines {
  return sortedEntries(at(quota, 'status', 'hard')).map(([resource, hard]) =>
    line(level, resource, textAt(quota, 'status', 'used', resource) || '0', hard),
  );
}

/** The quotas in the description of a namespace. */
export function quotasLines(quotas: readonly Json[]): Lines {
  if (quotas.length === 0) return [line(0), line(0, 'No resource quota.')];
  return [
    line(0),
    line(0, 'Resource Quotas'),
    ...quotas.flatMap(quota => {
      const scopes = listAt(quota, 'spec', 'scopes').map(String).sort();
      return [
        line(1, 'Name:', textAt(quota, 'metadata', 'name')),
        ...(scopes.length === 0 ? [] : [line(1, 'Scopes:', scopes.join(', '))]),
        ...scopes.flatMap(scope => (SCOPES[scope] === undefined ? [] : [line(1, `* ${SCOPES[scope]}`)])),
        line(1, 'Resource', 'Used', 'Hard'),
        line(1, '--------', '---', '---'),
        ...usedLines(quota, 1),
      ];
    }),
  ];
}

export function limitRangeLines(range: Json): Lines {
  return [...nameLines(range), ...limitTable([range], '')];
}

/** The limit ranges in the description of a namespace. */
export function limitRangesLines(ranges: readonly Json[]): Lines {
  if (ranges.length === 0) return [line(0), line(0, 'No LimitRange resource.')];
  return [line(0), line(0, 'Resource Limits'), ...limitTable(ranges, ' ')];
}

function limitTable(ranges: readonly Json[], margin: string): Lines {
  const rows = ranges.flatMap(range =>
    listAt(range, 'spec', 'limits').flatMap(limit => {
      const fields = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];
      const resources = [...new Set(fields.flatMap(field => Object.keys(Object(at(limit, field) ?? {}))))].sort();
      return resources.map(resource => {
        const value = (field: string): string => textAt(limit, field, resource) || '-';
        return [
          `${margin}${textAt(limit, 'type')}`,
          resource,
          value('min'),
          value('max'),
          value('defaultRequest'),
          value('default'),
          value('maxLimitRequestRatio'),
        ];
      });
    }),
  );
  return [
    line(0, `${margin}Type`, 'Resource', 'Min', 'Max', 'Default Request', 'Default Limit', 'Max Limit/Request Ratio'),
    line(0, `${margin}----`, '--------', '---', '---', '---------------', '-------------', '-----------------------'),
    ...rows.map(cells => line(0, ...cells)),
  ];
}

export function disruptionBudgetLines(budget: Json, related: Related): Lines {
  const least = textAt(budget, 'spec', 'minAvailable');
  const most = textAt(budget, 'spec', 'maxUnavailable');
  const selector = at(budget, 'spec', 'selector');
  const count = (field: string): number => numberAt(budget, 'status', field) ?? 0;
  return [
    ...nameLines(budget),
    ...(least === '' ? [] : [line(0, 'Min available:', least)]),
    ...(most === '' ? [] : [line(0, 'Max unavailable:', most)]),
    line(0, 'Selector:', selector === undefined ? '<unset>' : orNone(selectorText(selector))),
    line(0, 'Status:'),
    line(2, 'Allowed disruptions:', count('disruptionsAllowed')),
    line(2, 'Current:', count('currentHealthy')),
    line(2, 'Desired:', count('desiredHealthy')),
    line(2, 'Total:', count('expectedPods')),
    ...eventLines(related),
  ];
}

export function priorityClassLines(priority: Json, related: Related): Lines {
  return [
    line(0, 'Name:', textAt(priority, 'metadata', 'name')),
    line(0, 'Value:', textAt(priority, 'value')),
    line(0, 'GlobalDefault:', String(at(priority, 'globalDefault') === true)),
    line(0, 'PreemptionPolicy:', textAt(priority, 'preemptionPolicy')),
    line(0, 'Description:', textAt(priority, 'description')),
    ...annotationLines('Annotations', at(priority, 'metadata', 'annotations')),
    ...eventLines(related),
  ];
}
