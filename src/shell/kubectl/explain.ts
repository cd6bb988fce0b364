// kubectl explain: the fields of a kind, as the server's OpenAPI document has them.
//
// Simplified: `--output=plaintext-openapiv2` prints the same.
// Read:    kubectl pkg/cmd/explain, pkg/explain/v2/templates/plaintext.tmpl.

import { isJsonArray, type Json } from '../../sim/index.ts';
import { at, listAt, objectAt, textAt } from './fields.ts';
import { type ApiResource, discover, findResource } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, print } from './session.ts';
import type { Verb } from './verb.ts';

export const explain: Verb = {
  summary: 'Get documentation for a resource',
  usage:
    'kubectl explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: {
    'api-version': { kind: 'value' },
    output: { short: 'o', kind: 'value', initial: "'plaintext'" },
    recursive: { kind: 'flag' },
  },
  run: async call => {
    const { words } = call.flags;
    const [word] = words;
    if (word === undefined)
      throw new KubectlError(
        'error: You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    if (words.length > 1) throw new KubectlError('error: We accept only this format: explain RESOURCE');
    const format = call.flags.value('output') ?? 'plaintext';
    if (!['plaintext', 'plaintext-openapiv2'].includes(format))
      throw new KubectlError(`error: unrecognized format: ${format}`);
    if (/^\.|\.\.|\[/.test(word))
      throw new KubectlError('error: invalid jsonpath syntax, first node must be field node');
    const { resource, path } = await meant(call, word);
    const { group, kind, apiVersion } = resource;
    const document = await documentOf(call, resource);
    print(
      call,
      `${group === '' ? '' : `GROUP:      ${group}\n`}KIND:       ${kind}\nVERSION:    ${apiVersion.replace(/^.*\//, '')}\n\n`,
    );
    const root = Object.values(objectAt(document, 'components', 'schemas')).find(schema =>
      listAt(schema, 'x-kubernetes-group-version-kind').some(
        own => textAt(own, 'kind') === kind && textAt(own, 'group') === group,
      ),
    );
    const schema = path.reduce<Json | undefined>((here, name) => fieldsOf(document, here)[name] ?? missing(name), root);
    print(call, pageOf({ document, depth: call.flags.has('recursive') ? 'all' : 'one' }, schema, path.at(-1)));
    return 0;
  },
};

function missing(name: string): never {
  throw new KubectlError(`error: field ${JSON.stringify(name)} does not exist`);
}

interface Meant {
  readonly resource: ApiResource;
  /** Names of fields below it. */
  readonly path: readonly string[];
}

/** Reads `deploy.spec.replicas` and `deployments.apps.spec`. */
async function meant(call: KubectlCall, word: string): Promise<Meant> {
  const all = await discover(call);
  const [type = '', ...rest] = word.split('.');
  const resource = findResource(all, type);
  if (resource === undefined) throw new KubectlError(`the server doesn't have a resource type ${JSON.stringify(type)}`);
  const group = resource.group === '' ? [] : resource.group.split('.');
  const hasGroup = type === resource.name && group.length > 0 && group.every((part, i) => part === rest[i]);
  const path = (hasGroup ? rest.slice(group.length) : rest).filter(name => name !== '');
  const apiVersion = call.flags.value('api-version') || resource.apiVersion;
  const chosen = all.find(other => other.name === resource.name && other.apiVersion === apiVersion);
  if (chosen !== undefined) return { resource: chosen, path };
  const [version = '', inGroup = ''] = apiVersion.split('/').reverse();
  const what = `${inGroup}/${version}, Resource=${resource.name}`;
  throw new KubectlError(
    all.some(other => other.apiVersion === apiVersion)
      ? `error: GVR (${what}) not found in OpenAPI schema`
      : `error: couldn't find resource for "${what}"`,
  );
}

async function documentOf(call: KubectlCall, { group, apiVersion }: ApiResource): Promise<Json> {
  const name = group === '' ? `api/${apiVersion}` : `apis/${apiVersion}`;
  const index = await mustGet(call, '/openapi/v3');
  const url = new URL(textAt(index, 'paths', name, 'serverRelativeURL') || `/openapi/v3/${name}`, 'http://lab');
  return mustGet(call, url.pathname, Object.fromEntries(url.searchParams));
}

interface Page {
  readonly document: Json;
  /** `all`: `--recursive`. */
  readonly depth: 'one' | 'all';
}

function pageOf(page: Page, schema: Json | undefined, name: string | undefined): string {
  const values = listAt(schema, 'enum').map(value => `    ${String(value)}\n`);
  const enumText = values.length === 0 ? '\n' : `ENUM:\n${values.join('')}`;
  const field = name === undefined ? '' : `FIELD: ${name} <${typeOf(page.document, schema)}>\n${enumText}\n`;
  const about = descriptionOf(page.document, schema);
  const description = about === '' ? '    <empty>\n' : `${wrapped(about, 4)}    \n`;
  const fields = Object.keys(fieldsOf(page.document, schema)).length > 0 ? fieldsText(page, schema, 2, []) : undefined;
  return `${field}DESCRIPTION:\n${description}${fields === undefined ? '' : `FIELDS:\n${fields}`}\n`;
}

/** @param above the types that this is a part of: one that contains itself is not opened again */
function fieldsText(page: Page, schema: Json | undefined, indent: number, above: readonly string[]): string {
  const { document, depth } = page;
  const required = requiredOf(document, schema).map(String);
  const margin = ' '.repeat(indent);
  return Object.entries(fieldsOf(document, schema))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const values = listAt(field, 'enum').map(String);
      const some = `${values.slice(0, 4).join(', ')}${values.length > 4 ? ', ....' : ''}`;
      const head =
        `${margin}${name}\t<${typeOf(document, field)}>${required.includes(name) ? ' -required-' : ''}\n` +
        (values.length > 0 ? `${margin}enum: ${some}\n` : '');
      if (depth === 'one') {
        const about = descriptionOf(document, field);
        return `${head}${about === '' ? `${margin}  <no description>\n` : wrapped(about, indent + 2)}\n`;
      }
      const type = typeOf(document, field);
      return above.includes(type) ? head : `${head}${fieldsText(page, field, indent + 2, [...above, type])}`;
    })
    .join('');
}

/** The schema itself, where it only points to another. */
function resolved(document: Json, schema: Json | undefined): Json | undefined {
  const reference = textAt(schema, '$ref');
  if (reference !== '')
    return resolved(document, at(document, 'components', 'schemas', reference.split('/').at(-1) ?? ''));
  const [only, ...others] = listAt(schema, 'allOf');
  return only !== undefined && others.length === 0 && at(schema, 'properties') === undefined
    ? resolved(document, only)
    : schema;
}

/** What is inside of lists and maps. */
function contentOf(document: Json, schema: Json | undefined): Json | undefined {
  const own = resolved(document, schema);
  const inside = at(own, 'items') ?? at(own, 'additionalProperties');
  return inside === undefined || typeof inside === 'boolean' ? own : contentOf(document, inside);
}

function fieldsOf(document: Json, schema: Json | undefined): Readonly<Record<string, Json>> {
  const fields = objectAt(contentOf(document, schema), 'properties');
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, Json][] => (field === undefined ? [] : [[name, field]])),
  );
}

function requiredOf(document: Json, schema: Json | undefined): readonly Json[] {
  const required = at(contentOf(document, schema), 'required');
  return isJsonArray(required) ? required : [];
}

function descriptionOf(document: Json, schema: Json | undefined): string {
  return textAt(schema, 'description') || textAt(resolved(document, schema), 'description');
}

/** `[]Container`, `map[string]string`, `integer`. */
function typeOf(document: Json, schema: Json | undefined): string {
  const items = at(schema, 'items');
  if (items !== undefined) return `[]${typeOf(document, items)}`;
  const members = at(schema, 'additionalProperties');
  if (members !== undefined && typeof members !== 'boolean') return `map[string]${typeOf(document, members)}`;
  const [only, ...others] = listAt(schema, 'allOf');
  if (only !== undefined && others.length === 0) return typeOf(document, only);
  const reference = textAt(schema, '$ref');
  const type = textAt(reference === '' ? schema : resolved(document, schema), 'type');
  if (type !== '' && type !== 'object') return type;
  return reference === '' ? 'Object' : (reference.split('.').at(-1) ?? '');
}

/** Text in lines of at most 76 letters. */
function wrapped(text: string, indent: number): string {
  const lines = text.split('\n').flatMap(paragraph => {
    const wrap: string[] = [];
    for (const word of paragraph.split(' ')) {
      const last = wrap.at(-1);
      if (last !== undefined && last.length + word.length < 76) wrap[wrap.length - 1] = `${last} ${word}`;
      else wrap.push(word);
    }
    return wrap;
  });
  return lines.map(line => `${' '.repeat(indent)}${line}\n`).join('');
}
