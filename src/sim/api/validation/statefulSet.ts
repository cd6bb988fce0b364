// StatefulSets: how they are replaced, what they select, and the little that may change.
//
// Models:  as upstream, the Pods of the template are not looked at beyond labels and annotations: they fail one by one.
// Read:    kubernetes pkg/apis/apps/validation/validation.go, `ValidateStatefulSetSpec`, `ValidateStatefulSetUpdate`.

import type { Draft } from '../draft.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { asJson, equalJson } from '../json.ts';
import type { StatefulSet, StatefulSetSpec, StatefulSetStatus } from '../kinds/statefulSet.ts';
import { validateForever, validateSelected, validateWorkloadSelector, type WorkloadWords } from '../kinds/workload.ts';
import { nonNegative, validateAnnotations, validateLabels } from './objectMeta.ts';
import { validatePodAnnotations } from './pod/annotations.ts';
import { validateCountOrShare, validateNotAboveAll } from './rollout.ts';

const WORDS: WorkloadWords = { selector: 'statefulset', template: 'StatefulSet' };
const POLICIES = ['OrderedReady', 'Parallel'] as const;
const RETENTION = ['Delete', 'Retain'] as const;
const UPDATABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const;

export function validateStatefulSet(statefulSet: Draft<StatefulSet>): FieldError[] {
  const place = path('spec');
  const spec = statefulSet.spec ?? {};
  const { podManagementPolicy = '', selector, template = {} } = spec;
  const policy = child(place, 'podManagementPolicy');
  const errors: FieldError[] = [];
  if (podManagementPolicy === '') errors.push(required(policy));
  else if (!POLICIES.some(known => known === podManagementPolicy))
    errors.push(invalid(policy, podManagementPolicy, "must be 'OrderedReady' or 'Parallel'"));
  errors.push(...validateStrategy(spec, child(place, 'updateStrategy')));
  errors.push(...validateRetention(spec, child(place, 'persistentVolumeClaimRetentionPolicy')));
  errors.push(...nonNegative(child(place, 'replicas'), spec.replicas ?? 0));
  errors.push(...nonNegative(child(place, 'minReadySeconds'), spec.minReadySeconds ?? 0));
  errors.push(...nonNegative(child(place, 'ordinals', 'start'), spec.ordinals?.start ?? 0));
  errors.push(...validateWorkloadSelector(selector, child(place, 'selector'), WORDS));
  const at = child(place, 'template');
  const { labels, annotations } = template.metadata ?? {};
  errors.push(
    ...validateSelected(spec, at),
    ...validateLabels(child(at, 'labels'), labels),
    ...validateAnnotations(child(at, 'annotations'), annotations),
    ...validatePodAnnotations(child(at, 'annotations'), annotations ?? {}, template.spec ?? {}),
    ...validateForever(template, at, WORDS),
  );
  return errors;
}

function validateStrategy({ updateStrategy = {} }: Draft<StatefulSetSpec>, place: FieldPath): FieldError[] {
  const { type = '', rollingUpdate } = updateStrategy;
  const at = child(place, 'rollingUpdate');
  switch (type) {
    case '':
      return [required(place)];
    case 'OnDelete':
      return rollingUpdate === undefined
        ? []
        : [invalid(at, asJson(rollingUpdate), "only allowed for updateStrategy 'RollingUpdate'")];
    case 'RollingUpdate': {
      const errors = nonNegative(child(at, 'partition'), rollingUpdate?.partition ?? 0);
      const most = rollingUpdate?.maxUnavailable;
      if (most === undefined) return errors;
      errors.push(...validateCountOrShare(most, child(at, 'maxUnavailable')));
      if (most === 0 || most === '0%') errors.push(invalid(child(at, 'maxUnavailable'), most, 'cannot be 0'));
      return [...errors, ...validateNotAboveAll(most, child(at, 'maxUnavailable'))];
    }
    default:
      // The internal type has no JSON names: Go prints its own.
      return [
        invalid(
          place,
          { Type: type, RollingUpdate: asJson(rollingUpdate ?? null) },
          "must be 'RollingUpdate' or 'OnDelete'",
        ),
      ];
  }
}

function validateRetention(spec: Draft<StatefulSetSpec>, place: FieldPath): FieldError[] {
  const policy = spec.persistentVolumeClaimRetentionPolicy;
  if (policy === undefined) return [];
  return (['whenDeleted', 'whenScaled'] as const).flatMap(field => {
    const value = policy[field] ?? '';
    return RETENTION.some(known => known === value) ? [] : [notSupported(child(place, field), value, RETENTION)];
  });
}

export function validateStatefulSetUpdate(statefulSet: Draft<StatefulSet>, old: StatefulSet): FieldError[] {
  const kept: Partial<StatefulSetSpec> = Object.fromEntries(UPDATABLE.map(field => [field, old.spec[field]]));
  if (equalJson({ ...statefulSet.spec, ...kept }, old.spec)) return [];
  const detail =
    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";
  return [forbidden(path('spec'), detail)];
}

const COUNTS = ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas'] as const;

export function validateStatefulSetStatus({ status = {} }: Draft<StatefulSet>): FieldError[] {
  const place = path('status');
  const counts: Draft<StatefulSetStatus> = status;
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = counts;
  const errors = COUNTS.flatMap(field => nonNegative(child(place, field), counts[field] ?? 0));
  for (const field of COUNTS.slice(1)) {
    const value = counts[field] ?? 0;
    if (value > replicas) errors.push(invalid(child(place, field), value, 'cannot be greater than status.replicas'));
  }
  if (availableReplicas > readyReplicas) {
    const detail = 'cannot be greater than status.readyReplicas';
    errors.push(invalid(child(place, 'availableReplicas'), availableReplicas, detail));
  }
  return errors;
}
