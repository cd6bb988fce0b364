// Pods: what they may be, and the little of them that may change.
//
// Omits:   after "pod updates may not change fields other than ..." the API server prints the difference as Go's cmp.Diff
//          does; that part is left out.
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodCreate`, `ValidatePodUpdate`.

import type { Draft } from '../../draft.ts';
import { eachInvalid, type FieldError, forbidden, invalid, required } from '../../fieldError.ts';
import { child, path } from '../../fieldPath.ts';
import { asJson, equalJson, isJsonObject } from '../../json.ts';
import type { Pod } from '../../kinds/pod.ts';
import type { Container, NodeSelectorTerm, PodSpec, Toleration } from '../../kinds/podSpec.ts';
import { listAt, objectAt } from '../../peek.ts';
import { inRange } from '../formats.ts';
import { validateAnnotationsUpdate, validatePodAnnotations, validateProfilesMatch } from './annotations.ts';
import { validateImageSpace } from './container.ts';
import { validateTolerations } from './scheduling.ts';
import { validatePodSpec } from './spec.ts';

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

const ANNOTATIONS = path('metadata', 'annotations');

export function validatePod(pod: Draft<Pod>): FieldError[] {
  const spec = pod.spec ?? {};
  return [
    ...validatePodAnnotations(ANNOTATIONS, pod.metadata?.annotations ?? {}, spec),
    ...validatePodSpec(spec, { podName: pod.metadata?.name ?? '' }, SPEC),
    ...validateTokens(spec),
    // Templates are spared this check for the sake of old ones.
    ...(['containers', 'initContainers'] as const).flatMap(list =>
      (spec[list] ?? []).flatMap((container, i) => validateImageSpace(container, child(SPEC, list, i))),
    ),
  ];
}

/** A token is of an account. */
function validateTokens({ serviceAccountName = '', volumes = [] }: Draft<PodSpec>): FieldError[] {
  if (serviceAccountName !== '') return [];
  return volumes.flatMap((volume, i) =>
    listAt(volume, 'projected', 'sources').flatMap((source, j) =>
      objectAt(source, 'serviceAccountToken') === undefined
        ? []
        : [
            forbidden(
              child(SPEC, 'volumes', i, 'projected', 'sources', j, 'serviceAccountToken'),
              'must not be specified when serviceAccountName is not set',
            ),
          ],
    ),
  );
}

export function validatePodCreate(pod: Draft<Pod>): FieldError[] {
  const { ephemeralContainers = [], nodeName = '', schedulingGates = [] } = pod.spec ?? {};
  return [
    ...(ephemeralContainers.length > 0
      ? [forbidden(child(SPEC, 'ephemeralContainers'), 'cannot be set on create')]
      : []),
    ...(nodeName !== '' && schedulingGates.length > 0
      ? [forbidden(child(SPEC, 'nodeName'), 'cannot be set until all schedulingGates have been cleared')]
      : []),
    ...validateProfilesMatch(pod.metadata?.annotations ?? {}, pod.spec ?? {}, SPEC),
  ];
}

export function validatePodUpdate(pod: Draft<Pod>, old: Pod): FieldError[] {
  const spec = pod.spec ?? {};
  const errors = validateAnnotationsUpdate(
    ANNOTATIONS,
    pod.metadata?.annotations ?? {},
    old.metadata.annotations ?? {},
  );
  for (const list of ['containers', 'initContainers'] as const) {
    const [now, before] = [spec[list] ?? [], old.spec[list] ?? []];
    if (now.length !== before.length)
      return [...errors, forbidden(child(SPEC, list), 'pod updates may not add or remove containers')];
    for (const [i, container] of now.entries()) {
      const at = child(SPEC, list, i);
      if ((container.image ?? '') === '') errors.push(required(child(at, 'image')));
      errors.push(...validateImageSpace(container, at));
    }
  }
  const deadline = validateDeadlineUpdate(spec, old.spec);
  errors.push(...deadline.errors);
  if (deadline.isFinal) return errors;
  errors.push(...validateTolerationsUpdate(spec.tolerations ?? [], old.spec.tolerations ?? []));
  errors.push(...validateGatesUpdate(spec, old.spec));
  const kept = withUpdatableOf(spec, old.spec);
  if ((old.spec.schedulingGates ?? []).length > 0) errors.push(...validateGatedUpdate(spec, old.spec));
  if (!equalSpecs(kept, old.spec))
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
  const at = child(SPEC, 'tolerations');
  const kept = old.every(before =>
    tolerations.some(now => equalJson({ ...now, tolerationSeconds: 0 }, { ...before, tolerationSeconds: 0 })),
  );
  return kept
    ? validateTolerations(tolerations, at)
    : [forbidden(at, 'existing toleration can not be modified except its tolerationSeconds')];
}

function validateGatesUpdate(spec: Draft<PodSpec>, old: PodSpec): FieldError[] {
  const before = new Set((old.schedulingGates ?? []).map(gate => gate.name));
  return (spec.schedulingGates ?? []).flatMap(({ name = '' }, i) =>
    before.has(name)
      ? []
      : [
          forbidden(
            child(SPEC, 'schedulingGates', i, 'name'),
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}

/** A Pod that is held back may become choosier about its node. */
function validateGatedUpdate(spec: Draft<PodSpec>, old: PodSpec): FieldError[] {
  const { nodeSelector = {} } = spec;
  const isKept = Object.entries(old.nodeSelector ?? {}).every(([key, value]) => nodeSelector[key] === value);
  const errors = isKept
    ? []
    : [
        invalid(
          child(SPEC, 'nodeSelector'),
          asJson(spec.nodeSelector ?? null),
          'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
        ),
      ];
  const termsOf = (one: Draft<PodSpec>) => one.affinity?.nodeAffinity?.[NEEDED]?.nodeSelectorTerms ?? [];
  const [now, before] = [termsOf(spec), termsOf(old)];
  const at = child(SPEC, 'affinity', 'nodeAffinity', NEEDED, 'nodeSelectorTerms');
  if (before.length > 0 && before.length !== now.length) {
    const detail = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed';
    return [...errors, invalid(at, asJson(now), detail)];
  }
  for (const [i, term] of before.entries())
    if (!isNarrower(now[i] ?? {}, term)) {
      const detail = 'only additions are allowed (no mutations or deletions)';
      errors.push(invalid(child(at, i), asJson(now[i] ?? {}), detail));
    }
  return errors;
}

const NEEDED = 'requiredDuringSchedulingIgnoredDuringExecution';

/** An empty term matches nothing, and stays so. */
function isNarrower(term: Draft<NodeSelectorTerm>, old: Draft<NodeSelectorTerm>): boolean {
  const lists = ['matchExpressions', 'matchFields'] as const;
  const count = (one: Draft<NodeSelectorTerm>) => lists.reduce((sum, list) => sum + (one[list] ?? []).length, 0);
  if (count(old) === 0 && count(term) > 0) return false;
  return lists.every(list => {
    const before = old[list] ?? [];
    return equalJson((term[list] ?? []).slice(0, before.length), before);
  });
}

/** The new spec with what may change taken from the old one: the rest must be equal. */
function withUpdatableOf(spec: Draft<PodSpec>, old: PodSpec): Draft<PodSpec> {
  const withImages = (containers: Containers, before: Containers) =>
    containers.map((container, i) => ({ ...container, image: before[i]?.image }));
  const grace = old.terminationGracePeriodSeconds ?? 0;
  const isFixed = grace < 0 && spec.terminationGracePeriodSeconds === 1;
  const isGated = (old.schedulingGates ?? []).length > 0;
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
    ...(isGated && {
      nodeSelector: old.nodeSelector,
      affinity: { ...spec.affinity, nodeAffinity: old.affinity?.nodeAffinity },
    }),
  };
}

/** As upstream compares: lists and maps that are empty are as good as none. */
function equalSpecs(a: unknown, b: unknown): boolean {
  return equalJson(withoutEmpty(a), withoutEmpty(b));
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).flatMap(([key, member]) => {
    const kept = withoutEmpty(member);
    const isEmpty = Array.isArray(kept) ? kept.length === 0 : isJsonObject(kept) && key === 'affinity' && !hasAny(kept);
    return kept === undefined || isEmpty ? [] : [[key, kept] as const];
  });
  return Object.fromEntries(members);
}

function hasAny(value: object): boolean {
  return Object.keys(value).length > 0;
}
