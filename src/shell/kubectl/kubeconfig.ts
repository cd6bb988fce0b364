// The terminal's kubeconfig: one cluster, which asks nobody who they are.
//
// Models:  what reads it. Its writing subcommands are refused: there is nowhere else to go.
// Read:    kubectl pkg/cmd/config; kubernetes.io/docs/reference/config-api/kubeconfig.v1.

import type { Json } from '../../sim/index.ts';

import { PRINT } from './flagGroups.ts';
import type { Flags } from './flags.ts';
import { formatOf, objectText } from './formats.ts';
import { type KubectlCall, KubectlError, print, printError } from './session.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';
import type { Verb } from './verb.ts';

/** The name of the cluster and of its context. */
const NAME = 'hoplab';
/** Where `npm run apiserver` serves a lab unless told otherwise. */
const SERVER = 'http://127.0.0.1:8001';

/** For completion: contexts and clusters. */
export function contextNames(): readonly string[] {
  return [NAME];
}

/** The address of the API server. */
export function serverOf(call: KubectlCall): string {
  return call.context.server ?? SERVER;
}

/** Flags that name something that the kubeconfig does not have. @throws KubectlError */
export function checkTarget(flags: Flags): void {
  const given = (name: string): string => flags.value(name) ?? '';
  const other = (name: string): boolean => given(name) !== '' && given(name) !== NAME;
  if (given('kubeconfig') !== '')
    throw new KubectlError(`error: stat ${given('kubeconfig')}: no such file or directory`);
  if (other('context'))
    throw new KubectlError(`Error in configuration: context was not found for specified context: ${given('context')}`);
  if (other('cluster'))
    throw new KubectlError(`error: no server found for cluster ${JSON.stringify(given('cluster'))}`);
  if (given('user') !== '') throw new KubectlError(`error: auth info ${JSON.stringify(given('user'))} does not exist`);
}

/** In the order in which kubectl writes the fields as JSON. */
function configOf(call: KubectlCall): Json {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    preferences: {},
    clusters: [{ name: NAME, cluster: { server: serverOf(call) } }],
    users: null,
    contexts: [{ name: NAME, context: { cluster: NAME, user: '' } }],
    'current-context': NAME,
  };
}

const view: Verb = {
  summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
  usage: 'kubectl config view [flags]',
  flags: {
    ...PRINT,
    output: { short: 'o', kind: 'value', initial: "'yaml'" },
    flatten: { kind: 'flag' },
    merge: { kind: 'flag', initial: 'true' },
    minify: { kind: 'flag' },
    raw: { kind: 'flag' },
  },
  run: async call => {
    if (call.flags.words.length > 0) throw new KubectlError('error: unexpected arguments: []');
    const format = formatOf(call);
    const config = configOf(call);
    // As JSON its fields keep their own order.
    if (format.kind === 'json') print(call, `${JSON.stringify(config, undefined, 4)}\n`);
    else print(call, objectText(config, format.kind === 'table' ? { kind: 'yaml' } : format));
    return 0;
  },
};

const currentContext: Verb = {
  summary: 'Display the current-context',
  usage: 'kubectl config current-context [flags]',
  flags: {},
  run: async call => {
    print(call, `${NAME}\n`);
    return 0;
  },
};

const getContexts: Verb = {
  summary: 'Describe one or many contexts',
  usage: 'kubectl config get-contexts [(-o|--output=)name)]',
  flags: { 'no-headers': { kind: 'flag' }, output: { short: 'o', kind: 'value' } },
  run: async call => {
    const { flags } = call;
    const output = flags.value('output') ?? '';
    if (output !== '' && output !== 'name')
      throw new KubectlError(`error: output must be one of '' or 'name': ${output}`);
    const wanted = flags.words.length === 0 ? [NAME] : flags.words;
    const known = wanted.filter(name => name === NAME);
    const rows = known.map(name => (output === 'name' ? name : ['*', name, NAME, '', ''].join('\t')));
    const headers = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE'].join('\t');
    const lines = [...(flags.has('no-headers') || output === 'name' ? [] : [headers]), ...rows];
    if (lines.length > 0) print(call, `${alignTabs(lines.join('\n'), TABLE_STYLE)}\n`);
    const missing = wanted.filter(name => name !== NAME);
    printError(call, missing.map(name => `error: context ${name} not found\n`).join(''));
    return missing.length > 0 ? 1 : 0;
  },
};

/** `config get-clusters`, `config get-users`. */
function namesVerb(what: 'clusters' | 'users', names: readonly string[]): Verb {
  return {
    summary: `Display ${what} defined in the kubeconfig`,
    usage: `kubectl config get-${what} [flags]`,
    flags: {},
    run: async call => {
      print(call, ['NAME', ...names].map(name => `${name}\n`).join(''));
      return 0;
    },
  };
}

const useContext: Verb = {
  summary: 'Set the current-context in a kubeconfig file',
  usage: 'kubectl config use-context CONTEXT_NAME',
  aliases: ['use'],
  flags: {},
  run: async call => {
    const { words } = call.flags;
    const [name] = words;
    if (name === undefined || words.length > 1) throw new KubectlError(`error: Unexpected args: [${words.join(' ')}]`);
    if (name !== NAME) throw new KubectlError(`error: no context exists with the name: ${JSON.stringify(name)}`);
    print(call, `Switched to context ${JSON.stringify(name)}.\n`);
    return 0;
  },
};

export const config: Verb = {
  summary: 'Modify kubeconfig files',
  usage: 'kubectl config SUBCOMMAND',
  about: 'The terminal knows one cluster: what would change its kubeconfig is not here.',
  flags: {},
  subcommands: {
    'current-context': currentContext,
    'get-clusters': namesVerb('clusters', [NAME]),
    'get-contexts': getContexts,
    'get-users': namesVerb('users', []),
    'use-context': useContext,
    view,
  },
};
