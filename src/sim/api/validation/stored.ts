// ReplicationControllers, autoscalers and disruption budgets.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateReplicationControllerSpec`;
//          pkg/apis/autoscaling/validation, `validateHorizontalPodAutoscalerSpec`; pkg/apis/policy/validation.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, path } from '../fieldPath.ts';
import { isJsonObject, sortedJson } from '../json.ts';
import type { PodTemplateSpec } from '../kinds/podSpec.ts';
import type { ApiObject, LabelSelector } from '../objects.ts';
import { keysAt, numberAt, peek, textAt } from '../peek.ts';
import { pathSegment } from './formats.ts';
import { validateSelector } from './labelSelector.ts';
import { nonNegative } from './objectMeta.ts';
import { validatePodTemplate } from './pod/template.ts';
import { validateCountOrShare, validateNotAboveAll } from './rollout.ts';
import { validateBySchema } from './schema.ts';

type Stored = Draft<ApiObject>;

const SPEC = path('spec');

export function validateReplicationController(controller: Stored): FieldError[] {
  const selector = keysAt(controller, 'spec', 'selector');
  const errors = [
    ...nonNegative(child(SPEC, 'minReadySeconds'), numberAt(controller, 'spec', 'minReadySeconds')),
    ...(selector.length === 0 ? [required(child(SPEC, 'selector'))] : []),
    ...nonNegative(child(SPEC, 'replicas'), numberAt(controller, 'spec', 'replicas')),
  ];
  const at = child(SPEC, 'template');
  const found = peek(controller, 'spec', 'template');
  if (!isJsonObject(found)) return [...errors, required(at)];
  const template: Draft<PodTemplateSpec> = found;
  const labels = template.metadata?.labels;
  if (selector.some(key => labels?.[key] !== textAt(controller, 'spec', 'selector', key))) {
    const shown = labels === undefined ? null : sortedJson(labels);
    errors.push(invalid(child(at, 'metadata', 'labels'), shown, '`selector` does not match template `labels`'));
  }
  errors.push(...validatePodTemplate(template, at));
  const policy = template.spec?.restartPolicy ?? '';
  if (policy !== 'Always') errors.push(notSupported(child(at, 'spec', 'restartPolicy'), policy, ['Always']));
  if (template.spec?.activeDeadlineSeconds !== undefined) {
    const detail = 'activeDeadlineSeconds in ReplicationController is not Supported';
    errors.push(forbidden(child(at, 'spec', 'activeDeadlineSeconds'), detail));
  }
  return errors;
}

export function validateAutoscaler(autoscaler: Stored): FieldError[] {
  const errors: FieldError[] = [];
  const [least, most] = [numberAt(autoscaler, 'spec', 'minReplicas'), numberAt(autoscaler, 'spec', 'maxReplicas')];
  if (least < 1) errors.push(invalid(child(SPEC, 'minReplicas'), least, 'must be greater than or equal to 1'));
  if (most < 1) errors.push(invalid(child(SPEC, 'maxReplicas'), most, 'must be greater than 0'));
  if (most < least)
    errors.push(invalid(child(SPEC, 'maxReplicas'), most, 'must be greater than or equal to `minReplicas`'));
  for (const field of ['kind', 'name'] as const) {
    const value = textAt(autoscaler, 'spec', 'scaleTargetRef', field);
    const at = child(SPEC, 'scaleTargetRef', field);
    errors.push(...(value === '' ? [required(at)] : eachInvalid(at, value, pathSegment(value))));
  }
  // The rest, metrics above all, is as the schema says; what was said of the target is not said twice.
  const said = new Set(errors.map(error => error.path.text));
  const rest = validateBySchema('autoscaling/v2', 'HorizontalPodAutoscaler', autoscaler);
  return [...errors, ...rest.filter(error => !said.has(error.path.text))];
}

export function validateDisruptionBudget(budget: Stored): FieldError[] {
  const errors: FieldError[] = [];
  const [least, most] = [peek(budget, 'spec', 'minAvailable'), peek(budget, 'spec', 'maxUnavailable')];
  if (least !== undefined && most !== undefined)
    errors.push(invalid(SPEC, peek(budget, 'spec'), 'minAvailable and maxUnavailable cannot be both set'));
  for (const [field, value] of Object.entries({ minAvailable: least, maxUnavailable: most })) {
    if (typeof value !== 'number' && typeof value !== 'string') continue;
    const at = child(SPEC, field);
    errors.push(...validateCountOrShare(value, at), ...validateNotAboveAll(value, at));
  }
  const selector = peek(budget, 'spec', 'selector');
  if (isJsonObject(selector))
    errors.push(...validateSelector(selector as Draft<LabelSelector>, child(SPEC, 'selector')));
  const policy = textAt(budget, 'spec', 'unhealthyPodEvictionPolicy');
  const policies = ['AlwaysAllow', 'IfHealthyBudget'];
  if (policy !== '' && !policies.includes(policy))
    errors.push(notSupported(child(SPEC, 'unhealthyPodEvictionPolicy'), policy, policies));
  return errors;
}
