// What Deployments, ReplicaSets, DaemonSets and StatefulSets share: columns about containers, defaults, validation.
//
// Read:    kubernetes pkg/printers/internalversion/printers.go, `formatContainers`... ; pkg/apis/apps/validation.

import type { Draft } from '../draft.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import { asJson, sortedJson } from '../json.ts';
import type { ApiObject, LabelSelector } from '../objects.ts';
import { formatSelector, matchesLabels } from '../selectors.ts';
import { validateSelector } from '../validation/labelSelector.ts';
import { validatePodTemplate } from '../validation/pod/template.ts';
import { type Column, wideColumn } from './kind.ts';
import type { PodTemplateSpec } from './podSpec.ts';

/** An object with a selector and a template of Pods. */
export interface Workload extends ApiObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec };
}

/** CONTAINERS, IMAGES and SELECTOR of `-o wide`. */
export function workloadColumns<T extends Workload>(): readonly Column<T>[] {
  return [...containerColumns<T>(), wideColumn('Selector', object => formatSelector(specOf(object).selector))];
}

function specOf<T extends Workload>(object: Draft<T>): Draft<Workload['spec']> {
  return (object as Draft<Workload>).spec ?? {};
}

/** CONTAINERS and IMAGES of `-o wide`. */
export function containerColumns<T extends Workload>(): readonly Column<T>[] {
  const containersOf = (object: Draft<T>) => specOf(object).template?.spec?.containers ?? [];
  return [
    wideColumn('Containers', object =>
      containersOf(object)
        .map(container => container?.name ?? '')
        .join(','),
    ),
    wideColumn('Images', object =>
      containersOf(object)
        .map(container => container?.image ?? '')
        .join(','),
    ),
  ];
}

/** What the messages call the kind of a workload. Upstream says `deployment` and `ReplicaSet` of both. */
export interface WorkloadWords {
  readonly selector: 'deployment' | 'daemonset' | 'statefulset';
  readonly template: 'ReplicaSet' | 'DaemonSet' | 'StatefulSet';
}

export const REPLICA_SET_WORDS: WorkloadWords = { selector: 'deployment', template: 'ReplicaSet' };

/** The selector, and the template that it must choose. */
export function validateWorkload(
  spec: Draft<Workload['spec']>,
  place: FieldPath,
  words: WorkloadWords = REPLICA_SET_WORDS,
): FieldError[] {
  return [
    ...validateWorkloadSelector(spec.selector, child(place, 'selector'), words),
    ...validateSelected(spec, child(place, 'template')),
    ...validatePodTemplate(spec.template ?? {}, child(place, 'template')),
    ...validateForever(spec.template ?? {}, child(place, 'template'), words),
  ];
}

export function validateWorkloadSelector(
  selector: Draft<LabelSelector> | undefined,
  place: FieldPath,
  words: WorkloadWords,
): FieldError[] {
  if (selector === undefined) return [required(place)];
  const errors = validateSelector(selector, place);
  if (isEmpty(selector))
    errors.push(invalid(place, asJson(selector), `empty selector is invalid for ${words.selector}`));
  return errors;
}

function isEmpty(selector: Draft<LabelSelector>): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

/** Without a selector nothing is chosen; an empty one chooses everything. */
export function validateSelected({ selector, template = {} }: Draft<Workload['spec']>, place: FieldPath): FieldError[] {
  const labels = template.metadata?.labels;
  if (selector !== undefined && matchesLabels(selector as LabelSelector, labels as Readonly<Record<string, string>>))
    return [];
  const shown = labels === undefined ? null : sortedJson(labels);
  return [invalid(child(place, 'metadata', 'labels'), shown, '`selector` does not match template `labels`')];
}

/** Pods that are to run for ever. */
export function validateForever(
  template: Draft<PodTemplateSpec>,
  place: FieldPath,
  words: WorkloadWords,
): FieldError[] {
  const errors: FieldError[] = [];
  const restartPolicy = template.spec?.restartPolicy ?? '';
  if (restartPolicy !== 'Always')
    errors.push(notSupported(child(place, 'spec', 'restartPolicy'), restartPolicy, ['Always']));
  if (template.spec?.activeDeadlineSeconds !== undefined) {
    const detail = `activeDeadlineSeconds in ${words.template} is not Supported`;
    errors.push(forbidden(child(place, 'spec', 'activeDeadlineSeconds'), detail));
  }
  return errors;
}
