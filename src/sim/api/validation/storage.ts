// Volumes and claims: sizes, access modes, one source, and what may not change.
//
// Omits:   the rules of each source of a volume.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePersistentVolumeSpec`,
//          `ValidatePersistentVolumeClaimSpec`, `ValidatePersistentVolumeClaimUpdate`; pkg/apis/storage/validation.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, entry, type FieldPath, path } from '../fieldPath.ts';
import { asJson, equalJson, isJsonObject } from '../json.ts';
import { keysAt, listAt, peek, textAt } from '../kinds/stored/peek.ts';
import type { ApiObject } from '../objects.ts';
import { quantityValue } from '../quantity.ts';
import { dnsSubdomain } from './formats.ts';
import { immutable } from './objectMeta.ts';

type Stored = Draft<ApiObject>;

const SPEC = path('spec');
const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'] as const;
const RECLAIM = ['Delete', 'Recycle', 'Retain'] as const;
const VOLUME_MODES = ['Block', 'Filesystem'] as const;
/** Fields of a volume's spec that are no source. */
const NO_SOURCES: ReadonlySet<string> = new Set([
  'accessModes',
  'capacity',
  'claimRef',
  'mountOptions',
  'nodeAffinity',
  'persistentVolumeReclaimPolicy',
  'storageClassName',
  'volumeAttributesClassName',
  'volumeMode',
]);

export function validateVolume(volume: Stored): FieldError[] {
  const errors = validateModes(volume, 'at least one access mode is required');
  const capacity = child(SPEC, 'capacity');
  const resources = keysAt(volume, 'spec', 'capacity');
  if (resources.length === 0) errors.push(required(capacity));
  if (!resources.includes('storage') || resources.length > 1)
    errors.push(notSupported(capacity, asJson(peek(volume, 'spec', 'capacity') ?? null), ['storage']));
  for (const name of resources)
    errors.push(...positive(textAt(volume, 'spec', 'capacity', name), entry(capacity, name)));
  errors.push(...oneOf(volume, 'persistentVolumeReclaimPolicy', RECLAIM));
  const [first, ...others] = keysAt(volume, 'spec').filter(name => !NO_SOURCES.has(name));
  if (first === undefined) errors.push(required(SPEC, 'must specify a volume type'));
  for (const other of others) errors.push(forbidden(child(SPEC, other), 'may not specify more than 1 volume type'));
  if (
    textAt(volume, 'spec', 'hostPath', 'path') === '/' &&
    textAt(volume, 'spec', 'persistentVolumeReclaimPolicy') === 'Recycle'
  )
    errors.push(
      forbidden(child(SPEC, 'persistentVolumeReclaimPolicy'), "may not be 'recycle' for a hostPath mount of '/'"),
    );
  return [...errors, ...className(volume), ...oneOf(volume, 'volumeMode', VOLUME_MODES)];
}

export function validateClaim(claim: Stored): FieldError[] {
  const errors = validateModes(claim, 'at least 1 access mode is required');
  const storage = entry(child(SPEC, 'resources'), 'storage');
  const size = textAt(claim, 'spec', 'resources', 'requests', 'storage');
  if (size === '') errors.push(required(storage));
  else errors.push(...positive(size, child(SPEC, 'resources', 'requests', 'storage')));
  return [...errors, ...className(claim), ...oneOf(claim, 'volumeMode', VOLUME_MODES)];
}

/** The size may grow, a volume and a class may be filled in; nothing else changes. */
export function validateClaimUpdate(claim: Stored, old: ApiObject): FieldError[] {
  const kept = (object: Stored): object => {
    const spec = peek(object, 'spec');
    const { resources: _resources, volumeAttributesClassName: _class, ...rest } = isJsonObject(spec) ? spec : {};
    return rest;
  };
  // What nobody has chosen yet may still be chosen.
  const open = ['volumeName', 'storageClassName'].filter(field => textAt(old, 'spec', field) === '');
  const fixed = (object: Stored) =>
    Object.fromEntries(Object.entries(kept(object)).filter(([name]) => !open.includes(name)));
  if (equalJson(fixed(claim), fixed(old))) return [];
  const detail =
    'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims';
  return [forbidden(SPEC, detail)];
}

export function validateStorageClassUpdate(storageClass: Stored, old: ApiObject): FieldError[] {
  const fixed = (field: string) => equalJson(peek(storageClass, field), peek(old, field));
  return [
    ...(fixed('parameters') ? [] : [forbidden(path('parameters'), 'updates to parameters are forbidden.')]),
    ...(fixed('provisioner') ? [] : [forbidden(path('provisioner'), 'updates to provisioner are forbidden.')]),
    ...(fixed('reclaimPolicy') ? [] : [forbidden(path('reclaimPolicy'), 'updates to reclaimPolicy are forbidden.')]),
    ...immutable(path('volumeBindingMode'), peek(storageClass, 'volumeBindingMode'), peek(old, 'volumeBindingMode')),
  ];
}

function validateModes(object: Stored, whenNone: string): FieldError[] {
  const place = child(SPEC, 'accessModes');
  const modes = listAt(object, 'spec', 'accessModes');
  if (modes.length === 0) return [required(place, whenNone)];
  const errors = modes
    .filter(mode => !MODES.some(known => known === mode))
    .map(mode => notSupported(place, mode, MODES));
  if (modes.includes('ReadWriteOncePod') && modes.some(mode => mode !== 'ReadWriteOncePod'))
    errors.push(forbidden(place, 'may not use ReadWriteOncePod with other access modes'));
  return errors;
}

function positive(quantity: string, place: FieldPath): FieldError[] {
  return quantityValue(quantity) > 0 ? [] : [invalid(place, quantity, 'must be greater than zero')];
}

function oneOf(object: Stored, field: string, supported: readonly string[]): FieldError[] {
  const value = textAt(object, 'spec', field);
  return value === '' || supported.includes(value) ? [] : [notSupported(child(SPEC, field), value, supported)];
}

function className(object: Stored): FieldError[] {
  const name = textAt(object, 'spec', 'storageClassName');
  return name === '' ? [] : eachInvalid(child(SPEC, 'storageClassName'), name, dnsSubdomain(name));
}
