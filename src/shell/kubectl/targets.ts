// The objects that a writing verb is about: `deploy/web`, `pods a b`, `pods -l app=web`, `pods --all`, `-f web.yaml`.
//
// Read:    k8s.io/cli-runtime pkg/resource/builder.go, whose errors these are.

import { isJsonObject, type JsonObject } from '../../sim/index.ts';
import { listAt, textAt } from './fields.ts';
import { manifestsOf } from './manifests.ts';
import { type ApiResource, discover, findResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, printWarnings, type Refusal, serverRefusal } from './session.ts';

/** One object, as the verb goes about it. */
export interface Target {
  readonly resource: ApiResource;
  /** Absent for what belongs to no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** As the server has it, as the file has it, or just its name; see {@link Choice.as}. */
  readonly object: JsonObject;
  /** The file's name as messages have it; empty for what the command line names. */
  readonly source: string;
}

export interface Targets {
  readonly targets: readonly Target[];
  readonly problems: readonly Refusal[];
}

/** How objects are chosen. */
export interface Choice {
  /** Words that name kinds and objects. */
  readonly words: readonly string[];
  /**
   * - `live`: asked for at the server, those of files too.
   * - `written`: of files as it stands there, others as the server has them.
   * - `named`: objects of the command line are not asked for.
   */
  readonly as: 'live' | 'written' | 'named';
  /** `all`: a kind without names means all its objects. */
  readonly kindAlone?: 'all' | 'refused';
}

const SPECIFICATIONS =
  "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n   '<resource> <name>'\n   '<resource>'";

/** @throws KubectlError when the words do not fit together; objects that are not there are problems. */
export async function targetsOf(call: KubectlCall, { words, as, kindAlone }: Choice): Promise<Targets> {
  const { flags } = call;
  const hasFiles = flags.list('filename').length > 0 || flags.value('kustomize') !== undefined;
  const selector = flags.value('selector') ?? '';
  const fieldSelector = flags.value('field-selector') ?? '';
  const isSelected = flags.has('all') || selector !== '' || fieldSelector !== '';
  if (flags.has('all') && (selector !== '' || fieldSelector !== ''))
    throw new KubectlError("error: setting 'all' parameter but found a non empty selector. ");
  if (hasFiles) {
    if (words.length > 0)
      throw new KubectlError(
        words.some(word => word.includes('/'))
          ? 'error: resource/name arguments cannot be provided when a path is specified'
          : 'error: when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    return fromFiles(call, as);
  }
  const isPairs = words.some(word => word.includes('/'));
  if (isPairs && !words.every(word => word.includes('/')))
    throw new KubectlError(
      "error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
    );
  if (isPairs) {
    const pairs = words.map(pairOf);
    if (isSelected)
      throw new KubectlError('error: selectors and the all flag cannot be used when passing resource/name arguments');
    const all = await discover(call);
    return byName(
      call,
      as,
      pairs.map(([type, name]) => [resourceNamed(all, type), name]),
    );
  }
  const [types = '', ...names] = words;
  const isWhole = isSelected || (words.length === 1 && kindAlone === 'all');
  if (isSelected && names.length > 0)
    throw new KubectlError('error: name cannot be provided when a selector is specified');
  if (types === '')
    throw new KubectlError(
      isSelected
        ? 'error: at least one resource must be specified to use a selector'
        : `error: You must provide one or more resources by argument or filename.\n${SPECIFICATIONS}`,
    );
  const all = await discover(call);
  const resources = types.split(',').flatMap(type => {
    const members = all.filter(({ categories }) => categories.includes(type));
    return members.length > 0 ? members : [resourceNamed(all, type)];
  });
  if (isWhole) return bySelector(call, resources, { selector, fieldSelector });
  if (names.length === 0) throw new KubectlError('error: resource(s) were provided, but no name was specified');
  return byName(
    call,
    as,
    resources.flatMap(resource => names.map((name): NamedTarget => [resource, name])),
  );
}

/** The same for verbs that do nothing when anything is wrong. */
export async function allTargetsOf(call: KubectlCall, choice: Choice): Promise<readonly Target[]> {
  const { targets, problems } = await targetsOf(call, choice);
  const [only] = problems;
  if (only === undefined) return targets;
  throw new KubectlError(problems.length === 1 ? only.alone : problems.map(({ among }) => among).join('\n'));
}

type NamedTarget = readonly [ApiResource, string];

function pairOf(word: string): readonly [string, string] {
  const [type = '', name = '', ...rest] = word.split('/');
  if (rest.length > 0)
    throw new KubectlError('error: arguments in resource/name form may not have more than one slash');
  if (type === '' || name === '' || type.includes(','))
    throw new KubectlError('error: arguments in resource/name form must have a single resource and name');
  return [type, name];
}

function resourceNamed(all: readonly ApiResource[], type: string): ApiResource {
  const resource = findResource(all, type);
  if (resource === undefined)
    throw new KubectlError(`error: the server doesn't have a resource type ${JSON.stringify(type)}`);
  return resource;
}

async function fromFiles(call: KubectlCall, as: Choice['as']): Promise<Targets> {
  const read = await manifestsOf(call);
  const problems = [...read.problems];
  const targets: Target[] = [];
  for (const { object, resource, namespace, source } of read.manifests) {
    const target = { resource, namespace, name: textAt(object, 'metadata', 'name'), object, source };
    const found = as === 'live' ? await fetched(call, target) : target;
    if ('among' in found) problems.push(found);
    else targets.push(found);
  }
  return { targets, problems };
}

async function byName(call: KubectlCall, as: Choice['as'], named: readonly NamedTarget[]): Promise<Targets> {
  if (call.flags.has('all-namespaces'))
    throw new KubectlError('error: a resource cannot be retrieved by name across all namespaces');
  const problems: Refusal[] = [];
  const targets: Target[] = [];
  for (const [resource, name] of named) {
    const namespace = resource.namespaced ? call.namespace : undefined;
    const target: Target = { resource, namespace, name, object: {}, source: '' };
    const found = as === 'named' ? target : await fetched(call, target);
    if ('among' in found) problems.push(found);
    else targets.push(found);
  }
  return { targets, problems };
}

async function fetched(call: KubectlCall, target: Target): Promise<Target | Refusal> {
  const { resource, namespace, name } = target;
  const response = await call.context.request({ method: 'GET', path: pathOf(resource, namespace, name) });
  printWarnings(call, response);
  if (response.status >= 400 || !isJsonObject(response.body)) return serverRefusal(response);
  return { ...target, object: response.body };
}

async function bySelector(
  call: KubectlCall,
  resources: readonly ApiResource[],
  { selector, fieldSelector }: { readonly selector: string; readonly fieldSelector: string },
): Promise<Targets> {
  const problems: Refusal[] = [];
  const targets: Target[] = [];
  const query = {
    ...(selector !== '' && { labelSelector: selector }),
    ...(fieldSelector !== '' && { fieldSelector }),
  };
  for (const resource of resources) {
    const within = resource.namespaced && !call.flags.has('all-namespaces') ? call.namespace : undefined;
    const response = await call.context.request({ method: 'GET', path: pathOf(resource, within), query });
    printWarnings(call, response);
    if (response.status >= 400) {
      problems.push(serverRefusal(response));
      continue;
    }
    for (const item of listAt(response.body, 'items')) {
      if (!isJsonObject(item)) continue;
      const { apiVersion, kind } = resource;
      targets.push({
        resource,
        namespace: resource.namespaced ? textAt(item, 'metadata', 'namespace') : undefined,
        name: textAt(item, 'metadata', 'name'),
        // Items of a list do not say what they are.
        object: { apiVersion, kind, ...item },
        source: '',
      });
    }
  }
  return { targets, problems };
}
