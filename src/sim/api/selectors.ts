// Selectors: which objects are meant, by labels or by fields. The texts of queries are read in serve/.
//
// Read:    k8s.io/apimachinery pkg/labels/selector.go, pkg/fields/selector.go.

import type { Draft } from './draft.ts';
import type { LabelSelector } from './objects.ts';

type Words = Readonly<Record<string, string>>;

/** One condition on labels. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: '=' | '!=' | 'in' | 'notin' | 'exists' | '!' | '>' | '<';
  readonly values: readonly string[];
}

/** Does the selector choose an object with these labels? An empty selector chooses everything. */
export function matchesLabels(selector: LabelSelector, labels: Words | undefined): boolean {
  for (const key in selector.matchLabels) if (labels?.[key] !== selector.matchLabels[key]) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const value = labels?.[key];
    const holds =
      operator === 'In'
        ? value !== undefined && values.includes(value)
        : operator === 'NotIn'
          ? value === undefined || !values.includes(value)
          : (value !== undefined) === (operator === 'Exists');
    if (!holds) return false;
  }
  return true;
}

/** Selects by plain equality, as a Service does. No selector, or an empty one, chooses nothing there. */
export function matchesMap(selector: Words, labels: Words | undefined): boolean {
  for (const key in selector) if (labels?.[key] !== selector[key]) return false;
  return true;
}

/** `app=web,tier in (a,b),!legacy`: as it prints in SELECTOR columns; an empty selector is `<none>`. */
export function formatSelector(selector: Draft<LabelSelector> | undefined): string {
  const parts = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, text: `${key}=${value}` }));
  for (const expression of selector?.matchExpressions ?? []) {
    const { key = '', operator } = expression;
    const values = `(${[...(expression.values ?? [])].sort().join(',')})`;
    if (operator === 'In') parts.push({ key, text: `${key} in ${values}` });
    else if (operator === 'NotIn') parts.push({ key, text: `${key} notin ${values}` });
    else parts.push({ key, text: operator === 'Exists' ? key : `!${key}` });
  }
  parts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return parts.length === 0 ? '<none>' : parts.map(part => part.text).join(',');
}

/** `app=web,tier=db` in the order of the keys; `<none>` without any. Source: apimachinery, `labels.FormatLabels`. */
export function formatLabels(labels: Draft<Words> | undefined): string {
  const text = Object.entries(labels ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return text === '' ? '<none>' : text;
}

export function meetsAll(requirements: readonly LabelRequirement[], labels: Words | undefined): boolean {
  return requirements.every(requirement => meets(requirement, labels?.[requirement.key]));
}

function meets({ operator, values }: LabelRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'exists':
      return value !== undefined;
    case '!':
      return value === undefined;
    case '=':
    case 'in':
      return value !== undefined && values.includes(value);
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value);
    case '>':
    case '<': {
      const bound = Number(values[0]);
      if (value === undefined || !/^-?\d+$/.test(value)) return false;
      return operator === '>' ? Number(value) > bound : Number(value) < bound;
    }
  }
}

/** One condition on a field. */
export interface FieldRequirement {
  readonly field: string;
  readonly operator: '=' | '!=';
  readonly value: string;
}
