// kubectl's JSONPath templates: text with `{...}` expressions in it.
//
// Models:  fields, `['key']`, indexes and slices, `*`, filters `[?(@.type=="Ready")]`, `..`, `range`/`end`, quoted text.
// Omits:   unions, script expressions.
// Read:    kubernetes.io/docs/reference/kubectl/jsonpath; k8s.io/client-go util/jsonpath.

import { canonicalJson, fieldOf, isJsonArray, isJsonObject, type Json } from '../../sim/index.ts';

/** A template that does not parse, or a path that is not there: kubectl's words without `error: `. */
export class JsonPathError extends Error {}

type Part = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'expression'; readonly text: string };

/**
 * What a template prints for a value.
 * @example renderJsonPath('{.items[*].metadata.name}', list)
 * @throws JsonPathError
 */
export function renderJsonPath(template: string, root: Json): string {
  const parts = splitTemplate(relaxed(template));
  const output: string[] = [];
  renderParts(parts, 0, parts.length, root, output);
  return output.join('');
}

/** `.metadata.name` and `metadata.name` are taken as `{.metadata.name}`. Source: kubectl `RelaxedJSONPathExpression`. */
function relaxed(template: string): string {
  if (template.includes('{')) return template;
  return template.startsWith('.') ? `{${template}}` : `{.${template}}`;
}

function splitTemplate(template: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf('{', at);
    if (open < 0) {
      parts.push({ kind: 'text', text: template.slice(at) });
      break;
    }
    if (open > at) parts.push({ kind: 'text', text: template.slice(at, open) });
    const close = closingBrace(template, open);
    if (close < 0) throw new JsonPathError(`error parsing jsonpath ${template}, unclosed action`);
    parts.push({ kind: 'expression', text: template.slice(open + 1, close).trim() });
    at = close + 1;
  }
  return parts;
}

function closingBrace(template: string, open: number): number {
  let quote = '';
  for (let i = open + 1; i < template.length; i++) {
    const letter = template[i] ?? '';
    if (quote !== '') {
      if (letter === '\\') i++;
      else if (letter === quote) quote = '';
    } else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '}') return i;
  }
  return -1;
}

function renderParts(parts: readonly Part[], from: number, to: number, here: Json, output: string[]): void {
  for (let i = from; i < to; i++) {
    const part = parts[i];
    if (part === undefined) return;
    if (part.kind === 'text') output.push(part.text);
    else if (part.text.startsWith('range ')) {
      const end = matchingEnd(parts, i, to);
      for (const item of evaluate(part.text.slice(6).trim(), here)) renderParts(parts, i + 1, end, item, output);
      i = end;
    } else if (part.text === 'end') throw new JsonPathError('not in range, nothing to end');
    else if (/^["']/.test(part.text)) output.push(unquoted(part.text));
    else output.push(evaluate(part.text, here).map(valueText).join(' '));
  }
}

function matchingEnd(parts: readonly Part[], from: number, to: number): number {
  let depth = 0;
  for (let i = from; i < to; i++) {
    const part = parts[i];
    if (part?.kind !== 'expression') continue;
    if (part.text.startsWith('range ')) depth++;
    if (part.text === 'end' && --depth === 0) return i;
  }
  throw new JsonPathError('unclosed range');
}

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', t: '\t', r: '\r' })[letter] ?? letter);
}

/** Text as it is, everything else as JSON. */
function valueText(value: Json): string {
  return typeof value === 'string' ? value : canonicalJson(value);
}

const SEGMENT =
  /^(?:\.\.(?<deep>[\w-]+|\*)|\.?\[(?<inside>(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\]'"])*)\]|\.(?<name>(?:[\w/-]|\\.)+|\*))/;

function evaluate(path: string, root: Json): readonly Json[] {
  let rest = path.replace(/^[$@]/, '');
  let found: readonly Json[] = [root];
  if (rest === '.' || rest === '') return found;
  if (!/^[.[]/.test(rest)) throw new JsonPathError(`unrecognized identifier ${rest.split(/[^\w]/)[0] ?? rest}`);
  while (rest !== '') {
    const segment = SEGMENT.exec(rest);
    if (segment?.groups === undefined)
      throw new JsonPathError(`unrecognized character in action: ${rest.slice(0, 12)}`);
    rest = rest.slice(segment[0].length);
    const { deep, inside, name } = segment.groups;
    if (deep !== undefined)
      found = found.flatMap(value => descendants(value)).flatMap(value => member(value, deep, 'quiet'));
    else if (name !== undefined)
      found = found.flatMap(value => member(value, name.replace(/\\(.)/g, '$1'), 'must-exist'));
    else found = found.flatMap(value => bracket(value, (inside ?? '').trim()));
  }
  return found;
}

function member(value: Json, name: string, missing: 'quiet' | 'must-exist'): readonly Json[] {
  if (name === '*')
    return isJsonArray(value) ? value : isJsonObject(value) ? Object.values(value).filter(v => v !== undefined) : [];
  const found = isJsonObject(value) ? fieldOf(value, name) : undefined;
  if (found !== undefined) return [found];
  // kubectl's printer allows missing keys: they print nothing.
  if (missing === 'must-exist' && isJsonArray(value)) throw new JsonPathError(`${name} is not found`);
  return [];
}

function bracket(value: Json, inside: string): readonly Json[] {
  if (inside === '*') return member(value, '*', 'quiet');
  if (/^['"]/.test(inside)) return member(value, unquoted(inside), 'must-exist');
  if (inside.startsWith('?')) return filtered(value, inside.replace(/^\?\s*\(|\)$/g, ''));
  if (!isJsonArray(value)) return [];
  const slice = /^(-?\d*):(-?\d*)$/.exec(inside);
  if (slice !== null) return value.slice(Number(slice[1] || 0), slice[2] === '' ? undefined : Number(slice[2]));
  const index = Number(inside);
  if (!Number.isInteger(index)) throw new JsonPathError(`invalid array index ${inside}`);
  const item = value.at(index);
  if (item === undefined) throw new JsonPathError(`array index out of bounds: index ${index}, length ${value.length}`);
  return [item];
}

const COMPARISON = /^\s*(?<left>@[^\s=!<>]*)\s*(?:(?<sign>==|!=|>=|<=|>|<)\s*(?<right>.+?))?\s*$/;

function filtered(value: Json, condition: string): readonly Json[] {
  const groups = COMPARISON.exec(condition)?.groups;
  if (groups === undefined) throw new JsonPathError(`unrecognized filter: ${condition}`);
  const { left = '@', sign, right = '' } = groups;
  return member(value, '*', 'quiet').filter(item => {
    const [found] = evaluate(left, item);
    if (sign === undefined) return found !== undefined;
    const wanted = /^['"]/.test(right) ? unquoted(right) : right;
    const text = found === undefined ? undefined : valueText(found);
    if (sign === '==') return text === wanted;
    if (sign === '!=') return text !== wanted;
    if (text === undefined) return false;
    const [a, b] = [Number(text), Number(wanted)];
    return sign === '>' ? a > b : sign === '<' ? a < b : sign === '>=' ? a >= b : a <= b;
  });
}

function descendants(value: Json): readonly Json[] {
  return [value, ...member(value, '*', 'quiet').flatMap(descendants)];
}
