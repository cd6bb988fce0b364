// kubectl's JSONPath templates: what they find in an object, and what they print.
//
// Models:  fields, `['key']`, indexes, slices and steps, unions, `*`, filters, `..`, `range`/`end`, quoted text, literals.
// Simplified: `*` and `..` go through an object's fields in the order of their names; kubectl's order differs from run to run.
// Read:    kubernetes.io/docs/reference/kubectl/jsonpath; k8s.io/client-go util/jsonpath/jsonpath.go.

import { fieldOf, isJsonArray, isJsonObject, type Json } from '../../sim/index.ts';
import { goJson, goKind } from './goSyntax.ts';
import { type Bound, type PathNode, parseJsonPath, type TemplatePart } from './jsonPathParse.ts';

/** A template that cannot be filled with this value: kubectl's words without what stands around them. */
export class JsonPathError extends Error {}

export type MissingKeys = 'empty' | 'error';

/**
 * The values that each part of a template finds.
 * @throws JsonPathSyntaxError @throws JsonPathError
 */
export function findJsonPath(
  template: string,
  root: Json,
  missing: MissingKeys = 'empty',
): readonly (readonly Json[])[] {
  const walk: Walk = { parts: parseJsonPath(template), missing, starting: 0, inside: 0, ending: 0, lastEnd: -1 };
  return findFrom(walk, 0, root);
}

/**
 * What a template prints for a value.
 * @example renderJsonPath('{.items[*].metadata.name}', list)
 * @throws JsonPathSyntaxError @throws JsonPathError
 */
export function renderJsonPath(template: string, root: Json, missing: MissingKeys = 'empty'): string {
  return findJsonPath(template, root, missing)
    .map(values => values.map(valueText).join(' '))
    .join('');
}

/** The same with the values of each part as a JSON list. */
export function renderJsonPathAsJson(template: string, root: Json, missing: MissingKeys = 'empty'): string {
  return findJsonPath(template, root, missing)
    .map(values => `${goJson(values, 4)}\n`)
    .join('');
}

/** Text and numbers as they are, everything else as JSON. */
function valueText(value: Json): string {
  return typeof value === 'string' ? value : goJson(value);
}

interface Walk {
  readonly parts: readonly TemplatePart[];
  readonly missing: MissingKeys;
  /** Ranges that the last part has begun. */
  starting: number;
  /** Ranges that are open. */
  inside: number;
  /** Ranges that the last part has ended. */
  ending: number;
  /** The part with the `end` that was met last. */
  lastEnd: number;
}

function findFrom(walk: Walk, from: number, root: Json | undefined): readonly (readonly Json[])[] {
  const found: (readonly Json[])[] = [];
  for (let i = from; i < walk.parts.length; i++) {
    const values = along(walk, walk.parts[i] ?? [], root === undefined ? [] : [root]);
    if (walk.ending > 0 && walk.ending <= walk.inside) {
      walk.ending--;
      walk.lastEnd = i;
      break;
    }
    if (walk.starting === 0) {
      found.push(values);
      continue;
    }
    walk.starting--;
    walk.inside++;
    // Without values the parts are read all the same, to find the end.
    for (const value of values.length > 0 ? values : [undefined]) {
      const inner = findFrom(walk, i + 1, value);
      if (values.length > 0) found.push(...inner);
    }
    walk.inside--;
    if (walk.lastEnd > i) i = walk.lastEnd;
  }
  return found;
}

function along(walk: Walk, nodes: readonly PathNode[], from: readonly Json[]): readonly Json[] {
  return nodes.reduce<readonly Json[]>((values, node) => step(walk, node, values), from);
}

function step(walk: Walk, node: PathNode, values: readonly Json[]): readonly Json[] {
  switch (node.kind) {
    case 'text':
      return [node.text];
    case 'literal':
      return values.map(() => node.value);
    case 'field':
      return members(walk, node.name, values);
    case 'wildcard':
      return values.flatMap(children);
    case 'recursive':
      return values.flatMap(descendants);
    case 'union':
      return node.paths.flatMap(path => along(walk, path, values));
    case 'array':
      return values.flatMap(value => (value === null ? [] : elements(value, node)));
    case 'filter':
      return values.flatMap(value => filtered(walk, value, node));
    case 'identifier':
      if (node.name === 'range') walk.starting++;
      else if (node.name !== 'end') throw new JsonPathError(`unrecognized identifier ${node.name}`);
      else if (walk.inside === 0) throw new JsonPathError('not in range, nothing to end');
      else walk.ending++;
      return node.name === 'range' ? values : [];
  }
}

function members(walk: Walk, name: string, values: readonly Json[]): readonly Json[] {
  const found = values.flatMap(value => {
    // `{.}` names nothing, and finds nothing.
    const member = isJsonObject(value) ? fieldOf(value, name) : undefined;
    return member === undefined ? [] : [member];
  });
  if (found.length === 0 && values.length > 0 && walk.missing === 'error')
    throw new JsonPathError(`${name} is not found`);
  return found;
}

function children(value: Json): readonly Json[] {
  if (isJsonArray(value)) return value;
  if (!isJsonObject(value)) return [];
  return Object.keys(value)
    .sort()
    .flatMap(key => {
      const member = value[key];
      return member === undefined ? [] : [member];
    });
}

function descendants(value: Json): readonly Json[] {
  const below = children(value);
  return below.length === 0 ? [] : [value, ...below.flatMap(descendants)];
}

function elements(value: Json, node: Extract<PathNode, { readonly kind: 'array' }>): readonly Json[] {
  if (!isJsonArray(value)) throw new JsonPathError(`${goKind(value)} is not array or slice`);
  const { length } = value;
  const given = (bound: Bound, otherwise: number): number => (bound.kind === 'absent' ? otherwise : bound.value);
  let from = given(node.from, 0);
  if (from < 0) from += length;
  let to = given(node.to, length);
  if (to < 0 || (to === 0 && node.to.kind === 'derived')) to += length;
  if (from === to) return [];
  const outside = (index: number): JsonPathError =>
    new JsonPathError(`array index out of bounds: index ${index}, length ${length}`);
  if (from >= length || from < 0) throw outside(from);
  if (to > length || to < 0) throw outside(to - 1);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`);
  const every = given(node.step, 1);
  if (every <= 0) throw new JsonPathError('step must be > 0');
  return value.slice(from, to).filter((_, i) => i % every === 0);
}

function filtered(walk: Walk, value: Json, node: Extract<PathNode, { readonly kind: 'filter' }>): readonly Json[] {
  if (!isJsonArray(value)) throw new JsonPathError(`${valueText(value)} is not array or slice and cannot be filtered`);
  return value.filter(item => {
    const left = along(walk, node.left, [item]);
    if (node.operator === 'exists') return left.length > 0;
    const right = left.length === 0 ? [] : along(walk, node.right, [item]);
    if (left.length > 1 || right.length > 1) throw new JsonPathError('can only compare one element at a time');
    const [a, b] = [left[0], right[0]];
    return a !== undefined && b !== undefined && compares(a, node.operator, b);
  });
}

/** As Go's templates compare. Source: text/template funcs.go, `eq`, `lt`. */
function compares(a: Json, operator: string, b: Json): boolean {
  if (!['==', '!=', '<', '<=', '>', '>='].includes(operator))
    throw new JsonPathError(`unrecognized filter operator ${operator}`);
  for (const value of [a, b]) if (typeof value === 'object') throw new JsonPathError('invalid type for comparison');
  if (typeof a !== typeof b) throw new JsonPathError('incompatible types for comparison');
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (typeof a === 'boolean' || a === null || b === null) throw new JsonPathError('invalid type for comparison');
  const isLess = a < b;
  const isEqual = a === b;
  return operator === '<'
    ? isLess
    : operator === '<='
      ? isLess || isEqual
      : operator === '>'
        ? !isLess && !isEqual
        : !isLess;
}
