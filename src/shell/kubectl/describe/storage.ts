// `kubectl describe` of a PersistentVolume, a PersistentVolumeClaim and a StorageClass.
//
// Omits:   node affinity of volumes, data sources and conditions of claims, allowed topologies.
// Read:    kubectl pkg/describe/describe.go, `describePersistentVolume`, `describePersistentVolumeClaim`,
//          `describeStorageClass`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { annotationLines, headLines, labelAndAnnotationLines, line, nameLines, sortedEntries } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { orNone } from './selectorText.ts';
import { sourceLines } from './volumes.ts';

export function persistentVolumeLines(volume: Json, related: Related): Lines {
  const [name = '', , ...labels] = headLines(volume);
  const spec = at(volume, 'spec');
  const claim = at(spec, 'claimRef');
  return [
    name,
    ...labels,
    line(0, 'Finalizers:', finalizersOf(volume)),
    line(0, 'StorageClass:', textAt(spec, 'storageClassName')),
    line(0, 'Status:', textAt(volume, 'status', 'phase')),
    line(0, 'Claim:', claim === undefined ? '' : `${textAt(claim, 'namespace')}/${textAt(claim, 'name')}`),
    line(0, 'Reclaim Policy:', textAt(spec, 'persistentVolumeReclaimPolicy')),
    line(0, 'Access Modes:', modesOf(spec)),
    line(0, 'VolumeMode:', textAt(spec, 'volumeMode')),
    line(0, 'Capacity:', textAt(spec, 'capacity', 'storage')),
    line(0, 'Node Affinity:', '<none>'),
    line(0, 'Message:', textAt(volume, 'status', 'message')),
    line(0, 'Source:'),
    ...sourceLines(spec ?? null),
    ...eventLines(related),
  ];
}

export async function persistentVolumeClaimLines(claim: Json, related: Related): Promise<Lines> {
  const [name, namespace] = [textAt(claim, 'metadata', 'name'), textAt(claim, 'metadata', 'namespace')];
  const isBound = textAt(claim, 'spec', 'volumeName') !== '';
  const pods = await related.list(`/api/v1/namespaces/${namespace}/pods`);
  const users = pods
    .filter(pod =>
      listAt(pod, 'spec', 'volumes').some(volume => textAt(volume, 'persistentVolumeClaim', 'claimName') === name),
    )
    .map(pod => textAt(pod, 'metadata', 'name'));
  return [
    ...nameLines(claim),
    line(0, 'StorageClass:', textAt(claim, 'spec', 'storageClassName')),
    line(0, 'Status:', textAt(claim, 'status', 'phase')),
    line(0, 'Volume:', textAt(claim, 'spec', 'volumeName')),
    ...labelAndAnnotationLines(claim),
    line(0, 'Finalizers:', finalizersOf(claim)),
    line(0, 'Capacity:', isBound ? textAt(claim, 'status', 'capacity', 'storage') : ''),
    line(0, 'Access Modes:', isBound ? modesOf(at(claim, 'status')) : ''),
    line(0, 'VolumeMode:', textAt(claim, 'spec', 'volumeMode')),
    ...(users.length === 0 ? ['<none>'] : users).map((user, i) => line(0, i === 0 ? 'Used By:' : '', user)),
    ...eventLines(related),
  ];
}

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

function modesOf(holder: Json | undefined): string {
  const given = listAt(holder, 'accessModes').map(String);
  return Object.entries(MODES)
    .flatMap(([mode, short]) => (given.includes(mode) ? [short] : []))
    .join(',');
}

function finalizersOf(object: Json): string {
  return `[${listAt(object, 'metadata', 'finalizers').map(String).join(' ')}]`;
}

export function storageClassLines(storageClass: Json, related: Related): Lines {
  const annotations = at(storageClass, 'metadata', 'annotations');
  const isDefault = textAt(annotations, 'storageclass.kubernetes.io/is-default-class') === 'true';
  const expansion = at(storageClass, 'allowVolumeExpansion');
  const options = listAt(storageClass, 'mountOptions').map(String);
  return [
    line(0, 'Name:', textAt(storageClass, 'metadata', 'name')),
    line(0, 'IsDefaultClass:', isDefault ? 'Yes' : 'No'),
    ...annotationLines('Annotations', annotations),
    line(0, 'Provisioner:', textAt(storageClass, 'provisioner')),
    line(
      0,
      'Parameters:',
      orNone(
        sortedEntries(at(storageClass, 'parameters'))
          .map(([key, value]) => `${key}=${value}`)
          .join(','),
      ),
    ),
    line(0, 'AllowVolumeExpansion:', expansion === undefined ? '<unset>' : expansion === true ? 'True' : 'False'),
    ...(options.length === 0
      ? [line(0, 'MountOptions:', '<none>')]
      : [line(0, 'MountOptions:'), ...options.map(option => line(1, option))]),
    line(0, 'ReclaimPolicy:', textAt(storageClass, 'reclaimPolicy')),
    line(0, 'VolumeBindingMode:', textAt(storageClass, 'volumeBindingMode')),
    ...eventLines(related),
  ];
}
