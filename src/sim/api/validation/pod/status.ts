// What the kubelet and others may say of a Pod.
//
// Omits:   users and resources of containers, claims of resources.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodStatusUpdate`.

import { familyOf, ip, isIp } from '../../../net/address.ts';
import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid } from '../../fieldError.ts';
import { child, type FieldPath, path } from '../../fieldPath.ts';
import { asJson } from '../../json.ts';
import type { Pod } from '../../kinds/pod.ts';
import type { ContainerStatus, PodSpec } from '../../kinds/podSpec.ts';
import { dnsSubdomain, qualifiedName, validateIp } from '../formats.ts';
import { immutable } from '../objectMeta.ts';
import { validateAnnotationsUpdate } from './annotations.ts';

const STATUS = path('status');
const SYSTEM_CONDITIONS: ReadonlySet<string> = new Set(['PodScheduled', 'Ready', 'Initialized']);

export function validatePodStatusUpdate(pod: Draft<Pod>, old: Pod): FieldError[] {
  const { podIPs = [], hostIPs = [], hostIP, qosClass, nominatedNodeName: nominated = '' } = pod.status ?? {};
  const before = old.status ?? {};
  const conditions = pod.status?.conditions ?? [];
  const errors = validateAnnotationsUpdate(
    path('metadata', 'annotations'),
    pod.metadata?.annotations ?? {},
    old.metadata.annotations ?? {},
  );
  for (const [i, { type = '' }] of conditions.entries())
    if (!SYSTEM_CONDITIONS.has(type))
      errors.push(...eachInvalid(child(STATUS, 'conditions', i, 'Type'), type, qualifiedName(type)));
  if ((pod.spec?.nodeName ?? '') !== (old.spec.nodeName ?? ''))
    errors.push(forbidden(child(STATUS, 'nodeName'), 'may not be changed directly'));
  if (nominated !== '' && nominated !== before.nominatedNodeName) {
    const at = child(STATUS, 'nominatedNodeName');
    errors.push(...eachInvalid(at, nominated, dnsSubdomain(nominated)));
    if (old.spec.nodeName) errors.push(forbidden(at, 'may not be set on pods that are already bound to a node'));
  }
  if (before.qosClass !== undefined) errors.push(...immutable(child(STATUS, 'qosClass'), qosClass, before.qosClass));
  for (const list of ['containerStatuses', 'initContainerStatuses'] as const)
    errors.push(...validateStates(pod.status?.[list] ?? [], before[list] ?? [], old.spec, child(STATUS, list)));
  errors.push(...validateAddresses(podIPs, child(STATUS, 'podIPs')));
  const [first] = hostIPs;
  if (first !== undefined && first.ip !== hostIP)
    errors.push(invalid(child(STATUS, 'hostIPs', 0, 'ip'), first.ip, 'must be equal to `hostIP`'));
  return [...errors, ...validateAddresses(hostIPs, child(STATUS, 'hostIPs'))];
}

type Statuses = readonly Draft<ContainerStatus>[];

/** A container that has ended stays so, unless it is to be started again. */
function validateStates(statuses: Statuses, old: Statuses, spec: PodSpec, place: FieldPath): FieldError[] {
  if (spec.restartPolicy === 'Always') return [];
  const sidecars = (spec.initContainers ?? []).filter(container => container.restartPolicy === 'Always');
  return old.flatMap((before, i) => {
    const ended = before.state?.terminated;
    if (ended === undefined) return [];
    if (ended.exitCode !== 0 && spec.restartPolicy === 'OnFailure') return [];
    if (sidecars.some(({ name }) => name === before.name)) return [];
    const now = statuses.find(({ name }) => name === before.name);
    return now === undefined || now.state?.terminated !== undefined
      ? []
      : [forbidden(child(place, i, 'state'), 'may not be transitioned to non-terminated state')];
  });
}

/** One of each family at most. */
function validateAddresses(addresses: readonly Draft<{ readonly ip: string }>[], place: FieldPath): FieldError[] {
  const errors = addresses.flatMap((address, i) => validateIp(child(place, i), address.ip ?? ''));
  const families = new Set(addresses.flatMap(({ ip: text = '' }) => (isIp(text) ? [familyOf(ip(text))] : [])));
  return addresses.length > 1 && families.size !== addresses.length
    ? [...errors, invalid(place, asJson(addresses), 'may specify no more than one IP for each IP family')]
    : errors;
}
