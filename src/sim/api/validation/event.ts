// Events: where they lie, and who reports them.
//
// Read:    kubernetes pkg/apis/core/validation/events.go, `legacyValidateEvent`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, invalid, required } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import type { KubernetesEvent } from '../kinds/event.ts';
import { byteLength, qualifiedName } from './formats.ts';

const LIMITS = { reportingInstance: 128, action: 128, reason: 128, message: 1024 } as const;

export function validateEvent(event: Draft<KubernetesEvent>): FieldError[] {
  const { namespace = '' } = event.metadata ?? {};
  const about = event.involvedObject?.namespace ?? '';
  const isNew = event.eventTime !== undefined;
  // An Event about an object of the whole cluster lies in `default`.
  const ofCluster = isNew ? ['default', 'kube-system'] : ['default'];
  const belongs = about === '' ? ofCluster.includes(namespace) : isNew || about === namespace;
  const errors = belongs ? [] : [invalid(path('involvedObject', 'namespace'), about, 'does not match event.namespace')];
  if (!isNew) return errors;
  const reporter = event.reportingComponent ?? '';
  const at = path('reportingComponent');
  if (reporter === '') errors.push(required(at));
  errors.push(...eachInvalid(at, reporter, qualifiedName(reporter)));
  for (const [field, limit] of Object.entries(LIMITS)) {
    const text = event[field as keyof typeof LIMITS] ?? '';
    if (text === '' && field !== 'message') errors.push(required(path(field)));
    if (byteLength(text) > limit) errors.push(invalid(path(field), '', `can have at most ${limit} characters`));
  }
  return errors;
}
