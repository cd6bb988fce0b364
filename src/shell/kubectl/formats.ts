// Objects as text: `-o yaml`, `-o json`, `-o name`, `-o jsonpath=...`, `-o custom-columns=...`.
//
// Read:    k8s.io/cli-runtime pkg/genericclioptions, pkg/printers; sigs.k8s.io/yaml, whose output has sorted keys and unindented lists.

import type { Json, JsonObject } from '../../sim/index.ts';
import { goText, isJsonArray, isJsonObject } from '../../sim/index.ts';
import { type CustomColumn, columnsInFile, columnsOf, customColumnsText } from './customColumns.ts';
import { textAt, withMetadata } from './fields.ts';
import { goJson, goSyntax } from './goSyntax.ts';
import { type ParsedTemplate, TemplateSyntaxError } from './goTemplate/parse.ts';
import { parseGoTemplate, renderGoTemplate } from './goTemplate/render.ts';
import { JsonPathError, type MissingKeys, renderJsonPath, renderJsonPathAsJson } from './jsonPath.ts';
import { JsonPathSyntaxError, parseJsonPath } from './jsonPathParse.ts';
import { type KubectlCall, KubectlError } from './session.ts';
import { yamlText } from './yamlText.ts';

export type OutputFormat =
  | { readonly kind: 'table'; readonly width: 'normal' | 'wide' }
  | { readonly kind: 'yaml' | 'json'; readonly managedFields?: 'shown' }
  | { readonly kind: 'name' }
  | {
      readonly kind: 'jsonpath';
      readonly template: string;
      readonly as: 'text' | 'json';
      readonly missing: MissingKeys;
    }
  | {
      readonly kind: 'go-template';
      readonly source: string;
      readonly template: ParsedTemplate;
      readonly missing: MissingKeys;
    }
  | {
      readonly kind: 'custom-columns';
      readonly columns: readonly CustomColumn[];
      readonly headers: 'shown' | 'hidden';
    };

/** A format that is no table. */
export type ObjectFormat = Exclude<OutputFormat, { readonly kind: 'table' }>;

/** What most verbs print, and what `get` prints beside that. */
const OBJECT_FORMATS =
  'go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,yaml';
const GET_FORMATS =
  'custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml';

/** Reads `-o` and the flags that belong to it. @throws KubectlError when there is no such format */
export function formatOf(call: KubectlCall, verb: 'get' | 'other' = 'other'): OutputFormat {
  const { flags } = call;
  const output = flags.value('output') ?? '';
  const equals = output.indexOf('=');
  const name = equals < 0 ? output : output.slice(0, equals);
  const argument = equals < 0 ? undefined : output.slice(equals + 1);
  const managed = flags.has('show-managed-fields') ? ({ managedFields: 'shown' } as const) : {};
  if ((output === '' && (flags.value('template') ?? '') !== '') || /^(go-)?template(-?file)?$/.test(name))
    return templateFormat(call, name, argument || flags.value('template') || '');
  if (output === '' || (output === 'wide' && verb === 'get'))
    return { kind: 'table', width: output === 'wide' ? 'wide' : 'normal' };
  if (output === 'yaml' || output === 'json') return { kind: output, ...managed };
  if (output === 'name') return { kind: 'name' };
  const template = argument ?? flags.value('template');
  if (name === 'jsonpath' || name === 'jsonpath-as-json' || name === 'jsonpath-file') {
    if (template === undefined || template === '')
      throw new KubectlError('error: template format specified but no template given');
    return jsonPathFormat(call, name, template);
  }
  if (verb === 'get' && (name === 'custom-columns' || name === 'custom-columns-file')) {
    const spec = argument ?? '';
    if (spec === '') throw new KubectlError('error: custom-columns format specified but no custom columns given');
    const columns = name === 'custom-columns' ? columnsOf(spec) : columnsInFile(templateFile(call, spec));
    return { kind: 'custom-columns', columns, headers: flags.has('no-headers') ? 'hidden' : 'shown' };
  }
  const allowed = verb === 'get' ? GET_FORMATS : OBJECT_FORMATS;
  throw new KubectlError(
    `error: unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed}`,
  );
}

function jsonPathFormat(call: KubectlCall, name: string, argument: string): OutputFormat {
  const template = name === 'jsonpath-file' ? templateFile(call, argument) : argument;
  try {
    parseJsonPath(template);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) throw new KubectlError(`error: ${error.message}`);
    throw error;
  }
  return {
    kind: 'jsonpath',
    template,
    as: name === 'jsonpath-as-json' ? 'json' : 'text',
    missing: missingKeys(call),
  };
}

function templateFormat(call: KubectlCall, name: string, argument: string): OutputFormat {
  if (argument === '') throw new KubectlError('error: template format specified but no template given');
  const source = name.endsWith('file') ? templateFile(call, argument) : argument;
  try {
    return { kind: 'go-template', source, template: parseGoTemplate(source), missing: missingKeys(call) };
  } catch (error) {
    if (error instanceof TemplateSyntaxError)
      throw new KubectlError(`error: error parsing template ${source}, ${error.message}`);
    throw error;
  }
}

function missingKeys({ flags }: KubectlCall): MissingKeys {
  return flags.value('allow-missing-template-keys') === 'false' ? 'error' : 'empty';
}

function templateFile(call: KubectlCall, name: string): string {
  const text = call.context.files.get(name.replace(/^\.\//, ''));
  if (text === undefined)
    throw new KubectlError(`error: error reading --template ${name}, open ${name}: no such file or directory`);
  return text;
}

/**
 * An object, or a List of several.
 * @param keys the order of fields in JSON: by their names, or as they are
 */
export function objectText(value: Json, format: ObjectFormat, keys: 'sorted' | 'as they are' = 'sorted'): string {
  switch (format.kind) {
    case 'json':
      return `${goJson(format.managedFields === 'shown' ? value : withoutManagedFields(value), 4, keys)}\n`;
    case 'yaml':
      return yamlText(format.managedFields === 'shown' ? value : withoutManagedFields(value));
    case 'name':
      return itemsOf(value).map(nameText).join('');
    case 'custom-columns':
      return customColumnsText(itemsOf(value), format.columns, format.headers);
    case 'jsonpath':
      return jsonPathText(value, format);
    case 'go-template':
      return templateText(value, format);
  }
}

function jsonPathText(value: Json, format: Extract<OutputFormat, { readonly kind: 'jsonpath' }>): string {
  const { template, missing } = format;
  try {
    return (format.as === 'json' ? renderJsonPathAsJson : renderJsonPath)(template, value, missing);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    throw new KubectlError(
      `error: error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. ` +
        `Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n` +
        `\tobject given to jsonpath engine was:\n\t\t${goSyntax(value)}\n\n`,
    );
  }
}

function templateText(
  value: Json,
  { source, template, missing }: Extract<OutputFormat, { readonly kind: 'go-template' }>,
): string {
  const rendered = renderGoTemplate(source, template, value, missing);
  if (rendered.kind === 'text') return rendered.text;
  const { text, message } = rendered;
  throw new KubectlError(
    `error: error executing template ${JSON.stringify(source)}: ${message}`,
    1,
    `${text}Error executing template: ${message}. Printing more information for debugging the template:\n` +
      `\ttemplate was:\n\t\t${source}\n\traw data was:\n\t\t${goJson(value)}\n` +
      `\tobject given to template engine was:\n\t\t${goText(value)}\n\n`,
  );
}

/** The members of a list; an object is its own only one. */
function itemsOf(value: Json): readonly Json[] {
  const items = isJsonObject(value) && textAt(value, 'kind').endsWith('List') ? value.items : undefined;
  return isJsonArray(items) ? items : [value];
}

function nameText(value: Json): string {
  return `${textAt(value, 'kind').toLowerCase()}${groupSuffix(value)}/${textAt(value, 'metadata', 'name')}\n`;
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
