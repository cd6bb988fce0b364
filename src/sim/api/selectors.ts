// Selectors: which objects are meant, by labels or by fields.
//
// Models:  label selectors as objects and as query text (`app=web,tier!=db,env in (a,b),!legacy`); field selectors with
//          `=`, `==` and `!=`.
// Read:    k8s.io/apimachinery pkg/labels/selector.go, pkg/fields/selector.go.

import { failure, type Result, success } from '../runtime/errors.ts';
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

/** Reads the text of a `labelSelector` query. */
export function parseLabelSelector(text: string): Result<readonly LabelRequirement[], string> {
  const requirements: LabelRequirement[] = [];
  for (const part of splitOutsideParentheses(text)) {
    const requirement = parseRequirement(part.trim());
    if (requirement === undefined)
      return failure(`unable to parse requirement: found '${part.trim()}', expected: identifier`);
    requirements.push(requirement);
  }
  return success(requirements);
}

function splitOutsideParentheses(text: string): readonly string[] {
  if (text.trim() === '') return [];
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const KEY = '[A-Za-z0-9][-A-Za-z0-9_./]*';
const SET = new RegExp(`^(${KEY})\\s+(in|notin)\\s*\\(([^()]*)\\)$`);
const COMPARISON = new RegExp(`^(${KEY})\\s*(==|=|!=|>|<)\\s*([-A-Za-z0-9_.]*)$`);
const EXISTENCE = new RegExp(`^(!?)\\s*(${KEY})$`);

function parseRequirement(part: string): LabelRequirement | undefined {
  const set = SET.exec(part);
  if (set !== null) {
    const operator = set[2] === 'in' ? 'in' : 'notin';
    return { key: set[1] ?? '', operator, values: (set[3] ?? '').split(',').map(value => value.trim()) };
  }
  const comparison = COMPARISON.exec(part);
  if (comparison !== null) {
    const sign = comparison[2];
    const operator = sign === '!=' ? '!=' : sign === '>' ? '>' : sign === '<' ? '<' : '=';
    return { key: comparison[1] ?? '', operator, values: [comparison[3] ?? ''] };
  }
  const existence = EXISTENCE.exec(part);
  if (existence === null) return undefined;
  return { key: existence[2] ?? '', operator: existence[1] === '!' ? '!' : 'exists', values: [] };
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

/** Reads the text of a `fieldSelector` query. */
export function parseFieldSelector(text: string): Result<readonly FieldRequirement[], string> {
  const requirements: FieldRequirement[] = [];
  for (const part of text.split(',')) {
    if (part.trim() === '') continue;
    const match = /^([^=!]+?)(==|=|!=)(.*)$/.exec(part.trim());
    if (match === null) return failure(`invalid field selector: "${text}"; can't understand '${part}'`);
    requirements.push({ field: match[1] ?? '', operator: match[2] === '!=' ? '!=' : '=', value: match[3] ?? '' });
  }
  return success(requirements);
}
