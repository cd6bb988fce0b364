// kubectl get.
//
// Omits:   kustomizations.
// Read:    kubectl pkg/cmd/get/get.go.

import type { Json, JsonObject } from '../../sim/index.ts';
import { relaxedPath } from './customColumns.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import { FILES, PRINT, SELECTOR } from './flagGroups.ts';
import type { FlagTable } from './flags.ts';
import { formatOf, type ObjectFormat, objectText } from './formats.ts';
import { JsonPathError } from './jsonPath.ts';
import { JsonPathSyntaxError } from './jsonPathParse.ts';
import { closingMessages } from './manifests.ts';
import { printRaw } from './raw.ts';
import { type ApiResource, qualifiedKind } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError } from './session.ts';
import { sortBy } from './sortBy.ts';
import { plainTable, type TableOptions, tableText } from './tablePrinter.ts';
import { growingColumns, TABLE_STYLE } from './tabwriter.ts';
import { objectsIn, type Visit, type Visited, visitAll, visitsOf } from './visits.ts';
import { watchObjects } from './watch.ts';

export const GET_FLAGS: FlagTable = {
  ...PRINT,
  ...FILES,
  ...SELECTOR,
  'all-namespaces': { short: 'A', kind: 'flag' },
  'chunk-size': { kind: 'number', initial: '500' },
  'field-selector': { kind: 'value' },
  'ignore-not-found': { kind: 'flag' },
  'label-columns': { short: 'L', kind: 'words' },
  'no-headers': { kind: 'flag' },
  'output-watch-events': { kind: 'flag' },
  raw: { kind: 'value' },
  'server-print': { kind: 'flag', initial: 'true' },
  'show-kind': { kind: 'flag' },
  'show-labels': { kind: 'flag' },
  'sort-by': { kind: 'value' },
  subresource: { kind: 'value' },
  watch: { short: 'w', kind: 'flag' },
  'watch-only': { kind: 'flag' },
};

const AS_TABLE =
  'application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json';

export async function get(call: KubectlCall): Promise<number> {
  const { flags } = call;
  checkFlags(call);
  const raw = flags.value('raw') ?? '';
  if (raw !== '') return printRaw(call, raw);
  const format = formatOf(call, 'get');
  const isWatch = flags.has('watch') || flags.has('watch-only');
  const { visits, isSingle, problems } = await visitsOf(call, 'everything');
  if (isWatch) return watchObjects(call, visits, format, tableOptions(call, visits, []));
  const isTable = format.kind === 'table';
  const sorted = flags.value('sort-by') ?? '';
  const query: Record<string, string> = isTable && sorted !== '' ? { includeObject: 'Object' } : {};
  const subresource = flags.value('subresource') || undefined;
  const { visited, refusals } = await visitAll(call, visits, {
    accept: isTable && flags.value('server-print') !== 'false' ? AS_TABLE : 'application/json',
    query,
    ...(subresource !== undefined && { subresource }),
    ...(flags.has('ignore-not-found') && { ignores: 'not-found' }),
  });
  const all = [...problems, ...refusals];
  const code =
    format.kind === 'table'
      ? printTables(call, visited, all.length > 0)
      : printObjects(call, visited, format, isSingle, all.length > 0);
  // Rows are printed whatever else went wrong, and all that went wrong is told in one form.
  const told = format.kind === 'table' ? all.map(({ among }) => `${among}\n`).join('') : closingMessages(all);
  printError(call, told);
  return all.length > 0 ? 1 : code;
}

function checkFlags(call: KubectlCall): void {
  const { flags } = call;
  const refuse = (message: string): never => {
    throw new KubectlError(message);
  };
  if ((flags.value('raw') ?? '') !== '') {
    if (flags.has('watch') || flags.has('watch-only') || flags.list('label-columns').length > 0)
      refuse('error: --raw may not be specified with other flags that filter the server request or alter the output');
    if (flags.list('filename').length + flags.words.length > 0 && flags.words.length > 0)
      refuse('error: arguments may not be passed when --raw is specified');
    if ((flags.value('output') ?? '') !== '') refuse('error: --raw and --output are mutually exclusive');
    return;
  }
  const output = flags.value('output') ?? '';
  if (flags.has('show-labels') && output !== '' && output !== 'wide')
    refuse(`error: --show-labels option cannot be used with ${output} printer`);
  if (flags.has('output-watch-events') && !(flags.has('watch') || flags.has('watch-only')))
    refuse('error: --output-watch-events option can only be used with --watch or --watch-only');
  if (flags.words.length === 0 && flags.list('filename').length === 0)
    refuse(
      'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\n' +
        'error: Required resource not specified.\n' +
        'Use "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\n' +
        "See 'kubectl get -h' for help and examples",
    );
}

function tableOptions(
  call: KubectlCall,
  visits: readonly Visit[],
  visited: readonly Visited[],
): (resource: ApiResource) => TableOptions {
  const { flags } = call;
  const shown = visited.length > 0 ? visited.map(({ visit }) => visit) : visits;
  const isMixed = new Set(shown.map(visit => visit.resource)).size > 1;
  return resource => ({
    wide: flags.value('output') === 'wide',
    withNamespace: flags.has('all-namespaces') && resource.namespaced,
    headers: flags.has('no-headers') ? 'hidden' : 'shown',
    ...((isMixed || flags.has('show-kind')) && { kindPrefix: qualifiedKind(resource) }),
    labelColumns: flags.list('label-columns'),
    showLabels: flags.has('show-labels'),
  });
}

function printTables(call: KubectlCall, visited: readonly Visited[], hasRefusals: boolean): number {
  const { flags } = call;
  const groups: { readonly resource: ApiResource; table: JsonObject }[] = [];
  checkSortField(call, visited);
  for (const one of visited) {
    const table = sortedTable(call, tableOf(call, one));
    const last = groups.at(-1);
    if (last?.resource === one.visit.resource)
      last.table = { ...last.table, rows: [...listAt(last.table, 'rows'), ...listAt(table, 'rows')] };
    else groups.push({ resource: one.visit.resource, table });
  }
  const options = tableOptions(call, [], visited);
  const texts = groups
    .map(({ resource, table }) => tableText(table, options(resource), growingColumns(TABLE_STYLE)))
    .filter(text => text !== '');
  print(call, texts.join(flags.has('no-headers') ? '' : '\n'));
  if (texts.length === 0 && !hasRefusals && !flags.has('ignore-not-found')) {
    const isNamespaced = !flags.has('all-namespaces') && visited.every(({ visit }) => visit.resource.namespaced);
    printError(call, isNamespaced ? `No resources found in ${call.namespace} namespace.\n` : 'No resources found\n');
  }
  return 0;
}

/** The server's Table, or one of names and ages when it sent something else. */
function tableOf(call: KubectlCall, one: Visited): JsonObject {
  const body = objectAt(one.body);
  return textAt(body, 'kind') === 'Table' ? body : objectAt(plainTable(objectsIn(one), call.context.lab.now));
}

/** Several answers are sorted each for itself, after a look for the field in the answers themselves. */
function checkSortField(call: KubectlCall, visited: readonly Visited[]): void {
  const field = call.flags.value('sort-by') ?? '';
  if (field === '' || visited.length < 2) return;
  const path = relaxedPath(field) ?? field;
  if (trySort(path, visited, ({ body }) => body).kind === 'no-such-field') throw noSuchField(path);
}

/** A field that no row has, or that is none at all, leaves nothing to print: `kubectl get` does not say why. */
function sortedTable(call: KubectlCall, table: JsonObject): JsonObject {
  const field = call.flags.value('sort-by') ?? '';
  if (field === '' || isOneObject(call)) return table;
  const path = relaxedPath(field);
  if (path === undefined) return { ...table, rows: [] };
  try {
    const sorted = sortBy(listAt(table, 'rows'), path, row => objectAt(row, 'object'));
    return { ...table, rows: sorted.kind === 'sorted' ? sorted.items : [] };
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof JsonPathSyntaxError) return { ...table, rows: [] };
    throw error;
  }
}

function isOneObject({ flags }: KubectlCall): boolean {
  return flags.words.length === 2 || flags.words.join('').includes('/');
}

function trySort<T>(path: string, items: readonly T[], objectOf: (item: T) => Json): ReturnType<typeof sortBy<T>> {
  try {
    return sortBy(items, path, objectOf);
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof JsonPathSyntaxError)
      throw new KubectlError(`error: ${error.message}`);
    throw error;
  }
}

function noSuchField(path: string): KubectlError {
  return new KubectlError(`error: couldn't find any field with path ${JSON.stringify(path)} in the list of objects`);
}

function printObjects(
  call: KubectlCall,
  visited: readonly Visited[],
  format: ObjectFormat,
  isSingle: boolean,
  hasRefusals: boolean,
): number {
  const { flags } = call;
  const objects = visited.flatMap(objectsIn);
  if (objects.length === 0 && flags.has('ignore-not-found')) return 0;
  const [only] = objects;
  if (isSingle && hasRefusals) return 1;
  if (isSingle && only !== undefined && objects.length === 1) {
    print(call, objectText(only, format));
    return 0;
  }
  const field = flags.value('sort-by') ?? '';
  const items = field === '' || objects.length === 0 ? objects : sortedObjects(objects, field);
  print(call, objectText({ apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }, format));
  return 0;
}

function sortedObjects(objects: readonly Json[], field: string): readonly Json[] {
  const path = relaxedPath(field);
  if (path === undefined)
    throw new KubectlError(
      "error: unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  const sorted = trySort(path, objects, object => object);
  if (sorted.kind === 'no-such-field') throw noSuchField(path);
  return sorted.items;
}
