// Selectors that follow the Pod's own labels: `matchLabelKeys` and `mismatchLabelKeys` become a part of the selector when the
// Pod is made.
//
// Read:    kubernetes pkg/registry/core/pod/strategy.go, `applyMatchLabelKeysAndMismatchLabelKeys`.

import type { Draft } from '../draft.ts';
import type { LabelSelector } from '../objects.ts';
import type { Affinity, PodAffinity, PodAffinityTerm, PodSpec } from './podSpec.ts';

type Labels = Draft<Readonly<Record<string, string>>>;
type Spec = Draft<PodSpec>;

/** The affinity and the spread of a Pod with such labels. */
export function withOwnLabels(spec: Spec, labels: Labels): Pick<Spec, 'affinity' | 'topologySpreadConstraints'> {
  const { affinity, topologySpreadConstraints: spread } = spec;
  return {
    ...(affinity !== undefined && { affinity: ofAffinity(affinity, labels) }),
    ...(spread !== undefined && {
      topologySpreadConstraints: spread.map(constraint => ({
        ...constraint,
        ...selecting(constraint.labelSelector, constraint.matchLabelKeys, [], labels),
      })),
    }),
  };
}

function ofAffinity(affinity: Draft<Affinity>, labels: Labels): Draft<Affinity> {
  const { podAffinity, podAntiAffinity } = affinity;
  return {
    ...affinity,
    ...(podAffinity !== undefined && { podAffinity: ofPods(podAffinity, labels) }),
    ...(podAntiAffinity !== undefined && { podAntiAffinity: ofPods(podAntiAffinity, labels) }),
  };
}

function ofPods(affinity: Draft<PodAffinity>, labels: Labels): Draft<PodAffinity> {
  const {
    requiredDuringSchedulingIgnoredDuringExecution: needed,
    preferredDuringSchedulingIgnoredDuringExecution: wanted,
  } = affinity;
  const ofTerm = (term: Draft<PodAffinityTerm>) => ({
    ...term,
    ...selecting(term.labelSelector, term.matchLabelKeys, term.mismatchLabelKeys, labels),
  });
  return {
    ...(needed !== undefined && { requiredDuringSchedulingIgnoredDuringExecution: needed.map(ofTerm) }),
    ...(wanted !== undefined && {
      preferredDuringSchedulingIgnoredDuringExecution: wanted.map(one => ({
        ...one,
        ...(one.podAffinityTerm !== undefined && { podAffinityTerm: ofTerm(one.podAffinityTerm) }),
      })),
    }),
  };
}

type Keys = readonly string[] | undefined;

function selecting(
  selector: Draft<LabelSelector> | undefined,
  match: Keys = [],
  mismatch: Keys = [],
  labels: Labels,
): { readonly labelSelector?: Draft<LabelSelector> } {
  if (selector === undefined) return {};
  const added = (keys: readonly string[], operator: 'In' | 'NotIn') =>
    keys.flatMap(key => {
      const value = labels[key];
      return value === undefined ? [] : [{ key, operator, values: [value] }];
    });
  const expressions = [...(selector.matchExpressions ?? []), ...added(match, 'In'), ...added(mismatch, 'NotIn')];
  return { labelSelector: expressions.length === 0 ? selector : { ...selector, matchExpressions: expressions } };
}
