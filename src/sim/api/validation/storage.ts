// Volumes of the cluster and their classes: sizes, access modes, one source, and what may not change.
//
// Omits:   the rules of each source of a volume.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePersistentVolumeSpec`; pkg/apis/storage/validation.

import type { Draft } from '../draft.ts';
import { type FieldError, forbidden, notSupported, required } from '../fieldError.ts';
import { child, entry, path } from '../fieldPath.ts';
import { asJson, equalJson } from '../json.ts';
import type { ApiObject } from '../objects.ts';
import { keysAt, objectAt, peek, textAt } from '../peek.ts';
import { oneOf, VOLUME_MODES, validateAccessModes, validateClassName, validatePositive } from './claim.ts';
import { immutable } from './objectMeta.ts';

type Stored = Draft<ApiObject>;

const SPEC = path('spec');
const RECLAIM = ['Delete', 'Recycle', 'Retain'] as const;
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
  const spec = objectAt(volume, 'spec') ?? {};
  const errors = validateAccessModes(spec, '', SPEC);
  const capacity = child(SPEC, 'capacity');
  const resources = keysAt(volume, 'spec', 'capacity');
  if (resources.length === 0) errors.push(required(capacity));
  if (!resources.includes('storage') || resources.length > 1)
    errors.push(notSupported(capacity, asJson(peek(volume, 'spec', 'capacity') ?? null), ['storage']));
  for (const name of resources)
    errors.push(...validatePositive(textAt(volume, 'spec', 'capacity', name), entry(capacity, name)));
  errors.push(...oneOf(spec, 'persistentVolumeReclaimPolicy', RECLAIM, SPEC));
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
  return [
    ...errors,
    ...validateClassName(spec, 'storageClassName', SPEC),
    ...oneOf(spec, 'volumeMode', VOLUME_MODES, SPEC),
  ];
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
