// References of containers and volumes to the Pod's own fields and to what its containers ask for.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateObjectFieldSelector`,
//          `validateContainerResourceFieldSelector`; pkg/apis/core/pods/helpers.go, `ConvertDownwardAPIFieldLabel`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, invalid, notSupported, required } from '../../fieldError.ts';
import { child, type FieldPath } from '../../fieldPath.ts';
import type { FieldRef, ResourceFieldRef } from '../../kinds/podSpec.ts';
import { quantityValue } from '../../quantity.ts';
import { qualifiedName } from '../formats.ts';

/** What a variable of a container may show. */
export const VARIABLE_FIELDS: readonly string[] = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];

/** What a file in a volume may show. */
export const FILE_FIELDS: readonly string[] = [
  'metadata.annotations',
  'metadata.labels',
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
];

/** Fields that have a name here, whether or not they may be shown. */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...VARIABLE_FIELDS,
  ...FILE_FIELDS,
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
]);

/** `metadata.labels['team']` */
const SUBSCRIPTED = /^(.+)\['(.*)'\]$/;

export function validateFieldRef(ref: Draft<FieldRef>, supported: readonly string[], place: FieldPath): FieldError[] {
  const { apiVersion = '', fieldPath = '' } = ref;
  if (apiVersion === '') return [required(child(place, 'apiVersion'))];
  const at = child(place, 'fieldPath');
  if (fieldPath === '') return [required(at)];
  const wrong = (why: string) => [invalid(at, fieldPath, `error converting fieldPath: ${why}`)];
  if (apiVersion !== 'v1') return wrong(`unsupported pod version: ${apiVersion}`);
  const [, map, key = ''] = SUBSCRIPTED.exec(fieldPath) ?? [];
  switch (map) {
    case undefined:
      break;
    case 'metadata.annotations':
      return eachInvalid(place, key.toLowerCase(), qualifiedName(key.toLowerCase()));
    case 'metadata.labels':
      return eachInvalid(place, key, qualifiedName(key));
    default:
      return wrong(`field label does not support subscript: ${fieldPath}`);
  }
  // An older name of the same.
  const field = fieldPath === 'spec.host' ? 'spec.nodeName' : fieldPath;
  if (!KNOWN_FIELDS.has(field)) return wrong(`field label not supported: ${field}`);
  return supported.includes(field) ? [] : [notSupported(at, field, supported)];
}

const RESOURCES = [
  'limits.cpu',
  'limits.ephemeral-storage',
  'limits.memory',
  'requests.cpu',
  'requests.ephemeral-storage',
  'requests.memory',
] as const;
const HUGE_PAGES = /^(limits|requests)\.hugepages-/;
const SIZES = '1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei';

/** @param needsContainer a file belongs to no container, so that it has to name one */
export function validateResourceRef(
  ref: Draft<ResourceFieldRef>,
  needsContainer: 'names a container' | 'of its container',
  place: FieldPath,
): FieldError[] {
  const { containerName = '', resource = '', divisor = '' } = ref;
  const errors: FieldError[] = [];
  if (needsContainer === 'names a container' && containerName === '')
    errors.push(required(child(place, 'containerName')));
  else if (resource === '') errors.push(required(child(place, 'resource')));
  else if (!RESOURCES.some(known => known === resource) && !HUGE_PAGES.test(resource))
    errors.push(notSupported(child(place, 'resource'), resource, RESOURCES));
  if (divisor === '' || quantityValue(divisor) === 0) return errors;
  const complaint = divisorComplaint(resource, divisor);
  return complaint === undefined ? errors : [...errors, invalid(child(place, 'divisor'), resource, complaint)];
}

function divisorComplaint(resource: string, divisor: string): string | undefined {
  if (resource.endsWith('.cpu'))
    return ['1m', '1'].includes(divisor)
      ? undefined
      : "only divisor's values 1m and 1 are supported with the cpu resource";
  if (SIZES.split(', ').includes(divisor)) return undefined;
  const supported = (words: string) => `only divisor's values ${SIZES} are supported with the ${words}`;
  if (resource.endsWith('.memory')) return supported('memory resource');
  if (resource.endsWith('.ephemeral-storage')) return supported('local ephemeral storage resource');
  return HUGE_PAGES.test(resource) ? supported('hugepages resource') : undefined;
}
