// Objects as text: `-o yaml`, `-o json`, `-o name`, `-o jsonpath=...`.
//
// Read:    k8s.io/cli-runtime pkg/printers; sigs.k8s.io/yaml, whose output has sorted keys and unindented lists.

import { Document } from 'yaml';
import type { Json, JsonObject } from '../../sim/index.ts';
import { isJsonArray, isJsonObject } from '../../sim/index.ts';
import { textAt, withMetadata } from './fields.ts';
import { JsonPathError, renderJsonPath } from './jsonPath.ts';
import { KubectlError } from './session.ts';

export type OutputFormat =
  | { readonly kind: 'table'; readonly width: 'normal' | 'wide' }
  | { readonly kind: 'yaml' | 'json' | 'name' }
  | { readonly kind: 'jsonpath'; readonly template: string };

/** Reads `-o`. @throws KubectlError when the lab does not have the format */
export function readFormat(value: string | undefined): OutputFormat {
  if (value === undefined || value === '') return { kind: 'table', width: 'normal' };
  if (value === 'wide') return { kind: 'table', width: 'wide' };
  if (value === 'yaml' || value === 'json' || value === 'name') return { kind: value };
  const [format = '', template] = splitOnce(value, '=');
  if (format === 'jsonpath') {
    if (template === undefined || template === '')
      throw new KubectlError('error: template format specified but no template given');
    return { kind: 'jsonpath', template };
  }
  throw new KubectlError(
    `error: unable to match a printer suitable for the output format "${value}", allowed formats are: json,jsonpath,name,wide,yaml`,
  );
}

function splitOnce(text: string, separator: string): readonly [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** An object, or a List of several, in a format that is no table. */
export function objectText(value: Json, format: Exclude<OutputFormat, { readonly kind: 'table' }>): string {
  switch (format.kind) {
    case 'json':
      return `${JSON.stringify(sorted(withoutManagedFields(value)), null, 4)}\n`;
    case 'yaml':
      return yamlText(withoutManagedFields(value));
    case 'name':
      return `${textAt(value, 'kind').toLowerCase()}${groupSuffix(value)}/${textAt(value, 'metadata', 'name')}\n`;
    case 'jsonpath':
      try {
        return renderJsonPath(format.template, value);
      } catch (error) {
        if (error instanceof JsonPathError)
          throw new KubectlError(`error: error executing jsonpath "${format.template}": ${error.message}`);
        throw error;
      }
  }
}

function groupSuffix(value: Json): string {
  const [group = '', version] = textAt(value, 'apiVersion').split('/');
  return version === undefined ? '' : `.${group}`;
}

/** kubectl hides them unless asked. Source: k8s.io/cli-runtime pkg/printers/managedfields.go. */
function withoutManagedFields(value: Json): Json {
  if (!isJsonObject(value)) return value;
  const items = value.items;
  const object: JsonObject = isJsonArray(items) ? { ...value, items: items.map(withoutManagedFields) } : value;
  return isJsonObject(object.metadata) && object.metadata.managedFields !== undefined
    ? withMetadata(object, { managedFields: undefined })
    : object;
}

function sorted(value: Json): Json {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([key, member]): [string, Json][] =>
    member === undefined ? [] : [[key, sorted(member)]],
  );
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** YAML as the API tools write it. */
export function yamlText(value: Json): string {
  const document = new Document(sorted(value), { version: '1.1', aliasDuplicateObjects: false });
  return document.toString({ lineWidth: 0, indentSeq: false, directives: false });
}
