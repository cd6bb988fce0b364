// What a reading verb visits: collections, or single objects by their names or files.
//
// Omits:   selectors together with files.
// Read:    k8s.io/cli-runtime pkg/resource/builder.go, `visitorResult`; selector.go.

import type { ApiResponse, Json } from '../../sim/index.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import { manifestsOf } from './manifests.ts';
import { type ApiResource, pathOf, readWords } from './resources.ts';
import { type KubectlCall, KubectlError, printWarnings, type Refusal, serverRefusal } from './session.ts';

/** One request: a collection, or an object when there is a name. */
export interface Visit {
  readonly resource: ApiResource;
  /** Absent: all namespaces, or none. */
  readonly namespace?: string;
  readonly name?: string;
}

export interface Visits {
  readonly visits: readonly Visit[];
  /** One object was named, and nothing else: it is printed alone, not as a list. */
  readonly isSingle: boolean;
  readonly problems: readonly Refusal[];
}

/**
 * @param call its words, `-f`, `-l`, `--field-selector` and `-A`
 * @param bare what a type without names and selectors means: everything there is, or a refusal
 * @throws KubectlError
 */
export async function visitsOf(call: KubectlCall, bare: 'everything' | 'refused'): Promise<Visits> {
  const { flags } = call;
  const filenames = flags.list('filename');
  if ((flags.value('kustomize') ?? '') !== '')
    throw new KubectlError(
      filenames.length > 0
        ? 'error: only one of -f or -k can be specified'
        : 'error: the kubectl of this lab builds no kustomizations: give the files with -f',
    );
  if (filenames.length > 0) return fileVisits(call, filenames);
  const read = await readWords(call, flags.words);
  const hasSelector = (flags.value('selector') ?? '') !== '' || (flags.value('field-selector') ?? '') !== '';
  const isAll = flags.has('all-namespaces');
  const inNamespace = (resource: ApiResource): Pick<Visit, 'namespace'> =>
    resource.namespaced && !isAll ? { namespace: call.namespace } : {};
  const named = (resource: ApiResource, name: string): Visit => {
    if (isAll && resource.namespaced)
      throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
    return { resource, name, ...inNamespace(resource) };
  };
  if (read.kind === 'tuples') {
    if (hasSelector)
      throw new KubectlError('error: selectors and the all flag cannot be used when passing resource/name arguments');
    const visits = read.chosen.map(({ resource, name }) => named(resource, name));
    return { visits, isSingle: visits.length === 1, problems: [] };
  }
  const { resources, names } = read;
  if (hasSelector && names.length > 0)
    throw new KubectlError('error: name cannot be provided when a selector is specified');
  if (hasSelector && resources.length === 0)
    throw new KubectlError('error: at least one resource must be specified to use a selector');
  if (names.length === 0) {
    if (bare === 'refused' && !hasSelector)
      throw new KubectlError('error: resource(s) were provided, but no name was specified');
    const visits = resources.map(resource => ({ resource, ...inNamespace(resource) }));
    return { visits, isSingle: false, problems: [] };
  }
  const visits = resources.flatMap(resource => names.map(name => named(resource, name)));
  return { visits, isSingle: names.length === 1, problems: [] };
}

async function fileVisits(call: KubectlCall, filenames: readonly string[]): Promise<Visits> {
  const { flags } = call;
  if (flags.words.length > 0)
    throw new KubectlError(
      'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
    );
  const { manifests, problems } = await manifestsOf(call, filenames);
  const given = flags.value('namespace');
  const visits = manifests.map(({ object, resource }): Visit => {
    const name = textAt(object, 'metadata', 'name');
    if (!resource.namespaced) return { resource, name };
    const own = textAt(object, 'metadata', 'namespace');
    if (given !== undefined && own !== '' && own !== given)
      throw new KubectlError(
        `error: the namespace from the provided object "${own}" does not match the namespace "${given}". You must pass '--namespace=${own}' to perform this operation.`,
      );
    return { resource, name, namespace: own || call.namespace };
  });
  return { visits, isSingle: filenames.length === 1 && !filenames.includes('-'), problems };
}

/** What came of one visit. */
export type Visited = { readonly visit: Visit; readonly body: Json };

export interface VisitOptions {
  readonly accept: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly subresource?: string;
  readonly ignores?: 'not-found';
}

/** Asks for everything; refusals are collected, as kubectl goes on after them. Long lists come in parts. */
export async function visitAll(
  call: KubectlCall,
  visits: readonly Visit[],
  options: VisitOptions,
): Promise<{ readonly visited: readonly Visited[]; readonly refusals: readonly Refusal[] }> {
  const visited: Visited[] = [];
  const refusals: Refusal[] = [];
  for (const visit of visits) {
    for await (const response of answersTo(call, visit, options)) {
      printWarnings(call, response);
      if (response.status < 400) visited.push({ visit, body: response.body });
      else if (response.status !== 404 || options.ignores === undefined)
        refusals.push(serverRefusal(visit.name === undefined ? withSelector(call, visit, response) : response));
    }
  }
  return { visited, refusals };
}

async function* answersTo(
  call: KubectlCall,
  { resource, namespace, name }: Visit,
  { accept, query = {}, subresource }: VisitOptions,
): AsyncGenerator<ApiResponse> {
  const path = `${pathOf(resource, namespace, name)}${subresource === undefined ? '' : `/${subresource}`}`;
  const headers = { accept };
  if (name !== undefined) {
    yield call.context.request({ method: 'GET', path, query, headers });
    return;
  }
  const { flags } = call;
  const limit = flags.has('sort-by') ? '0' : (flags.value('chunk-size') ?? '500');
  let from = '';
  do {
    const response = await call.context.request({
      method: 'GET',
      path,
      headers,
      query: {
        ...query,
        ...(flags.value('selector') !== undefined && { labelSelector: flags.value('selector') ?? '' }),
        ...(flags.value('field-selector') !== undefined && { fieldSelector: flags.value('field-selector') ?? '' }),
        ...(limit !== '0' && { limit }),
        ...(from !== '' && { continue: from }),
      },
    });
    yield response;
    from = response.status < 400 ? textAt(response.body, 'metadata', 'continue') : '';
  } while (from !== '');
}

/** A refused list names what was looked for. Source: selector.go, `Visit`. */
function withSelector(call: KubectlCall, { resource }: Visit, response: ApiResponse): ApiResponse {
  if (response.status !== 400 && response.status !== 404) return response;
  const group = resource.apiVersion.includes('/') ? resource.apiVersion : `/${resource.apiVersion}`;
  const what = JSON.stringify(`${group}, Resource=${resource.name}`);
  const labels = call.flags.value('selector') ?? '';
  const fields = call.flags.value('field-selector') ?? '';
  const message = textAt(response.body, 'message');
  const said =
    labels === '' && fields === ''
      ? `Unable to list ${what}: ${message}`
      : `Unable to find ${what} that match label selector ${JSON.stringify(labels)}, field selector ${JSON.stringify(fields)}: ${message}`;
  return { ...response, body: { ...objectAt(response.body), message: said } };
}

/** The objects of an answer that is no Table: a list's members with their kind, or the object itself. */
export function objectsIn({ visit: { resource, name }, body }: Visited): readonly Json[] {
  if (name !== undefined) return [body];
  return listAt(body, 'items').map(item => ({
    apiVersion: resource.apiVersion,
    kind: resource.kind,
    ...objectAt(item),
  }));
}
