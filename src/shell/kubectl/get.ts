// kubectl get.
//
// Read:    kubectl pkg/cmd/get/get.go.

import type { ApiResponse, Json, JsonObject } from '../../sim/index.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { objectText, readFormat } from './formats.ts';
import { closingMessages, manifestsOf } from './manifests.ts';
import { type ApiResource, type Chosen, chooseResources, pathOf, qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError, printWarnings, serverRefusal } from './session.ts';
import { tableText } from './tablePrinter.ts';

export const GET_FLAGS: FlagTable = {
  output: { short: 'o', kind: 'value' },
  'all-namespaces': { short: 'A', kind: 'flag' },
  selector: { short: 'l', kind: 'value' },
  'field-selector': { kind: 'value' },
  'show-labels': { kind: 'flag' },
  'label-columns': { short: 'L', kind: 'list' },
  'no-headers': { kind: 'flag' },
  'ignore-not-found': { kind: 'flag' },
  'show-kind': { kind: 'flag' },
  filename: { short: 'f', kind: 'list' },
  watch: { short: 'w', kind: 'flag' },
};

const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json';

export async function get(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.has('watch'))
    throw new KubectlError(
      'error: this terminal does not keep a watch open (-w): run the command again, or open Events',
    );
  const chosen = await chosenOf(call);
  if (flags.value('selector') !== undefined && chosen.some(choice => choice.name !== undefined))
    throw new KubectlError('error: name cannot be provided when a selector is specified');
  const format = readFormat(flags.value('output'));
  return format.kind === 'table'
    ? printTables(call, chosen, format.width)
    : printObjects(call, chosen, value => objectText(value, format), format.kind);
}

async function chosenOf(call: KubectlCall): Promise<readonly (Chosen & { readonly namespace?: string })[]> {
  if (call.flags.list('filename').length === 0) {
    if (call.flags.words.length === 0)
      throw new KubectlError(
        'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
          'error: Required resource not specified.\n' +
          'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
          "See 'kubectl get -h' for help and examples",
      );
    return chooseResources(call, call.flags.words);
  }
  const read = await manifestsOf(call, call.flags.list('filename'));
  for (const problem of read.problems) printError(call, `${problem.alone}\n`);
  return read.manifests.map(({ object, resource }) => ({
    resource,
    name: textAt(object, 'metadata', 'name'),
    namespace: textAt(object, 'metadata', 'namespace') || call.namespace,
  }));
}

interface Answer {
  readonly resource: ApiResource;
  readonly body: Json;
}

/** Asks for everything that was chosen; refusals are collected, as kubectl goes on after them. */
async function fetchAll(
  call: KubectlCall,
  chosen: readonly (Chosen & { readonly namespace?: string })[],
  accept: string,
): Promise<{ readonly answers: readonly Answer[]; readonly refusals: readonly ApiResponse[] }> {
  const { flags } = call;
  const answers: Answer[] = [];
  const refusals: ApiResponse[] = [];
  const query = {
    ...(flags.value('selector') !== undefined && { labelSelector: flags.value('selector') ?? '' }),
    ...(flags.value('field-selector') !== undefined && { fieldSelector: flags.value('field-selector') ?? '' }),
  };
  for (const { resource, name, namespace } of chosen) {
    if (flags.has('all-namespaces') && name !== undefined)
      throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
    const path = pathOf(resource, flags.has('all-namespaces') ? undefined : (namespace ?? call.namespace), name);
    const response = await call.context.request({
      method: 'GET',
      path,
      query: name === undefined ? query : {},
      headers: { accept },
    });
    printWarnings(call, response);
    if (response.status < 400) answers.push({ resource, body: response.body });
    else if (!(response.status === 404 && flags.has('ignore-not-found'))) refusals.push(response);
  }
  return { answers, refusals };
}

async function printTables(
  call: KubectlCall,
  chosen: readonly (Chosen & { readonly namespace?: string })[],
  width: 'normal' | 'wide',
): Promise<number> {
  const { flags } = call;
  const { answers, refusals } = await fetchAll(call, chosen, AS_TABLE);
  const groups: { resource: ApiResource; table: JsonObject }[] = [];
  for (const { resource, body } of answers) {
    const last = groups.at(-1);
    const table = objectAt(body);
    if (last?.resource === resource)
      last.table = { ...last.table, rows: [...listAt(last.table, 'rows'), ...listAt(table, 'rows')] };
    else groups.push({ resource, table });
  }
  const filled = groups.filter(({ table }) => listAt(table, 'rows').length > 0);
  const kinds = new Set(chosen.map(choice => choice.resource));
  const showsKind = kinds.size > 1 || flags.has('show-kind');
  const texts = filled.map(({ resource, table }) =>
    tableText(table, {
      wide: width === 'wide',
      withNamespace: flags.has('all-namespaces') && resource.namespaced,
      headers: flags.has('no-headers') ? 'hidden' : 'shown',
      ...(showsKind && { kindPrefix: qualifiedKind(resource) }),
      labelColumns: flags.list('label-columns').flatMap(keys => keys.split(',')),
      showLabels: flags.has('show-labels'),
    }),
  );
  print(call, texts.join(flags.has('no-headers') ? '' : '\n'));
  if (texts.length === 0 && refusals.length === 0 && !flags.has('ignore-not-found'))
    printError(call, nothingFound(call, chosen));
  return printRefusals(call, refusals);
}

function nothingFound(call: KubectlCall, chosen: readonly Chosen[]): string {
  const isNamespaced = chosen.some(choice => choice.resource.namespaced) && !call.flags.has('all-namespaces');
  return isNamespaced ? `No resources found in ${call.namespace} namespace.\n` : 'No resources found\n';
}

function printRefusals(call: KubectlCall, refusals: readonly ApiResponse[]): number {
  printError(call, closingMessages(refusals.map(refusal => serverRefusal(refusal))));
  return refusals.length > 0 ? 1 : 0;
}

async function printObjects(
  call: KubectlCall,
  chosen: readonly (Chosen & { readonly namespace?: string })[],
  text: (value: Json) => string,
  format: 'yaml' | 'json' | 'name' | 'jsonpath',
): Promise<number> {
  const { answers, refusals } = await fetchAll(call, chosen, 'application/json');
  const objects = answers.flatMap(({ resource, body }): readonly Json[] =>
    textAt(body, 'kind').endsWith('List')
      ? listAt(body, 'items').map(item => ({ apiVersion: resource.apiVersion, kind: resource.kind, ...objectAt(item) }))
      : [body],
  );
  const [only] = objects;
  const isSingle = chosen.length === 1 && chosen[0]?.name !== undefined;
  if (format === 'name') print(call, objects.map(text).join(''));
  else if (isSingle) {
    if (only !== undefined) print(call, text(only));
  } else if (refusals.length === 0 || objects.length > 0)
    print(call, text({ apiVersion: 'v1', items: objects, kind: 'List', metadata: { resourceVersion: '' } }));
  return printRefusals(call, refusals);
}
