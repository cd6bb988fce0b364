// What Deployments and ReplicaSets share: columns about containers, defaults, validation.
//
// Read:    kubernetes pkg/printers/internalversion/printers.go, `formatContainers`... ; pkg/apis/apps/validation.

import type { Draft } from '../draft.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from '../fieldError.ts';
import { child, type FieldPath } from '../fieldPath.ts';
import { asJson, sortedJson } from '../json.ts';
import type { ApiObject, LabelSelector } from '../objects.ts';
import { formatSelector, matchesLabels } from '../selectors.ts';
import { validateSelector } from '../validation/labelSelector.ts';
import { validatePodTemplate } from '../validation/podTemplate.ts';
import { type Column, wideColumn } from './kind.ts';
import type { PodTemplateSpec } from './podSpec.ts';

/** An object with a selector and a template of Pods. */
export interface Workload extends ApiObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec };
}

/** CONTAINERS, IMAGES and SELECTOR of `-o wide`. */
export function workloadColumns<T extends Workload>(): readonly Column<T>[] {
  const specOf = (object: Draft<T>): Draft<Workload['spec']> => (object as Draft<Workload>).spec ?? {};
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
    wideColumn('Selector', object => formatSelector(specOf(object).selector)),
  ];
}

/** The selector, and the template that it must choose. */
export function validateWorkload(spec: Draft<Workload['spec']>, place: FieldPath): FieldError[] {
  const errors: FieldError[] = [];
  const { selector, template = {} } = spec;
  if (selector === undefined) errors.push(required(child(place, 'selector')));
  else {
    errors.push(...validateSelector(selector, child(place, 'selector')));
    if (isEmpty(selector))
      errors.push(invalid(child(place, 'selector'), asJson(selector), 'empty selector is invalid for deployment'));
  }
  return [...errors, ...validateTemplate(template, selector, child(place, 'template'))];
}

function isEmpty(selector: Draft<LabelSelector>): boolean {
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

function validateTemplate(
  template: Draft<PodTemplateSpec>,
  selector: Draft<LabelSelector> | undefined,
  place: FieldPath,
): FieldError[] {
  const errors: FieldError[] = [];
  const labels = template.metadata?.labels;
  // Without a selector nothing is chosen; an empty one chooses everything.
  if (selector === undefined || !matchesLabels(selector as LabelSelector, labels as Readonly<Record<string, string>>)) {
    const shown = labels === undefined ? null : sortedJson(labels);
    errors.push(invalid(child(place, 'metadata', 'labels'), shown, '`selector` does not match template `labels`'));
  }
  errors.push(...validatePodTemplate(template, place));
  const restartPolicy = template.spec?.restartPolicy ?? '';
  if (restartPolicy !== 'Always')
    errors.push(notSupported(child(place, 'spec', 'restartPolicy'), restartPolicy, ['Always']));
  if (template.spec?.activeDeadlineSeconds !== undefined) {
    const detail = 'activeDeadlineSeconds in ReplicaSet is not Supported';
    errors.push(forbidden(child(place, 'spec', 'activeDeadlineSeconds'), detail));
  }
  return errors;
}
