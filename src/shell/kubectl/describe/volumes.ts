// Volumes of a Pod or a template.
//
// Omits:   volumes of cloud providers and of storage that the lab has no drivers for: their type is not described.
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeVolumes`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { line } from './lines.ts';
import { parseQuantity, quantityText } from './quantity.ts';
import type { Lines } from './related.ts';
import { orNone } from './selectorText.ts';

export function volumeLines(volumes: readonly Json[], owner: 'pod' | 'template'): Lines {
  const indent = owner === 'template' ? '  ' : '';
  if (volumes.length === 0) return [line(0, `${indent}Volumes:`, '<none>')];
  return [
    line(0, `${indent}Volumes:`),
    ...volumes.flatMap(volume => [
      line(1, `${owner === 'template' ? ' ' : ''}${textAt(volume, 'name')}:`),
      ...sourceLines(volume),
    ]),
  ];
}

export function sourceLines(volume: Json): Lines {
  for (const [field, describe] of SOURCES) {
    const source = at(volume, field);
    if (source !== undefined) return describe(source);
  }
  return [line(1, '<unknown>')];
}

/** `true` or `false`, as Go prints it. */
function flag(source: Json, field: string): string {
  return String(at(source, field) === true);
}

function rows(type: string, ...pairs: readonly (readonly [string, string])[]): Lines {
  return [line(2, 'Type:', type), ...pairs.map(([title, value]) => line(2, `${title}:`, value))];
}

/** In the order in which kubectl looks for them. */
const SOURCES: readonly (readonly [string, (source: Json) => Lines])[] = [
  [
    'hostPath',
    source =>
      rows(
        'HostPath (bare host directory volume)',
        ['Path', textAt(source, 'path')],
        ['HostPathType', at(source, 'type') === undefined ? orNone('') : textAt(source, 'type')],
      ),
  ],
  [
    'emptyDir',
    source => {
      const limit = parseQuantity(textAt(source, 'sizeLimit'));
      return rows(
        "EmptyDir (a temporary directory that shares a pod's lifetime)",
        ['Medium', textAt(source, 'medium')],
        ['SizeLimit', limit.nano > 0n ? quantityText(limit) : '<unset>'],
      );
    },
  ],
  [
    'secret',
    source =>
      rows(
        'Secret (a volume populated by a Secret)',
        ['SecretName', textAt(source, 'secretName')],
        ['Optional', flag(source, 'optional')],
      ),
  ],
  [
    'configMap',
    source =>
      rows(
        'ConfigMap (a volume populated by a ConfigMap)',
        ['Name', textAt(source, 'name')],
        ['Optional', flag(source, 'optional')],
      ),
  ],
  [
    'nfs',
    source =>
      rows(
        'NFS (an NFS mount that lasts the lifetime of a pod)',
        ['Server', textAt(source, 'server')],
        ['Path', textAt(source, 'path')],
        ['ReadOnly', flag(source, 'readOnly')],
      ),
  ],
  [
    'persistentVolumeClaim',
    source =>
      rows(
        'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
        ['ClaimName', textAt(source, 'claimName')],
        ['ReadOnly', flag(source, 'readOnly')],
      ),
  ],
  [
    'downwardAPI',
    source => [
      ...rows('DownwardAPI (a volume populated by information about the pod)'),
      line(2, 'Items:'),
      ...listAt(source, 'items').flatMap(item =>
        [textAt(item, 'fieldRef', 'fieldPath'), textAt(item, 'resourceFieldRef', 'resource')]
          .filter(from => from !== '')
          .map(from => line(3, `${from} -> ${textAt(item, 'path')}`)),
      ),
    ],
  ],
  [
    'projected',
    source => [
      ...rows('Projected (a volume that contains injected data from multiple sources)'),
      ...listAt(source, 'sources').flatMap(projectedLines),
    ],
  ],
  [
    'image',
    source =>
      rows(
        'Image (a container image or OCI artifact)',
        ['Reference', textAt(source, 'reference')],
        ['PullPolicy', textAt(source, 'pullPolicy')],
      ),
  ],
];

function projectedLines(source: Json): Lines {
  const named = (title: string, of: Json): Lines => [
    line(2, title, textAt(of, 'name')),
    line(2, 'Optional:', flag(of, 'optional')),
  ];
  const secret = at(source, 'secret');
  if (secret !== undefined) return named('SecretName:', secret);
  if (at(source, 'downwardAPI') !== undefined) return [line(2, 'DownwardAPI:', 'true')];
  const map = at(source, 'configMap');
  if (map !== undefined) return named('ConfigMapName:', map);
  const token = at(source, 'serviceAccountToken');
  if (token === undefined) return [];
  return [line(2, 'TokenExpirationSeconds:', textAt(token, 'expirationSeconds'))];
}
