// Pods: what they may be, and the little of them that may change.
//
// Omits:   after "pod updates may not change fields other than ..." the API server prints the difference as Go's cmp.Diff
//          does; that part is left out.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodCreate`, `ValidatePodUpdate`.

import type { Draft } from '../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, required } from '../fieldError.ts';
import { child, type FieldPath, path } from '../fieldPath.ts';
import { equalJson } from '../json.ts';
import type { Pod } from '../kinds/pod.ts';
import type { Container, PodSpec, Toleration } from '../kinds/podSpec.ts';
import { inRange, validateIp } from './formats.ts';
import { immutable } from './objectMeta.ts';
import { validatePodAnnotations } from './podAnnotations.ts';
import { validatePodSpec } from './podSpec.ts';

const SPEC = path('spec');

/** What may change of a Pod's spec, in the words of the refusal. */
const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',');

type Containers = readonly Draft<Container>[];

export function validatePod(pod: Draft<Pod>): FieldError[] {
  const spec = pod.spec ?? {};
  const errors = [
    ...validatePodAnnotations(path('metadata', 'annotations'), pod.metadata?.annotations ?? {}, spec),
    ...validatePodSpec(spec, SPEC),
    ...validateImageSpace(spec.containers ?? [], child(SPEC, 'containers')),
    ...validateImageSpace(spec.initContainers ?? [], child(SPEC, 'initContainers')),
  ];
  if ((spec.nodeName ?? '') !== '' && (spec.schedulingGates ?? []).length > 0) {
    errors.push(forbidden(child(SPEC, 'nodeName'), 'cannot be set until all schedulingGates have been cleared'));
  }
  return errors;
}

/** Templates are spared this check for the sake of old ones. */
function validateImageSpace(containers: Containers, place: FieldPath): FieldError[] {
  return containers.flatMap((container, i) => {
    const image = container?.image ?? '';
    return image === image.trim()
      ? []
      : [invalid(child(place, i, 'image'), image, 'must not have leading or trailing whitespace')];
  });
}

export function validatePodUpdate(pod: Draft<Pod>, old: Pod): FieldError[] {
  const spec = pod.spec ?? {};
  const errors: FieldError[] = [];
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, before] = [spec[list] ?? [], old.spec[list] ?? []];
    if (now.length !== before.length)
      return [...errors, forbidden(child(SPEC, list), 'pod updates may not add or remove containers')];
    for (const [i, container] of now.entries())
      if ((container?.image ?? '') === '') errors.push(required(child(SPEC, list, i, 'image')));
  }
  const deadline = validateDeadlineUpdate(spec, old.spec);
  errors.push(...deadline.errors);
  if (deadline.isFinal) return errors;
  errors.push(...validateTolerationsUpdate(spec.tolerations ?? [], old.spec.tolerations ?? []));
  errors.push(...validateGatesUpdate(spec, old.spec));
  if (!equalJson(withUpdatableOf(spec, old.spec), old.spec))
    errors.push(forbidden(SPEC, `pod updates may not change fields other than ${UPDATABLE}`));
  return errors;
}

function validateDeadlineUpdate(
  spec: Draft<PodSpec>,
  old: PodSpec,
): { readonly errors: FieldError[]; readonly isFinal: boolean } {
  const at = child(SPEC, 'activeDeadlineSeconds');
  const [seconds, before] = [spec.activeDeadlineSeconds, old.activeDeadlineSeconds];
  if (seconds === undefined) {
    if (before === undefined) return { errors: [], isFinal: false };
    return { errors: [invalid(at, null, 'must not update from a positive integer to nil value')], isFinal: false };
  }
  const errors = eachInvalid(at, seconds, inRange(seconds, 0, 2 ** 31 - 1));
  if (errors.length > 0) return { errors, isFinal: true };
  if (before !== undefined && before < seconds)
    return { errors: [invalid(at, seconds, 'must be less than or equal to previous value')], isFinal: true };
  return { errors: [], isFinal: false };
}

type Tolerations = readonly Draft<Toleration>[];

function validateTolerationsUpdate(tolerations: Tolerations, old: Tolerations): FieldError[] {
  const kept = old.every(before =>
    tolerations.some(now => equalJson({ ...now, tolerationSeconds: 0 }, { ...before, tolerationSeconds: 0 })),
  );
  return kept
    ? []
    : [forbidden(child(SPEC, 'tolerations'), 'existing toleration can not be modified except its tolerationSeconds')];
}

function validateGatesUpdate(spec: Draft<PodSpec>, old: PodSpec): FieldError[] {
  const before = new Set((old.schedulingGates ?? []).map(gate => gate.name));
  return (spec.schedulingGates ?? []).flatMap((gate, i) =>
    before.has(gate?.name ?? '')
      ? []
      : [
          forbidden(
            child(SPEC, 'schedulingGates', i),
            `only deletion is allowed, but found new scheduling gate '{Name:${gate.name ?? ''}}'`,
          ),
        ],
  );
}

/** The new spec with what may change taken from the old one: the rest must be equal. */
function withUpdatableOf(spec: Draft<PodSpec>, old: PodSpec): Draft<PodSpec> {
  const withImages = (containers: Containers, before: Containers) =>
    containers.map((container, i) => ({ ...container, image: before[i]?.image }));
  const grace = old.terminationGracePeriodSeconds ?? 0;
  const isFixed = grace < 0 && spec.terminationGracePeriodSeconds === 1;
  return {
    ...spec,
    containers: withImages(spec.containers ?? [], old.containers),
    ...(spec.initContainers !== undefined && {
      initContainers: withImages(spec.initContainers, old.initContainers ?? []),
    }),
    activeDeadlineSeconds: old.activeDeadlineSeconds,
    schedulingGates: old.schedulingGates,
    tolerations: old.tolerations,
    ...(isFixed && { terminationGracePeriodSeconds: grace }),
  };
}

export function validatePodStatusUpdate(pod: Draft<Pod>, old: Pod): FieldError[] {
  const place = path('status');
  const { podIPs = [], hostIPs = [], qosClass } = pod.status ?? {};
  return [
    ...((pod.spec?.nodeName ?? '') === (old.spec.nodeName ?? '')
      ? []
      : [forbidden(child(place, 'nodeName'), 'may not be changed directly')]),
    ...(old.status?.qosClass === undefined ? [] : immutable(child(place, 'qosClass'), qosClass, old.status.qosClass)),
    ...podIPs.flatMap((address, i) => validateIp(child(place, 'podIPs', i), address?.ip ?? '')),
    ...hostIPs.flatMap((address, i) => validateIp(child(place, 'hostIPs', i), address?.ip ?? '')),
  ];
}
