// kubectl exec: a command, or a shell, in a container.
//
// Models:  -i, -t, -c, `deploy/NAME`; `sh` with -it opens a session in the terminal.
// Read:    kubectl pkg/cmd/exec/exec.go; the words of containerd and runc when there is no such program.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Place } from '../command.ts';
import { findCommand } from '../programs.ts';
import { listAt, textAt } from './fields.ts';
import type { FlagTable } from './flags.ts';
import { podNameOf } from './pods.ts';
import { discover, findResource, pathOf } from './resources.ts';
import { type KubectlCall, KubectlError, mustGet, printError } from './session.ts';

export const EXEC_FLAGS: FlagTable = {
  container: { short: 'c', kind: 'value' },
  stdin: { short: 'i', kind: 'flag' },
  tty: { short: 't', kind: 'flag' },
  quiet: { short: 'q', kind: 'flag' },
};

export async function exec(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [target, ...extra] = flags.words;
  if (target === undefined) throw new KubectlError('error: pod, type/name or --filename must be specified');
  if (extra.length > 0)
    throw new KubectlError(
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples",
    );
  const words = flags.after ?? [];
  if (words.length === 0) throw new KubectlError('error: you must specify at least one command for the container');
  const pod = await podNameOf(call, target);
  const container = await containerOf(call, pod);
  return runInPod(call, pod, container, words);
}

/** The container of -c, else the first one, which kubectl mentions when there are others. */
async function containerOf(call: KubectlCall, pod: string): Promise<string | undefined> {
  const named = call.flags.value('container');
  if (named !== undefined) return named;
  const pods = findResource(await discover(call), 'pods');
  if (pods === undefined) return undefined;
  const object = await mustGet(call, pathOf(pods, call.namespace, pod));
  const names = listAt(object, 'spec', 'containers').map(container => textAt(container, 'name'));
  const [first] = names;
  if (names.length > 1 && !call.flags.has('quiet'))
    printError(call, `Defaulted container "${first}" out of: ${names.join(', ')}\n`);
  return first;
}

/** Runs words in a container, or opens a shell there. Also what `kubectl run -it` does. */
export async function runInPod(
  call: KubectlCall,
  pod: string,
  container: string | undefined,
  words: readonly string[],
): Promise<number> {
  const { context, flags } = call;
  const found = context.lab.container(call.namespace, pod, container);
  if (found.kind === 'refused') throw new KubectlError(found.message);
  const { netns, hostname, mounts } = found.ref;
  const place: Place = {
    kind: 'container',
    netns,
    hostname,
    prompt: '/ #',
    hasKubectl: false,
    ...(mounts !== undefined && { mounts }),
  };
  const [program = ''] = words;
  if (findCommand(program, place) === undefined) throw new KubectlError(noSuchProgram(pod, words));
  const isInteractive = flags.has('stdin') && flags.has('tty');
  const stdin = flags.has('stdin') ? context.stdin : undefined;
  const isShell = /^(?:\/bin\/)?(?:ba|a)?sh$/.test(program) && words.length === 1;
  if (isShell) {
    if (isInteractive && context.stdin === undefined) {
      context.enter(place);
      return 0;
    }
    // Without -i the shell reads an empty input and ends.
    return stdin === undefined ? 0 : context.runAt(place, words, { isTerminal: false, stdin });
  }
  const code = await context.runAt(place, words, {
    isTerminal: flags.has('tty') && context.isTerminal,
    ...{ stdin },
  });
  if (code !== 0) printError(call, `command terminated with exit code ${code}\n`);
  return code;
}

function noSuchProgram(pod: string, words: readonly string[]): string {
  const id = bytesToHex(sha256(utf8ToBytes(`${pod} ${words.join(' ')}`)));
  return (
    'error: Internal error occurred: error executing command in container: failed to exec in container: ' +
    `failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: ` +
    `exec: "${words[0] ?? ''}": executable file not found in $PATH`
  );
}
