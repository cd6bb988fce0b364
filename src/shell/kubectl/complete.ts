// Completion of kubectl's words: verbs and their subcommands, kinds, names, containers, flags and their values.
//
// Models:  what kubectl's own completion offers, with plain plural names, and short names that were typed.
// Read:    kubectl pkg/util/completion; `kubectl __complete`.

import type { CommandContext } from '../command.ts';
import { listAt, textAt } from './fields.ts';
import { type Flags, type FlagTable, GLOBAL_FLAGS, parseFlags } from './flags.ts';
import { contextNames } from './kubeconfig.ts';
import { discover, findResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet } from './session.ts';
import type { Verb } from './verb.ts';

/** @param words what stands after `kubectl`; the last one is being typed */
export async function completeKubectl(
  words: readonly string[],
  context: CommandContext,
  verbs: Readonly<Record<string, Verb>>,
): Promise<readonly string[]> {
  try {
    return await wordsFor(words, context, verbs);
  } catch (error) {
    // The server has refused something: then there is nothing to offer.
    if (error instanceof KubectlError) return [];
    throw error;
  }
}

async function wordsFor(
  words: readonly string[],
  context: CommandContext,
  verbs: Readonly<Record<string, Verb>>,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const [name = ''] = words;
  if (words.length <= 1 || (name === 'help' && words.length === 2)) return Object.keys(verbs);
  const found = verbOf(verbs, words.slice(0, -1));
  if (found === undefined || found.rest.includes('--')) return [];
  const { verb, path, rest } = found;
  const table: FlagTable = { ...GLOBAL_FLAGS, ...verb.flags };
  const before = flagOf(words.at(-2) ?? '', table);
  // A flag that still waits for its value is none yet.
  const parsed = parseFlags(before === undefined ? rest : rest.slice(0, -1), verb.flags);
  const flags = parsed.kind === 'parsed' ? parsed.flags : undefined;
  const ask = questionsTo(context, flags?.value('namespace') ?? 'default', flags?.has('all-namespaces') === true);
  if (before !== undefined) return valuesOf(before, context, flags?.words ?? [], ask);
  if (typed.startsWith('-')) return Object.keys(table).map(flag => `--${flag}`);
  if (flags === undefined) return [];
  if (verb.subcommands !== undefined && flags.words.length === 0) return Object.keys(verb.subcommands);
  return argumentsOf(path, typed, flags.words, ask);
}

interface FoundVerb {
  readonly verb: Verb;
  /** `rollout status` */
  readonly path: string;
  /** What stands behind its name. */
  readonly rest: readonly string[];
}

function verbOf(verbs: Readonly<Record<string, Verb>>, words: readonly string[]): FoundVerb | undefined {
  const [name = '', ...rest] = words;
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) return undefined;
  const below = verb.subcommands && verbOf(verb.subcommands, rest);
  return below === undefined ? { verb, path: name, rest } : { ...below, path: `${name} ${below.path}` };
}

/** The flag that waits for a value: the long name of `-n`, `--namespace`. */
function flagOf(word: string, table: FlagTable): string | undefined {
  const name = word.startsWith('--')
    ? word.slice(2)
    : Object.keys(table).find(flag => word === `-${table[flag]?.short ?? ''}` && word !== '-');
  const spec = name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined;
  return spec === undefined || spec.kind === 'flag' || spec.bare !== undefined ? undefined : name;
}

/** What the server is asked. */
interface Questions {
  names(kind: string): Promise<readonly string[]>;
  kinds(typed: string): Promise<readonly string[]>;
  containers(pod: string): Promise<readonly string[]>;
}

function questionsTo(context: CommandContext, namespace: string, everywhere: boolean): Questions {
  const flags: Flags = { words: [], has: () => false, value: () => undefined, list: () => [], given: [] };
  const call: KubectlCall = { flags, context: { ...context, output: { write: () => undefined } }, namespace };
  return {
    async names(kind) {
      const resource = findResource(await discover(call), kind);
      if (resource === undefined) return [];
      const list = await mustGet(call, pathOf(resource, everywhere ? undefined : namespace));
      return listAt(list, 'items').map(item => textAt(item, 'metadata', 'name'));
    },
    async kinds(typed) {
      // Every command of kubectl completes kinds with what `api-resources --verbs=get` lists. The short name that was
      // typed is right as it is; otherwise the full names are offered.
      return (await discover(call))
        .filter(({ verbs }) => verbs.includes('get'))
        .flatMap(({ name, shortNames }) => [name, ...shortNames.filter(short => short === typed)]);
    },
    async containers(pod) {
      const object = await mustGet(call, `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod)}`);
      return [...listAt(object, 'spec', 'containers'), ...listAt(object, 'spec', 'initContainers')].map(one =>
        textAt(one, 'name'),
      );
    },
  };
}

const FORMATS =
  'wide yaml json name jsonpath= jsonpath-as-json= jsonpath-file= custom-columns= custom-columns-file= go-template= go-template-file='.split(
    ' ',
  );
const VALUES: Readonly<Record<string, readonly string[]>> = {
  output: FORMATS,
  for: ['condition=', 'create', 'delete', 'jsonpath='],
  types: ['Normal', 'Warning'],
  'sort-by': ['.metadata.creationTimestamp', '.metadata.name'],
  restart: ['Always', 'Never', 'OnFailure'],
  type: ['json', 'merge', 'strategic'],
  subresource: ['scale', 'status'],
};

async function valuesOf(
  flag: string,
  context: CommandContext,
  words: readonly string[],
  ask: Questions,
): Promise<readonly string[]> {
  switch (flag) {
    case 'filename':
      return [...context.files.keys(), '-'];
    case 'namespace':
      return ask.names('namespaces');
    case 'context':
    case 'cluster':
      return contextNames();
    case 'container':
      return ask.containers((words[0] ?? '').replace(/^pods?\//, ''));
    default:
      return VALUES[flag] ?? [];
  }
}

/** Kinds whose Pods `logs` and `exec` find. */
const OWNERS = ['daemonsets/', 'deployments/', 'jobs/', 'replicasets/', 'services/', 'statefulsets/'];
/** Kinds that a verb takes; other verbs take all. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  scale: ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'],
  autoscale: ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'],
  expose: ['pod', 'service', 'replicationcontroller', 'deployment', 'replicaset'],
  taint: ['node'],
};
const TYPE_VERBS = 'get describe delete label annotate patch edit wait explain'.split(' ');
const POD_VERBS = 'logs exec attach port-forward debug cp'.split(' ');
const NODE_VERBS = ['cordon', 'uncordon', 'drain'];

/** The words that are no flags. */
async function argumentsOf(
  path: string,
  typed: string,
  words: readonly string[],
  ask: Questions,
): Promise<readonly string[]> {
  const [verb = ''] = path.split(' ');
  const [first] = words;
  const others = (names: readonly string[]): readonly string[] => names.filter(name => !words.includes(name));
  if (NODE_VERBS.includes(path)) return others(await ask.names('nodes'));
  if (POD_VERBS.includes(path)) {
    if (first !== undefined) return path === 'logs' ? ask.containers(first.replace(/^pods?\//, '')) : ['--'];
    return typed.includes('/') ? withType(typed, ask) : [...(await ask.names('pods')), ...OWNERS];
  }
  if (path === 'config use-context') return contextNames();
  if (path === 'top pod' || path === 'top node') return others(await ask.names(path.slice('top '.length)));
  if (path === 'completion') return ['bash', 'fish', 'powershell', 'zsh'];
  const own = verb === 'rollout' ? ['deployment', 'daemonset', 'statefulset'] : KINDS[path];
  if (own === undefined && verb !== 'set' && !TYPE_VERBS.includes(path)) return [];
  if (first !== undefined && !first.includes('/')) return path === 'explain' ? [] : others(await ask.names(first));
  if (typed.includes('/')) return others(await withType(typed, ask));
  const comma = typed.lastIndexOf(',') + 1;
  const kinds = own === undefined ? await ask.kinds(typed.slice(comma)) : own;
  return kinds.map(kind => `${typed.slice(0, comma)}${kind}`);
}

/** `pod/client` */
async function withType(typed: string, ask: Questions): Promise<readonly string[]> {
  const type = typed.slice(0, typed.indexOf('/'));
  return (await ask.names(type)).map(name => `${type}/${name}`);
}
