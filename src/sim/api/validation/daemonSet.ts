// DaemonSets: the selector, the template, and how they are replaced.
//
// Read:    kubernetes pkg/apis/apps/validation/validation.go, `ValidateDaemonSetSpec`, `ValidateRollingUpdateDaemonSet`.

import type { Draft } from '../draft.ts';
import { type FieldError, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { asJson } from '../json.ts';
import type { DaemonSet, DaemonSetUpdateStrategy } from '../kinds/daemonSet.ts';
import { validateForever, validateSelected, type WorkloadWords } from '../kinds/workload.ts';
import { validateSelector } from './labelSelector.ts';
import { immutable, nonNegative } from './objectMeta.ts';
import { validatePodTemplate } from './pod/template.ts';
import { amountOf, validateCountOrShare, validateNotAboveAll } from './rollout.ts';

const WORDS: WorkloadWords = { selector: 'daemonset', template: 'DaemonSet' };

export function validateDaemonSet(daemonSet: Draft<DaemonSet>): FieldError[] {
  const place = path('spec');
  const spec = daemonSet.spec ?? {};
  const { selector, template = {} } = spec;
  const errors = selector === undefined ? [] : validateSelector(selector, child(place, 'selector'));
  errors.push(...validateSelected(spec, child(place, 'template')));
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length === 0;
  if (selector !== undefined && isEmpty)
    errors.push(invalid(child(place, 'selector'), asJson(selector), 'empty selector is invalid for daemonset'));
  return [
    ...errors,
    ...validatePodTemplate(template, child(place, 'template')),
    ...validateForever(template, child(place, 'template'), WORDS),
    ...nonNegative(child(place, 'minReadySeconds'), spec.minReadySeconds ?? 0),
    ...validateStrategy(spec.updateStrategy ?? {}, child(place, 'updateStrategy')),
    ...nonNegative(child(place, 'revisionHistoryLimit'), spec.revisionHistoryLimit ?? 0),
  ];
}

function validateStrategy(strategy: Draft<DaemonSetUpdateStrategy>, place: FieldPath): FieldError[] {
  const { type = '', rollingUpdate } = strategy;
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') {
    // The internal type has no JSON names: Go prints its own.
    const shown = { Type: type, RollingUpdate: asJson(rollingUpdate ?? null) };
    return [notSupported(place, shown, ['OnDelete', 'RollingUpdate'])];
  }
  if (rollingUpdate === undefined) return [required(child(place, 'rollingUpdate'))];
  const { maxUnavailable = 0, maxSurge = 0 } = rollingUpdate;
  const [missing, extra] = [child(place, 'rollingUpdate', 'maxUnavailable'), child(place, 'rollingUpdate', 'maxSurge')];
  const errors = [
    ...validateCountOrShare(maxUnavailable, missing),
    ...validateCountOrShare(maxSurge, extra),
    ...validateNotAboveAll(maxUnavailable, missing),
    ...validateNotAboveAll(maxSurge, extra),
  ];
  const [hasMissing, hasExtra] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  if (hasMissing && hasExtra) errors.push(invalid(extra, maxSurge, 'may not be set when maxUnavailable is non-zero'));
  if (!hasMissing && !hasExtra) errors.push(required(missing, 'cannot be 0 when maxSurge is 0'));
  return errors;
}

export function validateDaemonSetUpdate(daemonSet: Draft<DaemonSet>, old: DaemonSet): FieldError[] {
  return immutable(path('spec', 'selector'), asJson(daemonSet.spec?.selector), asJson(old.spec.selector));
}

const COUNTS = [
  'currentNumberScheduled',
  'numberMisscheduled',
  'desiredNumberScheduled',
  'numberReady',
  'observedGeneration',
  'updatedNumberScheduled',
  'numberAvailable',
  'numberUnavailable',
  'collisionCount',
] as const;

export function validateDaemonSetStatus({ status = {} }: Draft<DaemonSet>): FieldError[] {
  return COUNTS.flatMap(field => nonNegative(path('status', field), status[field] ?? 0));
}
