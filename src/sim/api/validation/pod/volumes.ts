// Volumes of a Pod: names, and one source each.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidateVolumes`, `validateVolumeSource`.

import type { Draft } from '../../draft.ts';
import { duplicate, eachInvalid, type FieldError, forbidden, invalid, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import { isJsonObject } from '../../json.ts';
import type { Volume } from '../../kinds/podSpec.ts';
import { peek, textAt } from '../../peek.ts';
import { dnsLabel } from '../formats.ts';
import { validateProjected } from './projected.ts';
import { type SourceContext, VOLUME_SOURCES } from './volumeSources.ts';

/** The valid volumes of a Pod by their names. */
export type Volumes = ReadonlyMap<string, Draft<Volume>>;

/** The Pod whose volumes these are; `template` for those of Pods to be. */
export type VolumeOwner = { readonly podName: string } | 'template';

export interface CheckedVolumes {
  readonly volumes: Volumes;
  readonly errors: readonly FieldError[];
}

export function validateVolumes(list: readonly Draft<Volume>[], owner: VolumeOwner, place: FieldPath): CheckedVolumes {
  const volumes = new Map<string, Draft<Volume>>();
  const errors: FieldError[] = [];
  const kind = owner === 'template' ? 'template' : 'pod';
  const podName = owner === 'template' ? '' : owner.podName;
  const created = new Set(
    list.flatMap(volume => (podName !== '' && volume.ephemeral !== undefined ? [`${podName}-${volume.name}`] : [])),
  );
  for (const [i, volume] of list.entries()) {
    const at = child(place, i);
    const name = volume.name ?? '';
    const own = [
      ...validateSource(volume, { volumeName: name, podName, volume: at, owner: kind }, at),
      ...(name === '' ? [required(child(at, 'name'))] : eachInvalid(child(at, 'name'), name, dnsLabel(name))),
      ...(volumes.has(name) ? [duplicate(child(at, 'name'), name)] : []),
    ];
    if (own.length === 0) volumes.set(name, volume);
    errors.push(...own);
    const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
    if (created.has(claim)) {
      const detail = 'must not reference a PVC that gets created for an ephemeral volume';
      errors.push(invalid(child(at, 'persistentVolumeClaim', 'claimName'), claim, detail));
    }
  }
  return { volumes, errors };
}

/** The first source counts; every other one is one too many. */
function validateSource(volume: Draft<Volume>, context: SourceContext, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  let found = 0;
  for (const [name, { at = name, forbiddenAt = name, validate }] of Object.entries(VOLUME_SOURCES)) {
    const source = peek(volume, name);
    if (!isJsonObject(source)) continue;
    if (found++ > 0) errors.push(forbidden(child(place, forbiddenAt), 'may not specify more than 1 volume type'));
    else if (name === 'projected') errors.push(...validateProjected(source, child(place, name)));
    else errors.push(...validate(source, child(place, at), context));
  }
  const portal = textAt(volume, 'iscsi', 'targetPortal');
  if (peek(volume, 'iscsi', 'initiatorName') !== undefined && `${context.volumeName}:${portal}`.length > 64) {
    const detail =
      'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.';
    errors.push(invalid(child(place, 'name'), context.volumeName, detail));
  }
  return found === 0 ? [...errors, required(place, 'must specify a volume type')] : errors;
}
