// Deployments: the selector, the template, and how a rollout proceeds.
//
// Read:    kubernetes pkg/apis/apps/validation/validation.go, `ValidateDeploymentSpec`, `ValidateRollingUpdateDeployment`.

import type { Draft } from '../draft.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import type { DeploymentSpec, DeploymentStrategy } from '../kinds/deployment.ts';
import { validateWorkload } from '../kinds/workload.ts';
import { nonNegative } from './objectMeta.ts';
import { amountOf, validateCountOrShare, validateNotAboveAll } from './rollout.ts';

export function validateDeploymentSpec(spec: Draft<DeploymentSpec>, place: FieldPath): FieldError[] {
  const errors = [
    ...nonNegative(child(place, 'replicas'), spec.replicas ?? 0),
    ...validateWorkload(spec, place),
    ...validateStrategy(spec.strategy ?? {}, child(place, 'strategy')),
    ...nonNegative(child(place, 'minReadySeconds'), spec.minReadySeconds ?? 0),
    ...nonNegative(child(place, 'revisionHistoryLimit'), spec.revisionHistoryLimit ?? 0),
  ];
  const { progressDeadlineSeconds, minReadySeconds = 0 } = spec;
  if (progressDeadlineSeconds !== undefined) {
    const at = child(place, 'progressDeadlineSeconds');
    errors.push(...nonNegative(at, progressDeadlineSeconds));
    if (progressDeadlineSeconds <= minReadySeconds)
      errors.push(invalid(at, progressDeadlineSeconds, 'must be greater than minReadySeconds'));
  }
  return errors;
}

function validateStrategy(strategy: Draft<DeploymentStrategy>, place: FieldPath): FieldError[] {
  const { type = '', rollingUpdate } = strategy;
  switch (type) {
    case 'Recreate':
      return rollingUpdate === undefined
        ? []
        : [forbidden(child(place, 'rollingUpdate'), "may not be specified when strategy `type` is 'Recreate'")];
    case 'RollingUpdate':
      return rollingUpdate === undefined
        ? [required(child(place, 'rollingUpdate'), 'this should be defaulted and never be nil')]
        : validateRollingUpdate(rollingUpdate, child(place, 'rollingUpdate'));
    default: {
      // The internal type has no JSON names: Go prints its own.
      const shown = { Type: type, RollingUpdate: null };
      return [notSupported(place, shown, ['Recreate', 'RollingUpdate'])];
    }
  }
}

function validateRollingUpdate(
  rolling: Draft<NonNullable<DeploymentStrategy['rollingUpdate']>>,
  place: FieldPath,
): FieldError[] {
  const { maxUnavailable = 0, maxSurge = 0 } = rolling;
  const errors = [
    ...validateCountOrShare(maxUnavailable, child(place, 'maxUnavailable')),
    ...validateCountOrShare(maxSurge, child(place, 'maxSurge')),
  ];
  if (amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0)
    errors.push(invalid(child(place, 'maxUnavailable'), maxUnavailable, 'may not be 0 when `maxSurge` is 0'));
  return [...errors, ...validateNotAboveAll(maxUnavailable, child(place, 'maxUnavailable'))];
}
