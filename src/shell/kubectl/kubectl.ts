// kubectl: the verbs of the terminal's Kubernetes client. Everything goes through requests to the API server.
//
// Read:    kubectl pkg/cmd/cmd.go; github.com/spf13/cobra for the words about unknown commands and flags.

import type { Command, CommandContext } from '../command.ts';
import { apiResources, apiVersions } from './apiResources.ts';
import { apply } from './apply.ts';
import { auth } from './auth.ts';
import { autoscale } from './autoscale.ts';
import { clusterInfo } from './clusterInfo.ts';
import { completeKubectl } from './complete.ts';
import { completion } from './completion.ts';
import { create } from './create.ts';
import { remove } from './delete.ts';
import { describe } from './describeCommand.ts';
import { diff } from './diff.ts';
import { events } from './events.ts';
import { EXEC_FLAGS, exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { deprecationNotes, GLOBAL_FLAGS, missingFlags, parseFlags } from './flags.ts';
import { GET_FLAGS, get } from './get.ts';
import { helpOf, helpText, optionsText } from './help.ts';
import { checkTarget, config } from './kubeconfig.ts';
import { annotate, label } from './labelCommands.ts';
import { logs } from './logs.ts';
import { cordon, uncordon } from './nodes/cordon.ts';
import { drain } from './nodes/drain.ts';
import { taint } from './nodes/taint.ts';
import { patch } from './patch.ts';
import { plugin } from './plugin.ts';
import { attach } from './podVerbs/attach.ts';
import { cp } from './podVerbs/cp.ts';
import { debug } from './podVerbs/debug.ts';
import { portForward } from './podVerbs/portForward.ts';
import { proxy } from './podVerbs/proxy.ts';
import { replace } from './replace.ts';
import { rollout } from './rollout/rollout.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { KubectlError, seeHelp } from './session.ts';
import { set } from './set/set.ts';
import { unknownVerb } from './suggest.ts';
import { top } from './top.ts';
import type { Verb } from './verb.ts';
import { version } from './version.ts';
import { wait } from './wait.ts';

export const VERBS: Readonly<Record<string, Verb>> = {
  'api-resources': apiResources,
  'api-versions': apiVersions,
  annotate,
  apply,
  attach,
  auth,
  autoscale,
  'cluster-info': clusterInfo,
  completion,
  config,
  cordon,
  cp,
  create,
  debug,
  delete: remove,
  describe,
  diff,
  drain,
  events,
  exec: {
    summary: 'Execute a command in a container',
    usage: 'kubectl exec (POD | TYPE/NAME) [-c CONTAINER] [-it] -- COMMAND [args...]',
    flags: EXEC_FLAGS,
    run: exec,
  },
  explain,
  expose,
  get: {
    summary: 'Display one or many resources',
    usage: 'kubectl get (TYPE [NAME | -l label] | TYPE/NAME ...) [-o wide|yaml|json|name|jsonpath=...]',
    flags: GET_FLAGS,
    run: get,
  },
  label,
  logs,
  patch,
  plugin,
  'port-forward': portForward,
  proxy,
  replace,
  rollout,
  run,
  scale,
  set,
  taint,
  top,
  uncordon,
  version,
  wait,
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
  if (name === undefined) {
    const parsed = parseFlags(words, {});
    if (parsed.kind === 'refused') return refuse(`Error: ${parsed.message}\nSee 'kubectl --help' for usage.`);
    return help([], context);
  }
  if (name === 'help') return help(words.slice(at + 1), context);
  if (name === 'options') {
    context.output.write('out', optionsText());
    return 0;
  }
  const found = findVerb(words, at);
  if (found.kind === 'unknown') return refuse(found.message);
  const { verb, path, rest } = found;
  const parsed = parseFlags(rest, verb.flags);
  if (parsed.kind === 'refused') return refuse(`Error: ${parsed.message}\nSee 'kubectl ${path} --help' for usage.`);
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
    checkTarget(flags);
    return await verb.run({ flags, context, namespace: flags.value('namespace') || 'default' });
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    context.output.write('out', error.printed);
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
