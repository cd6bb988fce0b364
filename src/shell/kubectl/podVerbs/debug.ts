// kubectl debug: the lab's Pods take no containers while they run, and its nodes are machines to log in to.
//
// Models:  what is said when a cluster has no ephemeral containers.
// Read:    kubectl pkg/cmd/debug/debug.go.

import { FILES } from '../flagGroups.ts';
import { type KubectlCall, KubectlError, mustGet, print, printError } from '../session.ts';
import type { Verb } from '../verb.ts';
import { podAt } from './podAt.ts';

export const debug: Verb = {
  summary: 'Create debugging sessions for troubleshooting workloads and nodes',
  usage: 'kubectl debug (POD | TYPE[[.VERSION].GROUP]/NAME) [ -- COMMAND [args...] ]',
  flags: {
    ...FILES,
    arguments: { kind: 'flag', initial: 'false' },
    attach: { kind: 'flag' },
    container: { short: 'c', kind: 'value' },
    'copy-to': { kind: 'value' },
    env: { kind: 'list' },
    image: { kind: 'value' },
    'image-pull-policy': { kind: 'value' },
    profile: { kind: 'value', initial: "'legacy'" },
    quiet: { short: 'q', kind: 'flag' },
    replace: { kind: 'flag' },
    'same-node': { kind: 'flag' },
    'set-image': { kind: 'list' },
    'share-processes': { kind: 'flag', initial: 'true' },
    stdin: { short: 'i', kind: 'flag' },
    target: { kind: 'value' },
    tty: { short: 't', kind: 'flag' },
  },
  run: debugOne,
};

const LEGACY =
  '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';

async function debugOne(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const [word] = flags.words;
  if ((flags.value('image') ?? '') === '' && (flags.value('copy-to') ?? '') === '')
    throw new KubectlError('error: you must specify --image when not using --copy-to.');
  if (word === undefined) throw new KubectlError('error: NAME is required for debug');
  if ((flags.value('profile') ?? 'legacy') === 'legacy') printError(call, LEGACY);
  const node = /^(?:nodes?|no)\/(.+)$/.exec(word)?.[1];
  if (node !== undefined) {
    await mustGet(call, `/api/v1/nodes/${encodeURIComponent(node)}`);
    throw new KubectlError(`error: the nodes of this lab are machines to log in to: ssh ${node}`);
  }
  await podAt(call, word);
  if ((flags.value('copy-to') ?? '') !== '')
    throw new KubectlError(
      `error: this kubectl makes no copies of Pods: kubectl get pod ${word} -o yaml is what to begin with`,
    );
  if (!flags.has('quiet'))
    print(call, `Defaulting debug container name to ${flags.value('container') ?? 'debugger'}.\n`);
  throw new KubectlError(
    'error: ephemeral containers are disabled for this cluster (error from server: "the server could not find the requested resource")',
  );
}
