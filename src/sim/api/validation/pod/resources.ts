// Requests and limits of containers and of whole Pods.
//
// Simplified: what a Pod's containers ask for together counts init containers as sidecars or one by one, as the scheduler does.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `validateResourceRequirements`, `validatePodResources`;
//          pkg/apis/core/helper/helpers.go.

import type { Draft } from '../../draft.ts';
import {
  duplicate,
  eachInvalid,
  type FieldError,
  fieldNotFound,
  forbidden,
  invalid,
  notSupported,
  required,
} from '../../fieldError.ts';
import { child, entry, type FieldPath } from '../../fieldPath.ts';
import type { PodResourceClaim, PodSpec, ResourceRequirements } from '../../kinds/podSpec.ts';
import { quantityValue } from '../../quantity.ts';
import { dnsLabel, qualifiedName } from '../formats.ts';

type Requirements = Draft<ResourceRequirements>;
type Claims = readonly Draft<PodResourceClaim>[];
type NameRule = (name: string, place: FieldPath) => FieldError[];

const CONTAINER_RESOURCES: ReadonlySet<string> = new Set(['cpu', 'memory', 'ephemeral-storage']);
const COUNTED =
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'.split(
    ' ',
  );

/** Names without a domain: of containers, quotas and nodes. Source: helpers.go, `standardResources`. */
const STANDARD_RESOURCES: ReadonlySet<string> = new Set([
  ...CONTAINER_RESOURCES,
  ...['requests', 'limits'].flatMap(part => Array.from(CONTAINER_RESOURCES, name => `${part}.${name}`)),
  ...COUNTED,
  'storage',
  'requests.storage',
]);
const POD_RESOURCES = ['cpu', 'memory'] as const;

export function validateContainerResources(resources: Requirements, claims: Claims, place: FieldPath): FieldError[] {
  return validateRequirements(resources, validateContainerResource, claims, place);
}

/** What running a Pod costs beyond its containers. */
export function validateOverhead(overhead: Requirements['limits'], place: FieldPath): FieldError[] {
  return validateContainerResources({ limits: overhead }, [], place);
}

function validateRequirements(
  resources: Requirements,
  nameRule: NameRule,
  podClaims: Claims,
  place: FieldPath,
): FieldError[] {
  const { limits = {}, requests = {}, claims = [] } = resources;
  const at = child(place, 'requests');
  const one = (name: string, quantity: string, where: FieldPath) => [
    ...nameRule(name, where),
    ...validateQuantity(name, quantity, where),
  ];
  const errors = [
    ...Object.entries(limits).flatMap(([name, quantity = '']) => {
      const where = entry(child(place, 'limits'), name);
      return [...one(name, quantity, where), ...validatePages(name, quantity, where)];
    }),
    ...Object.entries(requests).flatMap(([name, quantity = '']) => [
      ...one(name, quantity, entry(at, name)),
      ...validateWithinLimit(name, quantity, limits[name], place),
      ...validatePages(name, quantity, entry(at, name)),
    ]),
  ];
  const names = [...Object.keys(limits), ...Object.keys(requests)];
  if (names.some(isHugePages) && !names.includes('cpu') && !names.includes('memory'))
    errors.push(forbidden(place, 'HugePages require cpu or memory'));
  return [...errors, ...validateClaims(claims, podClaims, child(place, 'claims'))];
}

/** What cannot be shared is had as a whole: as much is asked for as is allowed. */
function validateWithinLimit(
  name: string,
  quantity: string,
  limit: string | undefined,
  place: FieldPath,
): FieldError[] {
  const isShared = isNative(name) && !isHugePages(name);
  if (limit === undefined)
    return isShared ? [] : [required(child(place, 'limits'), 'Limit must be set for non overcommitable resources')];
  const at = child(place, 'requests');
  const [asked, allowed] = [quantityValue(quantity), quantityValue(limit)];
  if (!isShared && asked !== allowed) return [invalid(at, quantity, `must be equal to ${name} limit of ${limit}`)];
  return asked > allowed ? [invalid(at, quantity, `must be less than or equal to ${name} limit of ${limit}`)] : [];
}

function validateResourceName(name: string, place: FieldPath): FieldError[] {
  const malformed = eachInvalid(place, name, qualifiedName(name));
  if (malformed.length > 0 || name.includes('/')) return malformed;
  const isStandard = STANDARD_RESOURCES.has(name) || isHugePages(name) || name.startsWith('requests.hugepages-');
  return isStandard ? [] : [invalid(place, name, 'must be a standard resource type or fully qualified')];
}

function validateContainerResource(name: string, place: FieldPath): FieldError[] {
  const errors = validateResourceName(name, place);
  if (!name.includes('/')) {
    if (CONTAINER_RESOURCES.has(name) || isHugePages(name)) return errors;
    return [...errors, invalid(place, name, 'must be a standard resource for containers')];
  }
  if (isNative(name) || isExtended(name)) return errors;
  return [...errors, invalid(place, name, "doesn't follow extended resource name standard")];
}

function validatePodResource(name: string, place: FieldPath): FieldError[] {
  const errors = validateResourceName(name, place);
  if (errors.length > 0 || isHugePages(name) || POD_RESOURCES.some(known => known === name)) return errors;
  return [notSupported(place, name, POD_RESOURCES)];
}

function isHugePages(name: string): boolean {
  return name.startsWith('hugepages-');
}

/** Resources of Kubernetes itself. */
function isNative(name: string): boolean {
  return !name.includes('/') || name.includes('kubernetes.io/');
}

/** Resources of device plugins. */
function isExtended(name: string): boolean {
  return !isNative(name) && !name.startsWith('requests.') && qualifiedName(`requests.${name}`).length === 0;
}

/** Not negative, and whole where it is counted. Source: `ValidateResourceQuantityValue`. */
export function validateQuantity(name: string, quantity: string, place: FieldPath): FieldError[] {
  const value = quantityValue(quantity);
  const errors = value < 0 ? [invalid(place, quantity, 'must be greater than or equal to 0')] : [];
  const isCounted = COUNTED.includes(name) || isExtended(name);
  return isCounted && !Number.isInteger(value) ? [...errors, invalid(place, quantity, 'must be an integer')] : errors;
}

function validatePages(name: string, quantity: string, place: FieldPath): FieldError[] {
  if (!isHugePages(name)) return [];
  const size = quantityValue(name.slice('hugepages-'.length));
  const isWhole = size > 0 && Number.isInteger(size) && quantityValue(quantity) % size === 0;
  return isWhole ? [] : [invalid(place, quantity, `${quantity} is not positive integer multiple of ${name}`)];
}

function validateClaims(
  claims: NonNullable<Requirements['claims']>,
  podClaims: Claims,
  place: FieldPath,
): FieldError[] {
  const known = podClaims.flatMap(claim => claim.name || []).sort();
  const seen = new Set<string>();
  return claims.flatMap(({ name = '', request = '' }, i) => {
    const at = child(place, i);
    if (name === '') return [required(at)];
    const errors: FieldError[] = [];
    if (seen.has(name)) errors.push(duplicate(at, name));
    else {
      if (request !== '') errors.push(...eachInvalid(child(at, 'request'), request, dnsLabel(request)));
      const key = request === '' ? name : `${name}/${request}`;
      if (seen.has(key)) errors.push(duplicate(at, key));
      else if (request === '')
        errors.push(...Array.from(seen).flatMap(other => (other.startsWith(`${name}/`) ? [duplicate(at, name)] : [])));
      seen.add(key);
    }
    if (known.includes(name)) return errors;
    const names = known.length === 0 ? ' which is empty' : `: ${known.join(', ')}`;
    const detail = `must be one of the names in pod.spec.resourceClaims${names}`;
    return [...errors, { ...fieldNotFound(at, name), detail }];
  });
}

/** What a Pod as a whole asks for and is allowed. */
export function validatePodResources(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const { resources, containers = [] } = spec;
  if (resources === undefined) return [];
  if (spec.os?.name === 'windows') return [forbidden(place, 'may not be set for a windows pod')];
  const errors =
    resources.claims === undefined
      ? []
      : [forbidden(child(place, 'claims'), 'claims may not be set for Resources at pod-level')];
  errors.push(...validateRequirements(resources, validatePodResource, spec.resourceClaims ?? [], place));
  for (const [name, quantity = ''] of Object.entries(resources.requests ?? {})) {
    const together = requestedTogether(spec, name);
    if (together.value > quantityValue(quantity)) {
      const detail = `must be greater than or equal to aggregate container requests of ${together.text}`;
      errors.push(invalid(entry(child(place, 'requests'), name), quantity, detail));
    }
  }
  for (const [i, container] of containers.entries())
    for (const [name, limit = ''] of Object.entries(container.resources?.limits ?? {})) {
      const most = resources.limits?.[name];
      if (most === undefined || quantityValue(limit) <= quantityValue(most)) continue;
      const at = child(entry(child(place, 'containers', i), name), 'limits');
      errors.push(invalid(at, limit, `must be less than or equal to pod limits of ${most}`));
    }
  return errors;
}

/** Of all containers, at the time when it is most. */
function requestedTogether(spec: Draft<PodSpec>, name: string): { readonly value: number; readonly text: string } {
  const of = (resources: Requirements | undefined) => quantityValue(resources?.requests?.[name] ?? '0');
  let sidecars = 0;
  let most = 0;
  for (const { restartPolicy, resources } of spec.initContainers ?? []) {
    if (restartPolicy === 'Always') sidecars += of(resources);
    most = Math.max(most, restartPolicy === 'Always' ? sidecars : sidecars + of(resources));
  }
  const running = (spec.containers ?? []).reduce((sum, { resources }) => sum + of(resources), sidecars);
  const value = Math.max(most, running);
  const text = name === 'cpu' && !Number.isInteger(value) ? `${Math.round(value * 1000)}m` : String(value);
  return { value, text };
}
