// Volumes, claims and classes: kept, checked and shown. Nothing provisions, binds or mounts in the lab.
//
// Read:    kubernetes pkg/apis/core/v1/defaults.go; pkg/apis/storage/v1/defaults.go; pkg/printers.

import { isJsonObject, type JsonObject } from '../../json.ts';
import type { ApiObject } from '../../objects.ts';
import { listAt, peek, textAt } from '../../peek.ts';
import { validateClaim, validateClaimUpdate } from '../../validation/claim.ts';
import { validateStorageClassUpdate, validateVolume } from '../../validation/storage.ts';
import { type Column, column, type Kind, nameColumn, wideColumn } from '../kind.ts';
import { ageColumn, type StoredDraft, storedKind, withSpec } from './storedKind.ts';

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

export const STORAGE_KINDS: readonly Kind[] = [
  storedKind({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    resource: 'persistentvolumes',
    shortNames: ['pv'],
    scope: 'Cluster',
    initialStatus: { phase: 'Pending' },
    deletionAnswers: 'object',
    defaults: volume =>
      withSpec(volume, {
        ...specOf(volume),
        persistentVolumeReclaimPolicy: textAt(volume, 'spec', 'persistentVolumeReclaimPolicy') || 'Retain',
        volumeMode: textAt(volume, 'spec', 'volumeMode') || 'Filesystem',
      }),
    validate: validateVolume,
    columns: [
      column('Capacity', volume => textAt(volume, 'spec', 'capacity', 'storage') || '0'),
      column('Access Modes', volume => accessModes(volume, 'spec')),
      column('Reclaim Policy', volume => textAt(volume, 'spec', 'persistentVolumeReclaimPolicy')),
      phaseColumn(),
      column('Claim', volume => {
        const claim = (key: string) => textAt(volume, 'spec', 'claimRef', key);
        return peek(volume, 'spec', 'claimRef') === undefined ? '' : `${claim('namespace')}/${claim('name')}`;
      }),
      ...classColumns(),
      column('Reason', volume => textAt(volume, 'status', 'reason')),
      ageColumn,
      wideColumn('VolumeMode', volume => textAt(volume, 'spec', 'volumeMode') || '<unset>'),
    ],
  }),
  storedKind({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    resource: 'persistentvolumeclaims',
    shortNames: ['pvc'],
    scope: 'Namespaced',
    initialStatus: { phase: 'Pending' },
    deletionAnswers: 'object',
    defaults: claim =>
      withSpec(claim, { ...specOf(claim), volumeMode: textAt(claim, 'spec', 'volumeMode') || 'Filesystem' }),
    validate: validateClaim,
    validateUpdate: validateClaimUpdate,
    columns: [
      phaseColumn(),
      column('Volume', claim => textAt(claim, 'spec', 'volumeName')),
      column('Capacity', claim => (isBound(claim) ? textAt(claim, 'status', 'capacity', 'storage') || '0' : '')),
      column('Access Modes', claim => (isBound(claim) ? accessModes(claim, 'status') : '')),
      ...classColumns(),
      ageColumn,
      wideColumn('VolumeMode', claim => textAt(claim, 'spec', 'volumeMode') || '<unset>'),
    ],
  }),
  {
    ...storedKind({
      apiVersion: 'storage.k8s.io/v1',
      kind: 'StorageClass',
      resource: 'storageclasses',
      shortNames: ['sc'],
      scope: 'Cluster',
      defaults: storageClass => ({
        ...storageClass,
        ...{
          reclaimPolicy: textAt(storageClass, 'reclaimPolicy') || 'Delete',
          volumeBindingMode: textAt(storageClass, 'volumeBindingMode') || 'Immediate',
        },
      }),
      validateUpdate: validateStorageClassUpdate,
      columns: [],
    }),
    columns: [
      { ...nameColumn<ApiObject>(), cell: defaultClassName },
      column('Provisioner', storageClass => textAt(storageClass, 'provisioner')),
      column('ReclaimPolicy', storageClass => textAt(storageClass, 'reclaimPolicy') || 'Delete'),
      column('VolumeBindingMode', storageClass => textAt(storageClass, 'volumeBindingMode') || 'Immediate'),
      column('AllowVolumeExpansion', storageClass => peek(storageClass, 'allowVolumeExpansion') === true),
      ageColumn,
    ],
  },
];

function specOf(object: StoredDraft): JsonObject {
  const spec = peek(object, 'spec');
  return isJsonObject(spec) ? spec : {};
}

function isBound(claim: StoredDraft): boolean {
  return textAt(claim, 'spec', 'volumeName') !== '';
}

function phaseColumn(): Column<ApiObject> {
  return column('Status', object =>
    object.metadata?.deletionTimestamp === undefined ? textAt(object, 'status', 'phase') : 'Terminating',
  );
}

function classColumns(): readonly Column<ApiObject>[] {
  return [
    column(
      'StorageClass',
      object => object.metadata?.annotations?.[BETA_CLASS] ?? textAt(object, 'spec', 'storageClassName'),
    ),
    column('VolumeAttributesClass', object => textAt(object, 'spec', 'volumeAttributesClassName') || '<unset>'),
  ];
}

/** Always in this order. Source: core helper, `GetAccessModesAsString`. */
const MODES = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
] as const;

function accessModes(object: StoredDraft, part: 'spec' | 'status'): string {
  const modes = listAt(object, part, 'accessModes');
  return MODES.filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');
}

function defaultClassName({ metadata = {} }: StoredDraft): string {
  const isDefault = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class']
    .map(key => metadata.annotations?.[key])
    .includes('true');
  return isDefault ? `${metadata.name ?? ''} (default)` : (metadata.name ?? '');
}
