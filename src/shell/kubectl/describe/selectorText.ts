// Label selectors as text: `app=web,tier in (back,front)`.
//
// Read:    k8s.io/apimachinery pkg/labels/selector.go, pkg/apis/meta/v1/helpers.go.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { compare, sortedEntries } from './lines.ts';

/** The selector of a workload, as a query takes it too; empty when it chooses everything. */
export function selectorText(selector: Json | undefined): string {
  const labels = sortedEntries(at(selector, 'matchLabels'));
  const requirements = [
    ...labels.map(([key, value]) => ({ key, text: `${key}=${value}` })),
    ...listAt(selector, 'matchExpressions').map(expression => {
      const key = textAt(expression, 'key');
      return {
        key,
        text: requirementText(key, textAt(expression, 'operator'), listAt(expression, 'values').map(String)),
      };
    }),
  ];
  return requirements
    .sort((a, b) => compare(a.key, b.key))
    .map(requirement => requirement.text)
    .join(',');
}

function requirementText(key: string, operator: string, values: readonly string[]): string {
  if (operator === 'Exists') return key;
  if (operator === 'DoesNotExist') return `!${key}`;
  return `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`;
}

/** The selector of a Service, which is a plain map; `<none>` when there is none. */
export function mapSelectorText(selector: Json | undefined): string {
  return orNone(
    sortedEntries(selector)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  );
}

export function orNone(text: string): string {
  return text === '' ? '<none>' : text;
}
