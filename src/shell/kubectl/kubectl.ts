// kubectl: the verbs of the terminal's Kubernetes client. Everything goes through requests to the API server.
//
// Read:    kubectl pkg/cmd/cmd.go; github.com/spf13/cobra for the words about unknown commands and flags.

import type { Command, CommandContext } from '../command.ts';
import { APPLY_FLAGS, apply } from './apply.ts';
import { completeKubectl } from './complete.ts';
import { CREATE_FLAGS, create } from './create.ts';
import { DELETE_FLAGS, remove } from './delete.ts';
import { DESCRIBE_FLAGS, describe } from './describeCommand.ts';
import { EXEC_FLAGS, exec } from './exec.ts';
import { EXPOSE_FLAGS, expose } from './expose.ts';
import { deprecationNotes, GLOBAL_FLAGS, missingFlags, parseFlags } from './flags.ts';
import { GET_FLAGS, get } from './get.ts';
import { helpOf, helpText, optionsText } from './help.ts';
import { API_RESOURCES_FLAGS, apiResources } from './information.ts';
import { RUN_FLAGS, run } from './run.ts';
import { LABEL_FLAGS, label, SCALE_FLAGS, scale } from './scale.ts';
import { KubectlError, seeHelp } from './session.ts';
import { unknownVerb } from './suggest.ts';
import type { Verb } from './verb.ts';

export const VERBS: Readonly<Record<string, Verb>> = {
  'api-resources': {
    summary: 'Print the supported API resources on the server',
    usage: 'kubectl api-resources [flags]',
    flags: API_RESOURCES_FLAGS,
    run: apiResources,
  },
  annotate: {
    summary: 'Update the annotations on a resource',
    usage: 'kubectl annotate [--overwrite] TYPE NAME KEY=VALUE ...',
    flags: LABEL_FLAGS,
    run: call => label(call, 'annotations'),
  },
  apply: {
    summary: 'Apply a configuration to a resource by file name or stdin',
    usage: 'kubectl apply -f FILENAME',
    flags: APPLY_FLAGS,
    run: apply,
  },
  create: {
    summary: 'Create a resource from a file or from stdin',
    usage: 'kubectl create (-f FILENAME | deployment NAME --image=IMAGE | service clusterip NAME --tcp=PORT)',
    flags: CREATE_FLAGS,
    run: create,
  },
  delete: {
    summary: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
    usage: 'kubectl delete ([-f FILENAME] | TYPE [(NAME | -l label | --all)])',
    flags: DELETE_FLAGS,
    run: remove,
  },
  describe: {
    summary: 'Show details of a specific resource or group of resources',
    usage: 'kubectl describe (TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
    flags: DESCRIBE_FLAGS,
    run: describe,
  },
  exec: {
    summary: 'Execute a command in a container',
    usage: 'kubectl exec (POD | TYPE/NAME) [-c CONTAINER] [-it] -- COMMAND [args...]',
    flags: EXEC_FLAGS,
    run: exec,
  },
  expose: {
    summary: 'Take a replication controller, service, deployment or pod and expose it as a new Kubernetes service',
    usage: 'kubectl expose (TYPE NAME | TYPE/NAME) [--port=port] [--target-port=number-or-name] [--name=name]',
    flags: EXPOSE_FLAGS,
    run: expose,
  },
  get: {
    summary: 'Display one or many resources',
    usage: 'kubectl get (TYPE [NAME | -l label] | TYPE/NAME ...) [-o wide|yaml|json|name|jsonpath=...]',
    flags: GET_FLAGS,
    run: get,
  },
  label: {
    summary: 'Update the labels on a resource',
    usage: 'kubectl label [--overwrite] TYPE NAME KEY=VALUE ...',
    flags: LABEL_FLAGS,
    run: call => label(call, 'labels'),
  },
  run: {
    summary: 'Run a particular image on the cluster',
    usage: 'kubectl run NAME --image=image [--port=port] [--dry-run=server|client]',
    flags: RUN_FLAGS,
    run,
  },
  scale: {
    summary: 'Set a new size for a deployment, replica set, or replication controller',
    usage: 'kubectl scale --replicas=COUNT (TYPE NAME | TYPE/NAME)',
    flags: SCALE_FLAGS,
    run: scale,
  },
};

export const kubectl: Command = {
  name: 'kubectl',
  at: ['host'],
  summary: 'talk to the API server: kubectl get pods -o wide',
  run: runKubectl,
  complete: (words, context) => completeKubectl(words, context, VERBS),
};

async function runKubectl(words: readonly string[], context: CommandContext): Promise<number> {
  const refuse = (message: string): number => {
    context.output.write('err', `${message}\n`);
    return 1;
  };
  // Flags may stand before the verb: `kubectl -n web get pods`.
  const at = verbPlace(words);
  const name = at < 0 ? undefined : words[at];
  if (name === undefined || name === 'help') return help(words.slice(at + 1), context);
  if (name === 'options') {
    context.output.write('out', optionsText());
    return 0;
  }
  const found = findVerb(words, at);
  if (found.kind === 'unknown') return refuse(found.message);
  const { verb, path, rest } = found;
  const parsed = parseFlags(rest, verb.flags);
  if (parsed.kind === 'refused') return refuse(`error: ${parsed.message}\nSee 'kubectl ${path} --help' for usage.`);
  const { flags } = parsed;
  if (flags.has('help')) {
    context.output.write('out', helpOf(path, verb));
    return 0;
  }
  if (verb.run === undefined) {
    const [word] = flags.words;
    if (word !== undefined) return refuse(`error: unknown command "${flags.words.join(' ')}"\n${seeHelp(path)}`);
    context.output.write('err', helpOf(path, verb));
    return 1;
  }
  context.output.write('err', deprecationNotes(flags, verb.flags).join(''));
  const missing = missingFlags(flags, verb.flags);
  if (missing !== undefined) return refuse(`error: ${missing}`);
  try {
    return await verb.run({ flags, context, namespace: flags.value('namespace') || 'default' });
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    context.output.write('err', `${error.message}\n`);
    return error.exitCode;
  }
}

/** `kubectl help`, `kubectl help get`. */
function help(words: readonly string[], context: CommandContext): number {
  const found = words.length === 0 ? undefined : findVerb(words, 0);
  context.output.write('out', found?.kind === 'found' ? helpOf(found.path, found.verb) : helpText(VERBS));
  return 0;
}

type FoundVerb =
  | { readonly kind: 'found'; readonly verb: Verb; readonly path: string; readonly rest: readonly string[] }
  | { readonly kind: 'unknown'; readonly message: string };

/** The verb, or its subcommand, and the words that are left. */
function findVerb(words: readonly string[], at: number): FoundVerb {
  const name = words[at] ?? '';
  const verb = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (verb === undefined) return { kind: 'unknown', message: unknownVerb(name, Object.keys(VERBS)) };
  const rest = [...words.slice(0, at), ...words.slice(at + 1)];
  return deepest(verb, name, rest);
}

function deepest(verb: Verb, path: string, words: readonly string[]): FoundVerb {
  const at = verbPlace(words);
  const name = words[at] ?? '';
  const below = Object.entries(verb.subcommands ?? {}).find(
    ([own, { aliases }]) => own === name || aliases?.includes(name) === true,
  );
  if (below === undefined) return { kind: 'found', verb, path, rest: words };
  return deepest(below[1], `${path} ${below[0]}`, [...words.slice(0, at), ...words.slice(at + 1)]);
}

/** Flags that take a value and may stand before the verb. */
const VALUE_FLAGS = Object.entries(GLOBAL_FLAGS).flatMap(([name, { short, kind }]) =>
  kind === 'flag' ? [] : [`--${name}`, ...(short === undefined ? [] : [`-${short}`])],
);

/** Where the verb stands: the first word that is neither a flag nor the value of one. */
function verbPlace(words: readonly string[]): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('-')) return i;
    if (VALUE_FLAGS.includes(word)) i++;
  }
  return -1;
}
