// The path of a printer column of a custom resource, and what it finds.
//
// Models:  fields, `['key']`, `\.` in a key, indexes, `[*]`, and conditions like `[?(@.type=="Ready")]`.
// Read:    k8s.io/apiextensions-apiserver pkg/registry/customresource/tableconvertor; kubernetes.io/docs/reference/kubectl/jsonpath.

import { equalJson, field, isJsonArray, isJsonObject } from '../../json.ts';
import type { Json } from '../../request.ts';

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'where'; readonly path: readonly Step[]; readonly equals: Json };

const STEP =
  /^(?:\.((?:\\.|[^.[\]\\])+)|\['((?:\\.|[^'\\])*)'\]|\[(-?\d+)\]|\[(\*)\]|\[\?\(@([^=!<>]+?)\s*==\s*("[^"]*"|'[^']*'|[\w.-]+)\)\])/;

/** `undefined` when the text is no path that is understood here. */
export function readColumnPath(text: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (match === null) return undefined;
    const [all, name, quoted, index, star, where, literal] = match;
    const key = name ?? quoted;
    if (key !== undefined) steps.push({ kind: 'field', name: key.replaceAll(/\\(.)/g, '$1') });
    else if (index !== undefined) steps.push({ kind: 'index', at: Number(index) });
    else if (star !== undefined) steps.push({ kind: 'all' });
    else {
      const path = readColumnPath(where ?? '');
      if (path === undefined) return undefined;
      steps.push({ kind: 'where', path, equals: readLiteral(literal ?? '') });
    }
    rest = rest.slice(all.length);
  }
  return steps;
}

function readLiteral(text: string): Json {
  if (/^["']/.test(text)) return text.slice(1, -1);
  return text === 'true' ? true : text === 'false' ? false : Number(text);
}

/** Everything that stands at the end of the path. */
export function findAll(steps: readonly Step[], value: Json): readonly Json[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  return follow(step, value).flatMap(found => findAll(rest, found));
}

function follow(step: Step, value: Json): readonly Json[] {
  switch (step.kind) {
    case 'field': {
      const found = isJsonObject(value) ? field(value, step.name) : undefined;
      return found === undefined ? [] : [found];
    }
    case 'index': {
      const found = isJsonArray(value) ? value.at(step.at) : undefined;
      return found === undefined ? [] : [found];
    }
    case 'all':
      if (isJsonArray(value)) return value;
      return isJsonObject(value) ? Object.values(value).flatMap(member => (member === undefined ? [] : [member])) : [];
    case 'where':
      return isJsonArray(value)
        ? value.filter(item => findAll(step.path, item).some(found => equalJson(found, step.equals)))
        : [];
  }
}
