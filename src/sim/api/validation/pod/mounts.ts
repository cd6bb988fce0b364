// Where a container has the Pod's volumes: as directories and as devices.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateVolumeMounts`, `ValidateVolumeDevices`.

import type { Draft } from '../../draft.ts';
import { type FieldError, fieldNotFound, forbidden, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { Container, VolumeDevice, VolumeMount } from '../../kinds/podSpec.ts';
import { validateLocalPath, validateNoBacksteps } from './paths.ts';
import type { Volumes } from './volumes.ts';

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None'] as const;
const READ_ONLY = ['Disabled', 'Enabled', 'IfPossible'] as const;

/** Several paths are upstream's: they name the list in place of its item. */
export function validateMounts(container: Draft<Container>, volumes: Volumes, place: FieldPath): FieldError[] {
  const { volumeMounts = [], volumeDevices = [] } = container;
  const paths = new Set<string>();
  return volumeMounts.flatMap((mount, i) => {
    const at = child(place, i);
    const { name = '', mountPath = '', subPath = '', subPathExpr = '' } = mount;
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(child(at, 'name')));
    if (!volumes.has(name)) errors.push(fieldNotFound(child(at, 'name'), name));
    if (mountPath === '') errors.push(required(child(at, 'mountPath')));
    if (paths.has(mountPath)) errors.push(invalid(child(at, 'mountPath'), mountPath, 'must be unique'));
    paths.add(mountPath);
    if (volumeDevices.some(device => device.name === name))
      errors.push(invalid(child(at, 'name'), name, 'must not already exist in volumeDevices'));
    if (volumeDevices.some(({ devicePath = '' }) => devicePath === mountPath))
      errors.push(invalid(child(at, 'mountPath'), mountPath, 'must not already exist as a path in volumeDevices'));
    if (subPath !== '') errors.push(...validateLocalPath(child(place, 'subPath'), subPath));
    if (subPathExpr !== '') {
      if (subPath !== '')
        errors.push(invalid(child(at, 'subPathExpr'), subPathExpr, 'subPathExpr and subPath are mutually exclusive'));
      errors.push(...validateLocalPath(child(place, 'subPathExpr'), subPathExpr));
    }
    const isPrivileged = container.securityContext?.privileged === true;
    return [
      ...errors,
      ...validatePropagation(mount.mountPropagation, isPrivileged, child(place, 'mountPropagation')),
      ...validateRecursiveReadOnly(mount, child(place, 'recursiveReadOnly')),
    ];
  });
}

function validatePropagation(mode: string | undefined, isPrivileged: boolean, place: FieldPath): FieldError[] {
  if (mode === undefined) return [];
  if (!PROPAGATIONS.some(known => known === mode)) return [notSupported(place, mode, PROPAGATIONS)];
  return mode === 'Bidirectional' && !isPrivileged
    ? [forbidden(place, 'Bidirectional mount propagation is available only to privileged containers')]
    : [];
}

function validateRecursiveReadOnly(mount: Draft<VolumeMount>, place: FieldPath): FieldError[] {
  const { recursiveReadOnly: mode, readOnly, mountPropagation = 'None' } = mount;
  if (mode === undefined || mode === 'Disabled') return [];
  if (!READ_ONLY.some(known => known === mode))
    return [notSupported(place, mode, ['Disabled', 'Enabled', 'IfPossible'])];
  const errors: FieldError[] = [];
  if (readOnly !== true) errors.push(forbidden(place, 'may only be specified when readOnly is true'));
  if (mountPropagation !== 'None')
    errors.push(forbidden(place, 'may only be specified when mountPropagation is None or not specified'));
  return errors;
}

/** Only claims can be had as devices. */
export function validateDevices(container: Draft<Container>, volumes: Volumes, place: FieldPath): FieldError[] {
  const { volumeMounts = [], volumeDevices = [] } = container;
  const [names, paths] = [new Set<string>(), new Set<string>()];
  return volumeDevices.flatMap((device: Draft<VolumeDevice>, i) => {
    const { name = '', devicePath = '' } = device;
    const [nameAt, pathAt] = [child(place, i, 'name'), child(place, i, 'devicePath')];
    const errors: FieldError[] = [];
    if (name === '') errors.push(required(nameAt));
    if (names.has(name)) errors.push(invalid(nameAt, name, 'must be unique'));
    const volume = volumes.get(name);
    if (volume === undefined) errors.push(fieldNotFound(nameAt, name));
    else if (volume.persistentVolumeClaim === undefined && volume.ephemeral === undefined)
      errors.push(
        invalid(nameAt, name, 'can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode'),
      );
    if (devicePath === '') errors.push(required(pathAt));
    if (paths.has(devicePath)) errors.push(invalid(pathAt, devicePath, 'must be unique'));
    if (validateNoBacksteps(pathAt, devicePath).length > 0)
      errors.push(invalid(pathAt, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (volumeMounts.some(mount => mount.name === name))
      errors.push(invalid(nameAt, name, 'must not already exist in volumeMounts'));
    if (volumeMounts.some(({ mountPath = '' }) => mountPath === devicePath))
      errors.push(invalid(pathAt, devicePath, 'must not already exist as a path in volumeMounts'));
    if (name !== '') names.add(name);
    return errors;
  });
}
