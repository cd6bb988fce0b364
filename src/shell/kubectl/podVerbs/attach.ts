// kubectl attach: the lab's programs read and write no terminal, so that there is nothing to attach to.
//
// Models:  what is said before: which Pod, which container.
// Read:    kubectl pkg/cmd/attach/attach.go.

import { textAt } from '../fields.ts';
import { FILES } from '../flagGroups.ts';
import { type KubectlCall, KubectlError } from '../session.ts';
import type { Verb } from '../verb.ts';
import { containerNames, podAt } from './podAt.ts';

export const attach: Verb = {
  summary: 'Attach to a running container',
  usage: 'kubectl attach (POD | TYPE/NAME) -c CONTAINER',
  flags: {
    ...FILES,
    container: { short: 'c', kind: 'value' },
    'pod-running-timeout': { kind: 'duration', initial: '1m0s' },
    quiet: { short: 'q', kind: 'flag' },
    stdin: { short: 'i', kind: 'flag' },
    tty: { short: 't', kind: 'flag' },
  },
  run: attachTo,
};

async function attachTo(call: KubectlCall): Promise<number> {
  const [word, ...more] = call.flags.words;
  if (word === undefined) throw new KubectlError('error: at least 1 argument is required for attach');
  if (more.length > 1)
    throw new KubectlError('error: expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw 3');
  const pod = await podAt(call, more[0] === undefined ? word : `${word}/${more[0]}`);
  const name = textAt(pod, 'metadata', 'name');
  const container = call.flags.value('container');
  if (container !== undefined && !containerNames(pod).includes(container))
    throw new KubectlError(`error: cannot attach to the container: container ${container} not found in pod ${name}`);
  throw new KubectlError(
    `error: the programs of this lab have no terminal of their own to attach to: kubectl exec -it ${name} -- sh opens a shell beside them`,
  );
}
