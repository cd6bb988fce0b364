// Claims of storage: by themselves, and as templates in Pods.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePersistentVolumeClaimSpec`,
//          `ValidatePersistentVolumeClaimUpdate`, `ValidatePersistentVolumeClaimTemplate`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, entry, type FieldPath, path } from '../fieldPath.ts';
import { equalJson, type JsonObject } from '../json.ts';
import type { ApiObject, LabelSelector } from '../objects.ts';
import { listAt, objectAt, peek, textAt } from '../peek.ts';
import { quantityValue } from '../quantity.ts';
import { dnsLabel, dnsSubdomain } from './formats.ts';
import { validateSelector } from './labelSelector.ts';
import { immutable, validateAnnotations, validateLabels } from './objectMeta.ts';

/** In the order in which they are printed. */
const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const;
export const VOLUME_MODES = ['Block', 'Filesystem'] as const;
const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

export function validateClaim(claim: Draft<ApiObject>): FieldError[] {
  return validateClaimSpec(objectAt(claim, 'spec') ?? {}, path('spec'));
}

/** Of its metadata a template has labels and annotations alone. */
export function validateClaimTemplate(template: JsonObject, place: FieldPath): FieldError[] {
  const meta = child(place, 'metadata');
  const words = (key: string) => (objectAt(template, 'metadata', key) ?? {}) as Readonly<Record<string, string>>;
  const others = Object.keys(objectAt(template, 'metadata') ?? {}).filter(
    key => key !== 'labels' && key !== 'annotations',
  );
  return [
    ...validateAnnotations(child(meta, 'annotations'), words('annotations')),
    ...validateLabels(child(meta, 'labels'), words('labels')),
    ...others.map(key => forbidden(child(meta, key), 'cannot be set')),
    ...validateClaimSpec(objectAt(template, 'spec') ?? {}, child(place, 'spec')),
  ];
}

function validateClaimSpec(spec: JsonObject, place: FieldPath): FieldError[] {
  const modes = validateAccessModes(spec, 'at least 1 access mode is required', place);
  const selector = objectAt(spec, 'selector');
  const errors = [
    ...modes,
    ...(selector === undefined ? [] : validateSelector(selector as Draft<LabelSelector>, child(place, 'selector'))),
  ];
  const storage = entry(child(place, 'resources'), 'storage');
  const size = textAt(spec, 'resources', 'requests', 'storage');
  if (size === '') errors.push(required(storage));
  else errors.push(...validatePositive(size, storage));
  errors.push(...validateClassName(spec, 'storageClassName', place));
  errors.push(...oneOf(spec, 'volumeMode', VOLUME_MODES, place));
  const [source, reference] = [objectAt(spec, 'dataSource'), objectAt(spec, 'dataSourceRef')];
  if (source !== undefined) errors.push(...validateDataSource(source, child(place, 'dataSource')));
  if (reference !== undefined) errors.push(...validateDataSource(reference, child(place, 'dataSourceRef')));
  if (source !== undefined && textAt(reference, 'namespace') !== '')
    errors.push(invalid(place, {}, 'may not be specified when dataSourceRef.namespace is specified'));
  else if (
    source !== undefined &&
    reference !== undefined &&
    !equalJson(source, { ...reference, namespace: undefined })
  )
    errors.push(invalid(place, {}, 'must match dataSourceRef'));
  return [...errors, ...validateClassName(spec, 'volumeAttributesClassName', place)];
}

function validateDataSource(source: JsonObject, place: FieldPath): FieldError[] {
  const [name, kind, group, namespace] = ['name', 'kind', 'apiGroup', 'namespace'].map(key => textAt(source, key));
  const errors: FieldError[] = [];
  if (!name) errors.push(required(child(place, 'name')));
  if (!kind) errors.push(required(child(place, 'kind')));
  if (!group && kind !== 'PersistentVolumeClaim')
    errors.push(invalid(place, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  if (group) errors.push(...eachInvalid(child(place, 'apiGroup'), group, dnsSubdomain(group)));
  if (namespace) errors.push(...eachInvalid(child(place, 'namespace'), namespace, dnsLabel(namespace)));
  return errors;
}

export function validateAccessModes(spec: JsonObject, whenNone: string, place: FieldPath): FieldError[] {
  const at = child(place, 'accessModes');
  const modes = listAt(spec, 'accessModes');
  if (modes.length === 0) return [required(at, whenNone)];
  const isKnown = (mode: unknown) => ACCESS_MODES.some(known => known === mode);
  const errors = modes.filter(mode => !isKnown(mode)).map(mode => notSupported(at, mode, ACCESS_MODES));
  if (modes.includes('ReadWriteOncePod') && modes.some(mode => mode !== 'ReadWriteOncePod' && isKnown(mode)))
    errors.push(forbidden(at, 'may not use ReadWriteOncePod with other access modes'));
  return errors;
}

export function validatePositive(quantity: string, place: FieldPath): FieldError[] {
  return quantityValue(quantity) > 0 ? [] : [invalid(place, quantity, 'must be greater than zero')];
}

export function oneOf(spec: JsonObject, field: string, supported: readonly string[], place: FieldPath): FieldError[] {
  const value = peek(spec, field);
  return value === undefined || supported.includes(String(value))
    ? []
    : [notSupported(child(place, field), value, supported)];
}

export function validateClassName(spec: JsonObject, field: string, place: FieldPath): FieldError[] {
  const name = textAt(spec, field);
  return name === '' ? [] : eachInvalid(child(place, field), name, dnsSubdomain(name));
}

/**
 * A bound claim may grow; a volume may be filled in once, and so may the class. After the message about anything else the API
 * server prints the difference as Go's cmp.Diff does; that part is left out.
 */
export function validateClaimUpdate(claim: Draft<ApiObject>, old: ApiObject): FieldError[] {
  const spec = path('spec');
  const errors: FieldError[] = [];
  const [now, before] = [objectAt(claim, 'spec') ?? {}, objectAt(old, 'spec') ?? {}];
  const annotation = (object: Draft<ApiObject>) => object.metadata?.annotations?.[BETA_CLASS];
  const isClassMoved =
    annotation(old) !== undefined &&
    before.storageClassName === undefined &&
    now.storageClassName === annotation(old) &&
    (annotation(claim) ?? annotation(old)) === annotation(old);
  if (!isClassMoved && annotation(claim) !== annotation(old))
    errors.push(
      ...immutable(path('metadata', 'annotations', BETA_CLASS), annotation(claim) ?? '', annotation(old) ?? ''),
    );
  const isBound = textAt(claim, 'status', 'phase') === 'Bound';
  const isClassFilledIn = before.storageClassName === undefined && now.storageClassName !== undefined;
  const kept = (one: JsonObject): JsonObject => ({
    ...one,
    ...(textAt(before, 'volumeName') === '' && { volumeName: undefined }),
    ...(isClassFilledIn && { storageClassName: undefined }),
    ...(isBound && { volumeAttributesClassName: undefined, resources: withoutStorage(one) }),
  });
  if (!equalJson(kept(now), kept(before))) {
    const detail =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
    errors.push(forbidden(spec, detail));
  }
  const size = (object: Draft<ApiObject>) =>
    quantityValue(textAt(object, 'spec', 'resources', 'requests', 'storage') || '0');
  const capacity = quantityValue(textAt(old, 'status', 'capacity', 'storage') || '0');
  if (size(claim) < size(old) && size(claim) <= capacity)
    errors.push(
      forbidden(child(spec, 'resources', 'requests', 'storage'), 'field can not be less than status.capacity'),
    );
  return [...errors, ...immutable(path('volumeMode'), now.volumeMode, before.volumeMode)];
}

function withoutStorage(spec: JsonObject): JsonObject {
  const resources = objectAt(spec, 'resources') ?? {};
  return { ...resources, requests: { ...objectAt(resources, 'requests'), storage: null } };
}
