// kubectl cp: the terminal has no folders to copy from or into.
//
// Models:  what is said of sources and destinations.
// Read:    kubectl pkg/cmd/cp/cp.go.

import { type KubectlCall, KubectlError } from '../session.ts';
import type { Verb } from '../verb.ts';
import { podAt } from './podAt.ts';

export const cp: Verb = {
  summary: 'Copy files and directories to and from containers',
  usage: 'kubectl cp <file-spec-src> <file-spec-dest>',
  flags: {
    container: { short: 'c', kind: 'value' },
    'no-preserve': { kind: 'flag' },
    retries: { kind: 'number' },
  },
  run: copy,
};

async function copy(call: KubectlCall): Promise<number> {
  const [source, destination, ...more] = call.flags.words;
  if (source === undefined || destination === undefined || more.length > 0)
    throw new KubectlError('error: source and destination are required');
  const [from, to] = [remoteOf(source), remoteOf(destination)];
  if (from === undefined && to === undefined)
    throw new KubectlError('error: one of src or dest must be a remote file specification');
  if (from !== undefined && to !== undefined)
    throw new KubectlError('error: one of src or dest must be a local file specification');
  if (from === undefined && !call.context.files.has(source.replace(/^\.\//, '')))
    throw new KubectlError(`error: ${source} doesn't exist in local filesystem`);
  const remote = from ?? to ?? { pod: '', path: '' };
  const namespace = remote.namespace ?? call.namespace;
  await podAt({ ...call, namespace }, remote.pod);
  const where = namespace === 'default' ? '' : `-n ${namespace} `;
  throw new KubectlError(
    from === undefined
      ? 'error: the files of containers in this lab cannot be written: what a program serves comes from its image and its environment'
      : `error: the editor's tabs are no folder to copy into: kubectl exec ${where}${remote.pod} -- cat ${remote.path} prints the file`,
  );
}

/** `web:/etc/hosts`, `shop/web:/etc/hosts`; undefined for a path of this machine. */
function remoteOf(
  text: string,
): { readonly namespace?: string; readonly pod: string; readonly path: string } | undefined {
  const at = text.indexOf(':');
  if (at <= 0) return undefined;
  const [path, before] = [text.slice(at + 1), text.slice(0, at)];
  const [first = '', second] = before.split('/');
  return second === undefined ? { pod: first, path } : { namespace: first, pod: second, path };
}
