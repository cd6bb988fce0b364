// `-o custom-columns=NAME:.metadata.name,...`, and the paths that `--sort-by` takes too.
//
// Read:    kubectl pkg/cmd/get/customcolumn.go.

import { goText, type Json } from '../../sim/index.ts';
import { findJsonPath, JsonPathError } from './jsonPath.ts';
import { JsonPathSyntaxError } from './jsonPathParse.ts';
import { KubectlError } from './session.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';

export interface CustomColumn {
  readonly header: string;
  /** A JSONPath template: `{.metadata.name}`. */
  readonly path: string;
}

/** @throws KubectlError for a text that is no list of columns */
export function columnsOf(spec: string): readonly CustomColumn[] {
  return spec.split(',').map(part => {
    const colon = part.indexOf(':');
    if (colon < 0)
      throw new KubectlError(`error: unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return { header: part.slice(0, colon), path: pathOrRefusal(part.slice(colon + 1)) };
  });
}

/** A line of headers, and a line of paths. */
export function columnsInFile(text: string): readonly CustomColumn[] {
  const [headers, paths] = text.split('\n').map(line => line.split(/\s+/).filter(word => word !== ''));
  const expected = 'Expected format is one line of space separated headers, one line of space separated column specs.';
  if (headers === undefined || text === '')
    throw new KubectlError(`error: invalid template, missing header line. ${expected}`);
  if (paths === undefined) throw new KubectlError(`error: invalid template, missing spec line. ${expected}`);
  if (headers.length !== paths.length)
    throw new KubectlError(
      `error: number of headers (${headers.length}) and field specifications (${paths.length}) don't match`,
    );
  return headers.map((header, i) => ({ header, path: pathOrRefusal(paths[i] ?? '') }));
}

function pathOrRefusal(text: string): string {
  const path = relaxedPath(text);
  if (path !== undefined) return path;
  throw new KubectlError(
    "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
  );
}

/** `{.metadata.name}` of that, of `.metadata.name` and of `metadata.name`. Source: `RelaxedJSONPathExpression`. */
export function relaxedPath(text: string): string | undefined {
  if (text === '') return '';
  const [, braced, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text) ?? [];
  const path = braced ?? bare;
  return path === undefined ? undefined : `{.${path}}`;
}

export function customColumnsText(
  objects: readonly Json[],
  columns: readonly CustomColumn[],
  headers: 'shown' | 'hidden',
): string {
  const lines = objects.map(object => columns.map(({ path }) => cellText(path, object)).join('\t'));
  if (headers === 'shown') lines.unshift(columns.map(({ header }) => header).join('\t'));
  return lines.length === 0 ? '' : `${alignTabs(lines.join('\n'), TABLE_STYLE)}\n`;
}

function cellText(path: string, object: Json): string {
  try {
    const found = findJsonPath(path, object);
    const texts = found.flat().map(value => goText(value).replaceAll('\u001b', '^[').replaceAll('\r', '\\r'));
    return [...(found[0]?.length ? [] : ['<none>']), ...texts].join(',');
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof JsonPathSyntaxError)
      throw new KubectlError(`error: ${error.message}`);
    throw error;
  }
}
