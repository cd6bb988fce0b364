// The template of Pods in a workload.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodTemplateSpec`.

import type { Draft } from '../../draft.ts';
import { type FieldError, forbidden } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { PodTemplateSpec } from '../../kinds/podSpec.ts';
import { validateAnnotations, validateLabels } from '../objectMeta.ts';
import { validatePodAnnotations, validateProfilesMatch } from './annotations.ts';
import { validatePodSpec } from './spec.ts';

export function validatePodTemplate(template: Draft<PodTemplateSpec>, place: FieldPath): FieldError[] {
  const { metadata = {}, spec = {} } = template;
  const errors = [
    ...validateLabels(child(place, 'labels'), metadata.labels),
    ...validateAnnotations(child(place, 'annotations'), metadata.annotations),
    ...validatePodAnnotations(child(place, 'annotations'), metadata.annotations ?? {}, spec),
    ...validatePodSpec(spec, 'template', child(place, 'spec')),
    ...validateProfilesMatch(metadata.annotations ?? {}, spec, child(place, 'spec')),
  ];
  if ((spec.ephemeralContainers ?? []).length > 0) {
    const detail = 'ephemeral containers not allowed in pod template';
    errors.push(forbidden(child(place, 'spec', 'ephemeralContainers'), detail));
  }
  return errors;
}
